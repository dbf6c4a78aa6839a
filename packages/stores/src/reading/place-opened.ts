import { fstatSync, renameSync, statSync } from 'node:fs';
import { weighbridgeError } from '@weighbridge/core';
import { replaceFile } from '../durable-files.js';
import { errnoOf } from '../io-errors.js';

/**
 * Gives an open file the name that it is to have, over whatever has it. Another process may have fetched the same file
 * through the same partial one, and placed it a moment before. @throws store/io when it was another one, and errors of
 * system calls
 */
export async function placeOpened(file: number, partial: string, target: string): Promise<void> {
  try {
    return renameSync(partial, target);
  } catch (cause) {
    if (errnoOf(cause) !== 'ENOENT') return replaceFile(partial, target);
  }
  const [own, placed] = [fstatSync(file, { bigint: true }), statSync(target, { bigint: true })];
  if (own.ino === placed.ino) return;
  throw weighbridgeError('store/io', { action: 'write', path: target, reason: 'another process fetched it, too' });
}
