import { type Digest, weighbridgeError } from '@weighbridge/core';
import type { CatalogueVersion } from '@weighbridge/ledger';
import type { Snapshot } from '@weighbridge/versioning';
import { parseStoredSnapshot } from './stored-documents.js';
import type { Surroundings } from '../surroundings.js';

/** The snapshot of a registered version, as the ledger holds it. @throws flow/evidence-missing, flow/evidence-malformed */
export async function readSnapshot(
  { ledger }: Pick<Surroundings, 'ledger'>,
  version: CatalogueVersion,
): Promise<Snapshot> {
  const bytes = await ledger.evidence(version.snapshot, version.entry);
  if (bytes === null) throw weighbridgeError('flow/evidence-missing', { digest: version.snapshot });
  return parseStoredSnapshot(bytes, version.snapshot);
}

/**
 * What is kept of the snapshots of many versions, which are read in as few trips as can be. Each is parsed by itself and
 * let go, its bytes too: a hundred large ones would be more than memory holds. @throws as readSnapshot
 */
export async function readFromSnapshots<Kept>(
  { ledger }: Pick<Surroundings, 'ledger'>,
  versions: readonly CatalogueVersion[],
  keep: (snapshot: Snapshot, version: CatalogueVersion) => Kept,
): Promise<ReadonlyMap<CatalogueVersion, Kept>> {
  const bySnapshot = new Map<Digest, CatalogueVersion[]>();
  for (const version of versions) {
    const known = bySnapshot.get(version.snapshot);
    if (known === undefined) bySnapshot.set(version.snapshot, [version]);
    else known.push(version);
  }
  const kept = new Map<CatalogueVersion, Kept>();
  const asked = versions.map(({ snapshot, entry }) => ({ digest: snapshot, entry }));
  await ledger.documents(asked, (digest, bytes) => {
    const snapshot = parseStoredSnapshot(bytes, digest);
    for (const version of bySnapshot.get(digest) ?? []) kept.set(version, keep(snapshot, version));
  });
  const missing = versions.find((version) => !kept.has(version));
  if (missing !== undefined) throw weighbridgeError('flow/evidence-missing', { digest: missing.snapshot });
  return kept;
}
