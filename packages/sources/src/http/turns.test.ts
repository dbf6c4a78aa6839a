import { expect, test } from 'vitest';
import { openTurns } from './turns.js';

test('so much work runs at once, in its order, and a failure gives its place to the next', async () => {
  const inTurn = openTurns(2);
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const work = async (index: number) => {
    begun.push(index);
    most = Math.max(most, ++running);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    running -= 1;
    if (index % 3 === 0) throw new Error('planted');
    return index;
  };
  const outcomes = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map((index) => inTurn(() => work(index))));
  expect(outcomes.map((each) => (each.status === 'fulfilled' ? each.value : null))).toEqual([
    null,
    1,
    2,
    null,
    4,
    5,
    null,
  ]);
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(most).toBe(2);
  expect(running).toBe(0);
});
