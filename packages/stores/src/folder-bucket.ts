import { createHash, randomUUID } from 'node:crypto';
import type { BigIntStats, Dirent } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { invariant, weighbridgeError } from '@weighbridge/core';
import type { Bucket, ByteRange, ObjectFacts } from '@weighbridge/ports';
import { isObjectKey } from '@weighbridge/storage';
import {
  isPresent,
  keepAs,
  makeFolder,
  placeNew,
  removeFile,
  replaceFile,
  syncFolder,
  writeNewFile,
} from './durable-files.js';
import { withFileLock } from './file-lock.js';
import { fillFrom } from './file-source.js';
import { explainIo, unlessErrno } from './io-errors.js';
import { sweepTemporaries } from './sweep.js';

const dayMs = 24 * 60 * 60 * 1000;

/** Files are never written to once they have a name: a document that changes is another file under the name. */
const objectMode = 0o444;

const temporaryName = 'tmp';
const absentCodes = ['ENOENT', 'ENOTDIR'];

/** How a folder is used as a bucket. */
export interface FolderBucketOptions {
  /** How long a temporary file must have been untouched before it counts as left behind. Default: a day. */
  readonly staleAfterMs?: number;
}

/** A bucket whose objects are files. */
export interface FolderBucket extends Bucket {
  readonly root: string;
  /** The file of an object. @throws core/invariant for what is no key */
  pathOf(key: string): string;
  /** Gives an object a second key without reading it. @throws store/io */
  copy(from: string, to: string): Promise<void>;
}

/**
 * A folder of the local disk, or of a mounted file system, as a bucket; it is made by the first write. Safe for any
 * number of processes and machines that share it, and for their being killed at any moment: bytes are written and
 * flushed under a temporary name in `tmp/`, which is no key, and get their name when they are whole. Swaps of documents
 * wait for each other by a lock file with a lease, for which the machines' clocks do not matter.
 */
export function openFolderBucket(path: string, options: FolderBucketOptions = {}): FolderBucket {
  const root = resolve(path);
  const address = `folder:${root}`;
  const temporaryFolder = join(root, temporaryName);
  let swept = false;

  function pathOf(key: string): string {
    invariant(isObjectKey(key) && key.split('/')[0] !== temporaryName, 'an object was to have an illegal key');
    return join(root, ...key.split('/'));
  }

  /** Runs with a temporary file that holds the body, and removes what is left of it. */
  async function withBody<Result>(
    body: readonly Uint8Array[],
    run: (temporary: string, sha256: Buffer) => Promise<Result>,
  ): Promise<Result> {
    await makeFolder(temporaryFolder);
    const temporary = join(temporaryFolder, randomUUID());
    const sha256 = await writeNewFile(temporary, body, { mode: objectMode });
    try {
      if (!swept) {
        swept = true;
        await sweepTemporaries(temporaryFolder, { reference: temporary, staleAfterMs: options.staleAfterMs ?? dayMs });
      }
      return await run(temporary, sha256);
    } finally {
      await removeFile(temporary);
    }
  }

  const writing = <Result>(run: () => Promise<Result>) => explainIo('write to', root, run);

  return {
    address,
    root,
    pathOf,

    async describe(key) {
      const file = pathOf(key);
      return explainIo('look for', file, async () => {
        const status = await unlessErrno(absentCodes, () => stat(file, { bigint: true }));
        return status?.isFile() === true ? factsOf(key, status) : null;
      });
    },

    async create(key, body, { sha256 }) {
      const file = pathOf(key);
      return writing(async () => {
        const folder = dirname(file);
        // Whoever placed it may not have flushed the name yet, and we are about to say that it is there.
        if (await isPresent(file)) return present(folder);
        return withBody(body, async (temporary, written) => {
          if (!written.equals(sha256)) {
            throw weighbridgeError('store/io', { action: 'write', path: file, reason: 'wrong checksum' });
          }
          await makeFolder(folder);
          if (!(await placeNew(temporary, file))) return present(folder);
          await syncFolder(folder);
          return 'created';
        });
      });
    },

    async replace(key, body, expected) {
      const file = pathOf(key);
      return writing(async () => {
        if ((await revisionAt(file)) !== expected) return null;
        return withBody([body], async (temporary) => {
          await makeFolder(dirname(file));
          const revision = await revisionAt(temporary);
          if (expected === null) {
            if (!(await placeNew(temporary, file))) return null;
          } else {
            const lock = join(temporaryFolder, `lock-${createHash('sha256').update(key).digest('hex')}`);
            const swapped = await withFileLock(lock, { reference: temporary, temporaryFolder }, async (checkLease) => {
              if ((await revisionAt(file)) !== expected) return false;
              checkLease();
              await replaceFile(temporary, file);
              return true;
            });
            if (!swapped) return null;
          }
          await syncFolder(dirname(file));
          return revision;
        });
      });
    },

    async read(key, range, into) {
      const file = pathOf(key);
      return explainIo('read', file, async () => {
        const opened = await unlessErrno(absentCodes, () => open(file, 'r'));
        if (opened === null) return null;
        try {
          const status = await opened.stat({ bigint: true });
          if (!status.isFile()) return null;
          const { offset, lengthBytes } = range ?? { offset: 0, lengthBytes: Number(status.size) };
          invariant(offset >= 0 && offset + lengthBytes <= status.size, 'a range lies outside its object');
          return { bytes: await readPart(opened, file, { offset, lengthBytes, into }), revision: revisionOf(status) };
        } finally {
          await opened.close();
        }
      });
    },

    list: (prefix) => listBelow(root, '', prefix),

    async remove(key, { expected, isAllowed = () => true } = {}) {
      const file = pathOf(key);
      return writing(async () => {
        const revision = await revisionAt(file);
        if (revision === null) return 'removed';
        if ((expected !== undefined && revision !== expected.revision) || !isAllowed()) return 'kept';
        await removeFile(file);
        return 'removed';
      });
    },

    classes: null,
    presign: async () => null,

    async copy(from, to) {
      const [file, second] = [pathOf(from), pathOf(to)];
      await explainIo('set aside in', dirname(second), async () => {
        await makeFolder(dirname(second));
        await keepAs(file, second);
        await syncFolder(dirname(second));
      });
    },
  };
}

async function present(folder: string): Promise<'present'> {
  await syncFolder(folder);
  return 'present';
}

function factsOf(key: string, status: BigIntStats): ObjectFacts {
  return {
    key,
    sizeBytes: Number(status.size),
    storedAt: status.mtime.toISOString(),
    revision: revisionOf(status),
  };
}

/** Every write makes a new file, which has another inode or another time. */
function revisionOf({ ino, mtimeNs, size }: BigIntStats): string {
  return `${ino}-${mtimeNs}-${size}`;
}

async function revisionAt(file: string): Promise<string | null> {
  const status = await unlessErrno(absentCodes, () => stat(file, { bigint: true }));
  return status?.isFile() === true ? revisionOf(status) : null;
}

async function readPart(
  file: FileHandle,
  path: string,
  { offset, lengthBytes, into }: ByteRange & { readonly into: Uint8Array | undefined },
): Promise<Uint8Array> {
  // Every byte is read from the file or the buffer is dropped: zeroes would be written for nothing.
  const isRoom = into?.length === lengthBytes;
  const bytes = isRoom ? into : new Uint8Array(Buffer.allocUnsafeSlow(lengthBytes).buffer);
  if ((await fillFrom(file, bytes, offset)) === lengthBytes) return bytes;
  throw weighbridgeError('store/io', { action: 'read', path, reason: 'it became shorter' });
}

/** Objects below a folder in the order of their keys, in which `a-b` stands before `a/b`. */
async function* listBelow(folder: string, parent: string, prefix: string): AsyncGenerator<ObjectFacts> {
  const entries = await explainIo('list', folder, () =>
    unlessErrno(absentCodes, () => readdir(folder, { withFileTypes: true })),
  );
  const named = (entries ?? []).map((entry) => ({
    entry,
    name: parent + entry.name + (entry.isDirectory() ? '/' : ''),
  }));
  for (const { entry, name } of named.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    if (name === `${temporaryName}/` || !isListed(entry, name, prefix)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      yield* listBelow(path, name, prefix);
      continue;
    }
    const status = await explainIo('list', path, () => unlessErrno(absentCodes, () => stat(path, { bigint: true })));
    if (status?.isFile() === true) yield factsOf(name, status);
  }
}

/** Whether an entry is an object with the prefix, or a folder that may hold one. */
function isListed(entry: Dirent, name: string, prefix: string): boolean {
  if (entry.isDirectory()) return name.startsWith(prefix) || prefix.startsWith(name);
  return name.startsWith(prefix) && isObjectKey(name);
}
