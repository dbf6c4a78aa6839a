import { compareVersions, isPrerelease, parseModelName, type Version, weighbridgeError } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import { findVersion } from './history.js';
import { unknownOrNotRegistered } from './not-registered.js';
import type { Surroundings } from '../surroundings.js';

/** A registered version with its place in the catalogue. */
export interface FoundVersion {
  readonly catalogue: ModelCatalogue;
  readonly version: CatalogueVersion;
}

/**
 * The version that is asked for, as findVersion takes it; null for the newest release.
 * @throws core/model-name, flow/unknown-model, flow/unknown-version, flow/not-registered, flow/ledger-missing
 */
export async function findRegistered(
  surroundings: Pick<Surroundings, 'ledger' | 'repository' | 'workTree'>,
  asked: { readonly model: string; readonly version: string | null },
): Promise<FoundVersion> {
  const model = parseModelName(asked.model);
  const catalogue = await surroundings.ledger.catalogue(model);
  if (catalogue === null) throw await unknownOrNotRegistered(surroundings, model);
  const wanted = asked.version ?? newestVersion(catalogue);
  if (wanted === null) throw weighbridgeError('flow/not-registered', { model });
  return { catalogue, version: findVersion(model, catalogue, wanted) };
}

/** The highest release that is not given up; a candidate where there is none; null where all are given up. */
export function newestVersion({ versions }: ModelCatalogue): Version | null {
  const kept = versions.filter(({ deprecated }) => !deprecated);
  const finals = kept.filter(({ version }) => !isPrerelease(version));
  const ordered = (finals.length > 0 ? finals : kept).toSorted((left, right) =>
    compareVersions(right.version, left.version),
  );
  return ordered[0]?.version ?? null;
}
