import { WeighbridgeError } from '@weighbridge/core';
import { type DvcLockStage, maxDvcLockBytes, parseDvcLock } from '@weighbridge/formats';
import type { Files } from '../files.js';
import { isTooLarge, readUpTo } from '../read-up-to.js';

/** What a `dvc.lock` says, or why nothing is known of it. */
export type DvcLockReading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'stages'; readonly stages: readonly DvcLockStage[] }
  | { readonly kind: 'too-large'; readonly error: WeighbridgeError }
  | { readonly kind: 'broken'; readonly error: WeighbridgeError; readonly bytes: Uint8Array };

/** One lock speaks for many models and data sets, and a long one takes seconds to read. */
const known = new WeakMap<Files, Map<string, Promise<DvcLockReading>>>();

/**
 * Reads a lock once for each set of files.
 * @param given what is in it, where somebody has read that
 */
export function readDvcLock(files: Files, path: string, given?: Uint8Array): Promise<DvcLockReading> {
  const readings = known.get(files) ?? new Map<string, Promise<DvcLockReading>>();
  known.set(files, readings);
  const reading = readings.get(path) ?? read(files, path, given);
  readings.set(path, reading);
  return reading;
}

async function read(files: Files, path: string, given?: Uint8Array): Promise<DvcLockReading> {
  const bytes = given ?? (await readUpTo(files, path, maxDvcLockBytes));
  if (bytes === null) return { kind: 'absent' };
  if (bytes instanceof WeighbridgeError) return { kind: 'too-large', error: bytes };
  try {
    return { kind: 'stages', stages: parseDvcLock(bytes, path) };
  } catch (error) {
    if (isTooLarge(error)) return { kind: 'too-large', error };
    if (error instanceof WeighbridgeError && error.exitCode !== 70) return { kind: 'broken', error, bytes };
    throw error;
  }
}
