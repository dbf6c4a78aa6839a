import { weighbridgeError } from '@weighbridge/core';
import type { PresignedPart } from '@weighbridge/ports';
import type { Surroundings } from '../surroundings.js';
import { requireReadable } from '../tiers/cold-bytes.js';
import { findStored, type StoredVersion, type VersionQuestion } from './find-stored.js';
import { selectFiles, type VersionFile } from './version-files.js';

/** A file with the addresses that its parts can be read from, in order. */
export interface PresignedFile extends VersionFile {
  readonly parts: readonly PresignedPart[];
}

/**
 * Addresses that let their holder read files of a version without credentials, for a time. They are secrets for that
 * long: whoever shows them shows them to nobody else.
 * @throws as findStored, flow/nothing-selected, flow/bytes-cold, flow/no-addresses, store/missing, store/compressed
 */
export async function presignFiles(
  surroundings: Surroundings,
  asked: VersionQuestion & { readonly only: string | null; readonly expiresInSeconds: number },
): Promise<Omit<StoredVersion, 'store' | 'files' | 'isPointed'> & { readonly files: readonly PresignedFile[] }> {
  const { model, version, store, files, isPointed, notices } = await findStored(surroundings, asked);
  const about = { model, version: version.version };
  const selected = selectFiles(files, asked.only, about);
  // An address of what is archived is of no use to whoever gets it.
  if (!isPointed) await requireReadable(store, selected, about);
  const presigned: PresignedFile[] = [];
  for (const file of selected) {
    const parts = await store.presign(file.digest, { expiresInSeconds: asked.expiresInSeconds });
    if (parts === null) throw weighbridgeError('flow/no-addresses', { address: store.address });
    presigned.push({ ...file, parts });
  }
  return { model, version, notices, files: presigned };
}
