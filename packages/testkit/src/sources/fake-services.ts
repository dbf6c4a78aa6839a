import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A question as a service sees it. */
export interface SourceRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | null;
  readonly body: string;
}

/** An answer; JSON unless it is text. */
export interface SourceAnswer {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A service on a socket of this machine, and every question that it was asked. */
export interface ServedSource {
  readonly url: string;
  readonly requests: readonly SourceRequest[];
  close(): Promise<void>;
}

/** Serves answers on 127.0.0.1. What `answer` throws is answered with 500. */
export async function serveSource(answer: (request: SourceRequest) => SourceAnswer): Promise<ServedSource> {
  const requests: SourceRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const reply = async () => {
      const request = await readRequest(incoming);
      requests.push(request);
      const { status, json, text, headers = {} } = safely(() => answer(request));
      outgoing.writeHead(status, {
        'content-type': json === undefined ? 'text/plain' : 'application/json',
        ...headers,
      });
      outgoing.end(text ?? (json === undefined ? '' : JSON.stringify(json)));
    };
    void reply();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function safely(answer: () => SourceAnswer): SourceAnswer {
  try {
    return answer();
  } catch (error) {
    return { status: 500, json: { error: (error as Error).message } };
  }
}

async function readRequest(incoming: IncomingMessage): Promise<SourceRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    authorization: incoming.headers.authorization ?? null,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
