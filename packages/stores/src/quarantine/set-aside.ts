import { createHash, randomUUID } from 'node:crypto';
import { type Digest, formatDigest, WeighbridgeError } from '@weighbridge/core';
import type { Bucket, ObjectFacts } from '@weighbridge/ports';
import { quarantineKey, recipeKey } from '@weighbridge/storage';
import type { ObjectKeeper } from '../place-object.js';
import { isUnreadable } from '../reading/read-as-it-lies.js';
import { describeHeld } from '../reading/read-object.js';
import { openSegmentReader } from '../reading/segment-reader.js';
import { findFile, type StoredFile } from '../reading/stored-file.js';
import { findSetAside } from './find-recipe.js';

/**
 * Sets aside what of a file is damaged, and nothing else: objects whose bytes are wrong, and the recipe where it cannot
 * be read, or where all that it names is right and another file comes of it. A recipe whose objects are gone stays, since
 * it alone knows what else is of the file. One that an earlier release set aside is put back.
 * @returns keys of what was set aside, by the digest that it was under; of what another process was faster with, none
 * @throws store/archived, store/recipe-newer, and as Bucket
 */
export async function setAside(keeper: ObjectKeeper, digest: Digest): Promise<ReadonlyMap<Digest, string>> {
  const { bucket } = keeper;
  const placed = new Map<Digest, string>();
  const note = (about: Digest, aside: string | null) => {
    if (aside !== null) placed.set(about, aside);
  };
  const file = await findOrPutBack(bucket, digest);
  if (file === 'recipe') note(digest, await moveRecipe(keeper, digest));
  if (file === 'object') note(digest, await moveObject(keeper, digest));
  if (file === null || typeof file === 'string') return placed;
  const { damaged, isOther } = await examine(bucket, file);
  for (const object of damaged) note(object, await moveObject(keeper, object));
  if (isOther) note(digest, await moveRecipe(keeper, digest));
  return placed;
}

/** How a bucket holds a file, or which of the two that could tell is damaged; null when there is neither. */
async function findOrPutBack(bucket: Bucket, digest: Digest): Promise<StoredFile | 'recipe' | 'object' | null> {
  try {
    const found = await findFile(bucket, digest);
    if (found !== null) return found;
    return (await putBack(bucket, digest)) ? await findFile(bucket, digest) : null;
  } catch (cause) {
    if (!(cause instanceof WeighbridgeError)) throw cause;
    if (cause.code === 'store/recipe-malformed') return 'recipe';
    if (cause.code === 'store/corrupt') return 'object';
    throw cause;
  }
}

async function putBack(bucket: Bucket, digest: Digest): Promise<boolean> {
  const { recipes } = await findSetAside(bucket, digest);
  const [first] = recipes;
  if (first === undefined) return false;
  const sha256 = createHash('sha256').update(first.bytes).digest();
  await bucket.create(recipeKey(digest), [first.bytes], { sha256 });
  return true;
}

/** Reads a file to its end. `isOther`: every piece is what it should be, and the whole is not. */
async function examine(
  bucket: Bucket,
  { digest, segments }: StoredFile,
): Promise<{ readonly damaged: ReadonlySet<Digest>; readonly isOther: boolean }> {
  const damaged = new Set<Digest>();
  const reader = openSegmentReader(bucket);
  const hash = createHash('sha256');
  let isWhole = true;
  for (const segment of segments) {
    if (damaged.has(segment.object)) continue;
    const read = await readFaulty(() => reader.readVerified(segment));
    if (read === 'damaged') damaged.add(segment.object);
    if (read instanceof Uint8Array) hash.update(read);
    else isWhole = false;
  }
  const isOther = isWhole && formatDigest(hash.digest()) !== digest;
  // A large object of an early release has no pieces with digests of their own.
  const [first] = segments;
  if (isOther && first?.object === digest) return { damaged: new Set([digest]), isOther: false };
  return { damaged, isOther };
}

/** What is missing or archived is not known to be damaged. */
async function readFaulty(read: () => Promise<Uint8Array>): Promise<Uint8Array | 'damaged' | 'unknown'> {
  try {
    return await read();
  } catch (cause) {
    if (!(cause instanceof WeighbridgeError)) throw cause;
    if (cause.code === 'store/corrupt' || isUnreadable(cause)) return 'damaged';
    if (cause.code === 'store/missing' || cause.code === 'store/archived') return 'unknown';
    throw cause;
  }
}

/** What readers read: the object, and only where there is none its compressed form. */
async function moveObject(keeper: ObjectKeeper, object: Digest): Promise<string | null> {
  return move(keeper, await describeHeld(keeper.bucket, object), object);
}

async function moveRecipe(keeper: ObjectKeeper, digest: Digest): Promise<string | null> {
  return move(keeper, await keeper.bucket.describe(recipeKey(digest)), digest);
}

/** Null when it is gone, which is all that was wanted: another process has set it aside, or replaced it. */
async function move(
  { bucket, copy }: ObjectKeeper,
  expected: ObjectFacts | null,
  about: Digest,
): Promise<string | null> {
  if (expected === null) return null;
  const { key } = expected;
  const aside = quarantineKey(about, randomUUID());
  try {
    await copy(key, aside);
  } catch (cause) {
    if ((await bucket.describe(key)) === null) return null;
    throw cause;
  }
  return (await bucket.remove(key, { expected })) === 'removed' ? aside : null;
}
