import { randomUUID } from 'node:crypto';
import { constants, type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Digest, WeighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '@weighbridge/formats';
import { makeFolder, removeFile, replaceFile, syncFolder, writeAll } from '../durable-files.js';
import { fillFrom } from '../file-source.js';
import { claimPartial, partialName, type Processes } from './partial-files.js';

const writtenMode = 0o644;

/** After these the same command goes on where this one was. */
const passingCodes: readonly string[] = ['store/unreachable', 'store/denied', 'source/unread'];

/** What this process writes now: two writers never have one file. */
const inUse = new Set<string>();

/** A file that is known by its digest. */
export interface KnownFile {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/**
 * Writes a file whose pieces follow on what an earlier, broken attempt has left of it, and gives it its name when all
 * of them came. Nothing is compared here: the pieces are to end with an error when the whole is wrong. What came before
 * a failure that may pass is kept for the next attempt. @throws as the pieces, and what the system answers
 */
export async function resumeFile(
  target: string,
  { known, processes }: { readonly known: KnownFile; readonly processes: Processes },
  pieces: (left: ByteSource) => AsyncIterable<Uint8Array>,
): Promise<void> {
  const folder = dirname(target);
  await makeFolder(folder);
  const own = join(folder, partialName(target, known, processes));
  // At once, so that nobody comes between: where this process writes the file already, the second begins anew.
  const partial = inUse.has(own) ? join(folder, `.weighbridge-${randomUUID()}.partial`) : own;
  inUse.add(partial);
  try {
    if (partial === own) await claimPartial(target, known, processes);
    await writeFollowing(partial, known, pieces);
    await replaceFile(partial, target);
  } catch (cause) {
    const passes = cause instanceof WeighbridgeError && passingCodes.includes(cause.code);
    if (!passes) await removeFile(partial);
    throw cause;
  } finally {
    inUse.delete(partial);
  }
  await syncFolder(folder);
}

async function writeFollowing(
  partial: string,
  { sizeBytes }: KnownFile,
  pieces: (left: ByteSource) => AsyncIterable<Uint8Array>,
): Promise<void> {
  const { O_RDWR, O_CREAT, O_NOFOLLOW } = constants;
  const file = await open(partial, O_RDWR | O_CREAT | (O_NOFOLLOW ?? 0), 0o600);
  try {
    // What is longer is nothing of this file.
    if ((await file.stat()).size > sizeBytes) await file.truncate(0);
    const left = await leftOf(file, partial);
    let offset = left.sizeBytes;
    for await (const piece of pieces(left)) {
      await writeAll(file, piece, offset);
      offset += piece.length;
    }
    await file.chmod(writtenMode);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function leftOf(file: FileHandle, path: string): Promise<ByteSource> {
  const { size: sizeBytes } = await file.stat();
  return {
    name: basename(path),
    sizeBytes,
    async read(offset, lengthBytes) {
      const bytes = new Uint8Array(lengthBytes);
      return bytes.subarray(0, await fillFrom(file, bytes, offset));
    },
  };
}
