import { type Digest, type ModelName, parseDigest, weighbridgeError } from '@weighbridge/core';
import { modelFolder } from '@weighbridge/evidence';
import { matchGlob } from '@weighbridge/manifest';
import type { WholeVersion } from '../registry/version-artifacts.js';

/** A file of a version and where it goes. */
export interface VersionFile {
  /** As the ledger has it, relative to the root of the repository. */
  readonly path: string;
  /** Relative to the innermost folder of all files of the version, as signatures name it. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly digest: Digest;
  /** Where a service keeps it, of what no store has; null for every other one. */
  readonly address: string | null;
}

/** What became of one file. */
export interface FetchedFile extends VersionFile {
  /** `missing`: a dry run found that it would be fetched. */
  readonly outcome: 'fetched' | 'present' | 'missing';
  /** Names of the tensors that the local file holds; null when it is the whole file. */
  readonly tensors: readonly string[] | null;
}

const maxShownNames = 20;

/** A file of a version before it has a name: `path` as the ledger has it. */
export type PlacedFile = Omit<VersionFile, 'name'>;

/** The artifacts of a version by name. @throws as namedFiles, core/digest */
export function filesOfVersion(model: ModelName, { version, artifacts }: WholeVersion): readonly VersionFile[] {
  const placed = artifacts.map(({ path, size, sha256, address = null }) => ({
    path,
    sizeBytes: size,
    digest: parseDigest(`sha256:${sha256}`),
    address,
  }));
  return namedFiles(placed, { model, version });
}

/**
 * Files of a version by name. The ledger may hold whatever its writers put there: names that would leave a folder,
 * or that could not all be written into one, are refused. @throws flow/path-leaves-folder
 */
export function namedFiles(
  placed: readonly PlacedFile[],
  about: { readonly model: ModelName; readonly version: string },
): readonly VersionFile[] {
  const refuse = (path: string, reason: string) =>
    weighbridgeError('flow/path-leaves-folder', { path: JSON.stringify(path), ...about, reason });
  for (const { path } of placed) {
    const reason = faultOfPath(path);
    if (reason !== null) throw refuse(path, reason);
  }
  const root = modelFolder(placed.map(({ path }) => path));
  const files = placed.map((file) => ({ ...file, name: file.path.slice(root.length) }));
  const names = new Set<string>();
  for (const { path, name } of files) {
    if (names.has(name)) throw refuse(path, 'two files have that name');
    names.add(name);
  }
  const folders = new Set(files.flatMap(({ name }) => foldersAbove(name)));
  const clash = files.find(({ name }) => folders.has(name));
  if (clash !== undefined) throw refuse(clash.path, 'another file has it as a folder');
  return files;
}

/** Those whose name or path a pattern matches. @throws flow/nothing-selected */
export function selectFiles(
  files: readonly VersionFile[],
  pattern: string | null,
  about: { readonly model: ModelName; readonly version: string },
): readonly VersionFile[] {
  if (pattern === null) return files;
  const selected = files.filter(({ name, path }) => matchGlob(pattern, name) || matchGlob(pattern, path));
  if (selected.length > 0) return selected;
  const known = listNames(files.map(({ name }) => name));
  throw weighbridgeError('flow/nothing-selected', { pattern, what: 'file', known, ...about });
}

/** The first of many names, for a message. */
export function listNames(names: readonly string[]): string {
  const more = names.length - maxShownNames;
  const shown = names.slice(0, maxShownNames).join(', ');
  return names.length === 0 ? 'none' : more > 0 ? `${shown} and ${more} more` : shown;
}

/** Why a path cannot be written on every system without leaving its folder, or null. */
function faultOfPath(path: string): string | null {
  if (/[\\:\p{Cc}]/u.test(path)) return 'it has a backslash, a colon or a control character';
  const words = path.split('/');
  if (words.some((word) => word === '' || word === '.' || word === '..')) return 'it has an empty part, "." or ".."';
  return words.some((word) => word.toLowerCase() === '.git') ? 'git would take it for its own' : null;
}

function foldersAbove(name: string): readonly string[] {
  const words = name.split('/');
  return words.slice(1).map((_, index) => words.slice(0, index + 1).join('/'));
}
