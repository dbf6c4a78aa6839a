import { expect, test } from 'vitest';
import { openElapsedClock } from './elapsed.js';

test('goes on while a machine sleeps, and never back', () => {
  const times = { monotonic: 50, wall: 1_000 };
  const elapsed = openElapsedClock({ monotonicMs: () => times.monotonic, wallMs: () => times.wall });
  expect(elapsed()).toBe(0);
  Object.assign(times, { monotonic: 60, wall: 1_010 });
  expect(elapsed()).toBe(10);
  Object.assign(times, { monotonic: 61, wall: 3_601_000 });
  expect(elapsed()).toBe(3_600_000);
  Object.assign(times, { monotonic: 70, wall: 500 });
  expect(elapsed()).toBe(3_600_000);
});
