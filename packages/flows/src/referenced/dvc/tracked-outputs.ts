import { type DvcOutput, maxDvcLockBytes, parseDvcOutputs } from '@weighbridge/formats';
import { isGlob, matchGlob } from '@weighbridge/manifest';
import { placeOfDvc } from '../../data/dvc-place.js';
import { parseUtf8, weighbridgeError } from '@weighbridge/core';
import { besideLock, readDvcLock } from '../../data/read-dvc-lock.js';
import type { Files } from '../../reading/files.js';
import { listAll } from '../../reading/list-all.js';
import { isTooLarge } from '../../reading/read-up-to.js';
import { type ReadBounds, type ReadFile, readWithin } from '../../reading/read-within.js';

/** An output of DVC in this repository. */
export interface TrackedOutput extends DvcOutput {
  /** The `.dvc` file or `dvc.lock` that says so. Like `path` relative to the root of the repository. */
  readonly record: string;
}

/** A record of DVC that is larger than is read: of itself, or because of those before it. */
export interface UnreadRecord {
  readonly record: string;
  /** A sentence. */
  readonly because: string;
}

/** What the records of DVC tell, and what is not known of them. */
export interface TrackedOutputs {
  readonly outputs: readonly TrackedOutput[];
  readonly unread: readonly UnreadRecord[];
}

/** Of all that may speak of one model, with the `dvc.yaml` beside each lock; each MiB takes a second, once. */
const recordBounds: ReadBounds = { maxBytes: maxDvcLockBytes, maxSumBytes: 2 * maxDvcLockBytes };

/**
 * The outputs that DVC tracks and that a pattern (from the root of the repository) may mean: files that it matches, and
 * folders that may hold some. None in a repository without the configuration of DVC. Records that are too large are
 * left out and told.
 * @throws formats/yaml-malformed, formats/document-malformed
 */
export async function trackedOutputs(files: Files, patterns: readonly string[]): Promise<TrackedOutputs> {
  const fixed = patterns.map(fixedPart);
  const all = patterns.length === 0 ? [] : await recordsOf(files);
  const records = all.filter((path) => fixed.some((each) => mayMeet(each, folderOf(path))));
  const outputs: TrackedOutput[] = [];
  const unread: UnreadRecord[] = [];
  // What is written beside a lock comes before it, so that it is at hand when the lock is parsed.
  const paths = records.flatMap((record) => (isLock(record) ? [besideLock(record), record] : [record]));
  let beside: ReadFile | null = null;
  for await (const file of readWithin(files, paths, recordBounds)) {
    const { path, read } = file;
    if (path.endsWith('.yaml')) {
      beside = file;
      continue;
    }
    const found: Told =
      read instanceof Uint8Array
        ? await readOnce(files, path, { bytes: read, beside: beside?.path === besideLock(path) ? beside : null })
        : { because: read === 'beyond' ? beyondSum : read.message };
    if ('because' in found) unread.push({ record: path, because: found.because });
    else outputs.push(...found.outputs.filter((out) => patterns.some((pattern) => means(pattern, out))));
  }
  return { outputs, unread };
}

const beyondSum = `Records of DVC that may speak of a model are read up to ${recordBounds.maxSumBytes} bytes together.`;

/** The outputs of a record, or why they are not known. */
type Told = { readonly outputs: readonly TrackedOutput[] } | Pick<UnreadRecord, 'because'>;

interface RecordBytes {
  readonly bytes: Uint8Array;
  /** What is written beside a lock. */
  readonly beside: ReadFile | null;
}

/** One record speaks for many models. */
const told = new WeakMap<Files, Map<string, Promise<Told>>>();

function readOnce(files: Files, record: string, read: RecordBytes): Promise<Told> {
  const ofFiles = told.get(files) ?? new Map<string, Promise<Told>>();
  told.set(files, ofFiles);
  const reading = ofFiles.get(record) ?? readRecord(files, record, read);
  ofFiles.set(record, reading);
  return reading;
}

async function readRecord(files: Files, record: string, { bytes, beside }: RecordBytes): Promise<Told> {
  if (!isLock(record)) return readDvcFile(record, bytes);
  const written = beside?.read instanceof Uint8Array ? beside.read : null;
  const reading = await readDvcLock(files, record, { lock: bytes, beside: written });
  if (reading.kind === 'stages') return { outputs: placed(reading.outputs, record) };
  if (reading.kind === 'absent') return { outputs: [] };
  if (reading.kind === 'too-large') return { because: `${reading.error.message} ${reading.error.remedy}` };
  throw reading.error;
}

function readDvcFile(record: string, bytes: Uint8Array): Told {
  try {
    return { outputs: placed(parseDvcOutputs(textOf(bytes, record), record), record) };
  } catch (error) {
    if (isTooLarge(error)) return { because: error.message };
    throw error;
  }
}

/** From the root of the repository on; what lies outside of it is left out. */
function placed(outputs: readonly DvcOutput[], record: string): readonly TrackedOutput[] {
  return outputs.flatMap((out) => {
    const path = placeOfDvc(record, out.path);
    return path === null ? [] : [{ ...out, path, record }];
  });
}

function isLock(record: string): boolean {
  return record.endsWith('dvc.lock');
}

/** Asked for each model of a repository. */
const known = new WeakMap<Files, Promise<readonly string[]>>();

/** Every `.dvc` file and `dvc.lock`, where DVC is configured. */
function recordsOf(files: Files): Promise<readonly string[]> {
  const before = known.get(files);
  if (before !== undefined) return before;
  const listing = listAll(files).then((listed) => {
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
