/** Bytes of a file, [startByte, endByte). */
export interface ByteSpan {
  readonly startByte: number;
  readonly endByte: number;
}

/** One piece of a file; the pieces of a file lie behind one another and cover it. */
export interface Piece {
  readonly offset: number;
  readonly lengthBytes: number;
}

/** Bounds of the cut. Tests choose small ones; a store uses `cutLimits`, because other bounds cut equal files differently. */
export interface CutLimits {
  /** No piece is larger. */
  readonly maxSegmentBytes: number;
  /** A file up to this size is one piece: one object costs less than a recipe and a pack. */
  readonly wholeFileBytes: number;
  /** A file with more boundaries than that is cut at fixed places only. */
  readonly maxPieces: number;
}

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/** 16 MiB in one request keeps every service busy; 2^18 pieces of it are 4 TiB. */
export const cutLimits: CutLimits = {
  maxSegmentBytes: 16 * mebibyte,
  wholeFileBytes: 128 * kibibyte,
  maxPieces: 2 ** 18,
};

/**
 * Where a file is cut: at both ends of each span, and what is still larger than a segment at fixed multiples from its
 * first byte. Spans may overlap, be empty, be unordered or lie outside the file: they only give points to cut at. An
 * empty file is one empty piece.
 */
export function cutFile(
  sizeBytes: number,
  spans: readonly ByteSpan[],
  limits: CutLimits = cutLimits,
): readonly Piece[] {
  if (sizeBytes <= limits.wholeFileBytes) return cutBetween([0, sizeBytes], limits.maxSegmentBytes);
  const pieces = cutBetween(boundaries(sizeBytes, spans), limits.maxSegmentBytes);
  return pieces.length <= limits.maxPieces ? pieces : cutBetween([0, sizeBytes], limits.maxSegmentBytes);
}

function boundaries(sizeBytes: number, spans: readonly ByteSpan[]): readonly number[] {
  const points = new Set([0, sizeBytes]);
  for (const { startByte, endByte } of spans) {
    for (const point of [startByte, endByte]) {
      if (Number.isSafeInteger(point) && point > 0 && point < sizeBytes) points.add(point);
    }
  }
  return [...points].sort((left, right) => left - right);
}

function cutBetween(points: readonly number[], maxSegmentBytes: number): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let index = 1; index < points.length; index++) {
    const end = points[index] ?? 0;
    let offset = points[index - 1] ?? 0;
    do {
      const lengthBytes = Math.min(maxSegmentBytes, end - offset);
      pieces.push({ offset, lengthBytes });
      offset += lengthBytes;
    } while (offset < end);
  }
  return pieces;
}
