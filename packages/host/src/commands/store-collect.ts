import { weighbridgeError } from '@weighbridge/core';
import { collectStore, formatSize } from '@weighbridge/flows';
import { parseDuration } from '@weighbridge/manifest';
import type { CollectionOutcome } from '@weighbridge/ports';
import type { Command } from '../host.js';
import type { InputValues } from '../inputs.js';

/** More lines help nobody; --json has all of them. */
const maxListed = 20;

export const storeCollectCommand: Command = {
  spec: {
    name: 'store collect',
    summary: 'Remove stored bytes that no registered version names',
    description:
      'Works in two runs: the first one condemns what nothing names and is older than "retention.unregistered"; a later one, when the grace is over, looks again and removes what is still named by nothing. Registering goes on meanwhile. A run that was killed is finished by the next. Needs the ledger, whole and at its remote. With --dry-run it lists what the next run would do.',
    arguments: [],
    inputs: [
      {
        name: 'grace',
        description: 'How long what is condemned now waits, such as 24h; that of "retention" when not given.',
        type: 'text',
        placeholder: 'DURATION',
      },
      {
        name: 'claim',
        description: 'Note first that no other repository keeps bytes in this store. Look before you say so.',
        type: 'boolean',
        default: 'false',
      },
    ],
    outputs: [
      { name: 'phase', description: 'nothing, condemned, waiting, deleting (by another run) or deleted.' },
      { name: 'bytes', description: 'Bytes that were condemned or deleted.' },
    ],
    examples: ['weighbridge store collect --dry-run', 'weighbridge store collect --grace 48h'],
  },
  run: async (inputs, host) => {
    const dryRun = inputs.boolean('dry-run');
    const retention = { ...host.policy.retention, graceMs: graceOf(inputs) ?? host.policy.retention.graceMs };
    const outcome = await collectStore(host.surroundings, { retention, dryRun, claim: inputs.boolean('claim') });
    const bytes = outcome.objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const text = renderOutcome(outcome, { bytes, dryRun });
    return {
      exitCode: 0,
      json: {
        dry_run: dryRun,
        phase: outcome.phase,
        due_at: outcome.dueAt,
        bytes,
        objects: outcome.objects.map(({ key, sizeBytes }) => ({ key, size: sizeBytes })),
        kept: { objects: outcome.kept.objects, bytes: outcome.kept.sizeBytes },
      },
      text,
      markdown: text,
      notices: [],
      outputs: { phase: outcome.phase, bytes: String(bytes) },
    };
  },
};

function graceOf(inputs: InputValues): number | null {
  const text = inputs.text('grace');
  if (text === null) return null;
  const graceMs = parseDuration(text);
  if (graceMs !== null) return graceMs;
  const reason = `"${text}" is no duration such as 90m, 24h or 2d`;
  throw weighbridgeError('host/input', { input: 'grace', reason, command: 'store collect' });
}

function renderOutcome(
  { phase, objects, kept, dueAt }: CollectionOutcome,
  { bytes, dryRun }: { readonly bytes: number; readonly dryRun: boolean },
): string {
  const what = `${objects.length} object(s), ${formatSize(bytes)}`;
  const headline = {
    nothing: 'Everything in the store is named by a registered version, or young.',
    condemned: dryRun ? `Would condemn ${what}.` : `Condemned ${what}; run it again after ${dueAt ?? 'the grace'}.`,
    waiting: `Condemned and waiting until ${dueAt ?? 'the end of the grace'}: ${what}.`,
    deleting: 'Another run is deleting; run it again when that has ended.',
    deleted: dryRun ? `Would delete ${what}.` : `Deleted ${what}.`,
  }[phase];
  const listed = objects.slice(0, maxListed).map(({ key, sizeBytes }) => `  ${key} (${formatSize(sizeBytes)})`);
  const more = objects.length > maxListed ? [`  and ${objects.length - maxListed} more (--json lists all)`] : [];
  const stays = phase === 'deleting' ? [] : [`Stays: ${kept.objects} object(s), ${formatSize(kept.sizeBytes)}.`];
  return [headline, ...listed, ...more, ...stays].join('\n');
}
