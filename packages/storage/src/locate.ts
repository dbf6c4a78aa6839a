/** The part of one segment that a range of the file covers. */
export interface LocatedPart {
  /** Index of the segment. */
  readonly index: number;
  /** First byte of the part inside the segment. */
  readonly offset: number;
  readonly lengthBytes: number;
}

/**
 * Which parts of which segments make up a range of their file, in order. Segments without bytes are left out.
 * @param ends the byte behind each segment, counted from the start of the file, ascending
 */
export function locateParts(
  ends: readonly number[],
  range: { readonly offset: number; readonly lengthBytes: number },
): readonly LocatedPart[] {
  const parts: LocatedPart[] = [];
  const end = range.offset + range.lengthBytes;
  let position = range.offset;
  for (let index = firstBehind(ends, position); position < end && index < ends.length; index++) {
    const start = index === 0 ? 0 : (ends[index - 1] ?? 0);
    const lengthBytes = Math.min(end, ends[index] ?? 0) - position;
    if (lengthBytes > 0) parts.push({ index, offset: position - start, lengthBytes });
    position += lengthBytes;
  }
  return parts;
}

/** Index of the first segment that ends behind a position, by halving: a file may have 2^18. */
function firstBehind(ends: readonly number[], position: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((ends[middle] ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
