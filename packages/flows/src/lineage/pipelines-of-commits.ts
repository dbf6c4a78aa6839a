import { weighbridgeError } from '@weighbridge/core';
import { maxDvcLockBytes } from '@weighbridge/formats';
import type { Pipeline } from '@weighbridge/lineage';
import type { NamedFile, Repository } from '@weighbridge/ports';
import { besideLock, type DvcLockReading, readDvcLock } from '../data/read-dvc-lock.js';
import type { Files } from '../reading/files.js';
import type { Notice } from '../surroundings.js';
import { readPipelines } from './read-pipelines.js';

/** Files of the names that pipelines are read from: in many commits they are the same. */
export const pipelineNames = ['dvc.lock', 'dvc.yaml'] as const;

/** What is kept at once of the blobs that were read. */
const maxKeptBytes = 32 * 1024 * 1024;
/** What is read of the files of one commit: what is read of its locks, and more than people write beside them. */
const maxSetBytes = maxDvcLockBytes + 2 * 1024 * 1024;

/** Reads pipelines of many commits. */
export interface PipelineReader {
  /**
   * Pipelines by set of files, without those that what is read of all together has no room for. A blob that several sets
   * name one after the other is read once.
   */
  read(sets: readonly (readonly NamedFile[])[]): Promise<ReadonlyMap<readonly NamedFile[], readonly Pipeline[]>>;
  /** What could not be told, so far. */
  notices(): readonly Notice[];
}

/** Opens a reader that begins with nothing more once it has read so many bytes. */
export function openPipelineReader(repository: Pick<Repository, 'readBlobs'>, maxSumBytes: number): PipelineReader {
  const notices = new Map<string, Notice>();
  const blobs = new Map<string, Uint8Array>();
  const readings = new WeakMap<Uint8Array, Map<string, Promise<DvcLockReading>>>();
  let left = maxSumBytes;

  const missingOf = (set: readonly NamedFile[]) =>
    [...new Set(set.map(({ object }) => object))].filter((object) => !blobs.has(object));
  const bring = async (objects: readonly string[], maxSumBytes: number): Promise<void> => {
    for (const [object, bytes] of await repository.readBlobs(objects, { maxBytes: maxDvcLockBytes, maxSumBytes })) {
      blobs.set(object, bytes);
      left -= bytes.length;
    }
  };
  const forgetAllBut = (sets: readonly (readonly NamedFile[])[]) => {
    const kept = [...blobs.values()].reduce((sum, { length }) => sum + length, 0);
    const named = new Set(sets.flat().map(({ object }) => object));
    if (kept > maxKeptBytes) for (const object of blobs.keys()) if (!named.has(object)) blobs.delete(object);
  };

  const readLock = (set: readonly NamedFile[]): typeof readDvcLock => {
    const objects = new Map(set.map(({ path, object }) => [path, object]));
    return (files, path, given) => {
      if (given === undefined) return readDvcLock(files, path);
      const known = readings.get(given.lock) ?? new Map<string, Promise<DvcLockReading>>();
      readings.set(given.lock, known);
      const key = `${path}\n${objects.get(besideLock(path)) ?? ''}`;
      const reading = known.get(key) ?? readDvcLock(files, path, given);
      known.set(key, reading);
      return reading;
    };
  };

  return {
    notices: () => [...notices.values()],
    read: async (sets) => {
      forgetAllBut(sets);
      await bring(missingOf(sets.flat()), Math.min(left, maxKeptBytes));
      const found = new Map<readonly NamedFile[], readonly Pipeline[]>();
      for (const set of sets) {
        const missing = missingOf(set);
        if (missing.length > 0 && left <= 0) break;
        if (missing.length > 0) await bring(missing, maxSetBytes);
        for (const { path, object } of set) if (!blobs.has(object)) addNotice(notices, leftOutNotice(path));
        const read = await readPipelines(filesOf(set, blobs), readLock(set));
        for (const notice of read.notices) addNotice(notices, notice);
        found.set(set, read.pipelines);
      }
      return found;
    },
  };
}

function addNotice(notices: Map<string, Notice>, { level, text }: Notice): void {
  notices.set(text, { level, text });
}

function leftOutNotice(path: string): Notice {
  const text = `${path} of a registered version has no room among ${maxSetBytes} bytes. What it says of its pipeline is left out.`;
  return { level: 'warning', text };
}

/** Files of which some are at hand by the ids of their blobs. */
function filesOf(set: readonly NamedFile[], blobs: ReadonlyMap<string, Uint8Array>): Files {
  const objects = new Map(set.map(({ path, object }) => [path, object]));
  const read = async (path: string, maxBytes: number) => {
    const bytes = blobs.get(objects.get(path) ?? '') ?? null;
    const sizeBytes = bytes?.length ?? 0;
    if (sizeBytes > maxBytes) throw weighbridgeError('git/file-too-large', { path, sizeBytes, maxBytes });
    return bytes;
  };
  return {
    name: 'a registered version',
    commit: null,
    list: async () => [...objects.keys()],
    read,
    readAll: async (paths, maxBytes) => {
      const found = new Map<string, Uint8Array>();
      for (const path of paths) {
        const bytes = await read(path, maxBytes);
        if (bytes !== null) found.set(path, bytes);
      }
      return found;
    },
    open: async () => null,
    ignored: async () => new Set(),
  };
}
