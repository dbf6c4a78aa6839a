import {
  compareVersions,
  type Digest,
  isDigest,
  isModelName,
  type ModelName,
  parseModelName,
  satisfiesRange,
  type Version,
} from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import type { Snapshot } from '@weighbridge/versioning';
import type { Surroundings } from '../surroundings.js';

/** What a name and a range stand for in this registry now. */
export interface ResolvedPart {
  readonly model: string;
  readonly range: string;
  /** Null where nothing fits. */
  readonly version: Version | null;
  readonly identity: Digest | null;
  /** The versions that there are, newest first; empty for a model that has none. */
  readonly known: readonly Version[];
}

/** A version of this registry that another one is built on. */
export interface LockedPart {
  readonly model: ModelName;
  readonly version: Version;
  readonly identity: Digest;
}

/** What a snapshot is locked to: its parts and its base, as far as they are versions of this registry. */
export function lockedParts({ base, uses }: Snapshot): readonly LockedPart[] {
  const parts = uses.flatMap(({ model, version, identity }) =>
    version === null || identity === null ? [] : [{ model, version, identity }],
  );
  if (base === null || base.version === null || base.content === null) return parts;
  const model = parseModelName(base.model.replace(/^registry:/, ''));
  return [...parts, { model, version: base.version, identity: base.content }];
}

/**
 * The newest version that lies in a range, or has the identity that stands in place of one. Versions that were given up,
 * archived or frozen by a rollback are passed over, prereleases unless the range names one. A version that is about to
 * be registered counts as well; on an older line it need not be the newest.
 */
export async function resolvePart(
  { ledger, provisional }: Pick<Surroundings, 'ledger' | 'provisional'>,
  model: string,
  range: string,
): Promise<ResolvedPart> {
  const catalogue = isModelName(model) ? await ledger.catalogue(model) : null;
  const usable = usableVersions(catalogue);
  const fits = ({ version, identity }: { readonly version: Version; readonly identity: Digest }): boolean =>
    isDigest(range) ? identity === range : satisfiesRange(version, range);
  const coming = provisional?.get(model);
  const held = usable.find(fits);
  const isNewest =
    coming !== undefined && fits(coming) && (held === undefined || compareVersions(coming.version, held.version) > 0);
  const newest = isNewest ? coming : held;
  const known = usable.map(({ version }) => version);
  return { model, range, version: newest?.version ?? null, identity: newest?.identity ?? null, known };
}

/** Versions that others may be built on, newest first: not those whose bytes are given up, either. */
export function usableVersions(catalogue: ModelCatalogue | null): CatalogueVersion[] {
  const frozen = new Set(catalogue?.frozen.map(({ identity }) => identity));
  return (catalogue?.versions ?? [])
    .filter(({ deprecated, archived, released }) => !deprecated && !archived && released === undefined)
    .filter(({ identity }) => !frozen.has(identity))
    .sort((left, right) => compareVersions(right.version, left.version));
}
