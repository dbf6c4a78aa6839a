import { createHash } from 'node:crypto';
import { closeSync, constants, fchmodSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { digestHex } from '@weighbridge/core';
import { makeFolder, removeFile } from '../durable-files.js';
import { unlessErrno } from '../io-errors.js';
import { placeOpened } from './place-opened.js';
import { readObject } from './read-object.js';
import type { StoredFile } from './stored-file.js';
import type { Streaming } from './stream-file.js';

/** Larger files are written by threads, piece by piece. */
const maxSmallBytes = 1024 * 1024;

/** Where a file is written, and what is there of it until it is whole. */
export interface Placing {
  readonly target: string;
  readonly partial: string;
  readonly mode: number;
}

/**
 * Copies a file that is one small object, read into memory and compared before anything is written. False, and nothing
 * written, where it is another kind of file, or its bytes are not the right ones: then it is to be streamed, which tells
 * what is wrong with them. Without waiting: to hand a call to a thread and back takes many times what the system needs to
 * put so few bytes into its cache. @throws store/missing, and errors of system calls
 */
export async function fetchSmallFile(
  { digest, sizeBytes, segments }: StoredFile,
  placing: Placing,
  { bucket, means }: Pick<Streaming, 'bucket' | 'means'>,
): Promise<boolean> {
  const [only] = segments;
  if (only === undefined || segments.length > 1 || !only.isWholeObject || sizeBytes > maxSmallBytes) return false;
  const loan = await means.buffers.borrow(sizeBytes);
  try {
    const bytes = await readObject(bucket, only.object, { offset: 0, lengthBytes: sizeBytes }, loan.bytes);
    if (createHash('sha256').update(bytes).digest('hex') !== digestHex(digest)) return false;
    await writeInPlace(bytes, placing);
    return true;
  } finally {
    loan.release();
  }
}

async function writeInPlace(bytes: Uint8Array, { target, partial, mode }: Placing): Promise<void> {
  const file = await openInFolder(partial);
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, done);
    // An earlier attempt, or whoever had that name, may have left more.
    if (fstatSync(file).size > bytes.length) ftruncateSync(file, bytes.length);
    fchmodSync(file, mode);
    await placeOpened(file, partial, target);
  } catch (cause) {
    await removeFile(partial);
    throw cause;
  } finally {
    closeSync(file);
  }
}

async function openInFolder(path: string): Promise<number> {
  const open = () => openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  const opened = await unlessErrno(['ENOENT'], async () => open());
  if (opened !== null) return opened;
  await makeFolder(dirname(path));
  return open();
}
