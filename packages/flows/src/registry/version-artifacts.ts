import { weighbridgeError } from '@weighbridge/core';
import {
  type CatalogueVersion,
  isListed,
  type ModelCatalogue,
  parseArtifactList,
  type RegisteredArtifact,
} from '@weighbridge/ledger';
import type { LedgerLog } from '@weighbridge/ports';

/** A version whose files are at hand, however many they are. */
export type WholeVersion = CatalogueVersion & { readonly artifacts: readonly RegisteredArtifact[] };

/** A catalogue whose versions all have their files at hand. */
export interface WholeCatalogue extends ModelCatalogue {
  readonly versions: readonly WholeVersion[];
}

/** Whether a version has any artifact: prompts, retrieval configurations and systems have none. */
export function hasArtifacts({ artifacts }: Pick<CatalogueVersion, 'artifacts'>): boolean {
  return isListed(artifacts) || artifacts.length > 0;
}

/**
 * The files of a version. Where they are so many that the entry names a list, that list is read from the ledger.
 * @throws ledger/malformed where it is missing or is none
 */
export async function artifactsOf(
  ledger: Pick<LedgerLog, 'evidence'>,
  { artifacts, entry, tag }: Pick<CatalogueVersion, 'artifacts' | 'entry' | 'tag'>,
): Promise<readonly RegisteredArtifact[]> {
  if (!isListed(artifacts)) return artifacts;
  const bytes = await ledger.evidence(artifacts.digest, entry);
  const parsed = bytes === null ? { fault: 'it is missing' } : parseArtifactList(bytes, artifacts);
  if (!('fault' in parsed)) return parsed.value;
  const what = `The list of the files of ${tag} (${artifacts.digest})`;
  throw weighbridgeError('ledger/malformed', { what, reason: parsed.fault });
}

/** A version with its files. @throws as artifactsOf */
export async function wholeVersion(
  ledger: Pick<LedgerLog, 'evidence'>,
  version: CatalogueVersion,
): Promise<WholeVersion> {
  return { ...version, artifacts: await artifactsOf(ledger, version) };
}

/** A catalogue with the files of all versions, which costs a document for each list. @throws as artifactsOf */
export async function wholeCatalogue(
  ledger: Pick<LedgerLog, 'evidence'>,
  catalogue: ModelCatalogue,
): Promise<WholeCatalogue> {
  const versions: WholeVersion[] = [];
  for (const version of catalogue.versions) versions.push(await wholeVersion(ledger, version));
  return { ...catalogue, versions };
}
