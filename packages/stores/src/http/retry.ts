import { setTimeout as wait } from 'node:timers/promises';

/** How often and how patiently something is tried. */
export interface RetryPolicy {
  readonly maxTries: number;
  /** Before the second try at most this long, before each further one at most twice as long as before. */
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** Some ten seconds in the mean, half a minute at most: what a throttled or restarted service needs. */
export const usualRetries: RetryPolicy = {
  maxTries: 8,
  firstDelayMs: 100,
  maxDelayMs: 8000,
  random: Math.random,
  sleep: (ms) => wait(ms),
};

/** What came of one try: an outcome, or a reason to try again, with the wait that the service asks for. */
export type Tried<Outcome> =
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'again'; readonly reason: string; readonly afterMs?: number };

/** The outcome, or the reason of the last try when all tries were used up. */
export type Retried<Outcome> =
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'gave-up'; readonly reason: string; readonly tries: number };

/**
 * Tries until it is done or the bound is reached, with exponential backoff and full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). What `attempt` throws ends it.
 * @param attempt gets the number of the try, from 1.
 */
export async function retrying<Outcome>(
  policy: RetryPolicy,
  attempt: (number: number) => Promise<Tried<Outcome>>,
): Promise<Retried<Outcome>> {
  for (let number = 1; ; number++) {
    const tried = await attempt(number);
    if (tried.kind === 'done') return tried;
    if (number >= policy.maxTries) return { kind: 'gave-up', reason: tried.reason, tries: number };
    await policy.sleep(delayMs(policy, number, tried.afterMs ?? 0));
  }
}

/** The jitter comes on top of what the service asked for, so that those who were refused together do not come together. */
function delayMs(policy: RetryPolicy, triesSoFar: number, askedMs: number): number {
  const ceiling = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (triesSoFar - 1));
  return Math.min(askedMs, policy.maxDelayMs) + policy.random() * ceiling;
}

/** Retry-After in milliseconds (RFC 9110, 10.2.3), as seconds only; 0 for everything else. */
export function readRetryAfter(header: string | undefined): number {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : 0;
}
