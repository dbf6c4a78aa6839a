import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Agents } from './agents.js';
import { type Exchanged, type ExchangeBounds, type Question, reasonOf, seconds } from './exchanged.js';

/**
 * Sends a request and reads its answer whole. Never throws for what the other side does: an answer that breaks off, is
 * longer or shorter than it says, stalls or exceeds a bound is `broken`.
 */
export async function exchange(question: Question, agents: Agents, bounds: ExchangeBounds): Promise<Exchanged> {
  const isDirect = bounds.into !== undefined || question.method === 'PUT';
  const direct = isDirect ? await agents.direct?.ask(question, bounds) : null;
  return direct ?? exchangeUsually(question, agents, bounds);
}

/** Through Node's own client, which knows all of HTTP/1. */
function exchangeUsually(question: Question, agents: Agents, bounds: ExchangeBounds): Promise<Exchanged> {
  return new Promise((resolve) => {
    const request = openRequest(question, agents, bounds.idleMs);
    const broken = (reason: string) => {
      settle({ kind: 'broken', reason });
      request.destroy();
    };
    const deadline = setTimeout(() => broken(`not done after ${seconds(bounds.totalMs)}`), bounds.totalMs);
    const settle = (exchanged: Exchanged) => {
      over = true;
      clearTimeout(deadline);
      resolve(exchanged);
    };
    let answering = false;
    let over = false;
    request.on('timeout', () => broken(`nothing moved for ${seconds(bounds.idleMs)}`));
    request.on('error', (cause) => {
      // A server that refuses a body closes the connection while we still send; what it answered counts.
      if (!answering) broken(reasonOf(cause));
    });
    request.on('response', (response) => {
      answering = true;
      collect(response, bounds, { settle, broken, isOver: () => over });
    });
    send(request, question.body);
  });
}

function openRequest({ method, url, headers, body }: Question, agents: Agents, timeout: number): ClientRequest {
  const length = body.reduce((sum, piece) => sum + piece.length, 0);
  const all = method === 'PUT' || length > 0 ? { ...headers, 'content-length': String(length) } : headers;
  const options = { method, headers: all, timeout };
  return url.protocol === 'https:'
    ? requestHttps(url, { ...options, agent: agents.https })
    : requestHttp(url, { ...options, agent: agents.http });
}

function send(request: ClientRequest, body: readonly Uint8Array[]): void {
  // Corked, so that the head leaves together with what follows it.
  request.cork();
  for (const piece of body) if (piece.length > 0) request.write(piece);
  request.end();
  request.uncork();
}

interface Listeners {
  readonly settle: (exchanged: Exchanged) => void;
  readonly broken: (reason: string) => void;
  readonly isOver: () => boolean;
}

function collect(
  response: IncomingMessage,
  { maxAnswerBytes: maxBytes, into }: ExchangeBounds,
  { settle, broken, isOver }: Listeners,
): void {
  const announced = announcedBytes(response);
  if (announced !== null && announced > maxBytes) return broken(`an answer of more than ${maxBytes} bytes`);
  const isGood = response.statusCode === 200 || response.statusCode === 206;
  const room = isGood && into?.length === announced ? into : undefined;
  const body = announced === null ? growing() : fixed(room ?? Buffer.allocUnsafeSlow(announced));
  response.on('data', (chunk: Uint8Array) => {
    // What comes late must not touch memory that belongs to the next try, or to somebody else.
    if (isOver()) return;
    if (body.sizeBytes() + chunk.length > maxBytes) broken(`an answer of more than ${maxBytes} bytes`);
    else body.add(chunk);
  });
  response.on('error', () => broken('the answer broke off'));
  response.on('close', () => {
    if (!response.complete) broken('the answer broke off');
  });
  response.on('end', () => {
    if (!response.complete) return broken('the answer broke off');
    settle({ kind: 'answer', status: response.statusCode ?? 0, headers: response.headers, bytes: body.whole() });
  });
}

/** The size of the body that follows; null where nothing says it, or where none follows. */
function announcedBytes(response: IncomingMessage): number | null {
  const text = response.headers['content-length'];
  const bodiless = response.statusCode === 204 || response.statusCode === 304;
  const isHead = (response as IncomingMessage & { req: ClientRequest }).req.method === 'HEAD';
  return text === undefined || isHead || bodiless ? null : Number(text);
}

/** Room for all that was announced, so that nothing is joined afterwards. The parser lets no more than that through. */
function fixed(bytes: Uint8Array) {
  let filled = 0;
  return {
    sizeBytes: () => filled,
    add: (chunk: Uint8Array) => {
      bytes.set(chunk, filled);
      filled += chunk.length;
    },
    whole: (): Uint8Array => bytes.subarray(0, filled),
  };
}

function growing() {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  return {
    sizeBytes: () => sizeBytes,
    add: (chunk: Uint8Array) => {
      chunks.push(chunk);
      sizeBytes += chunk.length;
    },
    whole: (): Uint8Array => Buffer.concat(chunks),
  };
}
