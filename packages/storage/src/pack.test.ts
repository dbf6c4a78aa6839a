import { describe, expect, test } from 'vitest';
import { chunkLimits } from './chunk.js';
import { endsPack, fitsPack, isPacked, packLimits } from './pack.js';

const digestOf = (first: number) => new Uint8Array(32).fill(0xff).fill(first, 0, 1);

describe('packs', () => {
  test('take pieces below 64 KiB', () => {
    expect([0, 65_535, 65_536].map((lengthBytes) => isPacked({ lengthBytes }))).toEqual([true, true, false]);
  });

  test('take whatever was cut by content', () => {
    expect(isPacked({ lengthBytes: chunkLimits.maxBytes, byContent: true })).toBe(true);
    expect(fitsPack(0, chunkLimits.maxBytes)).toBe(true);
  });

  test('never grow beyond their bound', () => {
    expect(fitsPack(packLimits.maxBytes - 5, 5)).toBe(true);
    expect(fitsPack(packLimits.maxBytes - 5, 6)).toBe(false);
  });

  test('end behind one of 32 digests, once they are large enough', () => {
    const ending = (byContent: boolean) =>
      Array.from({ length: 256 }, (_, first) => endsPack(packLimits.minBytes, digestOf(first), { byContent }));
    expect(ending(false).filter(Boolean)).toHaveLength(8);
    expect(ending(false).slice(0, 8).every(Boolean)).toBe(true);
    expect(ending(true).filter(Boolean)).toHaveLength(32);
    expect(endsPack(packLimits.minBytes - 1, digestOf(0), {})).toBe(false);
  });
});
