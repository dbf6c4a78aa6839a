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

/** What is to be moved, and what is right where it is. */
export interface MovePlan {
  readonly moves: readonly PlannedMove[];
  /** Objects that versions name and that stay. */
  readonly kept: number;
}

interface Wanted {
  readonly tier: TierName;
  readonly version: string;
}

/**
 * Which objects are to be moved where. The tier of an object is the hottest of all versions of all models that name any
 * part of it; what no version names is for collections, and is not moved. @throws store/recipe-malformed
 */
export async function planMoves(
  { store, tiers, dryRun }: { readonly store: Store; readonly tiers: StoreTiers; readonly dryRun: boolean },
  catalogues: readonly ModelCatalogue[],
  facts: TierFacts,
): Promise<MovePlan> {
  const files = wantedFiles(catalogues, facts);
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
  for await (const object of tiers.list()) {
    const want = wanted.get(object.object);
    if (want === undefined) continue;
    const move = { object, ...want, to: classOf(facts.policy.tiers, want.tier) };
    if (staysPut(move, { tiers, isHeld: held.has(object.object) })) kept++;
    else moves.push(move);
  }
  return { moves, kept };
}

function wantedFiles(catalogues: readonly ModelCatalogue[], facts: TierFacts): ReadonlyMap<Digest, Wanted> {
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

function classOf({ hot, warm, cold }: TiersPolicy, tier: TierName): string {
  if (tier === 'hot') return hot;
  return (tier === 'warm' ? warm : cold)?.class ?? hot;
}

function staysPut(
  { object, tier, to }: PlannedMove,
  { tiers, isHeld }: { readonly tiers: StoreTiers; readonly isHeld: boolean },
): boolean {
  if (object.storageClass === to) return true;
  if (tier === 'hot') return false;
  // What was archived is not restored to be archived elsewhere.
  const isArchive = (storageClass: string) => tiers.restoreMs(storageClass, 'standard') > 0;
  return isHeld || object.sizeBytes < leastMovedBytes || (isArchive(object.storageClass) && isArchive(to));
}
