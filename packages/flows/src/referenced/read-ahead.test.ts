import { seededBytes } from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import { readAhead } from './read-ahead.js';

const pieceBytes = 8 * 1024 * 1024;

function watched(sizeBytes: number) {
  const bytes = seededBytes(7, sizeBytes);
  const asked: [number, number][] = [];
  let waiting = 0;
  let most = 0;
  const read = async (offset: number, lengthBytes: number) => {
    asked.push([offset, lengthBytes]);
    most = Math.max(most, ++waiting);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    waiting -= 1;
    return bytes.slice(offset, offset + lengthBytes);
  };
  return { bytes, asked, most: () => most, source: readAhead({ name: 'model', sizeBytes, read }) };
}

test('forwards reads are the same bytes, each asked for once, several pieces ahead', async () => {
  const { bytes, asked, most, source } = watched(6 * pieceBytes + 123);
  const step = 3_000_001;
  for (let offset = 0; offset < bytes.length; offset += step) {
    const lengthBytes = Math.min(step, bytes.length - offset);
    const read = await source.read(offset, lengthBytes);
    expect(Buffer.compare(read, bytes.subarray(offset, offset + lengthBytes))).toBe(0);
  }
  expect(asked.map(([offset]) => offset)).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => index * pieceBytes));
  expect(most()).toBeGreaterThan(2);
  expect(most()).toBeLessThanOrEqual(5);
});

test('reads backwards, of nothing and over several pieces are right too', async () => {
  const { bytes, source } = watched(3 * pieceBytes);
  for (const [offset, lengthBytes] of [
    [2 * pieceBytes + 5, 10],
    [0, 10],
    [pieceBytes - 3, pieceBytes + 6],
    [9, 0],
  ] as const) {
    const read = await source.read(offset, lengthBytes);
    expect(Buffer.compare(read, bytes.subarray(offset, offset + lengthBytes))).toBe(0);
  }
});

test('a failure reaches who waits for it, and one ahead only when it is come to', async () => {
  const read = async (offset: number, lengthBytes: number) => {
    if (offset >= pieceBytes) throw new Error('no more');
    return new Uint8Array(lengthBytes);
  };
  const source = readAhead({ name: 'model', sizeBytes: 3 * pieceBytes, read });
  expect((await source.read(0, 100)).length).toBe(100);
  await expect(source.read(pieceBytes, 1)).rejects.toThrow('no more');
});
