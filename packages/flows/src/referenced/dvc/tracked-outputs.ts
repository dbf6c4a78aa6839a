import {
  type DvcOutput,
  type DvcWrittenStage,
  maxDvcLockBytes,
  parseDvcOutputs,
  parseDvcStages,
} from '@weighbridge/formats';
import { isGlob, matchGlob, readPath } from '@weighbridge/manifest';
import { parseUtf8, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { Files } from '../../files.js';

/** An output of DVC in this repository. */
export interface TrackedOutput extends DvcOutput {
  /** The `.dvc` file or `dvc.lock` that says so. Like `path` relative to the root of the repository. */
  readonly record: string;
}

/**
 * The outputs that DVC tracks and that a pattern (from the root of the repository) may mean: files that it matches, and
 * folders that may hold some. None in a repository without the configuration of DVC.
 * @throws formats/yaml-malformed, formats/document-malformed, formats/document-too-large, git/file-too-large
 */
export async function trackedOutputs(files: Files, patterns: readonly string[]): Promise<readonly TrackedOutput[]> {
  const fixed = patterns.map(fixedPart);
  const all = patterns.length === 0 ? [] : await recordsOf(files);
  const records = all.filter((path) => fixed.some((each) => mayMeet(each, folderOf(path))));
  const beside = records.flatMap((record) => besideLock(record) ?? []);
  const read = await files.readAll([...records, ...beside], maxDvcLockBytes);
  const outputs: TrackedOutput[] = [];
  for (const record of records) {
    const bytes = read.get(record);
    if (bytes === undefined) continue;
    for (const out of parseDvcOutputs(textOf(bytes, record), record, writtenStages(read, besideLock(record)))) {
      const place = readPath(record, out.path);
      if (!place.ok || !patterns.some((pattern) => means(pattern, { ...out, path: place.path }))) continue;
      outputs.push({ ...out, path: place.path, record });
    }
  }
  return outputs;
}

/** The `dvc.yaml` of a `dvc.lock`; null for a `.dvc` file, which says all itself. */
function besideLock(record: string): string | null {
  return record.endsWith('dvc.lock') ? record.replace(/dvc\.lock$/, 'dvc.yaml') : null;
}

/** A pipeline that is written in a way that is not read here leaves what the lock says. */
function writtenStages(
  read: ReadonlyMap<string, Uint8Array>,
  path: string | null,
): ReadonlyMap<string, DvcWrittenStage> {
  const bytes = path === null ? undefined : read.get(path);
  if (path === null || bytes === undefined) return new Map();
  try {
    return parseDvcStages(bytes, path);
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || !error.code.startsWith('formats/')) throw error;
    return new Map();
  }
}

/** Asked for each model of a repository. */
const known = new WeakMap<Files, Promise<readonly string[]>>();

/** Every `.dvc` file and `dvc.lock`, where DVC is configured. */
function recordsOf(files: Files): Promise<readonly string[]> {
  const before = known.get(files);
  if (before !== undefined) return before;
  const listing = files.list('').then((listed) => {
    const isConfigured = listed.some((path) => /(?:^|\/)\.dvc\/config$/.test(path));
    return isConfigured ? listed.filter((path) => /(?:[^/]\.dvc|(?:^|\/)dvc\.lock)$/.test(path)) : [];
  });
  known.set(files, listing);
  return listing;
}

/** Whether a pattern of a manifest matches a file, or a folder in which it lies. */
export function matches(pattern: string, path: string): boolean {
  return path === pattern || path.startsWith(`${pattern}/`) || (isGlob(pattern) && matchGlob(pattern, path));
}

function means(pattern: string, { path, isFolder }: Pick<DvcOutput, 'path' | 'isFolder'>): boolean {
  return isFolder ? mayMeet(fixedPart(pattern), path) : matches(pattern, path);
}

/** What a glob spells out of its path. */
export function fixedPart(pattern: string): string {
  const parts = pattern.split('/');
  const glob = parts.findIndex((part) => isGlob(part));
  return (glob === -1 ? parts : parts.slice(0, glob)).join('/');
}

/** Whether one of two paths lies in the other. */
export function mayMeet(left: string, right: string): boolean {
  return isWithin(left, right) || isWithin(right, left);
}

/** Whether a path is a folder or lies in it; everything lies in the root. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function textOf(bytes: Uint8Array, name: string): string {
  try {
    return parseUtf8(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw weighbridgeError('formats/document-malformed', { name, kind: 'record of DVC', reason: 'it is no UTF-8' });
  }
}
