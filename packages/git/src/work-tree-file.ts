import { randomUUID } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, read, readSync, type Stats } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '@weighbridge/formats';
import { checkedPath } from './repository-path.js';
import { retryBusy } from './retry-busy.js';

/** Neither a last symlink nor a pipe without a writer can catch us between the look and the opening. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

const absentCodes = ['ENOENT', 'ENOTDIR'];

/** Files up to here are read in one go; larger ones piece by piece. */
export const maxSmallBytes = 64 * 1024;

/** Of files up to here all is read at once, whatever is asked for first. */
const maxWholeBytes = 1024 * 1024;

/**
 * The bytes of a small regular file, null when there is none, 'large' when it is to be opened instead. Without waiting:
 * handing a call to a thread and back costs many times what the kernel takes for such a file, and of a repository with
 * hundreds of manifests each is read. @throws git/path, git/symlink, git/io
 */
export function readSmallFile(root: string, path: string): Uint8Array | null | 'large' {
  const status = inspect(root, checkedPath(path));
  if (status === null || !status.isFile()) return null;
  if (status.size > maxSmallBytes) return 'large';
  try {
    const file = openSync(join(root, path), openFlags);
    try {
      const opened = fstatSync(file);
      if (!opened.isFile()) return null;
      return opened.size > maxSmallBytes ? 'large' : readExactlyNow(file, opened.size);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw explained(cause, 'read', path);
  }
}

function readExactlyNow(file: number, sizeBytes: number): Uint8Array {
  const bytes = readUpToNow(file, sizeBytes);
  if (bytes.length < sizeBytes) throw endedEarly();
  return bytes;
}

function readUpToNow(file: number, maxBytes: number): Uint8Array {
  const bytes = new Uint8Array(maxBytes);
  let filled = 0;
  for (let count = -1; count !== 0 && filled < maxBytes; filled += count) {
    count = readSync(file, bytes, filled, maxBytes - filled, filled);
  }
  return bytes.subarray(0, filled);
}

/** Random access to a regular file, or null when there is none. @throws git/path, git/symlink, git/io */
export async function openWorkTreeFile(
  root: string,
  path: string,
): Promise<(ByteSource & { close(): Promise<void> }) | null> {
  const status = inspect(root, checkedPath(path));
  if (status === null || !status.isFile()) return null;
  return explainIo('read', path, async () => {
    const file = openSync(join(root, path), openFlags);
    const opened = fstatSync(file);
    if (!opened.isFile()) {
      closeSync(file);
      return null;
    }
    const sizeBytes = opened.size;
    let isOpen = true;
    const reads = sizeBytes > maxWholeBytes ? readsOf(file) : readsOfWhole(file, sizeBytes);
    return {
      name: path,
      sizeBytes,
      read: (offset, lengthBytes) => explainIo('read', path, () => reads.exactly(offset, lengthBytes)),
      readInto: (target, offset) => explainIo('read', path, () => reads.into(target, offset)),
      close: async () => {
        // The number may be another file's by the time that somebody closes this one again.
        if (isOpen) closeSync(file);
        isOpen = false;
      },
    };
  });
}

/** How an open file is read. */
interface Reads {
  /** A file that became shorter is an error. */
  exactly(offset: number, lengthBytes: number): Promise<Uint8Array>;
  /** Answers how many bytes there were. */
  into(target: Uint8Array, offset: number): Promise<number>;
}

function readsOf(file: number): Reads {
  return {
    exactly: (offset, lengthBytes) => readExactly(file, offset, lengthBytes),
    into: (target, offset) => fill(file, target, offset),
  };
}

/**
 * Of a file that fits, all is read at the first read: whoever measures and stores one asks for its first bytes, those
 * that tell text from the rest, all of them and what lies behind the end, and each call that goes to a thread and back
 * costs more than the bytes. One byte more than the file had shows that it grew.
 */
function readsOfWhole(file: number, sizeBytes: number): Reads {
  let reading: Promise<Uint8Array> | null = null;
  const readAll = async () =>
    sizeBytes > maxSmallBytes ? readUpTo(file, sizeBytes + 1) : readUpToNow(file, sizeBytes + 1);
  const all = () => (reading ??= readAll());
  return {
    async exactly(offset, lengthBytes) {
      const bytes = (await all()).slice(offset, offset + lengthBytes);
      if (bytes.length === lengthBytes) return bytes;
      throw endedEarly();
    },
    async into(target, offset) {
      const bytes = (await all()).subarray(offset, offset + target.length);
      target.set(bytes);
      return bytes.length;
    },
  };
}

async function readUpTo(file: number, maxBytes: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(maxBytes);
  return bytes.subarray(0, await fill(file, bytes, 0));
}

/** Puts bytes in place of a file at once or not at all; its mode stays. @throws git/path, git/symlink, git/io */
export async function writeWorkTreeFile(root: string, path: string, bytes: Uint8Array): Promise<void> {
  const before = inspect(root, checkedPath(path));
  await explainIo('write', path, async () => {
    const target = join(root, path);
    await mkdir(dirname(target), { recursive: true });
    const temporary = join(dirname(target), `.weighbridge-${randomUUID()}.partial`);
    try {
      const file = await open(temporary, 'wx', 0o666);
      try {
        await file.writeFile(bytes);
        if (before !== null) await file.chmod(before.mode & 0o777);
        await file.sync();
      } finally {
        await file.close();
      }
      await retryBusy(() => rename(temporary, target));
    } finally {
      await rm(temporary, { force: true });
    }
  });
}

/** @throws git/symlink when a folder on the way to a path is a symlink */
export async function refuseSymlinkedFolder(root: string, path: string): Promise<void> {
  const folder = dirname(path);
  if (folder !== '.') inspect(root, folder);
}

/** What lies at a path, or null; every part of it is looked at. @throws git/symlink, git/io */
function inspect(root: string, path: string): Stats | null {
  let status: Stats | null = null;
  for (let end = 0; end < path.length; end++) {
    end = path.indexOf('/', end);
    if (end === -1) end = path.length;
    status = lookAt(`${root}${sep}${path.slice(0, end)}`, path);
    if (status === null) return null;
    if (status.isSymbolicLink()) throw weighbridgeError('git/symlink', { path });
  }
  return status;
}

function lookAt(part: string, path: string): Stats | null {
  try {
    return lstatSync(part, { throwIfNoEntry: false }) ?? null;
  } catch (cause) {
    if (absentCodes.includes(errnoOf(cause) ?? '')) return null;
    throw explained(cause, 'read', path);
  }
}

/** Exactly so many bytes of an open file from an offset. One that became shorter is an error with a `code` and a `syscall`. */
export async function readExactly(file: number, offset: number, lengthBytes: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(lengthBytes);
  if ((await fill(file, bytes, offset)) === lengthBytes) return bytes;
  throw endedEarly();
}

function endedEarly(): Error {
  return Object.assign(new Error('the file ended early'), { code: 'it became shorter', syscall: 'read' });
}

/** Fills a buffer from an offset of a file, as far as the file reaches; answers how many bytes came. */
async function fill(file: number, target: Uint8Array, offset: number): Promise<number> {
  let filled = 0;
  while (filled < target.length) {
    const count = await readOnce(file, target.subarray(filled), offset + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

function readOnce(file: number, target: Uint8Array, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const settle = (cause: Error | null, count: number) => (cause === null ? resolve(count) : reject(cause));
    read(file, target, 0, target.length, position, settle);
  });
}

/** Gives a failed system call a code of ours; our own errors and our own bugs pass unchanged. */
export async function explainIo<Result>(action: string, path: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (cause) {
    throw explained(cause, action, path);
  }
}

function explained(cause: unknown, action: string, path: string): unknown {
  const reason = errnoOf(cause);
  if (cause instanceof WeighbridgeError || reason === null) return cause;
  if (reason === 'ELOOP') return weighbridgeError('git/symlink', { path }, { cause });
  return weighbridgeError('git/io', { action, path, reason }, { cause });
}

function errnoOf(cause: unknown): string | null {
  if (!(cause instanceof Error) || !('code' in cause) || !('syscall' in cause)) return null;
  return typeof cause.code === 'string' ? cause.code : null;
}
