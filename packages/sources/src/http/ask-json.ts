import { type JsonValue, WeighbridgeError } from '@weighbridge/core';
import { parseStrictJson } from '@weighbridge/formats';
import { startPatience } from './patience.js';

/** What one service is asked with. */
export interface Service {
  /** Where it is, without a user, a query or a slash at the end. */
  readonly baseUrl: string;
  /** The Authorization header; null to ask without one. It is sent to the host of `baseUrl` and to no other. */
  readonly authorization: string | null;
  readonly fetch: typeof fetch;
  /** Waits between tries. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** One question; `path` begins with a slash and is escaped already. */
export interface Question {
  readonly path: string;
  readonly body?: JsonValue;
  /** Besides those that every question has; they go wherever it is sent on to. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why there is no answer; `status` is null where nothing answered. */
export interface RefusedAnswer {
  readonly kind: 'refused';
  readonly status: number | null;
  readonly because: string;
}

/** A JSON answer, or why there is none. */
export type JsonAnswer = { readonly kind: 'answer'; readonly json: JsonValue } | RefusedAnswer;

/** An answer as it is, or why there is none. */
export type TextAnswer = { readonly kind: 'text'; readonly text: string } | RefusedAnswer;

const maxAnswerBytes = 16 * 1024 * 1024;
const maxRedirects = 3;
const maxTries = 3;
const firstWaitMs = 500;

/**
 * Asks until there is an outcome: what may pass (429, 5xx, no answer) is tried again twice. Redirects are followed to
 * any host, but the credentials stay with the first one. Nothing that the service says in words is repeated.
 */
export async function askText(service: Service, question: Question): Promise<TextAnswer> {
  return askAnything(service, question, readAnswer);
}

/**
 * As askText, of an answer that is read in some other way. What is refused with the status null is asked again. Whoever
 * reads says when something came: an answer may take long, but must not stand still.
 */
export async function askAnything<Read extends { readonly kind: string }>(
  service: Service,
  question: Question,
  read: (response: Response, moved: () => void) => Promise<Read | RefusedAnswer>,
): Promise<Read | RefusedAnswer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await tryOnce(service, question, read);
    if (!isRefused(answer) || attempt >= maxTries || !mayPass(answer.status)) return answer;
    // Who was refused together does not come again together.
    await service.sleep(firstWaitMs * 2 ** (attempt - 1) * (0.5 + Math.random()));
  }
}

function isRefused(answer: { readonly kind: string }): answer is RefusedAnswer {
  return answer.kind === 'refused';
}

/** As askText, of what must be JSON. */
export async function askJson(service: Service, question: Question): Promise<JsonAnswer> {
  const answer = await askText(service, question);
  if (answer.kind === 'refused') return answer;
  try {
    return { kind: 'answer', json: parseStrictJson(answer.text, { nonFinite: 'keep-as-text' }) };
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.exitCode === 70) throw error;
    return { kind: 'refused', status: 200, because: 'its answer is no JSON' };
  }
}

function mayPass(status: number | null): boolean {
  return status === null || status === 429 || status >= 500;
}

async function tryOnce<Read>(
  service: Service,
  { path, body, headers = {} }: Question,
  read: (response: Response, moved: () => void) => Promise<Read | RefusedAnswer>,
): Promise<Read | RefusedAnswer> {
  const start = new URL(`${service.baseUrl}${path}`);
  let url = start;
  for (let hops = 0; hops <= maxRedirects; hops++) {
    const patience = startPatience();
    try {
      const response = await send(service, { url, start, body, headers, signal: patience.signal });
      if ('because' in response) return { kind: 'refused', status: null, because: response.because };
      const next = redirectOf(response, url);
      if (next === null) return await read(response, patience.moved);
      await response.body?.cancel();
      // A question with a body is not sent to where somebody points.
      if (body !== undefined)
        return { kind: 'refused', status: response.status, because: 'it answered with a redirect' };
      url = next;
    } finally {
      patience.end();
    }
  }
  return { kind: 'refused', status: 310, because: `it redirected more than ${maxRedirects} times` };
}

interface Sent {
  readonly url: URL;
  readonly start: URL;
  readonly body: JsonValue | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

async function send(
  { fetch, authorization }: Service,
  { url, start, body, headers: own, signal }: Sent,
): Promise<Response | { readonly because: string }> {
  const headers: Record<string, string> = { accept: 'application/json, text/plain;q=0.9, */*;q=0.1', ...own };
  if (authorization !== null && url.origin === start.origin) headers['authorization'] = authorization;
  if (body !== undefined) headers['content-type'] = 'application/json';
  try {
    return await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      redirect: 'manual',
      signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    return { because: `it cannot be reached (${codeOf(error)})` };
  }
}

/** The code of a system error: a message can quote what was sent. */
function codeOf(error: unknown): string {
  const { code, cause, name } = error as { code?: unknown; cause?: { code?: unknown }; name?: unknown };
  const found = [cause?.code, code, name].find((word) => typeof word === 'string' && /^[A-Za-z0-9_]{1,40}$/.test(word));
  return typeof found === 'string' ? found : 'unknown';
}

function redirectOf(response: Response, from: URL): URL | null {
  const location = response.headers.get('location');
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return null;
  const next = URL.canParse(location, from.href) ? new URL(location, from) : null;
  return next !== null && /^https?:$/.test(next.protocol) ? next : null;
}

async function readAnswer(response: Response): Promise<TextAnswer> {
  const { status } = response;
  const bytes = await readBody(response, maxAnswerBytes);
  if (!response.ok) return { kind: 'refused', status, because: `it answered ${status}` };
  if (bytes === null) return { kind: 'refused', status, because: 'its answer is too long or broke off' };
  return { kind: 'text', text: new TextDecoder('utf-8').decode(bytes) };
}

/** Null for a body that is longer than allowed, or breaks off; `moved` is called for each part that comes. */
export async function readBody(
  response: Response,
  maxBytes: number,
  moved: () => void = () => {},
): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      moved();
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) return null;
      chunks.push(chunk);
    }
  } catch {
    // A body that breaks off is no answer, whatever broke it.
    return null;
  }
  return Buffer.concat(chunks);
}
