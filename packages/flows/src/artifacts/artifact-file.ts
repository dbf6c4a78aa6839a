import { type Digest, type JsonObject, parseDigest, weighbridgeError } from '@weighbridge/core';
import type { ArtifactHeader, ModelDocument } from '@weighbridge/formats';
import type { ArtifactSource, LockedArtifact } from '@weighbridge/manifest';
import type { Measured } from './measure-file.js';

/** One artifact file, as the bytes at hand or the lock tell it. */
export interface ArtifactFile extends Measured {
  /** Relative to the repository root. */
  readonly path: string;
  /** Where the bytes are: among the model's files, known from the lock or a pointer only, or with a service. */
  readonly from: 'checkout' | 'lock' | 'remote';
  /** The store that the lock names. */
  readonly store: string | null;
  /** Of a file behind a reference, where it was found; null for files of the repository. */
  readonly source: ArtifactSource | null;
}

/** @throws formats/inflation-budget where a header was not read */
export function requireLookedInto(files: readonly Pick<Measured, 'unread'>[]): void {
  const unread = files.find((file) => file.unread !== undefined)?.unread;
  if (unread !== undefined) throw unread;
}

/** The digest of a locked file, written with its prefix or without. */
export function lockedDigest({ sha256 }: Pick<LockedArtifact, 'sha256'>): Digest {
  return parseDigest(`sha256:${sha256.replace(/^sha256:/, '')}`);
}

/** What a lock tells of a file. */
export function fromLock(locked: LockedArtifact): ArtifactFile {
  const tensors: Record<string, Digest> = {};
  for (const [name, digest] of Object.entries(locked.tensors)) tensors[name] = parseDigest(digest);
  return {
    path: locked.path,
    size: locked.size,
    sha256: lockedDigest(locked),
    header: locked.header as unknown as ArtifactHeader | null,
    tensors,
    document: (locked.document ?? null) as unknown as ModelDocument | null,
    from: 'lock',
    store: locked.store,
    source: locked.source ?? null,
  };
}

/**
 * The lock's entry for a measured file. What was not looked into is never written down as a file without a header: a
 * pickle would pass for something unknown. @throws formats/inflation-budget
 */
export function lockArtifact(file: ArtifactFile, store: string | null): LockedArtifact {
  requireLookedInto([file]);
  if (file.sha256 === null)
    throw weighbridgeError('core/invariant', { reason: 'a file was locked without its digest' });
  return {
    path: file.path,
    size: file.size,
    sha256: file.sha256,
    header: file.header === null ? null : (lockedHeader(file.header) as unknown as JsonObject),
    tensors: file.tensors,
    document: file.document as unknown as JsonObject | null,
    store,
    ...(file.source === null ? {} : { source: file.source }),
  };
}

/** Positions and reads are about one file on one disk, not about the model. */
function lockedHeader(header: ArtifactHeader): ArtifactHeader {
  const tensors = header.tensors.map(({ name, dtype, shape }) => ({ name, dtype, shape, location: null }));
  return { ...header, tensors, bytesRead: 0 };
}
