import { type Answer, ask, type Asked, type Sender } from '../http/ask.js';
import { nameOf, readRefusal, type Refusal, refusedError, remedyOf, type S3Operation } from './s3-refusal.js';
import type { S3Session, SignedBody } from './s3-session.js';

/** One request to S3, tried until it has an outcome. */
export interface S3Request extends Asked {
  readonly operation: S3Operation;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the signature covers of the body. Default: that there is none. */
  readonly signedBody?: SignedBody;
}

/** An answer that is an outcome. */
export type S3Answer = Answer;

/** What sends requests. */
export interface S3Sender extends Sender {
  readonly session: S3Session;
}

/**
 * Sends a request until it has an outcome, and mends the clock and the credentials once each on the way.
 * @param refused told of the refusal that is thrown
 * @throws store/denied, store/misconfigured, store/io, and store/unreachable when all tries were used up
 */
export function askS3(
  sender: S3Sender,
  request: S3Request,
  refused: (refusal: Refusal) => void = () => {},
): Promise<S3Answer> {
  const { session } = sender;
  const { operation, method, url, headers = {}, signedBody = 'empty' } = request;
  return ask(sender, request, {
    operation,
    sign: () => session.sign({ method, url, headers }, signedBody),
    read: readRefusal,
    // Bytes that somebody stored say nothing of the bucket, whatever they look like.
    deniesBucket: ({ status, code }) => status === 404 && code === 'NoSuchBucket',
    remedyOf,
    nameOf,
    errorOf: (refusal) => {
      refused(refusal);
      return refusedError(operation, refusal);
    },
    correctClock: (date) => session.correctClock(date),
    refresh: () => session.refresh(),
  });
}
