import { weighbridgeError } from '@weighbridge/core';
import { type Collection, collectStore, formatCount, formatSize } from '@weighbridge/flows';
import { parseDuration } from '@weighbridge/manifest';
import type { CollectionOutcome } from '@weighbridge/ports';
import type { Command } from '../host.js';
import type { InputValues } from '../inputs.js';

/** More lines help nobody; --json has all of them. */
const maxListed = 20;

export const storeCollectCommand: Command = {
  spec: {
    name: 'store collect',
    summary: 'Remove stored bytes that no registered version keeps',
    description:
      'Works in two runs: the first one condemns what nothing names and is older than "retention.unregistered"; a later one, when the grace is over, looks again and removes what is still named by nothing. Registering goes on meanwhile. A run that was killed is finished by the next. Versions whose time under "retention.archived" or "retention.unpromoted" is over give up their bytes first, which is an entry of the ledger; their record stays, and legal holds keep their bytes. The policy of the default branch counts, whatever is checked out. Needs the ledger, whole and at its remote. A file of which the store cannot tell how it lies, because it is damaged or archived, is listed and stays; exit 1 when it is damaged. With --dry-run it lists what the next run would do, how much and why.',
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
      { name: 'released', description: 'How many versions gave up their bytes.' },
    ],
    examples: ['weighbridge store collect --dry-run', 'weighbridge store collect --grace 48h'],
  },
  run: async (inputs, host) => {
    const dryRun = inputs.boolean('dry-run');
    const { outcome, release, untold, notices } = await collectStore(host.surroundings, {
      opened: host.policy,
      graceMs: graceOf(inputs),
      dryRun,
      claim: inputs.boolean('claim'),
    });
    const bytes = outcome.objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const text = [
      ...renderRelease(release, dryRun),
      renderOutcome(outcome, { bytes, dryRun }),
      ...untold.map(({ version, because }) => `${version}: ${because}`),
    ].join('\n');
    return {
      exitCode: untold.some(({ code }) => code === 'store/corrupt') ? 1 : 0,
      json: {
        dry_run: dryRun,
        phase: outcome.phase,
        due_at: outcome.dueAt,
        bytes,
        objects: outcome.objects.map(({ key, sizeBytes }) => ({ key, size: sizeBytes })),
        released: release.due.map(({ bytes, freed, ...each }) => ({ ...versionJson(each), bytes, freed })),
        spared: release.spared.map((each) => ({ ...versionJson(each), because: each.because })),
        kept: { objects: outcome.kept.objects, bytes: outcome.kept.sizeBytes },
        untold: untold.map(({ digest, version, because }) => ({ sha256: digest, version, because })),
      },
      text,
      markdown: text,
      notices,
      outputs: { phase: outcome.phase, bytes: String(bytes), released: String(release.due.length) },
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

type Due = Pick<Collection['release']['due'][number], 'model' | 'version' | 'rule' | 'since' | 'dueAt'>;

function versionJson({ model, version, rule, since, dueAt }: Due) {
  return { model, version: version.version, rule, since, due_at: dueAt };
}

/** Versions whose time is over: which, how much and why, and what keeps the others. */
function renderRelease({ due, spared }: Collection['release'], dryRun: boolean): readonly string[] {
  const freed = due.reduce((sum, each) => sum + each.freed, 0);
  const did = dryRun ? 'Would give up' : 'Gave up';
  const what = `the bytes of ${formatCount(due.length, 'version')}, ${formatSize(freed)} that no other version has`;
  const lines = due
    .slice(0, maxListed)
    .map(
      (each) =>
        `  ${each.model} ${each.version.version} (${formatSize(each.freed)}): ${each.rule}, since ${each.since}`,
    );
  const more = due.length > maxListed ? [`  and ${due.length - maxListed} more (--json lists all)`] : [];
  const kept = spared
    .slice(0, maxListed)
    .map(({ model, version, because }) => `Keeps its bytes: ${model} ${version.version}, ${because}.`);
  const others = spared.length - kept.length;
  const rest = others > 0 ? [`Keep their bytes, too: ${formatCount(others, 'version')} (--json lists all).`] : [];
  return [...(due.length === 0 ? [] : [`${did} ${what}.`, ...lines, ...more]), ...kept, ...rest];
}

function renderOutcome(
  { phase, objects, kept, dueAt }: CollectionOutcome,
  { bytes, dryRun }: { readonly bytes: number; readonly dryRun: boolean },
): string {
  const what = `${formatCount(objects.length, 'object')}, ${formatSize(bytes)}`;
  const headline = {
    nothing: 'Everything in the store is of a version that keeps its bytes, or young.',
    condemned: dryRun ? `Would condemn ${what}.` : `Condemned ${what}; run it again after ${dueAt ?? 'the grace'}.`,
    waiting: `Condemned and waiting until ${dueAt ?? 'the end of the grace'}: ${what}.`,
    deleting: 'Another run is deleting; run it again when that has ended.',
    deleted: dryRun ? `Would delete ${what}.` : `Deleted ${what}.`,
  }[phase];
  const listed = objects.slice(0, maxListed).map(({ key, sizeBytes }) => `  ${key} (${formatSize(sizeBytes)})`);
  const more = objects.length > maxListed ? [`  and ${objects.length - maxListed} more (--json lists all)`] : [];
  const stays =
    phase === 'deleting' ? [] : [`Stays: ${formatCount(kept.objects, 'object')}, ${formatSize(kept.sizeBytes)}.`];
  return [headline, ...listed, ...more, ...stays].join('\n');
}
