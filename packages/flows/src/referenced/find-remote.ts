import { weighbridgeError } from '@weighbridge/core';
import type { RemoteFile, RemoteListing } from '@weighbridge/ports';
import type { GovernedModel } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import { pathBehind, type WrittenReference } from './written-references.js';

/** A file behind a reference, with the path that it has as an artifact. */
export interface RemoteArtifact {
  readonly path: string;
  /** The reference of the manifest. */
  readonly written: string;
  readonly file: RemoteFile;
}

/** The files behind a reference, or why they are not known, worded as in Pinning. */
export type FoundRemote =
  | { readonly kind: 'files'; readonly files: readonly RemoteArtifact[] }
  | Exclude<RemoteListing, { readonly kind: 'files' }>;

/** Asks what is behind a reference. @throws source/unread for a name that no file of a repository can have */
export async function findRemote(
  { remote }: Surroundings,
  model: GovernedModel,
  { written, reference }: WrittenReference,
): Promise<FoundRemote> {
  if (remote === undefined) return offline;
  const listing = await remote.list(reference);
  if (listing.kind !== 'files') return listing;
  const files = listing.files.map((file) => {
    const path = pathBehind(model, file.name);
    if (path !== null) return { path, written, file };
    const because = `${JSON.stringify(file.name)} is no path that a file of a repository can have`;
    throw weighbridgeError('source/unread', { reference: written, because, remedy: 'Rename it there.' });
  });
  return { kind: 'files', files };
}

const offline: FoundRemote = {
  kind: 'unread',
  because: 'nobody is asked offline',
  remedy: 'Run it without --offline.',
};
