import { weighbridgeError } from '@weighbridge/core';
import type { InputValues } from './inputs.js';

/** The argument MODEL@VERSION of a command. @throws host/input */
export function modelVersionOf(
  inputs: InputValues,
  command: string,
): { readonly model: string; readonly version: string } {
  const [model = '', version = ''] = (inputs.text('model') ?? '').split(/@(.*)/s);
  if (model === '' || version === '') {
    const name = model === '' ? 'MODEL' : model;
    const reason = `a version is missing: write ${name}@VERSION, with a number, a stage or an alias, such as ${name}@production`;
    throw weighbridgeError('host/input', { input: 'model', reason, command });
  }
  return { model, version };
}
