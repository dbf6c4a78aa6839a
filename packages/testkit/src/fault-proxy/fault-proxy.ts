import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestHttp,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What goes wrong between a client and its service. */
export type Fault =
  /** The client gets this answer; `afterwards`, when the service has done what was asked. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly afterwards?: boolean;
    }
  /** The connection is reset: in the middle of what the client sends, or of what it gets when the service is done. */
  | { readonly kind: 'reset'; readonly during: 'request' | 'answer' }
  /** The answer ends in the middle, with an orderly end of the connection. */
  | { readonly kind: 'truncate' }
  /** Nothing moves any more, before the service is asked or in the middle of its answer. */
  | { readonly kind: 'stall'; readonly during: 'request' | 'answer' }
  /** The answer comes in so many pieces, with a pause between. */
  | { readonly kind: 'drip'; readonly pieces: number; readonly pauseMs: number }
  /** One bit of the body is another one when it arrives. */
  | { readonly kind: 'damage'; readonly during: 'request' | 'answer' };

/** A request that came by, without its secrets. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
}

/** A server that passes requests on to another one, unless it was told to spoil them. */
export interface FaultProxy {
  /** Where clients ask instead of at the service. The service sees the same Host header. */
  readonly address: string;
  /** Spoils the next requests, so many of them; those are passed on before that `matches` does not take. */
  inject(fault: Fault, options?: { readonly times?: number; readonly matches?: (seen: SeenRequest) => boolean }): void;
  /** Forgets the fault and what was seen. */
  clear(): void;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Opens a proxy on a free port of the loopback interface. Bodies are held in memory: not for large ones. */
export async function openFaultProxy(target: string): Promise<FaultProxy> {
  let fault: Fault | null = null;
  let left = 0;
  let matches: (seen: SeenRequest) => boolean = () => true;
  const seen: SeenRequest[] = [];

  function faultFor(request: SeenRequest): Fault | null {
    seen.push(request);
    if (fault === null || left === 0 || !matches(request)) return null;
    left--;
    return fault;
  }

  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const chosen = faultFor({ method: request.method ?? 'GET', path: path.replace(/\?.*$/, '') });
    pass(request, response, { target, fault: chosen }).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    inject(next, options = {}) {
      fault = next;
      left = options.times ?? 1;
      matches = options.matches ?? (() => true);
    },
    clear() {
      fault = null;
      seen.length = 0;
    },
    seen,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  { target, fault }: { readonly target: string; readonly fault: Fault | null },
): Promise<void> {
  const resets = fault?.kind === 'reset' && fault.during === 'request';
  const body = await receive(request, { atMostHalf: resets });
  if (resets) return reset(request);
  if (fault?.kind === 'stall' && fault.during === 'request') return;
  if (fault?.kind === 'answer' && fault.afterwards !== true) return tell(request, response, ownAnswer(fault));
  const sent = fault?.kind === 'damage' && fault.during === 'request' ? damaged(body) : body;
  const answer = await ask(target, request, sent);
  if (fault?.kind === 'answer') return tell(request, response, ownAnswer(fault));
  await spoil(request, response, { answer, fault });
}

/** Tells the answer of the service as the fault wants it. */
async function spoil(
  request: IncomingMessage,
  response: ServerResponse,
  { answer, fault }: { readonly answer: Answer; readonly fault: Fault | null },
): Promise<void> {
  if (fault?.kind === 'damage' && fault.during === 'answer') {
    return tell(request, response, { ...answer, body: damaged(answer.body) });
  }
  if (fault?.kind === 'drip') return drip(request, response, { answer, fault });
  if (fault === null || fault.kind === 'answer' || fault.kind === 'damage') return tell(request, response, answer);
  if (answer.body.length > 0) {
    response.writeHead(answer.status, framed(request, answer));
    response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)));
    // What was written is on its way before the end comes.
    await sleep(1);
  }
  if (fault.kind === 'reset') reset(request);
  if (fault.kind === 'truncate') request.socket.end();
}

function reset(request: IncomingMessage): void {
  request.socket.resetAndDestroy();
}

async function receive(request: IncomingMessage, { atMostHalf }: { readonly atMostHalf: boolean }): Promise<Buffer> {
  const half = Number(request.headers['content-length'] ?? 0) / 2;
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (atMostHalf && sizeBytes >= half) break;
  }
  return Buffer.concat(chunks);
}

async function ask(target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  const options = { headers, ...(method === undefined ? {} : { method }) };
  const outgoing = requestHttp(new URL(url ?? '/', target), options);
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    body: await receive(incoming, { atMostHalf: false }),
  };
}

function ownAnswer({ status, headers = {}, body = '' }: Extract<Fault, { kind: 'answer' }>): Answer {
  return { status, headers, body: Buffer.from(body) };
}

function tell(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, framed(request, answer));
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}

/** The same headers, with the length in place of whatever said where the body ends; a HEAD has another's length. */
function framed({ method }: IncomingMessage, { headers, body }: Answer): IncomingHttpHeaders {
  if (method === 'HEAD') return headers;
  const { 'transfer-encoding': _, ...kept } = headers;
  return { ...kept, 'content-length': String(body.length) };
}

async function drip(
  request: IncomingMessage,
  response: ServerResponse,
  { answer, fault }: { readonly answer: Answer; readonly fault: Extract<Fault, { kind: 'drip' }> },
): Promise<void> {
  response.writeHead(answer.status, framed(request, answer));
  const pieceBytes = Math.ceil(answer.body.length / fault.pieces);
  for (let at = 0; at < answer.body.length; at += pieceBytes) {
    response.write(answer.body.subarray(at, at + pieceBytes));
    await sleep(fault.pauseMs);
  }
  response.end();
}

function damaged(body: Buffer): Buffer {
  const copy = Buffer.from(body);
  const middle = Math.floor(copy.length / 2);
  if (copy.length > 0) copy[middle] = (copy[middle] ?? 0) ^ 1;
  return copy;
}
