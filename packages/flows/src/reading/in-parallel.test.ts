import { WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { expect, it } from 'vitest';
import { inParallel } from './in-parallel.js';

it('runs so much at once, answers in order, and begins nothing after a failure', async () => {
  let running = 0;
  let most = 0;
  const results = await inParallel([5, 1, 4, 2, 3], 2, async (item) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, item));
    running -= 1;
    return item * 2;
  });
  expect(results).toEqual([10, 2, 8, 4, 6]);
  expect(most).toBe(2);
  const begun: number[] = [];
  const failing = inParallel([0, 1, 2, 3], 1, async (item) => {
    begun.push(item);
    if (item === 1) throw weighbridgeError('core/invariant', { reason: 'a test' });
  });
  await expect(failing).rejects.toThrow(WeighbridgeError);
  expect(begun).toEqual([0, 1]);
});
