import { type Digest, weighbridgeError } from '@weighbridge/core';
import type { Bucket, CollectionRequest, FileOrigin } from '@weighbridge/ports';
import { cutLimits, parseRecipe, recipeKey } from '@weighbridge/storage';
import { findSetAside } from '../quarantine/find-recipe.js';
import { describeHeld } from '../reading/read-object.js';
import { objectsOf } from './pins.js';

/**
 * The objects of live files of which a listing showed neither recipe nor object: of those that came after it, and of
 * those whose recipe lies in quarantine, where earlier releases put it together with damage that was not its own.
 * @throws store/pieces-unknown where a file was in this store, and nobody knows of which objects it is made
 */
export async function objectsOfLost(
  bucket: Bucket,
  lost: Iterable<Digest>,
  { origin = () => null, beat }: Pick<CollectionRequest, 'origin'> & { readonly beat: () => Promise<unknown> },
): Promise<ReadonlySet<Digest>> {
  const named = new Set<Digest>();
  for (const digest of lost) {
    await beat();
    for (const object of await objectsOfOne(bucket, digest, origin(digest))) named.add(object);
  }
  return named;
}

async function objectsOfOne(bucket: Bucket, digest: Digest, origin: FileOrigin | null): Promise<Iterable<Digest>> {
  const key = recipeKey(digest);
  const held = await bucket.read(key);
  if (held !== null) return objectsOf(parseRecipe(held.bytes, { digest, path: `${bucket.address}/${key}` }));
  if ((await describeHeld(bucket, digest)) !== null) return [digest];
  const { recipes, isKnown } = await findSetAside(bucket, digest);
  if (recipes.length > 0) return recipes.flatMap(({ recipe }) => [...objectsOf(recipe)]);
  const isOneObject = origin !== null && origin.sizeBytes <= cutLimits.wholeFileBytes;
  const isElsewhere = origin !== null && !origin.isHere && !isKnown;
  if (isOneObject || isElsewhere) return [];
  throw weighbridgeError('store/pieces-unknown', { address: bucket.address, digest });
}
