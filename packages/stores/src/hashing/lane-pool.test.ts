import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { HashLane } from './hash-lane.js';
import { openLanePool } from './lane-pool.js';
import { openWorkerLane } from './worker-lane.js';

const bytes = new Uint8Array(new SharedArrayBuffer(100)).fill(7);
const expected = createHash('sha256').update(bytes.slice()).digest('hex');
const whole = [{ stream: 0, start: 0, end: 100, last: true }];

function countThreads() {
  let started = 0;
  const open = () => {
    started += 1;
    return openWorkerLane();
  };
  return { pool: openLanePool(open), started: () => started };
}

async function hashWith(lane: HashLane): Promise<void> {
  const [digest] = await lane.run(bytes, whole);
  expect(Buffer.from(digest ?? []).toString('hex')).toBe(expected);
}

test('a thread that is done serves the next file', async () => {
  const { pool, started } = countThreads();
  for (let file = 0; file < 3; file++) {
    const lane = pool.borrow();
    await hashWith(lane);
    await lane.close();
  }
  expect(started()).toBe(1);
});

test('two files at once have a thread each', async () => {
  const { pool, started } = countThreads();
  const lanes = [pool.borrow(), pool.borrow()];
  await Promise.all(lanes.map(hashWith));
  expect(started()).toBe(2);
  await Promise.all(lanes.map((lane) => lane.close()));
});

test.each<[string, (lane: HashLane) => Promise<unknown>]>([
  ['a stream that has not ended', (lane) => lane.run(bytes, [{ stream: 0, start: 0, end: 50, last: false }])],
  [
    'a write that failed',
    async (lane) => {
      const copyTo = { fd: 100_000, position: 0 };
      const failing = lane.run(bytes, [{ stream: 0, start: 0, end: 100, last: true, copyTo }]);
      await expect(failing).rejects.toMatchObject({ code: 'EBADF', syscall: 'write' });
    },
  ],
  [
    'work that nobody waits for any more',
    async (lane) => {
      void lane.run(bytes, whole).catch(() => {});
    },
  ],
])('a thread with %s is not used again', async (_what, breakOff) => {
  const { pool, started } = countThreads();
  const first = pool.borrow();
  await breakOff(first);
  await first.close();
  const second = pool.borrow();
  await hashWith(second);
  await second.close();
  expect(started()).toBe(2);
});
