import { weighbridgeError } from '@weighbridge/core';
import type { ZipDirectory } from './zip-directory.js';

/**
 * The folder with its slash that all entries of a PyTorch archive are in, empty where they are in none. torch calls it
 * after the file, so that it is no identity.
 * @throws formats/torch-malformed when there is not exactly one data.pkl
 */
export function torchFolder(name: string, directory: Pick<ZipDirectory, 'entries'>): string {
  const pickles = picklesOf(directory);
  const [pickle] = pickles;
  if (pickle === undefined || pickles.length > 1) {
    const reason = `it has ${pickles.length} entries called data.pkl`;
    throw weighbridgeError('formats/torch-malformed', { name, reason });
  }
  return pickle.slice(0, -'data.pkl'.length);
}

/** Whether torch could load an archive: other libraries and people use zip archives, too. */
export function isTorchArchive(directory: Pick<ZipDirectory, 'entries'>): boolean {
  return picklesOf(directory).length > 0;
}

/** Whether an entry with this name could be what torch looks for, in whatever folder and however it is written. */
export function isPickleName(name: string): boolean {
  return /(?:^|[/\\])data\.pkl(?:$|\0)/i.test(name);
}

function picklesOf({ entries }: Pick<ZipDirectory, 'entries'>): readonly string[] {
  return [...entries.keys()].filter((entry) => /^(?:[^/]+\/)?data\.pkl$/i.test(entry));
}
