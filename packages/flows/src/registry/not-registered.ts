import { type WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { closestWord } from '@weighbridge/manifest';
import { readGovernedFiles } from '../governing/governance.js';
import { unknownModel } from '../governing/unknown-model.js';
import { filesOfWorkTree } from '../reading/files.js';
import { findLostLedger } from './lost-ledger.js';
import type { Surroundings } from '../surroundings.js';

/**
 * Why the ledger knows nothing of a model that has a manifest: the ledger itself is gone, or no version of it was
 * registered yet.
 */
export async function notRegistered(
  surroundings: Pick<Surroundings, 'ledger' | 'repository'>,
  model: string,
): Promise<WeighbridgeError> {
  return (await ledgerMissing(surroundings)) ?? weighbridgeError('flow/not-registered', { model });
}

/** The same of a name that somebody typed: it may be that of another model, registered or with a manifest. */
export async function unknownOrNotRegistered(
  surroundings: Pick<Surroundings, 'ledger' | 'repository' | 'workTree'>,
  typed: string,
): Promise<WeighbridgeError> {
  const missing = await ledgerMissing(surroundings);
  if (missing !== null) return missing;
  const { models } = await readGovernedFiles(filesOfWorkTree(surroundings.workTree));
  const known = new Set<string>([
    ...(await surroundings.ledger.models()),
    ...models.map(({ manifest }) => manifest.name),
  ]);
  const isTypo = !known.has(typed) && closestWord(typed, [...known]) !== null;
  return isTypo ? unknownModel(typed, [...known]) : weighbridgeError('flow/not-registered', { model: typed });
}

async function ledgerMissing(
  surroundings: Pick<Surroundings, 'ledger' | 'repository'>,
): Promise<WeighbridgeError | null> {
  if ((await surroundings.ledger.models()).length > 0) return null;
  const because = await findLostLedger(surroundings);
  return because === null ? null : weighbridgeError('flow/ledger-missing', { because });
}
