import { type Digest, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { cutLimits, objectKey, parseRecipe, recipeKey, recipeLimits } from '@weighbridge/storage';
import { eachQuestion, findListed } from './find-listed.js';
import { isUnreadable, readAsItLies } from './read-as-it-lies.js';
import { describeHeld, sizeOfObject } from './read-object.js';

/** A stretch of a file and the object that holds it. */
export interface StoredSegment {
  /** From the start of the file. */
  readonly offset: number;
  readonly lengthBytes: number;
  /** Of these bytes; null where only the file has a digest. */
  readonly digest: Digest | null;
  /** The object: one that is exactly these bytes, or a larger one with them at `objectOffset`. */
  readonly object: Digest;
  readonly objectOffset: number;
  readonly isWholeObject: boolean;
}

/** A file as a bucket holds it. Nothing of it is believed until its digests were compared. */
export interface StoredFile {
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly segments: readonly StoredSegment[];
}

/**
 * Whether a bucket holds all of a file: as one object, compressed or not, or by a recipe and every object that it names.
 * What a recipe says that a later release wrote is not looked at.
 */
export async function isStored(bucket: Bucket, digest: Digest): Promise<boolean> {
  const [object, recipe] = await Promise.all([bucket.describe(objectKey(digest)), bucket.describe(recipeKey(digest))]);
  if (recipe === null) return object !== null || (await describeHeld(bucket, digest)) !== null;
  try {
    const file = await findFile(bucket, digest);
    return file !== null && (await holdsAll(bucket, new Set(file.segments.map((segment) => segment.object))));
  } catch (cause) {
    if (!(cause instanceof WeighbridgeError)) throw cause;
    if (cause.code === 'store/recipe-malformed' || isUnreadable(cause)) return false;
    if (cause.code === 'store/recipe-newer') return true;
    throw cause;
  }
}

async function holdsAll(bucket: Bucket, objects: ReadonlySet<Digest>): Promise<boolean> {
  const listed = await findListed(bucket, 'sha256/', objects);
  const others = [...objects].filter((object) => !listed.has(object));
  let isWhole = true;
  await eachQuestion(others, async (object) => {
    if (isWhole && (await describeHeld(bucket, object)) === null) isWhole = false;
  });
  return isWhole;
}

/**
 * How a bucket holds a file, or null when it does not. A file that fits into one pack is an object, too, and its recipe
 * tells more. @throws core/digest, store/recipe-malformed, store/corrupt
 */
export async function findFile(bucket: Bucket, digest: Digest): Promise<StoredFile | null> {
  const [object, recipe] = await Promise.all([bucket.describe(objectKey(digest)), bucket.describe(recipeKey(digest))]);
  if (recipe === null) {
    const sizeBytes = object?.sizeBytes ?? (await sizeOfObject(bucket, digest));
    return sizeBytes === null ? null : fileOfObject(digest, sizeBytes);
  }
  const path = `${bucket.address}/${recipe.key}`;
  if (recipe.sizeBytes > recipeLimits.maxBytes) {
    throw weighbridgeError('store/recipe-malformed', { path, reason: `it has ${recipe.sizeBytes} bytes` });
  }
  try {
    const read = await bucket.read(recipe.key);
    return read === null ? null : fileOfRecipe(read.bytes, { digest, path });
  } catch (cause) {
    if (!(cause instanceof WeighbridgeError) || !isUnreadable(cause)) throw cause;
    // Where it lies damaged, that is what is wrong with it. Where it looks sound it is not believed for that.
    const lying = await readAsItLies(bucket, recipe.key);
    if (lying !== null) fileOfRecipe(lying.bytes, { digest, path });
    throw cause;
  }
}

/**
 * The objects that a file lies in; none when the bucket does not hold it. A file whose size cannot be told now, because
 * its one object is archived or damaged, is that object. @throws core/digest, store/recipe-malformed
 */
export async function findObjects(bucket: Bucket, digest: Digest): Promise<readonly Digest[]> {
  try {
    return ((await findFile(bucket, digest))?.segments ?? []).map(({ object }) => object);
  } catch (cause) {
    const isTold = cause instanceof WeighbridgeError && ['store/archived', 'store/corrupt'].includes(cause.code);
    if (isTold) return [digest];
    throw cause;
  }
}

/** As findFile. @throws store/missing besides */
export async function openFile(bucket: Bucket, digest: Digest): Promise<StoredFile> {
  const file = await findFile(bucket, digest);
  if (file === null) throw weighbridgeError('store/missing', { address: bucket.address, digest });
  return file;
}

/** The file that is one object of so many bytes. */
export function fileOfObject(digest: Digest, sizeBytes: number): StoredFile {
  return { digest, sizeBytes, segments: stretches(digest, sizeBytes) };
}

/** The file that a recipe tells of. @throws store/recipe-malformed */
export function fileOfRecipe(
  bytes: Uint8Array,
  { digest, path }: { readonly digest: Digest; readonly path: string },
): StoredFile {
  const recipe = parseRecipe(bytes, { digest, path });
  let offset = 0;
  const segments = recipe.segments.map(({ digest, lengthBytes, packed }) => {
    const start = offset;
    offset += lengthBytes;
    const place = { object: packed?.pack ?? digest, objectOffset: packed?.offset ?? 0 };
    return { offset: start, lengthBytes, digest, ...place, isWholeObject: packed === null };
  });
  return { digest, sizeBytes: recipe.sizeBytes, segments };
}

/** An object of at most a segment is one; a larger one is read in stretches that have no digest of their own. */
function stretches(object: Digest, sizeBytes: number): readonly StoredSegment[] {
  const maxBytes = cutLimits.maxSegmentBytes;
  if (sizeBytes <= maxBytes) {
    return [{ offset: 0, lengthBytes: sizeBytes, digest: object, object, objectOffset: 0, isWholeObject: true }];
  }
  return Array.from({ length: Math.ceil(sizeBytes / maxBytes) }, (_, index) => {
    const offset = index * maxBytes;
    const lengthBytes = Math.min(maxBytes, sizeBytes - offset);
    return { offset, lengthBytes, digest: null, object, objectOffset: offset, isWholeObject: false };
  });
}
