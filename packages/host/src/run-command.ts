import type { ProgressTeller } from '@weighbridge/flows';
import type { Clock } from '@weighbridge/ports';
import type { Command } from './host.js';
import { InputValues } from './inputs.js';
import { openHost } from './open-host.js';
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
}

/** Opens the host and runs one command in it. Errors are thrown; see describeFailure. */
export async function runCommand(options: RunOptions): Promise<Outcome> {
  const inputs = new InputValues(options.texts, options.lists);
  const host = await openHost({
    folder: inputs.text('directory') ?? options.folder,
    environment: options.environment,
    offline: inputs.boolean('offline'),
    token: inputs.text('github-token'),
    signingKey: inputs.text('signing-key'),
    progress: options.progress,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
  return options.command.run(inputs, host);
}
