import { type WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import {
  type LockedArtifact,
  nameBehind,
  readReference,
  isRemoteReference,
  type RemoteReference,
  readPath,
  remoteReferenceOf,
} from '@weighbridge/manifest';
import type { GovernedModel } from '../governing/governance.js';
import { isDvcSource } from './dvc/dvc-source.js';

/** An artifact of a manifest that a service keeps. */
export interface WrittenReference {
  readonly written: string;
  readonly reference: RemoteReference;
}

/** The artifacts of a manifest that services keep, in its order. */
export function writtenReferences({ manifest }: GovernedModel): readonly WrittenReference[] {
  return manifest.artifacts.flatMap((written) => {
    const reference = remoteReferenceOf(written);
    return reference === null ? [] : [{ written, reference }];
  });
}

/** The artifacts of a manifest that are in the repository: paths, folders and patterns. */
export function localArtifacts({ manifest }: GovernedModel): readonly string[] {
  return manifest.artifacts.filter((written) => remoteReferenceOf(written) === null);
}

/**
 * What a lock lists of one reference; empty when it does not list it. Whoever wrote the lock may have written anything:
 * an address that is not behind the reference is refused.
 * @throws source/lock-stale, flow/lock-differs
 */
export function lockedBehind(
  model: GovernedModel,
  { written, reference }: WrittenReference,
): readonly LockedArtifact[] {
  const entries = (model.lock?.artifacts ?? []).filter(({ source }) => source !== undefined && !isDvcSource(source));
  const listed = entries.filter(({ source }) => source?.reference === written);
  for (const entry of listed) checkAddress(model, entry, reference);
  checkOneCommit(model, listed);
  const isStale = listed.length === 0 && entries.some(({ source }) => !isWritten(model, source?.reference));
  if (isStale) throw weighbridgeError('source/lock-stale', { ...about(model), reference: written });
  return listed;
}

function checkAddress(model: GovernedModel, { path, source }: LockedArtifact, reference: RemoteReference): void {
  const read = readReference(source?.address ?? '');
  const name = read.ok && isRemoteReference(read.reference) ? nameBehind(reference, read.reference) : null;
  if (name !== null && pathBehind(model, name) === path) return;
  const what = 'its address is not behind the reference of the manifest';
  throw weighbridgeError('flow/lock-differs', { path, what, ...about(model) });
}

/** A branch stands for one commit at a time: files of several were never behind it together. */
function checkOneCommit(model: GovernedModel, listed: readonly LockedArtifact[]): void {
  const [first, ...others] = listed.map(({ path, source }) => ({ path, commit: commitOf(source?.address ?? '') }));
  const other = others.find(({ commit }) => commit !== first?.commit);
  if (other === undefined) return;
  const what = 'its address is at another commit than the other files of its reference';
  throw weighbridgeError('flow/lock-differs', { path: other.path, what, ...about(model) });
}

function commitOf(address: string): string | null {
  const read = readReference(address);
  if (!read.ok) return null;
  const { reference } = read;
  return reference.scheme === 'hf' ? reference.revision : reference.scheme === 'lakefs' ? reference.ref : null;
}

/** A reference at the commit that its entries in a lock are pinned to; null for objects, which have versions of their own. */
export function pinnedAt(reference: RemoteReference, entries: readonly LockedArtifact[]): RemoteReference | null {
  const commit = commitOf(entries[0]?.source?.address ?? '');
  if (commit === null) return null;
  if (reference.scheme === 'hf') return { ...reference, revision: commit };
  return reference.scheme === 'lakefs' ? { ...reference, ref: commit } : null;
}

function isWritten({ manifest }: GovernedModel, reference: string | undefined): boolean {
  return reference !== undefined && manifest.artifacts.includes(reference);
}

/** How messages call the lock and the model. */
export function about({ lockPath, manifest }: GovernedModel): { readonly lock: string; readonly model: string } {
  return { lock: lockPath, model: manifest.name };
}

/** The repository path that a file behind a reference has: below the manifest. Null for names that are no paths. */
export function pathBehind({ folder }: GovernedModel, name: string): string | null {
  const path = folder === '' ? name : `${folder}/${name}`;
  const read = readPath('', path);
  return read.ok && read.path === path ? path : null;
}

/** An error for two artifacts that would have one path. */
export function nameTaken(first: string, second: string, path: string): WeighbridgeError {
  return weighbridgeError('source/name-taken', { first, second, path });
}
