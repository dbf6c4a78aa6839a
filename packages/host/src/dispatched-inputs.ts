import { dispatchInputsOf } from './event.js';
import type { CommandSpec } from './inputs.js';

/**
 * The inputs of a command with those that somebody gave by hand when the workflow was started: what is missing or empty
 * and may come from there. What the step itself says counts first.
 */
export function withDispatched(
  spec: Pick<CommandSpec, 'arguments' | 'inputs'>,
  texts: ReadonlyMap<string, string>,
  event: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, string> {
  const given = dispatchInputsOf(event);
  const filled = new Map(texts);
  for (const { name, dispatched = [] } of [...spec.arguments, ...spec.inputs]) {
    if ((texts.get(name)?.trim() ?? '') !== '') continue;
    const found = dispatched.map((key) => given[key]?.trim() ?? '').find((text) => text !== '');
    if (found !== undefined) filled.set(name, found);
  }
  return filled;
}
