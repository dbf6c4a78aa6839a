import type { Digest } from '@weighbridge/core';
import type { TiersPolicy } from '@weighbridge/manifest';
import type { Store, StoredObject, StoreTiers } from '@weighbridge/ports';
import { describeStored } from '../stored/describe-stored.js';
import { inParallel } from '../reading/in-parallel.js';
import type { MoveFacts, Wanted } from './plan-moves.js';

const questionsAtOnce = 16;

/** A file that the store cannot tell of, and why. */
export interface UntoldFile {
  readonly digest: Digest;
  /** The version that wants it hottest, `model@version`. */
  readonly version: string;
  /** Code of the error. */
  readonly code: string;
  readonly because: string;
}

/** Everything that moves are planned from, and what could not be told. @throws store/recipe-malformed */
export async function gatherMoveFacts(
  { store, tiers }: { readonly store: Store; readonly tiers: StoreTiers },
  {
    files,
    policy,
    now,
    dryRun,
  }: {
    readonly files: ReadonlyMap<Digest, Wanted>;
    readonly policy: TiersPolicy;
    readonly now: Date;
    /** Removes no notes of restores that are over. */
    readonly dryRun: boolean;
  },
): Promise<{ readonly facts: MoveFacts; readonly untold: readonly UntoldFile[] }> {
  const restored = await tiers.readRestored(now, { prunes: !dryRun });
  const { objectsOf, untold } = await describeFiles(store, files);
  const wanted = new Set([...objectsOf.values()].flat());
  const stored: StoredObject[] = [];
  for await (const object of tiers.list()) if (wanted.has(object.object)) stored.push(object);
  const isArchive = (storageClass: string) => tiers.restoreMs(storageClass, 'standard') > 0;
  return { facts: { files, objectsOf, stored, restored, tiers: policy, isArchive }, untold };
}

/** What each file is made of, and of which the store cannot tell. @throws store/recipe-malformed */
export async function describeFiles(
  store: Store,
  files: ReadonlyMap<Digest, Wanted>,
): Promise<Pick<MoveFacts, 'objectsOf'> & { readonly untold: readonly UntoldFile[] }> {
  const objectsOf = new Map<Digest, readonly Digest[]>();
  const untold: UntoldFile[] = [];
  await inParallel([...files], questionsAtOnce, async ([digest, { sizeBytes, version }]) => {
    const { layout, fault } = await describeStored(store, { digest, sizeBytes });
    objectsOf.set(digest, [...new Set((layout?.segments ?? []).map(({ object }) => object))]);
    if (fault !== null) untold.push({ digest, version, code: fault.code, because: fault.message });
  });
  return { objectsOf, untold };
}
