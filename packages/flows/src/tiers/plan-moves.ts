import type { Digest } from '@weighbridge/core';
import type { TiersPolicy } from '@weighbridge/manifest';
import type { StoredObject } from '@weighbridge/ports';
import { versionKey } from '../retention/due-versions.js';
import { filesOfEntry } from '../stored/cold-bytes.js';
import { type TierFacts, type TierName, tierNames, tierVersions } from './tier-of-version.js';
import type { WholeCatalogue } from '../registry/version-artifacts.js';

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
  /** As the ledger has it. */
  readonly sizeBytes: number;
}

/** What is to be moved, and what is right where it is. */
export interface MovePlan {
  readonly moves: readonly PlannedMove[];
  /** Objects that versions name and that stay. */
  readonly kept: number;
}

/** What moves are told from. */
export interface MoveFacts {
  readonly files: ReadonlyMap<Digest, Wanted>;
  /** What each file that the store holds is made of. */
  readonly objectsOf: ReadonlyMap<Digest, readonly Digest[]>;
  /** Objects of the store; one that has two forms comes twice, as it is before its compressed form. */
  readonly stored: readonly StoredObject[];
  /** Files that are to stay readable for now. */
  readonly restored: ReadonlySet<Digest>;
  readonly tiers: TiersPolicy;
  /** Whether a class has to be restored before it is read. */
  readonly isArchive: (storageClass: string) => boolean;
}

/**
 * Which objects are to be moved where. The tier of an object is the hottest of all versions of all models that name any
 * part of it; what no version names is for collections, and is not moved. Of an object that has two forms, none is moved:
 * one of them is about to go. It goes only when the object can be read as it is, so that this form comes out of an
 * archive where the object is wanted warmer.
 */
export function planMoves({ files, objectsOf, stored, restored, tiers, isArchive }: MoveFacts): MovePlan {
  const wanted = new Map<Digest, Wanted>();
  const held = new Set<Digest>();
  for (const [file, want] of files) {
    for (const object of objectsOf.get(file) ?? []) {
      keepHottest(wanted, object, want);
      if (restored.has(file)) held.add(object);
    }
  }
  const moves: PlannedMove[] = [];
  let kept = 0;
  for (const { object, isTwofold } of eachObject(stored)) {
    const want = wanted.get(object.object);
    if (want === undefined) continue;
    const { tier, version } = want;
    const move = { object, tier, version, to: classOf(tiers, tier) ?? object.storageClass };
    const waits = isTwofold && (!isArchive(object.storageClass) || isArchive(move.to));
    const about = { isArchive, isFile: files.has(object.object), isHeld: held.has(object.object) };
    if (waits || staysPut(move, about)) kept++;
    else moves.push(move);
  }
  return { moves, kept };
}

/** Each object once: one that has two forms as the first of them. */
function eachObject(
  stored: readonly StoredObject[],
): Iterable<{ readonly object: StoredObject; readonly isTwofold: boolean }> {
  const found = new Map<Digest, { readonly object: StoredObject; readonly isTwofold: boolean }>();
  for (const object of stored) {
    const before = found.get(object.object);
    found.set(object.object, { object: before?.object ?? object, isTwofold: before !== undefined });
  }
  return found.values();
}

/** The files of all versions with the hottest tier that each is wanted in. */
export function wantedFiles(catalogues: readonly WholeCatalogue[], facts: TierFacts): ReadonlyMap<Digest, Wanted> {
  const tiered = catalogues
    .flatMap((catalogue) => tierVersions(catalogue, facts).map((each) => ({ ...each, model: catalogue.model })))
    .sort((left, right) => left.version.entry - right.version.entry);
  const files = new Map<Digest, Wanted>();
  for (const { model, version, tier } of tiered) {
    const want = { tier, version: versionKey(model, version.version) };
    for (const { digest, sizeBytes } of filesOfEntry(version)) keepHottest(files, digest, { ...want, sizeBytes });
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
  { isArchive, isFile, isHeld }: Pick<MoveFacts, 'isArchive'> & { readonly isFile: boolean; readonly isHeld: boolean },
): boolean {
  if (object.storageClass === to) return true;
  if (tier === 'hot') return false;
  // How long such a file is, only it says itself.
  if (isFile && object.isCompressed && isArchive(to)) return true;
  // What was archived is not restored to be archived elsewhere.
  return isHeld || object.sizeBytes < leastMovedBytes || (isArchive(object.storageClass) && isArchive(to));
}
