import type { IncomingHttpHeaders } from 'node:http';
import { weighbridgeError } from '@weighbridge/core';
import type { Agents } from '../http/agents.js';
import { type ExchangeBounds, exchange } from '../http/exchange.js';
import { type RetryPolicy, readRetryAfter, retrying, type Tried } from '../http/retry.js';
import { nameOf, type Refusal, readRefusal, refusedError, remedyOf, type S3Operation } from './s3-refusal.js';
import type { S3Session } from './s3-session.js';

/** One request to S3, tried until it has an outcome. */
export interface S3Request {
  readonly operation: S3Operation;
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: readonly Uint8Array[];
  /** Of the body; the signature covers it. */
  readonly sha256?: Uint8Array;
  readonly maxAnswerBytes: number;
  /** The statuses that are an outcome; every other one is an error, or tried again. */
  readonly outcomes: readonly number[];
  /** Why an answer is to be distrusted and asked for again; null for a sound one. */
  readonly check?: (answer: S3Answer) => string | null | Promise<string | null>;
}

/** An answer that is an outcome. */
export interface S3Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array;
  /** Whether an earlier try of the same request may have been carried out although its answer did not come. */
  readonly repeated: boolean;
}

/** What sends requests. */
export interface S3Sender {
  readonly session: S3Session;
  readonly agents: Agents;
  readonly retries: RetryPolicy;
  readonly idleMs: number;
  readonly totalMs: number;
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
 * @throws store/denied, store/misconfigured, store/io, and store/unreachable when all tries were used up
 */
export async function askS3(sender: S3Sender, request: S3Request): Promise<S3Answer> {
  const course: Course = { corrected: false, refreshed: false, wrong: 0 };
  const retried = await retrying(sender.retries, (number) => attempt(sender, request, { number, course }));
  if (retried.kind === 'done') return retried.outcome;
  const { action, path } = request.operation;
  throw weighbridgeError('store/unreachable', { action, path, reason: retried.reason, tries: retried.tries });
}

async function attempt(
  sender: S3Sender,
  request: S3Request,
  { number, course }: { readonly number: number; readonly course: Course },
): Promise<Tried<S3Answer>> {
  const { method, url, body = [], maxAnswerBytes, outcomes } = request;
  const headers = await sender.session.sign({ method, url, headers: request.headers ?? {} }, request.sha256 ?? null);
  const bounds: ExchangeBounds = { idleMs: sender.idleMs, totalMs: sender.totalMs, maxAnswerBytes };
  const exchanged = await exchange({ method, url, headers, body }, sender.agents, bounds);
  if (exchanged.kind === 'broken') return { kind: 'again', reason: exchanged.reason };
  const refusal = readRefusal(exchanged);
  // Bytes that somebody stored say nothing of the bucket, whatever they look like.
  const noBucket = exchanged.status === 404 && refusal.code === 'NoSuchBucket';
  if (outcomes.includes(exchanged.status) && !noBucket) {
    const answer = { ...exchanged, repeated: number > 1 };
    const doubt = (await request.check?.(answer)) ?? null;
    if (doubt === null) return { kind: 'done', outcome: answer };
    const { action, path } = request.operation;
    if (++course.wrong >= maxWrong) throw weighbridgeError('store/io', { action, path, reason: doubt });
    return { kind: 'again', reason: doubt };
  }
  if (!(await mend(sender.session, refusal, { course, date: exchanged.headers.date }))) {
    throw refusedError(request.operation, refusal);
  }
  const afterMs = readRetryAfter(exchanged.headers['retry-after']);
  return { kind: 'again', reason: nameOf(refusal), afterMs };
}

/** Whether there is a reason to try again. */
async function mend(
  session: S3Session,
  refusal: Refusal,
  { course, date }: { readonly course: Course; readonly date: string | undefined },
): Promise<boolean> {
  switch (remedyOf(refusal)) {
    case 'wait':
      return true;
    case 'send-again':
      return ++course.wrong < maxWrong;
    case 'correct-clock': {
      if (course.corrected) return false;
      course.corrected = true;
      return session.correctClock(date);
    }
    case 'refresh': {
      if (course.refreshed) return false;
      course.refreshed = true;
      await session.refresh();
      return true;
    }
    case 'none':
      return false;
  }
}
