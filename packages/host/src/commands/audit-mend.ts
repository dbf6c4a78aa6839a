import { formatCount } from '@weighbridge/flows';
import type { Command } from '../host.js';
import type { Outcome } from '../outcome.js';

/** Most paths that the text names; the JSON has all. */
const maxShownPaths = 20;

/** Repairs what is made from the entries; the entries stay. */
export const rebuildCommand: Command = {
  spec: {
    name: 'audit rebuild',
    summary: 'Make the files of the ledger anew that are made from its entries',
    description:
      'Verifies the whole log as "audit verify" does, and makes catalogues, pages, index and map from its entries in one commit. For a ledger of an earlier version, and after somebody edited such a file by hand. No entry changes, and nothing is done when an entry, a tile or the checkpoint is wrong.',
    arguments: [],
    inputs: [],
    outputs: [{ name: 'changed', description: 'How many files changed.' }],
    examples: ['weighbridge audit rebuild'],
  },
  run: async (inputs, host) => {
    const { ledger } = host.surroundings;
    const dryRun = inputs.boolean('dry-run');
    const changed = await ledger.rebuild({ dryRun });
    const shown = changed.slice(0, maxShownPaths).map((path) => `  ${path}`);
    const more = changed.length > shown.length ? [`  and ${changed.length - shown.length} more`] : [];
    const text =
      changed.length === 0
        ? 'Every file is what the entries make it: nothing to do.'
        : [`${dryRun ? 'Would make' : 'Made'} ${formatCount(changed.length, 'file')} anew:`, ...shown, ...more].join(
            '\n',
          );
    return outcome({ dry_run: dryRun, changed }, text, { changed: String(changed.length) });
  },
};

/** Drops the memory that a clone has of the ledger. */
export const forgetCommand: Command = {
  spec: {
    name: 'audit forget',
    summary: 'Forget which end of the ledger this clone saw last',
    description:
      'A clone refuses a ledger that does not go on from what it saw. When a ledger was begun anew on purpose, this makes the clone take it as it is. It changes nothing outside of this clone.',
    arguments: [],
    inputs: [],
    outputs: [{ name: 'forgotten', description: 'true when there was something to forget.' }],
    examples: ['weighbridge audit forget'],
  },
  run: async (inputs, host) => {
    const { ledger } = host.surroundings;
    const dryRun = inputs.boolean('dry-run');
    const known = dryRun ? (await ledger.lastSeen()) !== null : await ledger.forgetSeen();
    const done = dryRun ? 'This clone would forget' : 'This clone forgot';
    const text = known ? `${done} what it saw of the ledger.` : 'This clone has seen nothing of the ledger.';
    return outcome({ dry_run: dryRun, forgotten: known }, text, { forgotten: String(known) });
  },
};

function outcome(json: unknown, text: string, outputs: Readonly<Record<string, string>>): Outcome {
  return { exitCode: 0, json, text, markdown: text, notices: [], outputs };
}
