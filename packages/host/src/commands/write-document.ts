import { digestBytes, utf8, weighbridgeError } from '@weighbridge/core';
import type { Notice } from '@weighbridge/flows';
import type { CommandSpec, InputValues, InputSpec } from '../inputs.js';
import type { Host } from '../host.js';
import type { Outcome } from '../outcome.js';
import { rootPath } from '../root-path.js';
import { sha256 } from '../sha256.js';

/** The version that a document is of, as every command of documents takes it. */
export const documentArgument: CommandSpec['arguments'][number] = {
  name: 'version',
  description: 'MODEL, MODEL@VERSION, MODEL@STAGE or MODEL@ALIAS; of a model alone the newest release.',
  required: true,
};

/** Where a document goes. */
export const outputInput: InputSpec = {
  name: 'output',
  description: 'File in the repository to write; to the terminal when not given.',
  type: 'text',
  placeholder: 'FILE',
};

/** Asks for what registration recorded. */
export const recordedInput: InputSpec = {
  name: 'recorded',
  description: 'As it was recorded at registration, byte for byte, without what came later.',
  type: 'boolean',
  default: 'false',
};

/** The model and the version that a command was given. @throws host/input */
export function askedVersion(inputs: InputValues, command: string): { model: string; version: string | null } {
  const [, model = '', version = null] = /^([^@]*)(?:@(.+))?$/s.exec(inputs.text('version') ?? '') ?? [];
  if (model !== '') return { model, version };
  throw weighbridgeError('host/input', { input: 'version', reason: 'MODEL or MODEL@VERSION was expected', command });
}

/** One document that a command came to. */
export interface WrittenDocument {
  readonly command: string;
  readonly model: string;
  readonly version: string;
  readonly text: string;
  /** Members of `--json` besides the common ones. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly notices: readonly Notice[];
}

/** Writes a document to the file that was asked for, else shows it as it is. @throws host/input, git/path, git/symlink */
export async function writeDocument(inputs: InputValues, host: Host, document: WrittenDocument): Promise<Outcome> {
  const { command, model, version, text, notices } = document;
  const dryRun = inputs.boolean('dry-run');
  const output = inputs.text('output');
  const file = output === null ? null : rootPath(host, output, { command, input: 'output' });
  if (file !== null && !dryRun) await host.surroundings.workTree.write(file, utf8(text));
  const digest = digestBytes(sha256, utf8(text));
  const told = `${dryRun ? 'Would write' : 'Wrote'} ${file ?? ''}: the ${command} of ${model} ${version} (${digest})`;
  return {
    exitCode: 0,
    json: { dry_run: dryRun, model, version, file, digest, ...document.json },
    text: file === null ? text : told,
    ...(file === null ? { verbatim: true } : {}),
    markdown: file === null ? text : told,
    notices,
    outputs: { digest, file: file ?? '' },
  };
}
