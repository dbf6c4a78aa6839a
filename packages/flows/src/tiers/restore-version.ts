import type { ModelName } from '@weighbridge/core';
import type { RestoreSpeed } from '@weighbridge/ports';
import { describeStored } from '../stored/describe-stored.js';
import { findStored, type StoredVersion, type VersionQuestion } from '../fetch/find-stored.js';
import { formatTime } from '../events.js';
import { formatCount } from '../format-count.js';
import { inParallel } from '../reading/in-parallel.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { type ClassedPart, lookAtObjects, waitOf } from '../stored/cold-bytes.js';

const asksAtOnce = 16;
const dayMs = 24 * 60 * 60 * 1000;
const betweenLooksMs = 60_000;

/** Which version is to be readable, for how long and how soon. */
export interface RestoreRequest extends VersionQuestion {
  readonly days: number;
  readonly speed: RestoreSpeed;
  readonly dryRun: boolean;
  /** Passes time while the restore is under way; null for who does not wait. */
  readonly pause: ((durationMs: number) => Promise<unknown>) | null;
}

/** What became of a restore, in objects and bytes. */
export interface Restore {
  readonly model: ModelName;
  readonly version: string;
  /** That could be read already. */
  readonly readable: { readonly objects: number; readonly sizeBytes: number };
  /** That were archived. */
  readonly cold: { readonly objects: number; readonly sizeBytes: number };
  /** Of the cold ones, those that cannot be read yet. */
  readonly waiting: number;
  /** How long it takes at most, in words. */
  readonly wait: string;
  readonly notices: readonly Notice[];
}

/**
 * Asks for the archived objects of a version. They stay readable for so many days, also where the service restores for
 * good: no run of `store tier` moves them before. Asking again goes on where it was.
 * @throws as findStored, store/*
 */
export async function restoreVersion(surroundings: Surroundings, request: RestoreRequest): Promise<Restore> {
  const found = await findStored(surroundings, request);
  const { store, files } = found;
  const { tiers } = store;
  if (tiers === null) return nothingCold(found);
  const distinct = new Map(files.map((file) => [file.digest, file]));
  const digests = [...distinct.keys()];
  const parts = await lookAtObjects(store, tiers, [...distinct.values()]);
  const cold = parts.filter(({ access }) => access !== 'readable');
  let waiting: readonly ClassedPart[] = cold;
  if (!request.dryRun) {
    const until = formatTime(new Date(surroundings.clock.now().getTime() + request.days * dayMs));
    for (const digest of digests) await tiers.noteRestored(digest, until);
    // Those that are readable for a time only are asked for as well, to last as long as the others.
    const temporary = parts.filter(({ readableUntil }) => readableUntil !== null);
    await inParallel([...cold, ...temporary], asksAtOnce, ({ object }) => tiers.restore(object, request));
    waiting = await stillCold(surroundings, { tiers, cold, pause: request.pause });
  }
  const sumOf = (some: readonly ClassedPart[]) => ({
    objects: some.length,
    sizeBytes: some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  });
  return {
    model: found.model,
    version: found.version.version,
    readable: sumOf(parts.filter(({ access }) => access === 'readable')),
    cold: sumOf(cold),
    waiting: waiting.length,
    wait: waitOf(tiers, cold, request.speed),
    notices: found.notices,
  };
}

/** Without storage classes all can be read as it lies. */
async function nothingCold({ model, version, store, files, notices }: StoredVersion): Promise<Restore> {
  const layouts = await inParallel(files, asksAtOnce, (file) => describeStored(store, file));
  const objects = new Set(layouts.flatMap(({ layout }) => (layout?.segments ?? []).map(({ object }) => object)));
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const text = `${store.address} has no storage classes: nothing in it can be in cold storage.`;
  return {
    model,
    version: version.version,
    readable: { objects: objects.size, sizeBytes },
    cold: { objects: 0, sizeBytes: 0 },
    waiting: 0,
    wait: '',
    notices: [...notices, { level: 'notice', text }],
  };
}

interface Waiting extends Pick<RestoreRequest, 'pause'> {
  readonly tiers: NonNullable<NonNullable<Surroundings['store']>['tiers']>;
  readonly cold: readonly ClassedPart[];
}

async function stillCold(surroundings: Surroundings, { tiers, cold, pause }: Waiting): Promise<readonly ClassedPart[]> {
  let left = cold;
  for (;;) {
    const looked = await inParallel(left, asksAtOnce, async (part) => ({ part, now: await tiers.look(part.object) }));
    left = looked.filter(({ now }) => now !== null && now.access !== 'readable').map(({ part }) => part);
    if (left.length === 0 || pause === null) return left;
    surroundings.progress(
      `Restoring: ${cold.length - left.length} of ${formatCount(cold.length, 'object')} can be read`,
    );
    await pause(betweenLooksMs);
  }
}
