import { type Digest, parseDigest, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { Bucket, CollectionRequest, ObjectFacts } from '@weighbridge/ports';
import { compressedKey, digestOfKey, incompressibleKey, objectKey, parseRecipe, recipeKey } from '@weighbridge/storage';
import { isUnreadable, readAsItLies } from '../reading/read-as-it-lies.js';
import { objectsOfLost } from './lost-files.js';
import { objectsOf, readPins } from './pins.js';

/** Recipes that are read at once. */
const readsAtOnce = 16;

const listedPerBeat = 1000;

/** What there is about an object: itself, its compressed form, and the note that there is no use for one. */
const objectFolders = [
  ['sha256/', objectKey],
  ['compressed/', compressedKey],
  ['incompressible/', incompressibleKey],
] as const;

/** What is not to be removed. */
export interface Staying {
  readonly kept: { readonly objects: number; readonly sizeBytes: number };
  /** Live files without a recipe whose one object lies compressed alone: only itself says how long it is. */
  readonly compressedFiles: readonly Digest[];
}

/** What a bucket holds, parted into what something names and what nothing does. */
export interface Marked {
  /** Recipes before objects: what is cut off behind any of them leaves no recipe without its objects. */
  readonly unnamed: readonly ObjectFacts[];
  readonly stays: Staying;
  readonly outdatedPins: readonly string[];
}

/**
 * Looks at everything. Pins are read before recipes: a writer removes its pin when the recipe is there, which is seen
 * then. What is younger than `unregisteredMs` is named by whoever stored it, and so is what a young recipe names.
 * @param nowMs by the clock that dates the objects
 * @param beat called every now and then
 * @throws store/recipe-malformed and store/pieces-unknown for a file that is live, store/recipe-newer for any that stays:
 * nobody knows what else must stay then
 */
export async function markBucket(
  bucket: Bucket,
  request: CollectionRequest,
  { nowMs, beat = async () => {} }: { readonly nowMs: number; readonly beat?: () => Promise<unknown> },
): Promise<Marked> {
  const isYoung = ({ storedAt }: ObjectFacts) => nowMs - Date.parse(storedAt) < request.unregisteredMs;
  const pinned = await readPins(bucket, { nowMs, maxAgeMs: request.unregisteredMs });
  const recipes: ObjectFacts[] = [];
  for await (const facts of bucket.list('recipes/')) recipes.push(facts);
  await beat();
  const live = new Set([...(await request.live())].map(parseDigest));
  await beat();
  const files = new Set<Digest>([...live, ...pinned.digests]);

  const isNamed = (facts: ObjectFacts, digest: Digest) => isYoung(facts) || files.has(digest);
  const named = new Set<string>([...files].map(objectKey));
  for (const object of pinned.objects) named.add(objectKey(object));
  const unnamed: ObjectFacts[] = [];
  const kept = { objects: 0, sizeBytes: 0 };
  const part = (facts: ObjectFacts, stays: boolean) => {
    if (stays) {
      kept.objects++;
      kept.sizeBytes += facts.sizeBytes;
    } else unnamed.push(facts);
  };

  const roots: Digest[] = [];
  const withoutRecipe = new Set(live);
  const compressedFiles: Digest[] = [];
  for (const facts of recipes) {
    const digest = digestOfKey(facts.key);
    if (digest === null || facts.key !== recipeKey(digest)) continue;
    withoutRecipe.delete(digest);
    const stays = isNamed(facts, digest);
    if (stays) roots.push(digest);
    part(facts, stays);
  }
  for (let start = 0; start < roots.length; start += readsAtOnce) {
    await beat();
    const some = roots.slice(start, start + readsAtOnce);
    const objects = await Promise.all(some.map((digest) => namedBy(bucket, digest, live.has(digest))));
    for (const [index, digest] of some.entries()) {
      const each = objects[index] ?? null;
      if (each === null && live.has(digest)) withoutRecipe.add(digest);
      for (const object of each ?? []) named.add(objectKey(object));
    }
  }
  let listed = 0;
  for (const [prefix, keyOf] of objectFolders) {
    for await (const facts of bucket.list(prefix)) {
      if (++listed % listedPerBeat === 0) await beat();
      const digest = digestOfKey(facts.key);
      if (digest === null || facts.key !== keyOf(digest)) continue;
      part(facts, named.has(objectKey(digest)) || isYoung(facts));
      // Folders are listed in this order, so that what lies as it is has been seen.
      const isFile = keyOf !== incompressibleKey && withoutRecipe.delete(digest);
      if (isFile && keyOf === compressedKey) compressedFiles.push(digest);
    }
  }
  const lost = await objectsOfLost(bucket, withoutRecipe, { ...request, beat });
  const ofLost = new Set([...lost].flatMap((object) => objectFolders.map(([, keyOf]) => keyOf(object))));
  const isOfLost = ({ key }: ObjectFacts) => ofLost.has(key);
  for (const facts of unnamed.filter(isOfLost)) part(facts, true);
  const outdatedPins = pinned.outdated;
  return { unnamed: unnamed.filter((facts) => !isOfLost(facts)), stays: { kept, compressedFiles }, outdatedPins };
}

/**
 * The objects of a recipe; null when it is gone. Of one that nobody registered and nobody can read comes no file: it
 * names nothing. What a live file names is not taken from bytes that the service itself doubts.
 */
async function namedBy(bucket: Bucket, digest: Digest, isLive: boolean): Promise<ReadonlySet<Digest> | null> {
  const key = recipeKey(digest);
  const path = `${bucket.address}/${key}`;
  try {
    const held = isLive ? await bucket.read(key) : await readAsItLies(bucket, key);
    return held === null ? null : objectsOf(parseRecipe(held.bytes, { digest, path }));
  } catch (cause) {
    if (!(cause instanceof WeighbridgeError)) throw cause;
    if (isUnreadable(cause)) {
      const reason = String(cause.fields['reason']);
      throw weighbridgeError('store/recipe-malformed', { path, reason }, { cause });
    }
    if (cause.code !== 'store/recipe-malformed' || isLive) throw cause;
    return new Set();
  }
}
