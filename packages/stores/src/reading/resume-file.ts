import { constants, type FileHandle, lstat, open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '@weighbridge/formats';
import { makeFolder, removeFile, replaceFile, syncFolder, writeAll } from '../durable-files.js';
import { fillFrom } from '../file-source.js';
import { unlessErrno } from '../io-errors.js';
import { claimPartial, type KnownFile, partialName, type Processes, removeDeserted } from './partial-files.js';

const writtenMode = 0o644;

/** How often an unfinished file is touched, so that nobody takes it for deserted while it waits or is compared. */
const touchMs = 60_000;

/** After these the same command goes on where this one was. */
const passingCodes: readonly string[] = ['store/unreachable', 'store/denied', 'source/unread'];

/** What this process writes now. */
const inUse = new Set<string>();

type Pieces = (left: ByteSource) => AsyncIterable<Uint8Array>;

/**
 * Writes a file whose pieces follow on what an earlier, broken attempt has left of it, and gives it its name when all
 * of them came. Nothing is compared here: the pieces are to end with an error when the whole is wrong. What came before
 * a failure that may pass is kept for the next attempt. Two writers never have one file.
 * @throws as the pieces, and what the system answers; store/io when the unfinished file was taken away meanwhile
 */
export async function resumeFile(
  target: string,
  { known, processes }: { readonly known: KnownFile; readonly processes: Processes },
  pieces: Pieces,
): Promise<void> {
  const folder = dirname(target);
  await makeFolder(folder);
  const partial = join(folder, partialName(target, known, processes));
  inUse.add(partial);
  try {
    const claimant = { processes, uid: await makeEmpty(partial), isInUse: (path: string) => inUse.has(path) };
    await claimPartial(target, known, partial, claimant);
    await writeFollowing(partial, target, pieces);
    await removeDeserted(target, known, claimant);
  } catch (cause) {
    const passes = cause instanceof WeighbridgeError && passingCodes.includes(cause.code);
    if (!passes) await removeFile(partial);
    throw cause;
  } finally {
    inUse.delete(partial);
  }
  await syncFolder(folder);
}

/** Answers who owns what this process makes there. */
async function makeEmpty(path: string): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  try {
    return (await file.stat()).uid;
  } finally {
    await file.close();
  }
}

async function writeFollowing(partial: string, target: string, pieces: Pieces): Promise<void> {
  const { O_RDWR, O_CREAT, O_NOFOLLOW } = constants;
  // A copy that failed took the empty file with it.
  const file = await open(partial, O_RDWR | O_CREAT | (O_NOFOLLOW ?? 0), 0o600);
  const touching = keepTouching(file);
  try {
    const left = await leftOf(file, partial);
    let offset = left.sizeBytes;
    for await (const piece of pieces(left)) {
      touching.check();
      await writeAll(file, piece, offset);
      offset += piece.length;
    }
    await file.chmod(writtenMode);
    await file.sync();
    await requireOurs(file, partial);
  } finally {
    touching.end();
    await file.close();
  }
  await replaceFile(partial, target);
}

/** Someone for whom this process was stopped too long may have taken the file over. */
async function requireOurs(file: FileHandle, path: string): Promise<void> {
  const [ours, there] = await Promise.all([
    file.stat({ bigint: true }),
    unlessErrno(['ENOENT'], () => lstat(path, { bigint: true })),
  ]);
  if (there?.ino === ours.ino && there.dev === ours.dev) return;
  const reason = 'another process took the unfinished file over; run it again';
  throw weighbridgeError('store/io', { action: 'place', path, reason });
}

/** `check` throws what a touch met. */
function keepTouching(file: FileHandle): { check(): void; end(): void } {
  let failure: Error | null = null;
  const timer = setInterval(() => {
    const now = new Date();
    file.utimes(now, now).catch((cause: unknown) => {
      failure ??= cause instanceof Error ? cause : new TypeError(String(cause));
    });
  }, touchMs);
  timer.unref();
  return {
    check() {
      if (failure !== null) throw failure;
    },
    end: () => clearInterval(timer),
  };
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
