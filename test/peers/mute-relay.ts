import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before a server and keeps one header of its answers to PUT back, as if it compared no body. */
export async function openMuteRelay(
  endpoint: string,
  header: string,
): Promise<{ readonly endpoint: string; close(): Promise<void> }> {
  const { hostname, port } = new URL(endpoint);
  const relay = createServer((asked, answering) => {
    // The host stays what was signed.
    const { method, url: path, headers } = asked;
    const passed = request({ hostname, port, method, path, headers }, (answer) => {
      const { [header]: _kept, ...others } = answer.headers;
      answering.writeHead(answer.statusCode ?? 502, method === 'PUT' ? others : answer.headers);
      answer.pipe(answering);
    });
    passed.on('error', () => answering.destroy());
    asked.on('error', () => passed.destroy());
    asked.on('close', () => asked.complete || passed.destroy());
    asked.pipe(passed);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    async close() {
      relay.close();
      relay.closeAllConnections();
      await once(relay, 'close');
    },
  };
}
