import { createHash, randomUUID } from 'node:crypto';
import { type Digest, utf8, WeighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { digestOfPin, formatRecipe, parseRecipe, pinKey, type Recipe } from '@weighbridge/storage';
import { describeHeld } from '../reading/read-object.js';

/** What pins of a bucket keep. */
export interface Pinned {
  /** Files and objects that are not removed, nor what their recipes name. */
  readonly digests: ReadonlySet<Digest>;
  /** Objects of recipes that are about to be written. */
  readonly objects: ReadonlySet<Digest>;
  /** Keys of pins that keep nothing any more. */
  readonly outdated: readonly string[];
}

/** Pins a digest and, with a recipe, all that it names; answers the key of the pin. */
export async function writePin(bucket: Bucket, digest: Digest, recipe: Recipe | null): Promise<string> {
  const key = pinKey(digest, randomUUID());
  const body = utf8(recipe === null ? '{}' : formatRecipe(recipe));
  await bucket.create(key, [body], { sha256: createHash('sha256').update(body).digest() });
  return key;
}

/** Pins that are younger than `maxAgeMs` at the time `nowMs` of the bucket's clock. */
export async function readPins(
  bucket: Bucket,
  { nowMs, maxAgeMs }: { readonly nowMs: number; readonly maxAgeMs: number },
): Promise<Pinned> {
  const digests = new Set<Digest>();
  const objects = new Set<Digest>();
  const outdated: string[] = [];
  for await (const { key, storedAt, sizeBytes } of bucket.list('pins/')) {
    const digest = digestOfPin(key);
    if (digest === null) continue;
    if (nowMs - Date.parse(storedAt) >= maxAgeMs) {
      outdated.push(key);
      continue;
    }
    digests.add(digest);
    if (sizeBytes <= 2) continue;
    // One that is gone by now was removed by a writer whose recipe is there.
    const held = await bucket.read(key);
    const recipe = held === null ? null : readDraft(held.bytes, digest, `${bucket.address}/${key}`);
    for (const object of recipe === null ? [] : objectsOf(recipe)) objects.add(object);
  }
  return { digests, objects, outdated };
}

/** The objects that the segments of a recipe lie in, each once. */
export function objectsOf({ segments }: Recipe): ReadonlySet<Digest> {
  return new Set(segments.map(({ digest, packed }) => packed?.pack ?? digest));
}

/** One of the objects that a bucket holds neither as they are nor compressed, or null. */
export async function findMissing(bucket: Bucket, objects: Iterable<Digest>): Promise<Digest | null> {
  for (const object of objects) if ((await describeHeld(bucket, object)) === null) return object;
  return null;
}

function readDraft(bytes: Uint8Array, digest: Digest, path: string): Recipe | null {
  try {
    return parseRecipe(bytes, { digest, path });
  } catch (cause) {
    if (cause instanceof WeighbridgeError && cause.code === 'store/recipe-malformed') return null;
    throw cause;
  }
}
