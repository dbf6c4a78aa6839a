import { type Digest, parseDigest } from '@weighbridge/core';
import type { ModelCatalogue } from '@weighbridge/ledger';
import type { TiersPolicy } from '@weighbridge/manifest';
import type { Store, StoredObject, StoreTiers } from '@weighbridge/ports';
import { inParallel } from '../in-parallel.js';
import { versionKey } from '../retention/due-versions.js';
import { type TierFacts, type TierName, tierNames, tierVersions } from './tier-of-version.js';

const questionsAtOnce = 16;

/** Colder classes charge for at least so much, and for each move: what is smaller stays. */
export const leastMovedBytes = 128 * 1024;

/** An object that is to be in another class. */
export interface PlannedMove {
  readonly object: StoredObject;
  readonly tier: TierName;
  readonly to: string;
  /** The version that it is in that tier for, `model@version`: of those that want it hottest, the first registered. */
  readonly version: string;
}

/** What is wanted of a file: its tier, for the version that wants it hottest. */
export interface Wanted {
  readonly tier: TierName;
  readonly version: string;
}

/** What is to be moved, and what is right where it is. */
export interface MovePlan {
  readonly moves: readonly PlannedMove[];
  /** Objects that versions name and that stay. */
  readonly kept: number;
}

/**
 * Which objects are to be moved where. The tier of an object is the hottest of all versions of all models that name any
 * part of it; what no version names is for collections, and is not moved. Of an object that has two forms, none is moved:
 * one of them is about to go. @throws store/recipe-malformed
 */
export async function planMoves(
  { store, tiers, dryRun }: { readonly store: Store; readonly tiers: StoreTiers; readonly dryRun: boolean },
  files: ReadonlyMap<Digest, Wanted>,
  facts: TierFacts,
): Promise<MovePlan> {
  const digests = [...files.keys()];
  const restored = await tiers.readRestored(facts.now, { prunes: !dryRun });
  const layouts = await inParallel(digests, questionsAtOnce, (digest) => store.describe(digest));
  const wanted = new Map<Digest, Wanted>();
  const held = new Set<Digest>();
  for (const [index, digest] of digests.entries()) {
    for (const { object } of layouts[index]?.segments ?? []) {
      keepHottest(wanted, object, files.get(digest) as Wanted);
      if (restored.has(digest)) held.add(object);
    }
  }
  const moves: PlannedMove[] = [];
  let kept = 0;
  for (const { object, isTwofold } of await listObjects(tiers, wanted)) {
    const want = wanted.get(object.object) as Wanted;
    const move = { object, ...want, to: classOf(facts.policy.tiers, want.tier) ?? object.storageClass };
    const isFile = files.has(object.object);
    if (isTwofold || staysPut(move, { tiers, isFile, isHeld: held.has(object.object) })) kept++;
    else moves.push(move);
  }
  return { moves, kept };
}

/** The objects that are wanted, each once: one that has two forms as the one that is read. */
async function listObjects(
  tiers: StoreTiers,
  wanted: ReadonlyMap<Digest, Wanted>,
): Promise<Iterable<{ readonly object: StoredObject; readonly isTwofold: boolean }>> {
  const found = new Map<Digest, { readonly object: StoredObject; readonly isTwofold: boolean }>();
  for await (const object of tiers.list()) {
    if (!wanted.has(object.object)) continue;
    const before = found.get(object.object);
    found.set(object.object, { object: before?.object ?? object, isTwofold: before !== undefined });
  }
  return found.values();
}

/** The files of all versions with the hottest tier that each is wanted in. */
export function wantedFiles(catalogues: readonly ModelCatalogue[], facts: TierFacts): ReadonlyMap<Digest, Wanted> {
  const tiered = catalogues
    .flatMap((catalogue) => tierVersions(catalogue, facts).map((each) => ({ ...each, model: catalogue.model })))
    .sort((left, right) => left.version.entry - right.version.entry);
  const files = new Map<Digest, Wanted>();
  for (const { model, version, tier } of tiered) {
    const want = { tier, version: versionKey(model, version.version) };
    for (const { sha256 } of version.artifacts) keepHottest(files, parseDigest(`sha256:${sha256}`), want);
  }
  return files;
}

function keepHottest(wanted: Map<Digest, Wanted>, digest: Digest, want: Wanted): void {
  const before = wanted.get(digest);
  if (before === undefined || tierNames.indexOf(want.tier) < tierNames.indexOf(before.tier)) wanted.set(digest, want);
}

function classOf({ hot, warm, cold }: TiersPolicy, tier: TierName): string | null {
  if (tier === 'hot') return hot;
  return (tier === 'warm' ? warm : cold)?.class ?? hot;
}

function staysPut(
  { object, tier, to }: PlannedMove,
  { tiers, isFile, isHeld }: { readonly tiers: StoreTiers; readonly isFile: boolean; readonly isHeld: boolean },
): boolean {
  if (object.storageClass === to) return true;
  if (tier === 'hot') return false;
  // What was archived is not restored to be archived elsewhere.
  const isArchive = (storageClass: string) => tiers.restoreMs(storageClass, 'standard') > 0;
  // How long such a file is, only it says itself.
  if (isFile && object.isCompressed && isArchive(to)) return true;
  return isHeld || object.sizeBytes < leastMovedBytes || (isArchive(object.storageClass) && isArchive(to));
}
