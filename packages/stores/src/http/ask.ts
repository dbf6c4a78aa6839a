import type { IncomingHttpHeaders } from 'node:http';
import { type WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { Agents } from './agents.js';
import { exchange } from './exchange.js';
import type { ExchangeBounds } from './exchanged.js';
import { type RetryPolicy, readRetryAfter, retrying, type Tried, usualRetries } from './retry.js';

/** What sends requests to a service, and how patiently. */
export interface Sender {
  readonly agents: Agents;
  readonly retries: RetryPolicy;
  readonly idleMs: number;
  readonly totalMs: number;
}

/** The bounds that whoever opens a bucket may set. */
export interface SenderOptions {
  readonly retries?: RetryPolicy;
  /** How long a connection may stand still. Default: 30 seconds. */
  readonly idleMs?: number;
  /** How long one try of a request may take. Default: 10 minutes. */
  readonly totalMs?: number;
}

const usualIdleMs = 30_000;
const usualTotalMs = 10 * 60_000;

/** A sender with the usual bounds where none are given. */
export function senderOf({ retries, idleMs, totalMs }: SenderOptions, agents: Agents): Sender {
  return {
    agents,
    retries: retries ?? usualRetries,
    idleMs: idleMs ?? usualIdleMs,
    totalMs: totalMs ?? usualTotalMs,
  };
}

/** One request, in terms of HTTP. */
export interface Asked {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly url: URL;
  readonly body?: readonly Uint8Array[];
  readonly maxAnswerBytes: number;
  /** As those of an exchange. */
  readonly into?: Uint8Array | undefined;
  /** The statuses that are an outcome; every other one is an error, or tried again. */
  readonly outcomes: readonly number[];
  /** Looked at before each try, and may send requests itself; false: as if the service had answered 412. */
  readonly stillHolds?: () => Promise<boolean>;
  /** Asked before each try, when it is signed, with nothing between that and the sending; false: as if the service had answered 412. */
  readonly isAllowed?: () => boolean;
  /** Why an answer is to be distrusted and asked for again; null for a sound one. */
  readonly check?: (answer: Answer) => string | null | Promise<string | null>;
}

/** An answer that is an outcome. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array;
  /** Whether an earlier try of the same request may have been carried out although its answer did not come. */
  readonly repeated: boolean;
}

/** What can be done about a refusal. */
export type Remedy = 'wait' | 'correct-clock' | 'refresh' | 'send-again' | 'none';

/** How one service signs requests and says no; `Refusal` is what it said, in words that cannot hold a secret. */
export interface Dialect<Refusal> {
  /** The words of messages. */
  readonly operation: { readonly action: string; readonly path: string };
  /** The headers of the request with those that say who asks, anew for each try. */
  sign(): Promise<Readonly<Record<string, string>>>;
  read(answer: Omit<Answer, 'repeated'>): Refusal;
  /** Whether the bucket itself is missing: no outcome, although a missing object has the same status. */
  deniesBucket(refusal: Refusal): boolean;
  remedyOf(refusal: Refusal): Remedy;
  nameOf(refusal: Refusal): string;
  errorOf(refusal: Refusal): WeighbridgeError;
  /** Takes over the time of the service; false when it said none that differs, or when time is not signed. */
  correctClock(date: string | undefined): boolean;
  /** Looks for new credentials. */
  refresh(): Promise<void>;
}

/** Damage on the way is seldom: what arrives wrong so often was wrong when it left. */
const maxWrong = 3;

/** What is mended at most once, and what was seen, while one request is tried. */
interface Course {
  corrected: boolean;
  refreshed: boolean;
  wrong: number;
}

/**
 * Sends a request until it has an outcome, and mends the clock and the credentials once each on the way.
 * @throws what the dialect makes of a refusal, store/io for answers that stay wrong, and store/unreachable when all
 * tries were used up
 */
export async function ask<Refusal>(sender: Sender, asked: Asked, dialect: Dialect<Refusal>): Promise<Answer> {
  const course: Course = { corrected: false, refreshed: false, wrong: 0 };
  const retried = await retrying(sender.retries, (number) => attempt(sender, asked, { dialect, number, course }));
  if (retried.kind === 'done') return retried.outcome;
  const { action, path } = dialect.operation;
  throw weighbridgeError('store/unreachable', { action, path, reason: retried.reason, tries: retried.tries });
}

interface Try<Refusal> {
  readonly dialect: Dialect<Refusal>;
  readonly number: number;
  readonly course: Course;
}

async function attempt<Refusal>(
  { agents, idleMs, totalMs }: Sender,
  { method, url, body = [], maxAnswerBytes, into, outcomes, check, stillHolds, isAllowed = () => true }: Asked,
  { dialect, number, course }: Try<Refusal>,
): Promise<Tried<Answer>> {
  const refused = { status: 412, headers: {}, bytes: new Uint8Array(0), repeated: number > 1 };
  if ((await stillHolds?.()) === false) return { kind: 'done', outcome: refused };
  const headers = await dialect.sign();
  const bounds: ExchangeBounds = { idleMs, totalMs, maxAnswerBytes, into };
  if (!isAllowed()) return { kind: 'done', outcome: refused };
  const exchanged = await exchange({ method, url, headers, body }, agents, bounds);
  if (exchanged.kind === 'broken') return { kind: 'again', reason: exchanged.reason };
  // What is done is no refusal, and to read every object as one would take longer than to sign for it.
  const refusal = exchanged.status < 300 && outcomes.includes(exchanged.status) ? null : dialect.read(exchanged);
  if (refusal === null || (outcomes.includes(exchanged.status) && !dialect.deniesBucket(refusal))) {
    const { status, headers: told, bytes } = exchanged;
    const answer = { status, headers: told, bytes, repeated: number > 1 };
    const doubt = (await check?.(answer)) ?? null;
    if (doubt === null) return { kind: 'done', outcome: answer };
    if (++course.wrong >= maxWrong) throw weighbridgeError('store/io', { ...dialect.operation, reason: doubt });
    return { kind: 'again', reason: doubt };
  }
  if (!(await mend(dialect, refusal, { course, date: exchanged.headers.date }))) throw dialect.errorOf(refusal);
  return { kind: 'again', reason: dialect.nameOf(refusal), afterMs: readRetryAfter(exchanged.headers['retry-after']) };
}

/** Whether there is a reason to try again. */
async function mend<Refusal>(
  dialect: Dialect<Refusal>,
  refusal: Refusal,
  { course, date }: { readonly course: Course; readonly date: string | undefined },
): Promise<boolean> {
  switch (dialect.remedyOf(refusal)) {
    case 'wait':
      return true;
    case 'send-again':
      return ++course.wrong < maxWrong;
    case 'correct-clock': {
      if (course.corrected) return false;
      course.corrected = true;
      return dialect.correctClock(date);
    }
    case 'refresh': {
      if (course.refreshed) return false;
      course.refreshed = true;
      await dialect.refresh();
      return true;
    }
    case 'none':
      return false;
  }
}
