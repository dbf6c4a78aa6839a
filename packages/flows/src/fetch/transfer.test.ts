import { WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { expect, it } from 'vitest';
import { inParallel } from '../in-parallel.js';
import { openTransferProgress, renderProgress } from './transfer-progress.js';

it('tells files, bytes, rate and what remains, and not too often', () => {
  let nowMs = 0;
  const told: string[] = [];
  const progress = openTransferProgress({
    verb: 'Fetched',
    files: 2,
    sizeBytes: 4096,
    clock: { now: () => new Date(nowMs) },
    tell: (sentence) => told.push(sentence),
  });
  progress.addBytes(512);
  progress.addFile();
  expect(told).toEqual([]);
  nowMs = 2000;
  progress.addBytes(1536);
  progress.addBytes(1);
  expect(told).toEqual(['Fetched 1 of 2 file(s), 2.0 kB of 4.1 kB, 1.0 kB/s, 2 s left']);
  const done = { files: 0, bytes: 0, elapsedMs: 5000 };
  expect(renderProgress({ verb: 'Checked', files: 1, sizeBytes: 1 }, done)).not.toContain('left');
});

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
