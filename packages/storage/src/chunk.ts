const kibibyte = 1024;

/** Bounds of pieces that are cut where their content says so. The mean is a power of two of at least 64 bytes. */
export interface ChunkLimits {
  readonly minBytes: number;
  readonly meanBytes: number;
  readonly maxBytes: number;
}

/**
 * Bounds that a store cuts with: 64 KiB in the mean, as Xet does, between a quarter and twice that. Other bounds cut
 * equal files differently, so they stay.
 */
export const chunkLimits: ChunkLimits = {
  minBytes: 16 * kibibyte,
  meanBytes: 64 * kibibyte,
  maxBytes: 128 * kibibyte,
};

/** Bits that the mask has more before the mean, and less behind it: "normalised chunking", level 2. */
const normalBits = 2;

/** A byte leaves a hash of 32 bits after so many further ones. */
const windowBytes = 32;

/**
 * Where the first chunk of some bytes ends: FastCDC with normalised chunking (Xia et al., USENIX ATC 2016, sections 3.2
 * to 3.5) over a gear hash of 32 bits. A chunk ends behind the first byte at which the upper bits of the hash are zero,
 * so that an insertion moves the ends of the chunks around it and of no others; nothing is looked for below the least
 * length, and the mask is harder before the mean and easier behind it, which keeps the lengths near the mean.
 * @param start of the chunk
 * @param isEnd whether nothing follows the bytes
 * @returns the end, exclusive; null when it lies behind the bytes that are there
 */
export function endOfChunk(
  bytes: Uint8Array,
  { start, isEnd, limits = chunkLimits }: { start: number; isEnd: boolean; limits?: ChunkLimits },
): number | null {
  const { minBytes, meanBytes, maxBytes } = limits;
  const limit = Math.min(start + maxBytes, bytes.length);
  const middle = Math.min(start + meanBytes, limit);
  const bits = 31 - Math.clz32(meanBytes);
  let at = Math.min(start + minBytes, limit);
  let hash = 0;
  for (let before = Math.max(start, at - windowBytes); before < at; before++) hash = rolled(hash, bytes, before);
  const hard = 32 - bits - normalBits;
  for (; at < middle; at++) {
    hash = rolled(hash, bytes, at);
    if (hash >>> hard === 0) return at + 1;
  }
  const easy = 32 - bits + normalBits;
  for (; at < limit; at++) {
    hash = rolled(hash, bytes, at);
    if (hash >>> easy === 0) return at + 1;
  }
  return isEnd || limit === start + maxBytes ? limit : null;
}

function rolled(hash: number, bytes: Uint8Array, at: number): number {
  return ((hash << 1) + (gear[bytes[at] ?? 0] ?? 0)) | 0;
}

/**
 * A number of 32 bits for each byte, by Marsaglia's xorshift (Xorshift RNGs, 2003) from a fixed seed; the first numbers,
 * which still show the seed, are left out. Other numbers cut equal files differently, so they stay.
 */
const gear = gearTable(0x57656967);

function gearTable(seed: number): Int32Array {
  const table = new Int32Array(256);
  let state = seed;
  for (let index = -64; index < table.length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    if (index >= 0) table[index] = state;
  }
  return table;
}
