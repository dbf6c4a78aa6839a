import { chunkLimits } from './chunk.js';

/** Bytes of a file, [startByte, endByte). */
export interface ByteSpan {
  readonly startByte: number;
  readonly endByte: number;
  /** A table such as one of embeddings: later versions get further rows at its end. */
  readonly isTable?: boolean;
}

/** One piece of a file; the pieces of a file lie behind one another and cover it. */
export interface Piece {
  readonly offset: number;
  readonly lengthBytes: number;
  /** Whether its ends were found by content: then what lies around it is like it, and they share packs. */
  readonly byContent?: boolean;
}

/**
 * A stretch of a file before it is read: a piece, or, when `byContent`, bytes without a known layout, which have any
 * length and are cut while they are read.
 */
export interface Stretch extends Piece {
  readonly byContent: boolean;
}

/** Bounds of the cut. Tests choose small ones; a store uses `cutLimits`, because other bounds cut equal files differently. */
export interface CutLimits {
  /** No piece is larger. */
  readonly maxSegmentBytes: number;
  /** A file up to this size is one piece: one object costs less than a recipe and a pack. What lies between tensors, too. */
  readonly wholeFileBytes: number;
  /** A file with more boundaries than that is cut as if nothing were known of it. */
  readonly maxPieces: number;
  /** No piece that is cut by its content is smaller, but for the last one of a stretch. */
  readonly minChunkBytes: number;
  /** Longer stretches without a known layout are cut at fixed places: finding better ones costs as much as a digest. */
  readonly maxByContentBytes: number;
  /** What is left of a table behind its last whole segment is cut at multiples of the first of these, what is left then
   * at multiples of the second, and so on: rows that are added change the end alone. */
  readonly tableTailBytes: readonly number[];
}

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/** 16 MiB in one request keeps every service busy; 2^18 pieces of it are 4 TiB. */
export const cutLimits: CutLimits = {
  maxSegmentBytes: 16 * mebibyte,
  wholeFileBytes: 128 * kibibyte,
  maxPieces: 2 ** 18,
  minChunkBytes: chunkLimits.minBytes,
  maxByContentBytes: 1024 * mebibyte,
  tableTailBytes: [4 * mebibyte, mebibyte, 256 * kibibyte],
};

/**
 * Where a file is cut: at both ends of each span; spans that are still larger than a segment at fixed multiples from
 * their first byte; everything else by its content. Spans may overlap, be empty, be unordered or lie outside the file:
 * they only give points to cut at. An empty file is one empty piece.
 *
 * The sizes alone decide whether a file can be cut by its content: where that could come to more than `maxPieces` pieces,
 * whatever the content is, everything is cut at fixed places, so that no file is refused when it has been read and sent.
 * That begins at 4 GiB without a known layout, in stretches of up to 1 GiB.
 */
export function planCut(
  sizeBytes: number,
  spans: readonly ByteSpan[],
  limits: CutLimits = cutLimits,
): readonly Stretch[] {
  if (sizeBytes <= limits.wholeFileBytes) return [{ offset: 0, lengthBytes: sizeBytes, byContent: false }];
  const stretches = intervalsOf(sizeBytes, spans).flatMap((interval) => stretchesOf(interval, limits));
  if (mostPieces(stretches, limits) <= limits.maxPieces) return stretches;
  const fixed = intervalsOf(sizeBytes, spans).flatMap((interval) =>
    stretchesOf(interval, { ...limits, maxByContentBytes: 0 }),
  );
  if (fixed.length <= limits.maxPieces) return fixed;
  return stretchesOf({ start: 0, end: sizeBytes, kind: 'unknown' }, limits);
}

/** How many pieces there are when content ends every chunk as early as it can. */
function mostPieces(stretches: readonly Stretch[], { minChunkBytes }: CutLimits): number {
  return stretches.reduce(
    (sum, { byContent, lengthBytes }) => sum + (byContent ? Math.ceil(lengthBytes / minChunkBytes) : 1),
    0,
  );
}

interface Interval {
  readonly start: number;
  readonly end: number;
  readonly kind: 'span' | 'table' | 'unknown';
}

/** Between two neighbouring points: inside of a span, exactly a table, or outside of all spans. */
function intervalsOf(sizeBytes: number, spans: readonly ByteSpan[]): readonly Interval[] {
  const inside = spans.filter(({ startByte, endByte }) => isPoint(startByte, sizeBytes) && isPoint(endByte, sizeBytes));
  const tables = new Map(inside.flatMap(({ startByte, endByte, isTable }) => (isTable ? [[startByte, endByte]] : [])));
  const starts = [...inside].sort((left, right) => left.startByte - right.startByte);
  const points = boundaries(sizeBytes, spans);
  const intervals: Interval[] = [];
  let coveredTo = 0;
  let next = 0;
  for (const [index, end] of points.entries()) {
    const start = points[index - 1];
    if (start === undefined) continue;
    for (let span = starts[next]; span !== undefined && span.startByte <= start; span = starts[++next]) {
      coveredTo = Math.max(coveredTo, span.endByte);
    }
    const isTable = tables.get(start) === end;
    intervals.push({ start, end, kind: isTable ? 'table' : coveredTo >= end ? 'span' : 'unknown' });
  }
  return intervals;
}

function isPoint(byte: number, sizeBytes: number): boolean {
  return Number.isSafeInteger(byte) && byte >= 0 && byte <= sizeBytes;
}

function boundaries(sizeBytes: number, spans: readonly ByteSpan[]): readonly number[] {
  const points = new Set([0, sizeBytes]);
  for (const { startByte, endByte } of spans) {
    for (const point of [startByte, endByte]) if (isPoint(point, sizeBytes)) points.add(point);
  }
  return [...points].sort((left, right) => left - right);
}

function stretchesOf({ start, end, kind }: Interval, limits: CutLimits): readonly Stretch[] {
  const lengthBytes = end - start;
  if (kind === 'unknown' && lengthBytes > limits.wholeFileBytes && lengthBytes <= limits.maxByContentBytes) {
    return [{ offset: start, lengthBytes, byContent: true }];
  }
  const steps = [limits.maxSegmentBytes, ...(kind === 'table' ? limits.tableTailBytes : [])];
  const stretches: Stretch[] = [];
  let offset = start;
  for (const step of steps) {
    for (; end - offset >= step; offset += step) stretches.push({ offset, lengthBytes: step, byContent: false });
  }
  if (offset < end) stretches.push({ offset, lengthBytes: end - offset, byContent: false });
  return stretches;
}
