import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What is answered to the request that is the so-manieth, counted from 1. */
export type Reply = (
  seen: Seen,
  number: number,
) => { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

/** A service on the loopback interface that answers what a test wants, and remembers what it was asked. */
export interface TestService {
  readonly address: string;
  readonly seen: readonly Seen[];
  /** Answers so from now on, and forgets what was seen. Before the first one everything is refused. */
  reply(reply: Reply): void;
  close(): Promise<void>;
}

/** Opens a service on a free port. Nothing is sent after the head of an answer to a HEAD. */
export async function openTestService(): Promise<TestService> {
  const seen: Seen[] = [];
  let reply: Reply = () => ({ status: 501 });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      const arrived = { method, url, headers, body: Buffer.concat(chunks) };
      seen.push(arrived);
      const answer = reply(arrived, seen.length);
      response.writeHead(answer.status, answer.headers ?? {}).end(method === 'HEAD' ? undefined : answer.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    reply(next) {
      seen.length = 0;
      reply = next;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
