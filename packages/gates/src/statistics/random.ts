/** A source of integers: each call gives one from 0 to `below` - 1. The same seed gives the same numbers everywhere. */
export type RandomIntegers = (below: number) => number;

/**
 * Deterministic pseudo-random integers from a seed text, for resampling and nothing else: 32-bit integer arithmetic
 * only (sfc32 of PractRand, seeded by FNV-1a over the text). `below` is at most 2^31.
 */
export function seededIntegers(seed: string): RandomIntegers {
  let [a, b, c, counter] = [fnv1a(seed, 0), fnv1a(seed, 1), fnv1a(seed, 2), 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // The first outputs still show the seed.
  for (let step = 0; step < 16; step++) next();
  return (below) => Math.floor((next() / 4_294_967_296) * below);
}

function fnv1a(text: string, lane: number): number {
  let hash = 0x811c9dc5 ^ lane;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) | 0;
}
