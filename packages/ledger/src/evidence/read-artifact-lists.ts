import { type Digest, type Sha256, weighbridgeError } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue } from '../catalogue.js';
import type { ArtifactList } from '../event.js';
import type { LogSource } from '../log/source.js';
import { parseArtifactList } from './artifact-list.js';
import { readEvidence } from './read-evidence.js';

type ListedVersion = CatalogueVersion & { readonly listed: ArtifactList };

/**
 * Catalogues with the files of every version, those that a list beside the entry names among them. Costs nothing where
 * there are no such lists. @throws ledger/malformed where a list is missing, or is none
 */
export async function withListedArtifacts(
  source: Pick<LogSource, 'read' | 'has'>,
  catalogues: readonly ModelCatalogue[],
  log: { readonly size: number; readonly sha256: Sha256 },
): Promise<readonly ModelCatalogue[]> {
  const listed = catalogues.flatMap(({ versions }) => versions.filter(isListed));
  if (listed.length === 0) return catalogues;
  const asked = listed.map(({ listed: { digest }, entry }) => ({ digest, entry }));
  const lists = await readEvidence(source, asked, log);
  return catalogues.map((catalogue) => ({
    ...catalogue,
    versions: catalogue.versions.map((version) =>
      isListed(version) ? { ...version, artifacts: artifactsOf(catalogue, version, lists) } : version,
    ),
  }));
}

function isListed(version: CatalogueVersion): version is ListedVersion {
  return version.listed !== undefined;
}

function artifactsOf(
  { model }: ModelCatalogue,
  { version, listed }: ListedVersion,
  lists: ReadonlyMap<Digest, Uint8Array>,
): CatalogueVersion['artifacts'] {
  const bytes = lists.get(listed.digest);
  const parsed = bytes === undefined ? { fault: 'it is missing' } : parseArtifactList(bytes, listed);
  if ('fault' in parsed) {
    const what = `The list of the files of ${model} ${version} (${listed.digest})`;
    throw weighbridgeError('ledger/malformed', { what, reason: parsed.fault });
  }
  return parsed.value;
}
