import { weighbridgeError } from '@weighbridge/core';
import type { InputValues } from './inputs.js';

/** The argument MODEL@VERSION of a command. @throws host/input */
export function modelVersionOf(
  inputs: InputValues,
  command: string,
): { readonly model: string; readonly version: string } {
  const [model = '', version = ''] = (inputs.text('model') ?? '').split(/@(.*)/s);
  if (model === '' || version === '') {
    throw weighbridgeError('host/input', { input: 'model', reason: 'write MODEL@VERSION', command });
  }
  return { model, version };
}
