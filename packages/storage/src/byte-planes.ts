/** Bytes of one element: of what has no elements, bytes and 8-bit numbers; of bf16 and f16; of f32; of f64. */
export const elementWidths = [1, 2, 4, 8] as const;

/** One of them. */
export type ElementWidth = (typeof elementWidths)[number];

/** Bytes of plane `plane` of so many bytes. */
export function planeLength(lengthBytes: number, plane: number, width: ElementWidth): number {
  return Math.max(0, Math.ceil((lengthBytes - plane) / width));
}

/** The first bytes of all elements, the second ones, and so on: exponents are alike, the ends of mantissas are noise. */
export function splitPlanes(bytes: Uint8Array, width: ElementWidth): readonly Uint8Array[] {
  if (width === 1) return [bytes];
  return Array.from({ length: width }, (_, plane) => {
    const target = new Uint8Array(planeLength(bytes.length, plane, width));
    for (let from = plane, to = 0; from < bytes.length; from += width) target[to++] = bytes[from] ?? 0;
    return target;
  });
}

/** Inverse of splitPlanes. The planes have the lengths that planeLength gives. */
export function joinPlanes(planes: readonly Uint8Array[], target: Uint8Array): void {
  for (const [plane, bytes] of planes.entries()) {
    for (let from = 0, to = plane; from < bytes.length; from++, to += planes.length) target[to] = bytes[from] ?? 0;
  }
}

/** So much is looked at: planes of 8 KiB and more, from four places. */
const sampleBytes = 64 * 1024;
const sampledPlaces = 4;

/** A wider grouping has to gain so much more, because planes cost time. */
const minGain = 0.01;

/**
 * The width by which bytes of an unknown type group best: the one whose planes have the least entropy of order 0, which
 * is what Huffman codes come to. Looks at a sample.
 */
export function guessElementWidth(bytes: Uint8Array): ElementWidth {
  const sample = sampleOf(bytes);
  let best: { readonly width: ElementWidth; readonly bits: number } = { width: 1, bits: entropyBits(sample) };
  for (const width of elementWidths.slice(1)) {
    const bits = splitPlanes(sample, width).reduce((sum, plane) => sum + entropyBits(plane), 0);
    if (bits < best.bits - minGain * 8 * sample.length) best = { width, bits };
  }
  return best.width;
}

function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= sampleBytes) return bytes;
  const part = sampleBytes / sampledPlaces;
  const sample = new Uint8Array(sampleBytes);
  for (let place = 0; place < sampledPlaces; place++) {
    // From a multiple of the widest element, so that no place shifts the planes.
    const start = Math.floor(((bytes.length - part) * place) / (sampledPlaces - 1) / 8) * 8;
    sample.set(bytes.subarray(start, start + part), place * part);
  }
  return sample;
}

/** What a code costs that is written before the data, and what few bytes seem to have less entropy than they do. */
const bitsPerSymbol = 5;

function entropyBits(bytes: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  let bits = 0;
  for (const count of counts) if (count > 0) bits += bitsPerSymbol - count * Math.log2(count / bytes.length);
  return bits;
}
