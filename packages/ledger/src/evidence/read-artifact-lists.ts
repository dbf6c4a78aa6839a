import { type Digest, type Sha256, weighbridgeError } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue } from '../catalogue.js';
import type { ArtifactList } from '../event.js';
import { evidenceBundlePath, evidencePath } from '../log/paths.js';
import { cachedSource, type LogSource } from '../log/source.js';
import { tileWidth } from '../merkle/tile.js';
import { parseArtifactList } from './artifact-list.js';
import { readEvidence } from './read-evidence.js';

type ListedVersion = CatalogueVersion & { readonly listed: ArtifactList };

/**
 * Catalogues with the files of every version, those that a list beside the entry names among them. Costs nothing where
 * there are no such lists. @throws ledger/malformed where a list is missing, or is none
 */
export async function withListedArtifacts(
  source: LogSource,
  catalogues: readonly ModelCatalogue[],
  log: { readonly size: number; readonly sha256: Sha256 },
): Promise<readonly ModelCatalogue[]> {
  const listed = catalogues.flatMap(({ versions }) => versions.filter(isListed));
  if (listed.length === 0) return catalogues;
  const lists = await readLists(source, listed, log);
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

/** By digest, each once. The files that hold them are brought in two trips, and not one by one. */
async function readLists(
  source: LogSource,
  versions: readonly ListedVersion[],
  { size, sha256 }: { readonly size: number; readonly sha256: Sha256 },
): Promise<ReadonlyMap<Digest, Uint8Array | null>> {
  const wanted = new Map(versions.map(({ listed, entry }) => [listed.digest, entry]));
  const near = cachedSource(source);
  const loose = await near.read([...wanted.keys()].map(evidencePath));
  const bundled = [...wanted].filter(([digest]) => !loose.has(evidencePath(digest)));
  await near.read([...new Set(bundled.map(([, entry]) => evidenceBundlePath(Math.floor(entry / tileWidth))))]);
  const lists = new Map<Digest, Uint8Array | null>();
  for (const [digest, entry] of wanted) lists.set(digest, await readEvidence(near, { digest, entry, size }, sha256));
  return lists;
}

function artifactsOf(
  { model }: ModelCatalogue,
  { version, listed }: ListedVersion,
  lists: ReadonlyMap<Digest, Uint8Array | null>,
): CatalogueVersion['artifacts'] {
  const bytes = lists.get(listed.digest) ?? null;
  const parsed = bytes === null ? { fault: 'it is missing' } : parseArtifactList(bytes, listed);
  if ('fault' in parsed) {
    const what = `The list of the files of ${model} ${version} (${listed.digest})`;
    throw weighbridgeError('ledger/malformed', { what, reason: parsed.fault });
  }
  return parsed.value;
}
