import { createHash } from 'node:crypto';
import { bytesSource, seededBytes } from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import { hashWhileReading } from './hash-while-reading.js';

const bytes = seededBytes(7, 3_000_000);
const expected = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

test.each([
  ['nothing', []],
  ['all of it', [[0, 3_000_000]]],
  [
    'pieces with gaps between them',
    [
      [10, 5],
      [2_500_000, 100],
    ],
  ],
  [
    'what overlaps and goes back',
    [
      [0, 100],
      [50, 100],
      [20, 10],
      [1_500_000, 100],
      [0, 2_000_000],
    ],
  ],
])('the digest is that of the whole, after reading %s', async (_, reads) => {
  const source = bytesSource(bytes, 'model.bin');
  let read = 0;
  const counted = {
    ...source,
    read: async (offset: number, lengthBytes: number) => {
      read += lengthBytes;
      return source.read(offset, lengthBytes);
    },
  };
  const hashed = hashWhileReading(counted, createHash('sha256'));
  let again = 0;
  let furthest = 0;
  for (const [offset = 0, lengthBytes = 0] of reads) {
    const part = await hashed.source.read(offset, lengthBytes);
    expect(Buffer.compare(part, bytes.subarray(offset, offset + lengthBytes))).toBe(0);
    again += Math.max(0, Math.min(furthest, offset + lengthBytes) - offset);
    furthest = Math.max(furthest, offset + lengthBytes);
  }
  expect(await hashed.digest()).toBe(expected);
  expect(read).toBe(bytes.length + again);
});
