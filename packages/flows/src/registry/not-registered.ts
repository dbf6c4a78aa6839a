import { type WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { closestWord } from '@weighbridge/manifest';
import { findLostLedger } from './lost-ledger.js';
import type { Surroundings } from '../surroundings.js';
import { unknownModel } from '../governing/unknown-model.js';

/**
 * Why the ledger knows nothing of a model: the ledger itself is gone, the model has another name, or no version of it was
 * registered yet.
 */
export async function notRegistered(
  surroundings: Pick<Surroundings, 'ledger' | 'repository'>,
  model: string,
): Promise<WeighbridgeError> {
  const known = await surroundings.ledger.models();
  const because = known.length === 0 ? await findLostLedger(surroundings) : null;
  if (because !== null) return weighbridgeError('flow/ledger-missing', { because });
  const isTypo = !known.some((name) => name === model) && closestWord(model, known) !== null;
  return isTypo ? unknownModel(model, known) : weighbridgeError('flow/not-registered', { model });
}
