import { type Digest, parseDigest, weighbridgeError } from '@weighbridge/core';
import { formatDuration } from '@weighbridge/manifest';
import type { ClassedObject, RestoreSpeed, Store, StoreTiers } from '@weighbridge/ports';
import { describeStored } from './describe-stored.js';
import { inParallel } from '../reading/in-parallel.js';
import { formatSize } from '../plan.js';
import type { WholeVersion } from '../registry/version-artifacts.js';

const questionsAtOnce = 16;

/** An object of a version with its class. */
export interface ClassedPart extends ClassedObject {
  readonly object: Digest;
}

/** A file of the ledger. */
export interface LedgerFile {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** The files of a version as the ledger has them. */
export function filesOfEntry({ artifacts }: Pick<WholeVersion, 'artifacts'>): readonly LedgerFile[] {
  return artifacts.map(({ sha256, size }) => ({ digest: parseDigest(`sha256:${sha256}`), sizeBytes: size }));
}

/** Objects of a version of which some cannot be read now. */
export interface ColdBytes {
  readonly size: string;
  readonly of: string;
  readonly classes: string;
  readonly wait: string;
  /** Whether a restore was asked for already, of all of them. */
  readonly isAsked: boolean;
}

/** Every object of some files, each once, with its class. What the store does not hold is left out. */
export async function lookAtObjects(
  store: Pick<Store, 'describe'>,
  tiers: StoreTiers,
  files: readonly LedgerFile[],
): Promise<readonly ClassedPart[]> {
  const told = await inParallel(files, questionsAtOnce, (file) => describeStored(store, file));
  const objects = told.flatMap(({ layout }) => (layout?.segments ?? []).map(({ object }) => object));
  return [...(await tiers.lookAtAll(objects))].map(([object, found]) => ({ ...found, object }));
}

/** How long a restore of objects takes at most, in words. */
export function waitOf(tiers: StoreTiers, parts: readonly ClassedPart[], speed: RestoreSpeed): string {
  const waitMs = Math.max(0, ...parts.map(({ storageClass }) => tiers.restoreMs(storageClass, speed)));
  return waitMs === 0 ? 'some hours' : formatDuration(waitMs);
}

/** What of some files cannot be read now; null when all can. Nothing is asked where nothing is ever archived. */
export async function findCold(store: Store, files: readonly LedgerFile[]): Promise<ColdBytes | null> {
  const { tiers } = store;
  if (tiers === null || tiers.archives.length === 0 || files.length === 0) return null;
  const parts = await lookAtObjects(store, tiers, files);
  const cold = parts.filter(({ access }) => access !== 'readable');
  if (cold.length === 0) return null;
  const sizeOf = (some: readonly ClassedPart[]) => formatSize(some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  return {
    size: sizeOf(cold),
    of: sizeOf(parts),
    classes: [...new Set(cold.map(({ storageClass }) => storageClass))].join(', '),
    wait: waitOf(tiers, cold, 'standard'),
    isAsked: cold.every(({ access }) => access === 'restoring'),
  };
}

/** Nothing is begun with files of which a part cannot be read now. @throws flow/bytes-cold */
export async function requireReadable(
  store: Store,
  files: readonly LedgerFile[],
  about: { readonly model: string; readonly version: string },
): Promise<void> {
  const cold = await findCold(store, files);
  if (cold === null) return;
  const { isAsked, ...told } = cold;
  const asked = isAsked ? 'was asked for already and takes' : 'takes';
  throw weighbridgeError('flow/bytes-cold', { ...about, ...told, asked });
}
