import { weighbridgeError } from '@weighbridge/core';
import { formatAddress, isImmutableReference, type LockedArtifact } from '@weighbridge/manifest';
import { type ArtifactFile, fromLock } from '../artifacts/artifact-file.js';
import type { GovernedModel } from '../governing/governance.js';
import { inParallel } from '../reading/in-parallel.js';
import type { Reading } from '../artifacts/measure-file.js';
import type { Surroundings } from '../surroundings.js';
import { isDvcSource } from './dvc/dvc-source.js';
import { findRemote, type RemoteArtifact } from './find-remote.js';
import { measureRemote } from './measure-remote.js';
import { about, lockedBehind, nameTaken, type WrittenReference, writtenReferences } from './written-references.js';

/** Each has pieces of its own in memory. */
export const maxFilesAtOnce = 4;

/**
 * The artifacts of a model that services keep: as the lock tells them, and then nobody is asked; else as they are there
 * now, by their headers. `references: 'anew'` asks of each and reads what is needed for the lock.
 * @throws source/*, store/*, formats/*, flow/lock-differs
 */
export async function readReferenced(
  surroundings: Surroundings,
  model: GovernedModel,
  reading: Reading,
): Promise<readonly ArtifactFile[]> {
  const references = writtenReferences(model);
  if (reading.references === 'anew') return readAnew(surroundings, model, { reading, references });
  const locked = references.map((reference) => ({ reference, entries: lockedBehind(model, reference) }));
  const unlocked = locked.filter(({ entries }) => entries.length === 0).map(({ reference }) => reference);
  return [
    ...locked.flatMap(({ entries }) => entries.map(fromLock)),
    ...(await readUnlocked(surroundings, model, unlocked)),
  ];
}

/** @throws source/not-locked where the job may not read it, source/unread where there is nothing */
async function readUnlocked(
  surroundings: Surroundings,
  model: GovernedModel,
  references: readonly WrittenReference[],
): Promise<readonly ArtifactFile[]> {
  const { remote, unlocked } = surroundings;
  const found: RemoteArtifact[] = [];
  const [first] = references;
  const tooMuch = () =>
    weighbridgeError('source/not-locked', { ...beyond, reference: first?.written ?? '', ...about(model) });
  for (const reference of references) {
    unlocked?.take(1, tooMuch);
    const listing = await findRemote(surroundings, model, reference);
    if (listing.kind === 'files') found.push(...listing.files);
    else {
      const { kind, because, remedy } = listing;
      const told = { reference: reference.written, because, remedy };
      if (kind === 'absent') throw weighbridgeError('source/unread', told);
      throw weighbridgeError('source/not-locked', { ...told, ...about(model) });
    }
  }
  checkDistinct(found);
  const bounded = remote === undefined || unlocked === undefined ? remote : unlocked.bound(remote, tooMuch);
  const reading = bounded === undefined ? surroundings : { ...surroundings, remote: bounded };
  const read = async () => {
    unlocked?.take(found.length, tooMuch);
    return inParallel(found, maxFilesAtOnce, async (each) => {
      const measured = await measureRemote(reading, each, { beside: found, bytes: 'headers', staging: null });
      return remoteFile(each, measured);
    });
  };
  return unlocked === undefined ? read() : unlocked.once(found, read);
}

const beyond = {
  because: 'a change of a fork has no more files and bytes read for it that no lock lists',
  remedy: 'Or open the change from a branch of this repository.',
};

async function readAnew(
  surroundings: Surroundings,
  model: GovernedModel,
  { reading, references }: { readonly reading: Reading; readonly references: readonly WrittenReference[] },
): Promise<readonly ArtifactFile[]> {
  const found: RemoteArtifact[] = [];
  for (const reference of references) {
    const listing = await findRemote(surroundings, model, reference);
    if (listing.kind === 'files') found.push(...listing.files);
    else {
      const { because, remedy } = listing;
      throw weighbridgeError('source/unread', { reference: reference.written, because, remedy });
    }
  }
  checkDistinct(found);
  const staging = model.manifest.store === 'copy' ? (reading.staging ?? null) : null;
  return inParallel(found, maxFilesAtOnce, async (each) => {
    const known = await knownFile(surroundings, model, each);
    if (known !== null) return known;
    return remoteFile(each, await measureRemote(surroundings, each, { beside: found, bytes: 'needed', staging }));
  });
}

/** A file that is kept elsewhere, by the reference that the lock is to have. */
type MeasuredArtifact = Pick<RemoteArtifact, 'path' | 'written'> & {
  readonly file: Omit<RemoteArtifact['file'], 'name'>;
};

/** What the lock has of the very same object already; null where it has to be read, or to be stored. */
export async function knownFile(
  { store }: Surroundings,
  { lock, manifest }: GovernedModel,
  { path, written, file }: MeasuredArtifact,
): Promise<ArtifactFile | null> {
  const entry = lock?.artifacts.find((each) => each.path === path && isSame(each, written, file));
  if (entry === undefined) return null;
  const known = fromLock(entry);
  if (file.sha256 !== null && file.sha256 !== known.sha256) return null;
  if (manifest.store === 'reference') return { ...known, store: null };
  if (store === null || known.sha256 === null || !(await store.has(known.sha256))) return null;
  return { ...known, store: store.address };
}

function isSame({ source, size }: LockedArtifact, written: string, file: MeasuredArtifact['file']): boolean {
  const address = formatAddress(file.address);
  const isImmutable = file.address.scheme !== 'file' && isImmutableReference(file.address);
  // What DVC keeps is called after what it is.
  const isFixed = isImmutable || file.sha256 !== null || isDvcSource({ reference: written });
  return isFixed && source?.reference === written && source.address === address && size === file.sizeBytes;
}

/** What was measured of a file that is kept elsewhere. */
export function remoteFile(
  { path, written, file }: MeasuredArtifact,
  measured: Awaited<ReturnType<typeof measureRemote>>,
): ArtifactFile {
  const source = { reference: written, address: formatAddress(file.address) };
  return { ...measured, path, from: 'remote', store: null, source };
}

function checkDistinct(found: readonly RemoteArtifact[]): void {
  const first = new Map<string, string>();
  for (const { path, written } of found) {
    const before = first.get(path);
    if (before !== undefined) throw nameTaken(before, written, path);
    first.set(path, written);
  }
}
