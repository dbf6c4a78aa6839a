import { expect, test } from 'vitest';
import { formatCount } from './format-count.js';
import { formatSize } from './plan.js';

test('a count has the plural that belongs to it, and its digits in groups', () => {
  expect([0, 1, 2, 999, 1000, 12_345, 1_234_567].map((count) => formatCount(count, 'object'))).toEqual([
    '0 objects',
    '1 object',
    '2 objects',
    '999 objects',
    '1,000 objects',
    '12,345 objects',
    '1,234,567 objects',
  ]);
});

test('a size never has a thousand of its unit', () => {
  expect([0, 999, 1000, 999_949, 999_950, 999_999, 1_000_000].map(formatSize)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '999.9 kB',
    '1.0 MB',
    '1.0 MB',
    '1.0 MB',
  ]);
});
