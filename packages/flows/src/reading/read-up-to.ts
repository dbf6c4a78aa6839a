import { WeighbridgeError } from '@weighbridge/core';
import type { Files } from './files.js';

/**
 * The ways to say that a file is larger than is read of its kind: by its bytes, by what they hold, and by those of the
 * files before it.
 */
const tooLargeCodes: ReadonlySet<string> = new Set([
  'git/file-too-large',
  'formats/document-too-large',
  'source/dvc-beyond',
]);

/** Whether an error says that a document is larger than is read, which leaves out what it says and ends nothing. */
export function isTooLarge(error: unknown): error is WeighbridgeError {
  return error instanceof WeighbridgeError && tooLargeCodes.has(error.code);
}

/** A whole file; null when absent, and the error that says so when it is larger. */
export async function readUpTo(
  files: Pick<Files, 'read'>,
  path: string,
  maxBytes: number,
): Promise<Uint8Array | WeighbridgeError | null> {
  try {
    return await files.read(path, maxBytes);
  } catch (error) {
    if (isTooLarge(error)) return error;
    throw error;
  }
}
