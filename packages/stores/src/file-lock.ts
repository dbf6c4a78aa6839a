import { randomUUID } from 'node:crypto';
import { link, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { weighbridgeError } from '@weighbridge/core';
import { removeFile } from './durable-files.js';
import { unlessErrno } from './io-errors.js';

/** A lock that is older belongs to nobody: what is done under it takes milliseconds. */
const leaseMs = 10_000;

/** Its holder gives up long before others take it for dead. */
const maxHeldMs = leaseMs / 2;

const maxWaitMs = 60_000;
const maxPauseMs = 20;

/** Under a lock: called right before the write that it protects. @throws store/io when the lease is nearly over */
export type CheckLease = () => void;

/**
 * Runs something while no other process runs something under the same lock, on any machine that shares the folder. A
 * holder that was killed holds it for ten seconds more. The lock is a lease: it protects against a process that is
 * stopped for five seconds between `CheckLease` and the very next system call in no way.
 * @param reference a file just written to the same disk, whose clock tells the age of locks
 * @throws store/io
 */
export async function withFileLock<Result>(
  path: string,
  { reference, temporaryFolder }: { readonly reference: string; readonly temporaryFolder: string },
  run: (checkLease: CheckLease) => Promise<Result>,
): Promise<Result> {
  const startedMs = performance.now();
  const referenceMs = (await stat(reference)).mtimeMs;
  for (;;) {
    const waitedMs = performance.now() - startedMs;
    if (waitedMs > maxWaitMs) throw weighbridgeError('store/io', { action: 'lock', path, reason: 'others hold it' });
    const mine = await take(path);
    if (mine !== null) return holding(path, mine, run);
    await breakStale(path, { nowMs: referenceMs + waitedMs, temporaryFolder });
    await sleep(Math.random() * maxPauseMs);
  }
}

async function holding<Result>(
  path: string,
  mine: bigint,
  run: (checkLease: CheckLease) => Promise<Result>,
): Promise<Result> {
  const takenMs = performance.now();
  try {
    return await run(() => {
      if (performance.now() - takenMs < maxHeldMs) return;
      throw weighbridgeError('store/io', { action: 'write under', path, reason: 'this process was stopped too long' });
    });
  } finally {
    if ((await inodeOf(path)) === mine) await removeFile(path);
  }
}

/** The inode of the lock that was made, or null when there is one already. */
async function take(path: string): Promise<bigint | null> {
  const file = await unlessErrno(['EEXIST'], () => open(path, 'wx', 0o600));
  if (file === null) return null;
  try {
    return (await file.stat({ bigint: true })).ino;
  } finally {
    await file.close();
  }
}

/** Moves a lock away that outlived its lease; a younger one that came between goes back. */
async function breakStale(
  path: string,
  { nowMs, temporaryFolder }: { readonly nowMs: number; readonly temporaryFolder: string },
): Promise<void> {
  const found = await unlessErrno(['ENOENT'], () => stat(path, { bigint: true }));
  if (found === null || nowMs - Number(found.mtimeMs) < leaseMs) return;
  const aside = join(temporaryFolder, randomUUID());
  const moved = await unlessErrno(['ENOENT'], async () => {
    await rename(path, aside);
    return true;
  });
  if (moved === null) return;
  if ((await inodeOf(aside)) !== found.ino) await unlessErrno(['EEXIST'], () => link(aside, path));
  await removeFile(aside);
}

async function inodeOf(path: string): Promise<bigint | null> {
  return (await unlessErrno(['ENOENT'], () => stat(path, { bigint: true })))?.ino ?? null;
}
