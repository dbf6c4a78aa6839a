import { createHash } from 'node:crypto';
import { copyFile, constants, type FileHandle, link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errnoOf, unlessErrno } from './io-errors.js';

/** What file systems without hard links answer (FAT, some network and FUSE mounts), and a file with too many of them. */
const noLinkCodes = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'EACCES', 'EXDEV'];

/** What Windows and some network mounts answer to a flush of a folder. */
const noFolderSyncCodes = ['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'ENOSYS'];

/** On Windows a virus scanner or a reader can hold a file for a moment. */
const busyCodes = ['EPERM', 'EACCES', 'EBUSY'];
const maxBusyTries = 8;
const firstBusyDelayMs = 5;

/** Others get a turn between two of these. */
const chunkBytes = 1024 * 1024;

/**
 * Writes pieces to a new file, flushes it to the disk and answers the SHA-256 of what was written. Nothing is left when
 * that fails.
 */
export async function writeNewFile(
  path: string,
  pieces: readonly Uint8Array[],
  { mode }: { readonly mode: number },
): Promise<Buffer> {
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  try {
    let offset = 0;
    for (const piece of pieces) {
      for (let start = 0; start < piece.length; start += chunkBytes) {
        const chunk = piece.subarray(start, start + chunkBytes);
        hash.update(chunk);
        await writeAll(file, chunk, offset + start);
      }
      offset += piece.length;
    }
    await file.chmod(mode);
    await file.sync();
    await file.close();
    return hash.digest();
  } catch (cause) {
    await file.close();
    await removeFile(path);
    throw cause;
  }
}

/** Writes all bytes at an offset of a file. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, offset + written);
    written += bytesWritten;
  }
}

/** Gives a file a name that must be new. False when the name is taken; the file keeps its old name then. */
export async function placeNew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    await removeFile(from);
    return true;
  } catch (cause) {
    const code = errnoOf(cause);
    if (code === 'EEXIST') return false;
    if (code === null || !noLinkCodes.includes(code)) throw cause;
  }
  // Without hard links a rename must do. Should another writer come between, it brought the same bytes.
  if (await isPresent(to)) return false;
  await replaceFile(from, to);
  return true;
}

/** Renames over whatever has the name, atomically. */
export async function replaceFile(from: string, to: string): Promise<void> {
  await retryBusy(() => rename(from, to));
}

/** Gives a file a second name, or copies it where names cannot be shared. Neither name is ever missing meanwhile. */
export async function keepAs(from: string, to: string): Promise<void> {
  const linked = await unlessErrno(noLinkCodes, async () => {
    await link(from, to);
    return true;
  });
  if (linked === null) await copyFile(from, to, constants.COPYFILE_EXCL);
}

export async function removeFile(path: string): Promise<void> {
  await retryBusy(() => rm(path, { force: true }));
}

/**
 * Makes a folder and those above it, one by one, and makes their names survive a power cut. Node's own recursive mkdir
 * never ends on file systems that answer ENOENT for a name that cannot be made, such as /proc.
 */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  for (let folder = path; !(await isPresent(folder)); folder = dirname(folder)) {
    missing.push(folder);
    if (dirname(folder) === folder) break;
  }
  for (const folder of missing.reverse()) {
    await unlessErrno(['EEXIST'], () => mkdir(folder));
    await syncFolder(dirname(folder));
  }
}

/** Flushes the names in a folder to the disk, where the system can. */
export async function syncFolder(path: string): Promise<void> {
  await unlessErrno(noFolderSyncCodes, async () => {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  });
}

export async function isPresent(path: string): Promise<boolean> {
  return (await unlessErrno(['ENOENT', 'ENOTDIR'], () => stat(path))) !== null;
}

async function retryBusy(run: () => Promise<void>): Promise<void> {
  const tries = process.platform === 'win32' ? maxBusyTries : 1;
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (cause) {
      const code = errnoOf(cause);
      if (attempt >= tries || code === null || !busyCodes.includes(code)) throw cause;
      await sleep(firstBusyDelayMs * 2 ** attempt);
    }
  }
}
