import { parseUtf8, weighbridgeError } from '@weighbridge/core';
import { type DvcEntry, dvcEntryOf, type DvcLockOutput, isDvcFolder, parseDvcFile } from '@weighbridge/formats';
import type { Pinning } from '@weighbridge/ports';
import type { Files } from '../reading/files.js';
import { maxFileBytes } from '../governing/governance.js';
import { isTooLarge } from '../reading/read-up-to.js';
import { type DvcPipeline, readDvcLock } from './read-dvc-lock.js';
import { placeOfDvc } from './dvc-place.js';

const lockName = 'dvc.lock';

/**
 * What DVC tracks, by the content that DVC wrote down: `path` is a `.dvc` file, what such a file tracks, what a stage of
 * a `dvc.lock` in the same or an upper folder puts out, or something inside of a folder of these. Nothing is downloaded.
 * Null when DVC knows nothing of it. Where the file that would tell is larger than is read, nothing holds it.
 * @throws formats/yaml-malformed, formats/document-malformed
 */
export async function pinDvc(files: Files, path: string): Promise<Pinning | null> {
  try {
    return await findContent(files, path);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    const because = error.message.replace(/\.$/, '');
    return {
      pinned: null,
      because,
      remedy: 'Track the data with a file of its own ("dvc add"), or split the pipeline.',
    };
  }
}

async function findContent(files: Files, path: string): Promise<Pinning | null> {
  if (path.endsWith('.dvc')) {
    const entries = await readDvcFile(files, path);
    if (entries !== null) return entries.length === 0 ? unmade(path) : pinEntries(path, entries);
  }
  for (const { holder, inside } of holdersOf(path)) {
    const entry = (await readDvcFile(files, `${holder}.dvc`))?.[0] ?? (await findInLocks(files, holder));
    if (entry === null || entry === undefined) continue;
    if (entry.content === null) return unmade(holder);
    if (inside === '') return { pinned: entry.content };
    if (isDvcFolder(entry.content)) return { pinned: `${entry.content}#${inside}` };
  }
  return null;
}

/** One file may track several outputs: all of them are what it names. */
function pinEntries(path: string, entries: readonly DvcEntry[]): Pinning {
  const contents = entries.map(({ content }) => content);
  if (contents.includes(null)) return unmade(path);
  return { pinned: contents.join(' ') };
}

function unmade(path: string): Pinning {
  return {
    pinned: null,
    because: `${path} names no content yet`,
    remedy: 'Run "dvc commit" (or "dvc repro"), and commit the .dvc file or dvc.lock that it writes.',
  };
}

/** The path itself and every folder above it, with what is left of the path inside. */
function holdersOf(path: string): { readonly holder: string; readonly inside: string }[] {
  const parts = path.split('/');
  return parts.map((_, place) => {
    const length = parts.length - place;
    return { holder: parts.slice(0, length).join('/'), inside: parts.slice(length).join('/') };
  });
}

async function readDvcFile(files: Files, path: string): Promise<readonly DvcEntry[] | null> {
  const bytes = await files.read(path, maxFileBytes);
  return bytes === null ? null : parseDvcFile(textOf(bytes, path), path);
}

/** @throws formats/document-malformed for what is no UTF-8 */
function textOf(bytes: Uint8Array, name: string): string {
  try {
    return parseUtf8(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw weighbridgeError('formats/document-malformed', { name, kind: '.dvc file', reason: 'it is no UTF-8' });
  }
}

/** A `dvc.lock` names its outputs from its own folder on; it stands in the folder of the output or above. */
async function findInLocks(files: Files, path: string): Promise<DvcEntry | null> {
  for (const { lock } of dvcLocksAbove(path)) {
    const reading = await readDvcLock(files, lock);
    if (reading.kind === 'absent') continue;
    if (reading.kind !== 'stages') throw reading.error;
    const found = outputsByPath(lock, reading).get(path);
    if (found !== undefined) return dvcEntryOf(found);
  }
  return null;
}

/** A lock has thousands of outputs, and is asked for each thing that it may speak of. */
const placed = new WeakMap<DvcPipeline, ReadonlyMap<string, DvcLockOutput>>();

/** By their paths from the root; of two with one path the first. */
function outputsByPath(lock: string, pipeline: DvcPipeline): ReadonlyMap<string, DvcLockOutput> {
  const known = placed.get(pipeline);
  if (known !== undefined) return known;
  const outputs = new Map<string, DvcLockOutput>();
  for (const out of pipeline.stages.flatMap(({ outs }) => outs)) {
    const place = placeOfDvc(lock, out.path);
    if (place !== null && !outputs.has(place)) outputs.set(place, out);
  }
  placed.set(pipeline, outputs);
  return outputs;
}

/** Where a `dvc.lock` that speaks of a path may stand: in its folder and above, nearest first. */
export function dvcLocksAbove(path: string): readonly { readonly lock: string; readonly folder: string }[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.keys(), parts.length].reverse().map((length) => {
    const folder = parts.slice(0, length).join('/');
    return { lock: folder === '' ? lockName : `${folder}/${lockName}`, folder };
  });
}
