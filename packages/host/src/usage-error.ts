import { weighbridgeError } from '@weighbridge/core';

/** What a command line should have been, for words that do not fit. */
export interface Usage {
  /** Words of the command; empty for the program itself. */
  readonly name: string;
  /** `weighbridge pull <model> [options]` */
  readonly usage: string;
  /** A command line that works. */
  readonly example: string;
}

/** What a person is told whose words do not fit: host/usage with the reason, the usage and an example. */
export function usageError(told: string, { name, usage, example }: Usage): Error {
  const reason = told
    .replace(/^error: /, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/\.$/, '');
  const help = ['weighbridge', name, '--help'].filter((word) => word !== '').join(' ');
  return weighbridgeError('host/usage', { reason, usage, example, help });
}
