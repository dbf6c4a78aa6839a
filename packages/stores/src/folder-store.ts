import { randomUUID } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { type Digest, parseDigest, weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '@weighbridge/formats';
import type { Store } from '@weighbridge/ports';
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
import { type FileSource, openFileSourceIfPresent } from './file-source.js';
import { type FolderLayout, folderLayout } from './folder-layout.js';
import { type Hashed, hashSource } from './hashing.js';
import { explainIo } from './io-errors.js';
import { sweepTemporaries } from './sweep.js';

const dayMs = 24 * 60 * 60 * 1000;

/** Objects are never changed once they have a name. */
const objectMode = 0o444;
const fetchedMode = 0o644;

/** How often a name may be taken and freed again under one writer before it gives up. */
const maxPlaceTries = 5;

export interface FolderStoreOptions {
  /** How long a temporary file must have been untouched before it counts as left behind. Default: a day. */
  readonly staleAfterMs?: number;
}

/** A store in a folder of the local disk or of a mounted file system. */
export interface FolderStore extends Store {
  /**
   * Sets an object aside in the quarantine folder, so that the digest counts as missing; answers its new path, or null
   * when there is no such object. Nothing is ever deleted.
   */
  quarantine(digest: Digest): Promise<string | null>;
}

/**
 * Opens the store in a folder, which is made by the first `put`. Safe for any number of processes and machines that
 * share the folder, and for their being killed at any moment: bytes are written and flushed under a temporary name of
 * the same file system and get their real name, which is never overwritten, when they are whole.
 *
 * `put` reads what it finds under the digest before it answers `present`; a damaged object is set aside and replaced.
 * All methods @throws store/io
 */
export function openFolderStore(path: string, options: FolderStoreOptions = {}): FolderStore {
  const layout = folderLayout(resolve(path));
  const staleAfterMs = options.staleAfterMs ?? dayMs;
  const address = `folder:${layout.root}`;
  let swept = false;

  async function openObject(digest: Digest): Promise<FileSource> {
    const source = await openFileSourceIfPresent(layout.objectPath(digest));
    if (source === null) throw weighbridgeError('store/missing', { address, digest });
    return source;
  }

  async function sweepOnce(reference: string): Promise<void> {
    if (swept) return;
    swept = true;
    await sweepTemporaries(layout.temporaryFolder, { reference, staleAfterMs });
  }

  return {
    address,

    has: (digest) => explainIo('look for', layout.root, () => isPresent(layout.objectPath(digest))),

    async put(source, { expected } = {}) {
      if (expected !== undefined && (await holds(layout, parseDigest(expected)))) {
        const hashed = await hashSource(source);
        refuseOther(source, hashed, expected);
        return { ...hashed, outcome: 'present' };
      }
      return explainIo('write to', layout.root, async () => {
        await makeFolder(layout.temporaryFolder);
        const temporary = join(layout.temporaryFolder, randomUUID());
        const hashed = await writeNewFile(source, { path: temporary, mode: objectMode });
        try {
          await sweepOnce(temporary);
          if (expected !== undefined) refuseOther(source, hashed, expected);
          return { ...hashed, outcome: await placeObject(layout, temporary, hashed.digest) };
        } finally {
          await removeFile(temporary);
        }
      });
    },

    async verify(digest) {
      const source = await openObject(digest);
      return closing(source, async () => {
        const hashed = await hashSource(source);
        refuseDamaged(source, hashed, digest);
        return { sizeBytes: hashed.sizeBytes };
      });
    },

    open: openObject,

    async fetchTo(digest, target) {
      const source = await openObject(digest);
      await closing(source, () =>
        explainIo('write to', target, () => copyVerified(source, { digest, target: resolve(target) })),
      );
    },

    quarantine: (digest) =>
      explainIo('set aside in', layout.quarantineFolder, async () => {
        const object = layout.objectPath(digest);
        if (!(await isPresent(object))) return null;
        const aside = await setAside(layout, digest);
        await removeFile(object);
        return aside;
      }),
  };
}

/** The bytes get their name only when they are whole and right; whatever had the name before stays until then. */
async function copyVerified(
  source: FileSource,
  { digest, target }: { readonly digest: Digest; readonly target: string },
): Promise<void> {
  const folder = dirname(target);
  await makeFolder(folder);
  const temporary = join(folder, `.weighbridge-${randomUUID()}.partial`);
  const hashed = await writeNewFile(source, { path: temporary, mode: fetchedMode });
  try {
    refuseDamaged(source, hashed, digest);
    await replaceFile(temporary, target);
  } finally {
    await removeFile(temporary);
  }
  await syncFolder(folder);
}

async function placeObject(layout: FolderLayout, temporary: string, digest: Digest): Promise<'stored' | 'present'> {
  const object = layout.objectPath(digest);
  await makeFolder(dirname(object));
  for (let attempt = 0; attempt < maxPlaceTries; attempt++) {
    if (await placeNew(temporary, object)) {
      await syncFolder(dirname(object));
      return 'stored';
    }
    if (await holds(layout, digest)) {
      // Whoever placed it may not have flushed the name yet, and we are about to say that it is there.
      await syncFolder(dirname(object));
      return 'present';
    }
    if (!(await isPresent(object))) continue;
    await setAside(layout, digest);
    await replaceFile(temporary, object);
    await syncFolder(dirname(object));
    return 'stored';
  }
  throw weighbridgeError('store/io', { action: 'write', path: object, reason: 'its name came and went' });
}

/** Whether the object is there and its bytes are what its name says. */
async function holds(layout: FolderLayout, digest: Digest): Promise<boolean> {
  const source = await openFileSourceIfPresent(layout.objectPath(digest));
  if (source === null) return false;
  return closing(source, async () => (await hashSource(source)).digest === digest);
}

async function setAside(layout: FolderLayout, digest: Digest): Promise<string> {
  await makeFolder(layout.quarantineFolder);
  const aside = layout.quarantinePath(digest, randomUUID());
  await keepAs(layout.objectPath(digest), aside);
  await syncFolder(layout.quarantineFolder);
  return aside;
}

async function closing<Result>(source: FileSource, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } finally {
    await source.close();
  }
}

function refuseOther(source: ByteSource, hashed: Hashed, expected: Digest): void {
  if (hashed.digest === expected) return;
  throw weighbridgeError('store/digest-mismatch', { source: source.name, expected, actual: hashed.digest });
}

function refuseDamaged(source: FileSource, hashed: Hashed, expected: Digest): void {
  if (hashed.digest === expected) return;
  throw weighbridgeError('store/corrupt', { path: source.name, expected, actual: hashed.digest });
}
