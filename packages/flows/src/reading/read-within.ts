import type { WeighbridgeError } from '@weighbridge/core';
import type { Files } from './files.js';
import { isTooLarge, readUpTo } from './read-up-to.js';

/** Files that are looked for in one trip. */
const filesAtOnce = 100;

/** How much is read of many files. */
export interface ReadBounds {
  /** Of one file. */
  readonly maxBytes: number;
  /** Of all together. */
  readonly maxSumBytes: number;
}

/** One of many files: its bytes, the error that says that it is too large, or `beyond` what is read of all together. */
export interface ReadFile {
  readonly path: string;
  readonly read: Uint8Array | WeighbridgeError | 'beyond';
}

/**
 * Reads files in their order, and holds no more of them at once than the bounds allow. Absent ones are left out. What
 * comes after the first file that the sum has no room for is beyond it, too, however small. Small files take few trips.
 */
export async function* readWithin(
  files: Pick<Files, 'read' | 'readAll'>,
  paths: readonly string[],
  { maxBytes, maxSumBytes }: ReadBounds,
): AsyncGenerator<ReadFile> {
  let left = maxSumBytes;
  let isBeyond = false;
  for (let at = 0; at < paths.length; at += filesAtOnce) {
    const group = paths.slice(at, at + filesAtOnce);
    const small: ReadonlyMap<string, Uint8Array> | null = isBeyond
      ? null
      : await readSmall(files, group, Math.min(maxBytes, Math.floor(left / group.length)));
    for (const path of group) {
      const read: Uint8Array | WeighbridgeError | 'beyond' | null = isBeyond
        ? 'beyond'
        : small === null
          ? await readUpTo(files, path, Math.min(maxBytes, left))
          : (small.get(path) ?? null);
      if (read === null) continue;
      isBeyond ||= isTooLarge(read) && left < maxBytes;
      if (read instanceof Uint8Array) left -= read.length;
      yield { path, read: isBeyond ? 'beyond' : read };
    }
  }
}

/** Null where one is larger: then each is read by itself. */
async function readSmall(
  files: Pick<Files, 'readAll'>,
  paths: readonly string[],
  maxBytes: number,
): Promise<ReadonlyMap<string, Uint8Array> | null> {
  try {
    return await files.readAll(paths, maxBytes);
  } catch (error) {
    if (isTooLarge(error)) return null;
    throw error;
  }
}
