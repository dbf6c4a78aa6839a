import { describe, expect, test } from 'vitest';
import { endsPack, fitsPack, isPacked, packLimits } from './pack.js';

const digestOf = (first: number) => new Uint8Array(32).fill(0xff).fill(first, 0, 1);

describe('packs', () => {
  test('take pieces below 64 KiB', () => {
    expect([0, 65_535, 65_536].map((bytes) => isPacked(bytes))).toEqual([true, true, false]);
  });

  test('never grow beyond their bound', () => {
    expect(fitsPack(packLimits.maxBytes - 5, 5)).toBe(true);
    expect(fitsPack(packLimits.maxBytes - 5, 6)).toBe(false);
  });

  test('end behind one of 32 digests, once they are large enough', () => {
    const ending = Array.from({ length: 256 }, (_, first) => endsPack(packLimits.minBytes, digestOf(first)));
    expect(ending.filter(Boolean)).toHaveLength(8);
    expect(ending.slice(0, 8).every(Boolean)).toBe(true);
    expect(endsPack(packLimits.minBytes - 1, digestOf(0))).toBe(false);
  });
});
