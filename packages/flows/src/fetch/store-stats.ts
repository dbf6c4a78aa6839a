import type { Digest, ModelName, Version } from '@weighbridge/core';
import { weighbridgeError } from '@weighbridge/core';
import type { Store } from '@weighbridge/ports';
import type { Surroundings } from '../surroundings.js';
import { inParallel } from '../reading/in-parallel.js';
import { versionKey } from '../retention/due-versions.js';
import { describeStored } from '../stored/describe-stored.js';
import { type CompressedBytes, type LyingBytes, measureLying, plainSizes, sumLying } from './lying-bytes.js';
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
  /** Where the objects lie that no version registered before has. */
  readonly lies: readonly LyingBytes[];
}

/** One model with its versions in the order of their registration. */
export interface ModelBytes {
  readonly model: ModelName;
  readonly bytes: StoredBytes;
  readonly lies: readonly LyingBytes[];
  readonly versions: readonly VersionBytes[];
}

/** What the store came to. */
export interface StoreMeasure {
  readonly models: readonly ModelBytes[];
  readonly total: StoredBytes;
  readonly compressed: CompressedBytes;
  /** Files of which the store cannot tell how they lie, because their one object is damaged or archived. */
  readonly untold: readonly { readonly digest: Digest; readonly because: string }[];
}

/**
 * How much is stored and how much was saved, from the recipes; and what that takes where it lies, from a listing of the
 * whole store. Each stretch of an object counts for the version that was registered first with it, over all models,
 * whichever models are asked for, and so does each object.
 * @throws flow/no-store-to-read, flow/unknown-model, store/recipe-malformed
 */
export async function measureStore(surroundings: Surroundings, names: readonly string[]): Promise<StoreMeasure> {
  const { store } = surroundings;
  if (store === null) throw weighbridgeError('flow/no-store-to-read', { what: 'the files of versions' });
  const registered = await listRegistered(surroundings);
  const asked = modelsAsked(registered, names);
  const kept = registered.filter(({ store }) => store !== null);
  const { places, untold } = await readPlaces(
    store,
    kept.filter(({ releasedAt }) => releasedAt === null),
  );
  const firstOwners = new Map<string, ModelName>();
  const objectOwners = new Map<Digest, string>();
  const versions = new Map<string, Omit<VersionBytes, 'lies'> & { readonly model: ModelName }>();
  for (const file of kept) {
    const { model, version, releasedAt } = file;
    const key = versionKey(model, version);
    const before = versions.get(key)?.bytes ?? nothing;
    const own = releasedAt === null ? (places.get(file.digest) ?? null) : [];
    const counted = releasedAt === null ? countFile(file, own, firstOwners) : nothing;
    for (const { object } of own ?? []) if (!objectOwners.has(object)) objectOwners.set(object, key);
    versions.set(key, { model, version, releasedAt, bytes: addBytes(before, counted) });
  }
  const all = [...places.values()].flatMap((some) => some ?? []);
  const { lies, compressed } = await measureLying(store, objectOwners, plainSizes(all));
  const models = asked.map((model) => {
    const own = [...versions].filter(([, each]) => each.model === model);
    return {
      model,
      bytes: own.map(([, { bytes }]) => bytes).reduce(addBytes, nothing),
      lies: sumLying(own.flatMap(([key]) => lies.get(key) ?? [])),
      versions: own.map(([key, { version, releasedAt, bytes }]) => {
        return { version, releasedAt, bytes, lies: lies.get(key) ?? [] };
      }),
    };
  });
  return { models, total: models.map(({ bytes }) => bytes).reduce(addBytes, nothing), compressed, untold };
}

interface Place {
  readonly object: Digest;
  readonly key: string;
  readonly lengthBytes: number;
}

async function readPlaces(
  store: Store,
  files: readonly RegisteredFile[],
): Promise<Pick<StoreMeasure, 'untold'> & { readonly places: ReadonlyMap<Digest, readonly Place[] | null> }> {
  const distinct = [...new Map(files.map((file) => [file.digest, file])).values()];
  const told = await inParallel(distinct, maxQuestionsAtOnce, (file) => describeStored(store, file));
  const untold: { readonly digest: Digest; readonly because: string }[] = [];
  const places = distinct.map(({ digest }, index) => {
    const { layout = null, fault = null } = told[index] ?? {};
    if (fault !== null) untold.push({ digest, because: fault.message });
    const own = layout?.segments.map(({ object, objectOffset, lengthBytes }) => ({
      object,
      key: `${object}:${objectOffset}`,
      lengthBytes,
    }));
    return [digest, own ?? null] as const;
  });
  return { places: new Map(places), untold };
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
