import { isGlob, matchGlob } from '../glob.js';
import { isImmutableReference } from './immutable-reference.js';
import { parseReference } from './parse-reference.js';
import type { Reference, ReferenceScheme } from './reference.js';

/** What artifacts can be behind: all but paths are kept by somebody else. */
export const artifactSchemes = ['path', 's3', 'gs', 'az', 'hf', 'lakefs'] as const;

/** A reference to files that a service keeps. */
export type RemoteReference = Extract<Reference, { readonly scheme: 's3' | 'gs' | 'az' | 'hf' | 'lakefs' }>;

/** Whether references of a kind can name artifacts. */
export function isArtifactScheme(scheme: ReferenceScheme): boolean {
  return (artifactSchemes as readonly string[]).includes(scheme);
}

/** Whether a reference is to files that a service keeps. */
export function isRemoteReference(reference: Reference): reference is RemoteReference {
  return isArtifactScheme(reference.scheme) && reference.scheme !== 'path';
}

/** The remote reference that an artifact of a manifest is; null for what is in the repository. @throws manifest/reference */
export function remoteReferenceOf(written: string): RemoteReference | null {
  const reference = parseReference(written);
  return isRemoteReference(reference) ? reference : null;
}

/** What a reference asks a service for: one path, or everything in a folder that a pattern matches. */
export type RemoteSelection =
  | { readonly kind: 'file'; readonly path: string }
  | {
      readonly kind: 'files';
      /** With a slash at its end, or empty for all. */
      readonly folder: string;
      /** The name below the folder, or null for what the pattern does not match. */
      readonly nameOf: (path: string) => string | null;
    };

/**
 * How the path of a reference selects files: a path with `*` or `?` those that match, with a slash at its end, or empty,
 * all below it, every other path the file itself. A file is called by what follows the last folder that is spelled out,
 * so that the next run's files have the names of those before.
 */
export function selectRemote(path: string): RemoteSelection {
  if (path !== '' && !path.endsWith('/') && !isGlob(path)) return { kind: 'file', path };
  const parts = path.split('/').slice(0, -1);
  const glob = parts.findIndex((part) => isGlob(part));
  const folder = (glob === -1 ? parts : parts.slice(0, glob)).map((part) => `${part}/`).join('');
  return {
    kind: 'files',
    folder,
    nameOf: (found) => {
      if (!found.startsWith(folder) || found === folder || found.endsWith('/')) return null;
      return isGlob(path) && !matchGlob(path.endsWith('/') ? `${path}**/*` : path, found)
        ? null
        : found.slice(folder.length);
    },
  };
}

/** The name of one file: the last part of its path. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * What a reference calls the file at an address, as selectRemote cuts it; null when the file is not behind the reference,
 * or when the address can move, other than an object of a bucket without versions.
 */
export function nameBehind(reference: RemoteReference, address: RemoteReference): string | null {
  if (!isSamePlace(reference, address)) return null;
  const [path, found] = [pathIn(reference), pathIn(address)];
  if (found === '' || isGlob(found) || found.endsWith('/')) return null;
  const selection = selectRemote(path);
  if (selection.kind === 'files') return selection.nameOf(found);
  return found === path ? lastPart(path) : null;
}

function isSamePlace(reference: RemoteReference, address: RemoteReference): boolean {
  switch (reference.scheme) {
    case 's3':
    case 'gs':
    case 'az':
      return (
        address.scheme === reference.scheme &&
        address.bucket === reference.bucket &&
        (reference.version ?? address.version) === address.version
      );
    case 'hf':
      return (
        address.scheme === 'hf' &&
        address.type === reference.type &&
        address.repository === reference.repository &&
        isFixed(reference, address)
      );
    case 'lakefs':
      return address.scheme === 'lakefs' && address.repository === reference.repository && isFixed(reference, address);
  }
}

function isFixed(reference: Reference, address: Reference): boolean {
  if (!isImmutableReference(address)) return false;
  if (!isImmutableReference(reference)) return true;
  return revisionOf(reference) === revisionOf(address);
}

function revisionOf(reference: Reference): string | null {
  return reference.scheme === 'hf' ? reference.revision : reference.scheme === 'lakefs' ? reference.ref : null;
}

function pathIn(reference: RemoteReference): string {
  return 'key' in reference ? reference.key : (reference.path ?? '');
}
