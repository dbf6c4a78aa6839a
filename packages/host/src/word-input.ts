import { weighbridgeError } from '@weighbridge/core';
import type { InputValues } from './inputs.js';

/** An input that takes one of some words, and the command that it is of, for what is told else. */
export interface WordInput<Word extends string> {
  readonly name: string;
  readonly words: readonly Word[];
  readonly command: string;
}

/** The word that an input was given. @throws host/input for none and for any other */
export function wordOf<Word extends string>(inputs: InputValues, { name, words, command }: WordInput<Word>): Word {
  const text = inputs.text(name) ?? '';
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  const reason = `"${text.slice(0, 40)}" is none of ${words.join(', ')}`;
  throw weighbridgeError('host/input', { input: name, reason, command });
}
