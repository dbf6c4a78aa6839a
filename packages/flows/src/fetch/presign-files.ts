import { weighbridgeError } from '@weighbridge/core';
import { formatAddress, readAddress } from '@weighbridge/manifest';
import type { PresignedPart } from '@weighbridge/ports';
import { inParallel } from '../reading/in-parallel.js';
import { openRemote, type PlacedRemote } from '../referenced/measure-remote.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { requireReadable } from '../stored/cold-bytes.js';
import { readMoved } from '../stored/moved-store.js';
import { findContent } from './find-content.js';
import { inStore, type KeptVersion, type StoredVersion, type VersionQuestion } from './find-stored.js';
import { findRecorded } from './referenced-bytes.js';
import { isByReference } from './version-bytes.js';
import { selectFiles, type VersionFile } from './version-files.js';

/** Each is two small requests. */
const looksAtOnce = 8;

/** A file with the addresses that its parts can be read from, in order. */
export interface PresignedFile extends VersionFile {
  readonly parts: readonly PresignedPart[];
}

/** A version with addresses of its files. */
export interface PresignedVersion extends Pick<KeptVersion, 'model' | 'version' | 'notices'> {
  readonly files: readonly PresignedFile[];
}

/**
 * Addresses that let their holder read files of a version without credentials, for a time: of its store, or of the
 * buckets that its manifest referred to, whose objects are looked at before, and their first byte read. They are secrets for that long: whoever
 * shows them shows them to nobody else.
 * @throws as findStored, flow/nothing-selected, flow/bytes-cold, flow/no-addresses, store/missing, store/compressed, source/*
 */
export async function presignFiles(
  surroundings: Surroundings,
  asked: VersionQuestion & { readonly only: string | null; readonly expiresInSeconds: number },
): Promise<PresignedVersion> {
  const kept = await findContent(surroundings, asked);
  const selected = selectFiles(kept.files, asked.only, { model: kept.model, version: kept.version.version });
  return isByReference(kept)
    ? presignReferenced(surroundings, kept, { selected, ...asked })
    : presignStored(inStore(surroundings, kept), { selected, ...asked });
}

interface Presigning {
  readonly selected: readonly VersionFile[];
  readonly expiresInSeconds: number;
}

async function presignStored(
  { model, version, store, isPointed, notices }: StoredVersion,
  { selected, expiresInSeconds }: Presigning,
): Promise<PresignedVersion> {
  const where = { model, version: version.version, store: version.store };
  // An address of what is archived is of no use to whoever gets it.
  if (!isPointed) await requireReadable(store, selected, { model, version: version.version });
  const files: PresignedFile[] = [];
  for (const file of selected) {
    const parts = await readMoved(store, where, () => store.presign(file.digest, { expiresInSeconds }));
    if (parts === null) throw weighbridgeError('flow/no-addresses', { address: store.address });
    files.push({ ...file, parts });
  }
  return { model, version, notices, files };
}

async function presignReferenced(
  surroundings: Surroundings,
  { model, version, notices }: KeptVersion,
  { selected, expiresInSeconds }: Presigning,
): Promise<PresignedVersion> {
  const files = await inParallel(selected, looksAtOnce, async (file): Promise<PresignedFile> => {
    if (file.address === null) throw weighbridgeError('flow/no-addresses', { address: `git, which has ${file.name},` });
    const { address, sizeBytes } = await findRecorded(surroundings, file);
    const url = (await surroundings.remote?.presign?.(address, { expiresInSeconds })) ?? null;
    if (url === null) throw weighbridgeError('flow/no-addresses', { address: formatAddress(address) });
    await requireByte(surroundings, { path: file.path, file: { address, sizeBytes, sha256: null } });
    return { ...file, parts: [{ url, offset: 0, lengthBytes: sizeBytes }] };
  });
  return { model, version, files, notices: [...notices, ...movingNotices(selected)] };
}

/**
 * Whoever signs an address lends its own right to read, and what is in an archive is described like everything else: only
 * reading tells that an address is of use. @throws source/archived, source/gone, source/unread, store/*
 */
async function requireByte(surroundings: Surroundings, placed: PlacedRemote): Promise<void> {
  const source = await openRemote(surroundings, placed);
  try {
    await source.read(0, Math.min(1, source.sizeBytes));
  } finally {
    await source.close();
  }
}

/** Nothing holds a reader to what was looked at now. */
function movingNotices(selected: readonly VersionFile[]): readonly Notice[] {
  const moving = selected.filter(({ address }) => {
    const read = address === null ? null : readAddress(address);
    return read !== null && 'version' in read && read.version === null;
  });
  return moving.map(({ name, address }) => ({
    level: 'notice',
    text: `${name}: the bucket of ${address} keeps no versions; let whoever reads it compare the SHA-256.`,
  }));
}
