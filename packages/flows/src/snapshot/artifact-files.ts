import { weighbridgeError } from '@weighbridge/core';
import { type ArtifactFile, fromLock } from '../artifacts/artifact-file.js';
import { isGlob, type LockedArtifact, matchGlob, resolveManifestPath } from '@weighbridge/manifest';
import type { Files } from '../reading/files.js';
import type { GovernedModel } from '../governing/governance.js';
import { type LfsPointer, maxPointerBytes, parseLfsPointer } from '../artifacts/lfs-pointer.js';
import { inParallel } from '../reading/in-parallel.js';
import { measureFile, readDocument, type Reading, readWhole } from '../artifacts/measure-file.js';
import { findTracked, type Tracked } from '../referenced/dvc/find-tracked.js';
import { measureTracked } from '../referenced/dvc/measure-tracked.js';
import { tellUnread, unreadNotices } from '../referenced/dvc/unread-records.js';
import { readReferenced } from '../referenced/read-referenced.js';
import { localArtifacts, nameTaken } from '../referenced/written-references.js';
import type { Notice, Surroundings } from '../surroundings.js';

/** Small files wait for the store and not for the disk; of large ones a store takes as few as it likes. */
const maxFilesAtOnce = 16;

/** The artifact files of a model by path, and what is not known of them. */
export interface ReadArtifacts {
  readonly files: readonly ArtifactFile[];
  readonly notices: readonly Notice[];
}

/**
 * Every artifact file of a model: what its patterns match among its files (ignored ones too, since weights often
 * are) or in artifacts.lock, and what its references lead to. A file whose tensors lie in another one is read together
 * with it only where that is an artifact, too: what nobody names is neither watched nor kept.
 * @throws flow/pattern-matches-nothing, flow/artifact-missing, source/dvc-record, format/* for a broken header, and as readReferenced
 */
export async function readArtifactFiles(
  surroundings: Surroundings,
  model: GovernedModel,
  reading: Reading,
): Promise<ReadArtifacts> {
  const tracked = await findTracked(surroundings, model, reading);
  const elsewhere = new Set(tracked.remote.map(({ path }) => path));
  const paths = await expandPatterns(model, localArtifacts(model), {
    ignored: true,
    tracked: [...elsewhere, ...tracked.locked.map(({ path }) => path)],
  }).catch((error: unknown) => tellUnread(model, tracked.unread, error));
  const named = new Set(paths);
  const beside: Beside = { open: async (path) => (named.has(path) ? model.files.open(path) : null) };
  const here = paths.filter((path) => !elsewhere.has(path) && !tracked.beside.has(path));
  const files = await inParallel(here, maxFilesAtOnce, (path) =>
    readArtifactFile(surroundings, model, path, { reading, beside, locked: lockedFile(model, tracked, path) }),
  );
  const atRemotes = await measureTracked(surroundings, model, { files: tracked.remote, reading });
  const referenced = await readReferenced(surroundings, model, reading);
  const taken = referenced.find(({ path }) => paths.includes(path));
  if (taken !== undefined) throw nameTaken(taken.path, taken.source?.reference ?? '', taken.path);
  const all = [...files, ...atRemotes, ...referenced].sort((left, right) => (left.path < right.path ? -1 : 1));
  return { files: all, notices: unreadNotices(model, tracked.unread) };
}

type Beside = Pick<Files, 'open'>;
type Locked = LockedArtifact | null;

/** What the lock has of a path: locked while it was at hand, or at a remote of DVC. */
function lockedFile({ lock }: GovernedModel, { locked }: Tracked, path: string): Locked {
  const isIt = (artifact: LockedArtifact) => artifact.path === path && artifact.source === undefined;
  return lock?.artifacts.find(isIt) ?? locked.find((artifact) => artifact.path === path) ?? null;
}

async function readArtifactFile(
  surroundings: Surroundings,
  model: GovernedModel,
  path: string,
  { reading, beside, locked }: { readonly reading: Reading; readonly beside: Beside; readonly locked: Locked },
): Promise<ArtifactFile> {
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
    // What DVC has at its remote, too, stays readable there.
    const isSame = locked !== null && measured.sha256 === fromLock(locked).sha256;
    const kept = isSame ? (locked.source ?? null) : null;
    return { ...measured, path, from: 'checkout', store: locked?.store ?? null, source: kept };
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
    source: null,
  };
}

/**
 * Repository paths that the patterns of a manifest match: globs and folders over its files and the lock, plain paths as
 * they are. What git ignores is part of no commit and matches only where it may come from a store.
 * @param options.tracked what DVC has at its remote alone
 * @throws flow/pattern-matches-nothing, flow/artifact-missing
 */
export async function expandPatterns(
  model: GovernedModel,
  patterns: readonly string[],
  options: { readonly ignored: boolean; readonly tracked?: readonly string[] } = { ignored: false },
): Promise<readonly string[]> {
  const found = new Set<string>();
  const { ignored, tracked = [] } = options;
  const own = (model.lock?.artifacts ?? []).filter(({ source }) => source === undefined).map(({ path }) => path);
  const locked = [...own, ...tracked];
  for (const written of patterns) {
    const pattern = resolveManifestPath(model.manifestPath, written);
    const matched = await matchPattern(model.files, pattern, { locked, ignored });
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
