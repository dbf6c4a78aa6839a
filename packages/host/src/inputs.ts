import { weighbridgeError } from '@weighbridge/core';

/** One input of a command, declared once: flags, action.yml, README tables and the typed values are made from it. */
export interface InputSpec {
  /** Kebab-case; the flag is `--name`, the action's input is `name`. */
  readonly name: string;
  readonly description: string;
  /** `items`: one each time that the flag is given, in an action one a line; they may hold blanks and commas. */
  readonly type: 'text' | 'boolean' | 'list' | 'items' | 'integer';
  readonly required?: boolean;
  /** As action.yml has it; booleans default to false. */
  readonly default?: string;
  /** Where it exists; both when absent. */
  readonly only?: 'action' | 'command-line';
  /** The word after the flag in --help, such as `VERSION`. */
  readonly placeholder?: string;
  /** Inputs of a workflow that is run by hand which give it, the first that is there, where nothing else does. */
  readonly dispatched?: readonly string[];
}

/** An output of an action. */
export interface OutputSpec {
  readonly name: string;
  readonly description: string;
}

/** A command as it is declared, once for command line, actions and documentation. */
export interface CommandSpec {
  /** Words of the command line, such as `audit verify`. */
  readonly name: string;
  readonly summary: string;
  /** A paragraph or two for --help and the README. */
  readonly description: string;
  /** Positional words, such as models. In an action they are inputs of the same name. */
  readonly arguments: readonly {
    readonly name: string;
    readonly description: string;
    readonly many?: boolean;
    readonly required?: boolean;
    /** As those of an input. */
    readonly dispatched?: readonly string[];
  }[];
  readonly inputs: readonly InputSpec[];
  readonly outputs: readonly OutputSpec[];
  /** Command lines that work, shown by --help. */
  readonly examples: readonly string[];
}

/** Values by name, checked against the specification. */
export class InputValues {
  readonly #command: string;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #lists: ReadonlyMap<string, readonly string[]>;

  /** `command` is named by what is told of a wrong value. */
  constructor(given: {
    readonly command: string;
    readonly texts: ReadonlyMap<string, string>;
    readonly lists?: ReadonlyMap<string, readonly string[]>;
  }) {
    this.#command = given.command;
    this.#texts = given.texts;
    this.#lists = given.lists ?? new Map();
  }

  /** Null when not given or empty: an action cannot tell the two apart. */
  text(name: string): string | null {
    const text = this.#texts.get(name)?.trim() ?? '';
    return text === '' ? null : text;
  }

  /**
   * As `getBooleanInput` of GitHub's toolkit takes it: `true` or `false`. Whatever else somebody wrote, such as `yes`, is
   * refused: a `dry-run` that is silently none would write. @throws host/input
   */
  boolean(name: string): boolean {
    const text = this.text(name) ?? 'false';
    const word = text.toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    throw this.#refuse(name, `"${text.slice(0, 40)}" is neither true nor false`);
  }

  /** Items of a list input or of a positional with many: lines, commas or blanks separate them in an action. */
  list(name: string): readonly string[] {
    const listed = this.#lists.get(name);
    if (listed !== undefined) return listed;
    return (this.text(name) ?? '').split(/[\s,]+/).filter((item) => item !== '');
  }

  /** Items of an input of that type, as they were written. */
  items(name: string): readonly string[] {
    const lines = this.#lists.get(name) ?? (this.text(name) ?? '').split('\n');
    return lines.map((line) => line.trim()).filter((line) => line !== '');
  }

  /** @throws host/input for what is no whole number */
  integer(name: string): number | null {
    const text = this.text(name);
    if (text === null) return null;
    const number = Number(text);
    if (Number.isSafeInteger(number)) return number;
    throw this.#refuse(name, `"${text.slice(0, 40)}" is no whole number`);
  }

  #refuse(input: string, reason: string): Error {
    return weighbridgeError('host/input', { input, reason, command: this.#command });
  }
}

/** Inputs that every command has. */
export const commonInputs: readonly InputSpec[] = [
  {
    name: 'directory',
    description: 'Folder of the repository; the current one when not given.',
    type: 'text',
    placeholder: 'DIR',
  },
  {
    name: 'dry-run',
    description: 'Write nothing; show what would be written. Needs no token that may write.',
    type: 'boolean',
    default: 'false',
  },
  {
    name: 'offline',
    description: 'Use what is in the clone only: no fetch, no push, no API.',
    type: 'boolean',
    default: 'false',
  },
];

/** Inputs that only actions have. */
export const actionInputs: readonly InputSpec[] = [
  {
    name: 'github-token',
    description:
      'Token for git and the API. Reading needs contents: read; writing the ledger and tags needs contents: write.',
    type: 'text',
    default: '${{ github.token }}',
    only: 'action',
  },
  {
    name: 'signing-key',
    description: 'Ed25519 key that signs ledger entries, from an environment secret. "weighbridge init" makes one.',
    type: 'text',
    only: 'action',
  },
];
