import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFile } from './durable-files.js';
import { unlessErrno } from './io-errors.js';

const maxSwept = 10_000;

/** Gone already, in use, or another user's: none of these may stop a writer. */
const tolerated = ['ENOENT', 'EPERM', 'EACCES', 'EBUSY'];

/**
 * Removes what killed writers left behind. The age is measured against `reference`, a file just written there, so that
 * it is the clock of the disk that counts and not the clocks of the machines that share it.
 */
export async function sweepTemporaries(
  folder: string,
  { reference, staleAfterMs }: { readonly reference: string; readonly staleAfterMs: number },
): Promise<number> {
  const nowMs = (await stat(reference)).mtimeMs;
  let seen = 0;
  let removed = 0;
  for await (const entry of await opendir(folder)) {
    if (++seen > maxSwept) break;
    if (!entry.isFile()) continue;
    const path = join(folder, entry.name);
    const status = await unlessErrno(tolerated, () => stat(path));
    if (status === null || path === reference || nowMs - status.mtimeMs < staleAfterMs) continue;
    await unlessErrno(tolerated, () => removeFile(path));
    removed++;
  }
  return removed;
}
