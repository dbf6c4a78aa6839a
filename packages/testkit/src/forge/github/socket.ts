import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeRequest, FakeResponse, Urls } from './exchange.js';
import { answerGit, isGitRequest } from './git-http.js';
import { ConnectionReset } from './limits.js';
import type { HubState } from './state.js';

/** The fake on a loopback socket. */
export interface ListeningHub {
  readonly urls: Urls;
  close(): Promise<void>;
}

/** Serves REST below `/api/v3`, GraphQL at `/api/graphql` and git at `/owner/name.git`, as an Enterprise Server does. */
export async function listen(
  state: HubState,
  answer: (request: FakeRequest, urls: Urls) => Promise<FakeResponse>,
): Promise<ListeningHub> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const urls: Urls = { api: `${origin}/api/v3`, graphql: `${origin}/api/graphql`, server: origin };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    respond({ state, urls, origin, answer }, request, response).catch((error: unknown) => {
      if (!(error instanceof ConnectionReset)) response.destroy(error instanceof Error ? error : undefined);
      else request.socket.destroy();
    });
  });
  return { urls, close: () => closed(server) };
}

async function respond(
  hub: {
    readonly state: HubState;
    readonly urls: Urls;
    readonly origin: string;
    readonly answer: (request: FakeRequest, urls: Urls) => Promise<FakeResponse>;
  },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', hub.origin);
  if (isGitRequest(url.pathname)) return answerGit(hub, request, response);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  const answered = await hub.answer(
    { method: request.method ?? 'GET', url, headers, body: Buffer.concat(chunks) },
    hub.urls,
  );
  const { status, headers: given, bytes } = wire(answered);
  response.writeHead(status, given).end(bytes);
}

/** A response as it goes over the wire, on a socket or not. */
export function wire(response: FakeResponse): {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
} {
  const { status, body } = response;
  const headers = { date: new Date().toUTCString(), ...response.headers };
  if (body instanceof Uint8Array) return { status, headers, bytes: body };
  const bytes = body === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(body));
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, bytes };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
  });
}
