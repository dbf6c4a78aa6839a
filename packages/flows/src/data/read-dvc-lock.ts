import { WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import {
  type DvcLockStage,
  type DvcOutput,
  type DvcWrittenStage,
  maxDvcLockBytes,
  outputsOfStages,
  parseDvcLock,
  parseDvcStages,
} from '@weighbridge/formats';
import type { Files } from '../reading/files.js';
import { maxFileBytes } from '../governing/governance.js';
import { isTooLarge, readUpTo } from '../reading/read-up-to.js';

/** What a `dvc.lock` says, or why nothing is known of it. */
export type DvcLockReading =
  | { readonly kind: 'absent' }
  | ({ readonly kind: 'stages' } & DvcPipeline)
  | { readonly kind: 'too-large'; readonly error: WeighbridgeError }
  | { readonly kind: 'broken'; readonly error: WeighbridgeError; readonly bytes: Uint8Array };

/** A lock, completed by the `dvc.yaml` beside it. */
export interface DvcPipeline {
  readonly stages: readonly DvcLockStage[];
  /** What DVC keeps of the stages' outputs, relative to the lock's folder. */
  readonly outputs: readonly DvcOutput[];
  /** The stages of the `dvc.yaml`; none where there is none, the error where it cannot be read. */
  readonly written: ReadonlyMap<string, DvcWrittenStage> | WeighbridgeError;
}

/** A lock and what is written beside it, where somebody has read them. */
export interface ReadDvcFiles {
  readonly lock: Uint8Array;
  /** Null where there is none, or where it is larger than is read. */
  readonly beside: Uint8Array | null;
}

/** All locks of one set of files: each MiB takes a second, and whoever proposes a change can write as many as they like. */
export const maxDvcLocksBytes = 4 * maxDvcLockBytes;

interface Readings {
  readonly byPath: Map<string, Promise<DvcLockReading>>;
  leftBytes: number;
}

/** One lock speaks for many models and data sets, and a long one takes seconds to read. */
const known = new WeakMap<Files, Readings>();

/**
 * Reads a lock once for each set of files, whoever asks for its stages or its outputs. Locks that are beyond
 * `maxDvcLocksBytes` together with those that were read before are told as too large.
 */
export function readDvcLock(files: Files, path: string, given?: ReadDvcFiles): Promise<DvcLockReading> {
  const readings = known.get(files) ?? { byPath: new Map(), leftBytes: maxDvcLocksBytes };
  known.set(files, readings);
  const reading = readings.byPath.get(path) ?? read(files, readings, { path, given });
  readings.byPath.set(path, reading);
  return reading;
}

/** Where the `dvc.yaml` of a lock is. */
export function besideLock(path: string): string {
  return path.replace(/dvc\.lock$/, 'dvc.yaml');
}

async function read(
  files: Files,
  readings: Readings,
  { path, given }: { readonly path: string; readonly given: ReadDvcFiles | undefined },
): Promise<DvcLockReading> {
  const bytes = given?.lock ?? (await readUpTo(files, path, maxDvcLockBytes));
  if (bytes === null) return { kind: 'absent' };
  if (bytes instanceof WeighbridgeError) return { kind: 'too-large', error: bytes };
  if (bytes.length > readings.leftBytes) return { kind: 'too-large', error: beyond(files, path) };
  readings.leftBytes -= bytes.length;
  const written = readWritten(
    besideLock(path),
    given === undefined ? await readUpTo(files, besideLock(path), maxFileBytes) : given.beside,
  );
  const stagesOf = written instanceof WeighbridgeError ? new Map<string, DvcWrittenStage>() : written;
  try {
    const stages = parseDvcLock(bytes, path, stagesOf);
    return { kind: 'stages', stages, outputs: outputsOfStages(stages, stagesOf), written };
  } catch (error) {
    if (isTooLarge(error)) return { kind: 'too-large', error };
    if (error instanceof WeighbridgeError && error.exitCode !== 70) return { kind: 'broken', error, bytes };
    throw error;
  }
}

function beyond({ name: place }: Files, path: string): WeighbridgeError {
  return weighbridgeError('source/dvc-beyond', { path, place, limitBytes: maxDvcLocksBytes });
}

/** A pipeline that is too large, or written in a way that is not read here, leaves what the lock says. */
function readWritten(path: string, bytes: Uint8Array | WeighbridgeError | null): DvcPipeline['written'] {
  if (bytes === null) return new Map();
  if (bytes instanceof WeighbridgeError) return bytes;
  try {
    return parseDvcStages(bytes, path);
  } catch (error) {
    if (error instanceof WeighbridgeError && error.exitCode === 2) return error;
    throw error;
  }
}
