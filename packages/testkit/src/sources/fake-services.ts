import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A question as a service sees it. */
export interface SourceRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | null;
  /** The Range header. */
  readonly range: string | null;
  readonly acceptEncoding: string | null;
  readonly body: string;
}

/** An answer; JSON unless it is text or bytes. */
export interface SourceAnswer {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  /** Bytes of a file: of them, what the Range header asks for. */
  readonly bytes?: Uint8Array;
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
      const answered = safely(() => answer(request));
      if (answered.bytes !== undefined) return sendBytes(outgoing, request, answered.bytes, answered.headers ?? {});
      const { status, json, text, headers = {} } = answered;
      outgoing.writeHead(status, {
        'content-type': json === undefined ? 'text/plain' : 'application/json',
        ...headers,
      });
      return outgoing.end(text ?? (json === undefined ? '' : JSON.stringify(json)));
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

/** RFC 9110, 14: one range of bytes, or all of them; a HEAD has their length alone. */
function sendBytes(
  outgoing: ServerResponse,
  { method, range }: SourceRequest,
  bytes: Uint8Array,
  headers: Readonly<Record<string, string>>,
): ServerResponse {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  if (first === undefined || last === undefined) {
    outgoing.writeHead(200, { ...headers, 'content-length': String(bytes.length) });
    return outgoing.end(method === 'HEAD' ? undefined : bytes);
  }
  const part = bytes.subarray(Number(first), Number(last) + 1);
  const where = `bytes ${first}-${Number(first) + part.length - 1}/${bytes.length}`;
  if (part.length === 0) return outgoing.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
  outgoing.writeHead(206, { ...headers, 'content-range': where, 'content-length': String(part.length) });
  return outgoing.end(part);
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
    range: incoming.headers.range ?? null,
    acceptEncoding: [incoming.headers['accept-encoding'] ?? []].flat().join() || null,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
