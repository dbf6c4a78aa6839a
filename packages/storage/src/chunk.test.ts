import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChunkLimits, chunkLimits, endOfChunk } from './chunk.js';

const small: ChunkLimits = { minBytes: 64, meanBytes: 256, maxBytes: 1024 };

function chunksOf(bytes: Uint8Array, limits = small): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = endOfChunk(bytes, { start, isEnd: true, limits });
    if (end === null) throw new Error('a chunk at the end has an end');
    chunks.push(bytes.subarray(start, end));
    start = end;
  }
  return chunks;
}

/** Bytes that look random, from a seed. */
function noise(seed: number, length: number): Uint8Array {
  let state = seed * 2654435761 + 1;
  return Uint8Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 255;
  });
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

const text = (bytes: Uint8Array) => bytes.join();

describe('endOfChunk', () => {
  test('the places of the cut never change: stores keep what was cut by them', () => {
    const bytes = noise(1, 400_000);
    expect(chunksOf(bytes, chunkLimits).map(({ length }) => length)).toMatchInlineSnapshot(`
      [
        88590,
        48445,
        21025,
        73995,
        46904,
        31316,
        86444,
        3281,
      ]
    `);
    expect(chunksOf(bytes.subarray(0, 2000)).map(({ length }) => length)).toMatchInlineSnapshot(`
      [
        365,
        163,
        394,
        324,
        306,
        192,
        256,
      ]
    `);
  });

  test('property: chunks are the bytes, each within its bounds, but for a last one that may be short', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(1000), fc.boolean(), (length, seed, isFlat) => {
        const bytes = isFlat ? new Uint8Array(length).fill(seed) : noise(seed, length);
        const chunks = chunksOf(bytes);
        expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
        for (const [index, chunk] of chunks.entries()) {
          expect(chunk.length).toBeLessThanOrEqual(small.maxBytes);
          if (index < chunks.length - 1) expect(chunk.length).toBeGreaterThan(small.minBytes);
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('property: where a chunk ends does not depend on how much of what follows is at hand', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 4000 }), (seed, atHand) => {
        const bytes = noise(seed, 4000);
        const whole = endOfChunk(bytes, { start: 0, isEnd: true, limits: small });
        const part = endOfChunk(bytes.subarray(0, atHand), { start: 0, isEnd: false, limits: small });
        expect(part).toBe(whole !== null && whole <= atHand ? whole : null);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  test('property: an insertion changes the chunks around it and no others', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.nat(20_000),
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        (seed, at, inserted) => {
          const bytes = noise(seed, 20_000);
          const after = chunksOf(joined(bytes.subarray(0, at), inserted, bytes.subarray(at)));
          const known = new Set(chunksOf(bytes).map(text));
          const changed = after.filter((chunk) => !known.has(text(chunk)));
          expect(changed.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(
            inserted.length + 8 * small.maxBytes,
          );
        },
      ),
      { seed: 3, numRuns: 200 },
    );
  });

  test('the mean is near what was asked for, and few chunks are cut by force', () => {
    const chunks = chunksOf(noise(7, 400_000));
    const mean = 400_000 / chunks.length;
    expect(mean).toBeGreaterThan(small.meanBytes * 0.8);
    expect(mean).toBeLessThan(small.meanBytes * 1.4);
    expect(chunks.filter(({ length }) => length === small.maxBytes).length).toBeLessThan(chunks.length * 0.01);
  });
});
