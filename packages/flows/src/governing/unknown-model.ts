import { type WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { hintFor, showChoices } from '@weighbridge/manifest';

/** What a person is told who names a model that there is none of: the name that is nearest, and those there are. */
export function unknownModel(name: string, known: readonly string[]): WeighbridgeError {
  const sorted = [...known].sort();
  const hint = sorted.length === 0 ? 'A model begins with its manifest.' : hintFor(name, sorted);
  return weighbridgeError('flow/unknown-model', { model: name, known: showChoices(sorted), hint });
}
