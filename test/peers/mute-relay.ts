import { once } from 'node:events';
import { createServer, type OutgoingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before a server and keeps one header of its answers to PUT back, as if it compared no body. */
export async function openMuteRelay(
  endpoint: string,
  header: string,
): Promise<{ readonly endpoint: string; close(): Promise<void> }> {
  const { hostname, port } = new URL(endpoint);
  const relay = createServer((asked, answering) => {
    // The host stays what was signed.
    const { method, url: path } = asked;
    // Each request has connections of its own, so that none is closed while the next one begins.
    const headers = { ...asked.headers, connection: 'close' };
    const passed = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      const told: OutgoingHttpHeaders = { ...answer.headers, connection: 'close' };
      if (method === 'PUT') delete told[header];
      answering.writeHead(answer.statusCode ?? 502, told);
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
