import { type Digest, type JsonObject, parseDigest, weighbridgeError } from '@weighbridge/core';
import type { ArtifactHeader, ModelDocument } from '@weighbridge/formats';
import { isGlob, type LockedArtifact, matchGlob, resolveManifestPath } from '@weighbridge/manifest';
import type { Files } from './files.js';
import type { GovernedModel } from './governance.js';
import { type LfsPointer, maxPointerBytes, parseLfsPointer } from './lfs-pointer.js';
import { inParallel } from './in-parallel.js';
import { type Measured, measureFile, readDocument, type Reading, readWhole } from './measure-file.js';
import type { Surroundings } from './surroundings.js';

/** Small files wait for the store and not for the disk; of large ones a store takes as few as it likes. */
const maxFilesAtOnce = 16;

/** One artifact file, as the bytes at hand or the lock tell it. */
export interface ArtifactFile extends Measured {
  /** Relative to the repository root. */
  readonly path: string;
  /** Where the bytes are: among the model's files, or known from the lock or a pointer only. */
  readonly from: 'checkout' | 'lock';
  /** The store that the lock names. */
  readonly store: string | null;
}

/**
 * Every artifact file of a model: what its patterns match among its files (ignored ones too, since weights often
 * are) or in artifacts.lock. A file whose tensors lie in another one is read together with it only where that is an
 * artifact, too: what nobody names is neither watched nor kept.
 * @throws flow/pattern-matches-nothing, flow/artifact-missing, and format/* for a broken header
 */
export async function readArtifactFiles(
  surroundings: Surroundings,
  model: GovernedModel,
  reading: Reading,
): Promise<readonly ArtifactFile[]> {
  const paths = await expandPatterns(model, model.manifest.artifacts, { ignored: true });
  const named = new Set(paths);
  const beside: Beside = { open: async (path) => (named.has(path) ? model.files.open(path) : null) };
  return inParallel(paths, maxFilesAtOnce, (path) => readArtifactFile(surroundings, model, path, { reading, beside }));
}

type Beside = Pick<Files, 'open'>;

async function readArtifactFile(
  surroundings: Surroundings,
  model: GovernedModel,
  path: string,
  { reading, beside }: { readonly reading: Reading; readonly beside: Beside },
): Promise<ArtifactFile> {
  const locked = model.lock?.artifacts.find((artifact) => artifact.path === path) ?? null;
  const source = await model.files.open(path);
  if (source === null) {
    if (locked === null) throw weighbridgeError('flow/artifact-missing', { path });
    return fromLock(locked);
  }
  try {
    const pointer = source.sizeBytes > maxPointerBytes ? null : parseLfsPointer(await readWhole(source));
    if (pointer !== null) return fromPointer(path, pointer, locked);
    if (reading.depth === 'headers' && locked?.size === source.sizeBytes) {
      const known = fromLock(locked);
      return { ...known, document: known.document ?? (await readDocument(surroundings, source)), from: 'checkout' };
    }
    const staging = model.manifest.store === 'copy' ? (reading.staging ?? null) : null;
    const measured = await measureFile(surroundings, beside, source, { depth: reading.depth, staging });
    return { ...measured, path, from: 'checkout', store: locked?.store ?? null };
  } finally {
    await source.close();
  }
}

/** A Git LFS pointer stands for the bytes that it names; what the header says is known from the lock only. */
function fromPointer(path: string, pointer: LfsPointer, locked: LockedArtifact | null): ArtifactFile {
  if (locked !== null && fromLock(locked).sha256 === pointer.sha256) return fromLock(locked);
  return {
    path,
    size: pointer.sizeBytes,
    sha256: pointer.sha256,
    header: null,
    tensors: {},
    document: null,
    from: 'lock',
    store: null,
  };
}

/** The digest of a locked file, written with its prefix or without. */
export function lockedDigest({ sha256 }: Pick<LockedArtifact, 'sha256'>): Digest {
  return parseDigest(`sha256:${sha256.replace(/^sha256:/, '')}`);
}

function fromLock(locked: LockedArtifact): ArtifactFile {
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
  };
}

/** The lock's entry for a measured file. */
export function lockArtifact(file: ArtifactFile, store: string | null): LockedArtifact {
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
  };
}

/** Positions and reads are about one file on one disk, not about the model. */
function lockedHeader(header: ArtifactHeader): ArtifactHeader {
  const tensors = header.tensors.map(({ name, dtype, shape }) => ({ name, dtype, shape, location: null }));
  return { ...header, tensors, bytesRead: 0 };
}

/**
 * Repository paths that the patterns of a manifest match: globs and folders over its files and the lock, plain paths as
 * they are. What git ignores is part of no commit and matches only where it may come from a store.
 * @throws flow/pattern-matches-nothing, flow/artifact-missing
 */
export async function expandPatterns(
  model: GovernedModel,
  patterns: readonly string[],
  options: { readonly ignored: boolean } = { ignored: false },
): Promise<readonly string[]> {
  const found = new Set<string>();
  const locked = (model.lock?.artifacts ?? []).map((artifact) => artifact.path);
  for (const written of patterns) {
    const pattern = resolveManifestPath(model.manifestPath, written);
    const matched = await matchPattern(model.files, pattern, { locked, ...options });
    if (matched.length === 0) {
      if (!isGlob(pattern)) throw weighbridgeError('flow/artifact-missing', { path: pattern });
      throw weighbridgeError('flow/pattern-matches-nothing', { pattern: written, manifest: model.manifestPath });
    }
    for (const path of matched) found.add(path);
  }
  return [...found].sort();
}

async function matchPattern(
  files: Files,
  pattern: string,
  { locked, ignored }: { readonly locked: readonly string[]; readonly ignored: boolean },
): Promise<string[]> {
  if (isGlob(pattern)) {
    const fixed = pattern.split('/').slice(0, -1);
    const firstGlob = fixed.findIndex((part) => isGlob(part));
    const folder = (firstGlob === -1 ? fixed : fixed.slice(0, firstGlob)).join('/');
    const listed = await files.list(folder, { ignored });
    return [...listed, ...locked].filter((path) => matchGlob(pattern, path));
  }
  if (locked.includes(pattern)) return [pattern];
  const file = await files.open(pattern);
  if (file !== null) {
    await file.close();
    return [pattern];
  }
  const inside = `${pattern}/`;
  const listed = await files.list(pattern, { ignored });
  return [...listed, ...locked].filter((path) => path.startsWith(inside));
}
