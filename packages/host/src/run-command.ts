import type { ProgressTeller } from '@weighbridge/flows';
import type { Clock } from '@weighbridge/ports';
import type { Command } from './host.js';
import { commonInputs, InputValues } from './inputs.js';
import { withDispatched } from './dispatched-inputs.js';
import { openHost, readEvent } from './open-host.js';
import type { Outcome } from './outcome.js';

/** One command with its inputs and what it runs in. */
export interface RunOptions {
  readonly command: Command;
  readonly texts: ReadonlyMap<string, string>;
  readonly lists?: ReadonlyMap<string, readonly string[]>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly progress: ProgressTeller;
  /** That of the machine when absent. */
  readonly clock?: Clock;
  /** Told what the command is given, together with what its event gives, before anything else is read; it may throw. */
  readonly check?: (inputs: InputValues) => void;
}

/** Opens the host and runs one command in it. Errors are thrown; see describeFailure. */
export async function runCommand(options: RunOptions): Promise<Outcome> {
  const { command, environment } = options;
  const texts = withDispatched(command.spec, options.texts, await readEvent(environment));
  const inputs = new InputValues({
    command: command.spec.name,
    texts,
    ...(options.lists === undefined ? {} : { lists: options.lists }),
  });
  for (const { name, type } of [...command.spec.inputs, ...commonInputs]) if (type === 'boolean') inputs.boolean(name);
  options.check?.(inputs);
  const host = await openHost({
    folder: inputs.text('directory') ?? options.folder,
    environment,
    offline: inputs.boolean('offline'),
    checkoutOnly: command.readsCheckoutOnly ?? false,
    token: inputs.text('github-token'),
    signingKey: inputs.text('signing-key'),
    progress: options.progress,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
  return command.run(inputs, host);
}
