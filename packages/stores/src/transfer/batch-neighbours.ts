/** Neighbours in a file that are read into one buffer. */
export interface Batch<Part> {
  readonly offset: number;
  readonly lengthBytes: number;
  readonly parts: readonly Part[];
}

interface Stretch {
  readonly offset: number;
  readonly lengthBytes: number;
}

/** Joins neighbours as long as they fit into a buffer, in the order of the file. Each part fits alone. */
export function* batchNeighbours<Part extends Stretch>(
  parts: readonly Part[],
  maxBytes: number,
): Generator<Batch<Part>> {
  let first = 0;
  let lengthBytes = 0;
  for (const [index, part] of parts.entries()) {
    if (index > first && lengthBytes + part.lengthBytes > maxBytes) {
      yield { offset: parts[first]?.offset ?? 0, lengthBytes, parts: parts.slice(first, index) };
      first = index;
      lengthBytes = 0;
    }
    lengthBytes += part.lengthBytes;
  }
  yield { offset: parts[first]?.offset ?? 0, lengthBytes, parts: parts.slice(first) };
}
