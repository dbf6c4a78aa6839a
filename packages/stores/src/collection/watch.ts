import { setTimeout as sleep } from 'node:timers/promises';
import { type Digest, weighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { compressedKey, objectKey, type Recipe, recipeKey } from '@weighbridge/storage';
import { describeHeld } from '../reading/read-object.js';
import { findObjects } from '../reading/stored-file.js';
import { type Control, mendControl } from './control.js';
import { breakLease } from './lease.js';
import { beginOwnership } from './ownership.js';
import { findMissing, objectsOf, writePin } from './pins.js';

const pollMs = 1000;

/** Younger files are kept by their age: no collection may keep what is unregistered for less than two days. */
const trustedAgeMs = 24 * 60 * 60 * 1000;

/** Time as a watch sees it; tests give their own. */
export interface WatchTime {
  /** Never goes back. */
  monotonicMs(): number;
  now(): Date;
  pause(durationMs: number): Promise<void>;
}

/** The time of this machine. What was slept through counts, where the system says so. */
export const machineTime: WatchTime = {
  monotonicMs: () => performance.now(),
  now: () => new Date(),
  pause: async (durationMs) => {
    await sleep(durationMs);
  },
};

/** What became of a write. */
export type PlaceOutcome = 'created' | 'present' | 'healed';

/** One ingest as collections see it. */
export interface IngestWatch {
  /** To be told of every object of the file that is in its place now. */
  placed(object: Digest, outcome: PlaceOutcome): Promise<void>;
  /** To be told of an object that the file will share without having sent it. */
  shares(object: Digest): Promise<void>;
  /** Writes the recipe, so that all it names is there when this has answered. @throws store/collected */
  commit(recipe: Recipe, write: () => Promise<PlaceOutcome>): Promise<PlaceOutcome>;
  /** The same for a file that is one object, which is in its place already. @throws store/collected */
  commitObject(digest: Digest, outcome: PlaceOutcome): Promise<void>;
}

/** The writers' half of the protocol with collections: docs/storage.md says it whole, and why nothing named is lost. */
export interface CollectionWatch {
  /** To be called before an ingest looks for anything. Costs two reads for the first one of a process. */
  begin(): Promise<IngestWatch>;
  /** As Store.keep. @throws store/missing */
  keep(digest: Digest): Promise<void>;
}

/** Nothing is asked yet. */
export function openCollectionWatch(bucket: Bucket, time: WatchTime = machineTime): CollectionWatch {
  let known: Control | null = null;
  let owned: Promise<void> | null = null;

  /** Waits while one of the keys may be removed. A collection that is silent for longer than its lease is ended. */
  async function settle(keys: ReadonlySet<string>): Promise<Control> {
    let seen = { revision: '', sinceMs: 0 };
    for (;;) {
      const control = await mendControl(bucket);
      const { condemned, revision } = control;
      if (condemned?.phase !== 'deleting' || !condemned.keys.some((key) => keys.has(key))) return control;
      const nowMs = time.monotonicMs();
      if (seen.revision !== revision) seen = { revision: revision ?? '', sinceMs: nowMs };
      else if (nowMs - seen.sinceMs > condemned.leaseMs) await breakLease(bucket, condemned, revision);
      await time.pause(Math.min(pollMs, condemned.leaseMs));
    }
  }

  async function keep(digest: Digest, { trustsAge }: { readonly trustsAge: boolean }): Promise<void> {
    const missing = () => weighbridgeError('store/missing', { address: bucket.address, digest });
    const find = async () => (await bucket.describe(recipeKey(digest))) ?? (await describeHeld(bucket, digest));
    const facts = await find();
    if (facts === null) throw missing();
    if (trustsAge && time.now().getTime() - Date.parse(facts.storedAt) < trustedAgeMs) return;
    await writePin(bucket, digest, null);
    const objects = await findObjects(bucket, digest);
    await settle(new Set([recipeKey(digest), ...[digest, ...objects].flatMap(keysOf)]));
    // Recipes go before their objects: what is there after the wait is whole.
    const held =
      facts.key === recipeKey(digest) ? await bucket.describe(facts.key) : await describeHeld(bucket, digest);
    if (held === null) throw missing();
  }

  async function collectedUnless<Result>(digest: Digest, run: () => Promise<Result>): Promise<Result> {
    try {
      return await run();
    } catch (cause) {
      if (!isMissing(cause)) throw cause;
      throw weighbridgeError('store/collected', { address: bucket.address, digest }, { cause });
    }
  }

  return {
    async begin() {
      owned ??= beginOwnership(bucket);
      await owned;
      if (known === null || known.condemned?.phase === 'deleting') known = await mendControl(bucket);
      const baseline = known;
      const condemned = new Set(baseline.condemned?.keys);
      const isCondemned = (object: Digest) => keysOf(object).some((key) => condemned.has(key));
      const pins: string[] = [];
      let shared = false;

      async function shares(object: Digest): Promise<void> {
        shared = true;
        if (isCondemned(object)) pins.push(await writePin(bucket, object, null));
      }

      async function isUnchanged(): Promise<boolean> {
        known = await mendControl(bucket);
        return known.revision === baseline.revision && known.condemned?.phase !== 'deleting';
      }

      /** Pins all, then looks whether all is there. */
      async function secure(recipe: Recipe): Promise<void> {
        const objects = objectsOf(recipe);
        pins.push(await writePin(bucket, recipe.digest, recipe));
        known = await settle(new Set([recipeKey(recipe.digest), ...[...objects].flatMap(keysOf)]));
        if ((await findMissing(bucket, objects)) === null) return;
        throw weighbridgeError('store/collected', { address: bucket.address, digest: recipe.digest });
      }

      async function write(recipe: Recipe, place: () => Promise<PlaceOutcome>): Promise<PlaceOutcome> {
        const isSecured = shared && !(await isUnchanged());
        if (isSecured) await secure(recipe);
        const outcome = await place();
        if (shared && !isSecured && !(await isUnchanged())) await secure(recipe);
        if (outcome !== 'created') {
          await collectedUnless(recipe.digest, () => keep(recipe.digest, { trustsAge: outcome === 'present' }));
        }
        return outcome;
      }

      return {
        shares,
        placed: async (object, outcome) => {
          if (outcome !== 'created' || isCondemned(object)) await shares(object);
        },
        async commit(recipe, place) {
          try {
            return await write(recipe, place);
          } finally {
            // The recipe is younger than any collection that could still remove it, or nothing came of the file.
            for (const pin of pins.splice(0)) await bucket.remove(pin);
          }
        },
        async commitObject(digest, outcome) {
          const isNew = outcome === 'created' && !isCondemned(digest);
          if (!isNew) await collectedUnless(digest, () => keep(digest, { trustsAge: outcome === 'present' }));
        },
      };
    },
    keep: (digest) => keep(digest, { trustsAge: true }),
  };
}

/** Where the bytes of an object may lie. */
function keysOf(object: Digest): readonly string[] {
  return [objectKey(object), compressedKey(object)];
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'store/missing';
}
