import { type Digest, weighbridgeError } from '@weighbridge/core';
import { formatDuration } from '@weighbridge/manifest';
import type { ClassedObject, RestoreSpeed, Store, StoreTiers } from '@weighbridge/ports';
import { inParallel } from '../in-parallel.js';
import { formatSize } from '../plan.js';

const looksAtOnce = 16;

/** An object of a version with its class. */
export interface ClassedPart extends ClassedObject {
  readonly object: Digest;
}

/** Every object of some files, each once, with its class. What the store does not hold is left out. */
export async function lookAtObjects(
  store: Pick<Store, 'describe'>,
  tiers: StoreTiers,
  files: readonly Digest[],
): Promise<readonly ClassedPart[]> {
  const layouts = await inParallel(files, looksAtOnce, (file) => store.describe(file));
  const objects = [...new Set(layouts.flatMap((layout) => (layout?.segments ?? []).map(({ object }) => object)))];
  const looked = await inParallel(objects, looksAtOnce, async (object) => ({
    object,
    found: await tiers.look(object),
  }));
  return looked.flatMap(({ object, found }) => (found === null ? [] : [{ ...found, object }]));
}

/** How long a restore of objects takes at most, in words. */
export function waitOf(tiers: StoreTiers, parts: readonly ClassedPart[], speed: RestoreSpeed): string {
  const waitMs = Math.max(0, ...parts.map(({ storageClass }) => tiers.restoreMs(storageClass, speed)));
  return waitMs === 0 ? 'some hours' : formatDuration(waitMs);
}

/**
 * Nothing is begun with files of which a part cannot be read now. Nothing is asked where there are no classes.
 * @throws flow/bytes-cold
 */
export async function requireReadable(
  store: Store,
  files: readonly Digest[],
  { model, version }: { readonly model: string; readonly version: string },
): Promise<void> {
  if (store.tiers === null) return;
  const parts = await lookAtObjects(store, store.tiers, files);
  const cold = parts.filter(({ access }) => access !== 'readable');
  if (cold.length === 0) return;
  const sizeOf = (some: readonly ClassedPart[]) => formatSize(some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  const isAsked = cold.every(({ access }) => access === 'restoring');
  throw weighbridgeError('flow/bytes-cold', {
    model,
    version,
    size: sizeOf(cold),
    of: sizeOf(parts),
    classes: [...new Set(cold.map(({ storageClass }) => storageClass))].join(', '),
    wait: waitOf(store.tiers, cold, 'standard'),
    asked: isAsked ? 'was asked for already and takes' : 'takes',
  });
}
