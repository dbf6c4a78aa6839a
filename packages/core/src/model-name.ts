import { weighbridgeError } from './errors/error.js';

/** A model's name: legal as a git ref, a GTO artifact, an MLflow model, an OCI repository and in every cloud registry. */
export type ModelName = string & { readonly brand: 'ModelName' };

const namePattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whether a text is a model name: 1 to 63 of a-z, 0-9 and inner hyphens. */
export function isModelName(text: string): text is ModelName {
  return namePattern.test(text);
}

/** @throws core/model-name */
export function parseModelName(text: string): ModelName {
  if (!isModelName(text)) throw weighbridgeError('core/model-name', { name: text.slice(0, 100) });
  return text;
}
