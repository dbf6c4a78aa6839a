import type { Digest, ModelName, Version } from '@weighbridge/core';
import { weighbridgeError } from '@weighbridge/core';
import type { Store } from '@weighbridge/ports';
import type { Surroundings } from '../surroundings.js';
import { inParallel } from '../in-parallel.js';
import { listRegistered, modelsAsked, type RegisteredFile } from './registered-files.js';

/** Recipes are small: many requests at once cost nothing but waiting. */
const maxQuestionsAtOnce = 16;

/** Bytes of one version, or of all versions of a model. */
export interface StoredBytes {
  /** Of the files, each for itself. */
  readonly logical: number;
  /** That no version registered before had stored already. */
  readonly stored: number;
  /** That were there: from earlier versions of the same model, and within the version. */
  readonly own: number;
  /** That were there from versions of other models. */
  readonly shared: number;
  /** Of files that the store does not hold. */
  readonly missing: number;
}

/** One version with its bytes. */
export interface VersionBytes {
  readonly version: Version;
  /** When its bytes were given up; null while they are kept. What is given up counts for nothing. */
  readonly releasedAt: string | null;
  readonly bytes: StoredBytes;
}

/** One model with its versions in the order of their registration. */
export interface ModelBytes {
  readonly model: ModelName;
  readonly bytes: StoredBytes;
  readonly versions: readonly VersionBytes[];
}

/** Objects of registered files that lie compressed. While the other form is still to go, they take that besides. */
export interface CompressedBytes {
  readonly objects: number;
  /** Of the pieces that files have in them. */
  readonly plainBytes: number;
  /** That they take. */
  readonly storedBytes: number;
}

/**
 * How much is stored and how much was saved, from the recipes, and by compression over the whole store, from a listing. Each stretch of an object counts for the version that was
 * registered first with it, over all models, whichever models are asked for.
 * @throws flow/no-store-to-read, flow/unknown-model, store/recipe-malformed
 */
export async function measureStore(
  surroundings: Surroundings,
  names: readonly string[],
): Promise<{
  readonly models: readonly ModelBytes[];
  readonly total: StoredBytes;
  readonly compressed: CompressedBytes;
}> {
  const { store } = surroundings;
  if (store === null) throw weighbridgeError('flow/no-store-to-read', { what: 'the files of versions' });
  const registered = await listRegistered(surroundings);
  const asked = modelsAsked(registered, names);
  const kept = registered.filter(({ isStored }) => isStored);
  const places = await readPlaces(
    store,
    kept.filter(({ releasedAt }) => releasedAt === null),
  );
  const firstOwners = new Map<string, ModelName>();
  const versions = new Map<string, VersionBytes & { readonly model: ModelName }>();
  for (const file of kept) {
    const key = `${file.model} ${file.version}`;
    const before = versions.get(key)?.bytes ?? nothing;
    const { model, version, releasedAt } = file;
    const counted = releasedAt === null ? countFile(file, places.get(file.digest) ?? null, firstOwners) : nothing;
    versions.set(key, { model, version, releasedAt, bytes: addBytes(before, counted) });
  }
  const models = asked.map((model) => {
    const own = [...versions.values()].filter((each) => each.model === model);
    const bytes = own.map((each) => each.bytes).reduce(addBytes, nothing);
    return { model, bytes, versions: own.map(({ version, releasedAt, bytes }) => ({ version, releasedAt, bytes })) };
  });
  const total = models.map(({ bytes }) => bytes).reduce(addBytes, nothing);
  return {
    models,
    total,
    compressed: await measureCompressed(
      store,
      [...places.values()].flatMap((some) => some ?? []),
    ),
  };
}

/** Each stretch counts once. */
async function measureCompressed(store: Store, places: readonly Place[]): Promise<CompressedBytes> {
  if (store.arranger === null) return { objects: 0, plainBytes: 0, storedBytes: 0 };
  const plain = new Map<Digest, Map<string, number>>();
  for (const { object, key, lengthBytes } of places) {
    const stretches = plain.get(object) ?? new Map<string, number>();
    plain.set(object, stretches.set(key, lengthBytes));
  }
  const sum = { objects: 0, plainBytes: 0, storedBytes: 0 };
  for await (const { object, sizeBytes } of store.arranger.listCompressed()) {
    const stretches = plain.get(object);
    if (stretches === undefined) continue;
    sum.objects += 1;
    sum.storedBytes += sizeBytes;
    for (const lengthBytes of stretches.values()) sum.plainBytes += lengthBytes;
  }
  return sum;
}

interface Place {
  readonly object: Digest;
  readonly key: string;
  readonly lengthBytes: number;
}

async function readPlaces(
  store: Store,
  files: readonly RegisteredFile[],
): Promise<ReadonlyMap<Digest, readonly Place[] | null>> {
  const digests = [...new Set(files.map(({ digest }) => digest))];
  const layouts = await inParallel(digests, maxQuestionsAtOnce, (digest) => store.describe(digest));
  return new Map(
    digests.map((digest, index) => {
      const segments = layouts[index]?.segments ?? null;
      const places = segments?.map(({ object, objectOffset, lengthBytes }) => ({
        object,
        key: `${object}:${objectOffset}`,
        lengthBytes,
      }));
      return [digest, places ?? null] as const;
    }),
  );
}

function countFile(
  file: RegisteredFile,
  places: readonly Place[] | null,
  firstOwners: Map<string, ModelName>,
): StoredBytes {
  if (places === null) return { ...nothing, logical: file.sizeBytes, missing: file.sizeBytes };
  const counted = { stored: 0, own: 0, shared: 0 };
  for (const { key, lengthBytes } of places) {
    const owner = firstOwners.get(key);
    counted[owner === undefined ? 'stored' : owner === file.model ? 'own' : 'shared'] += lengthBytes;
    if (owner === undefined) firstOwners.set(key, file.model);
  }
  return { logical: file.sizeBytes, missing: 0, ...counted };
}

const nothing: StoredBytes = { logical: 0, stored: 0, own: 0, shared: 0, missing: 0 };

function addBytes(left: StoredBytes, right: StoredBytes): StoredBytes {
  return {
    logical: left.logical + right.logical,
    stored: left.stored + right.stored,
    own: left.own + right.own,
    shared: left.shared + right.shared,
    missing: left.missing + right.missing,
  };
}
