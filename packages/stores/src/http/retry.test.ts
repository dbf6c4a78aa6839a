import { expect, test } from 'vitest';
import { type RetryPolicy, readRetryAfter, retrying } from './retry.js';

function policyWith(random: () => number): { policy: RetryPolicy; waits: number[] } {
  const waits: number[] = [];
  const sleep = async (ms: number) => waits.push(ms);
  return { policy: { maxTries: 6, firstDelayMs: 100, maxDelayMs: 500, random, sleep }, waits };
}

const never = async () => ({ kind: 'again', reason: 'no' }) as const;

test('waits at most twice as long each time, up to the bound, and then gives up', async () => {
  const { policy, waits } = policyWith(() => 1);
  expect(await retrying(policy, never)).toEqual({ kind: 'gave-up', reason: 'no', tries: 6 });
  expect(waits).toEqual([100, 200, 400, 500, 500]);
});

test('the jitter is full: a wait can be nothing', async () => {
  const { policy, waits } = policyWith(() => 0);
  await retrying(policy, never);
  expect(waits).toEqual([0, 0, 0, 0, 0]);
});

test('waits at least as long as it is asked to, within the bound', async () => {
  const { policy, waits } = policyWith(() => 0.5);
  await retrying(policy, async (number) => ({ kind: 'again', reason: 'no', afterMs: number === 1 ? 300 : 9_000_000 }));
  expect(waits.slice(0, 2)).toEqual([350, 600]);
});

test('stops with the first outcome', async () => {
  const { policy, waits } = policyWith(() => 1);
  const tried = await retrying(policy, async (number) =>
    number === 3 ? { kind: 'done', outcome: number } : { kind: 'again', reason: 'no' },
  );
  expect(tried).toEqual({ kind: 'done', outcome: 3 });
  expect(waits).toHaveLength(2);
});

test.each([
  [undefined, 0],
  ['3', 3000],
  ['-3', 0],
  ['99999999999', 0],
  ['Wed, 21 Oct 2026 07:28:00 GMT', 0],
])('Retry-After %s', (header, ms) => {
  expect(readRetryAfter(header)).toBe(ms);
});
