import { WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { describeEffect, formatCount, type Notice, proposeAlignment, rollbackModel } from '@weighbridge/flows';
import { escapeMarkdown } from '@weighbridge/report';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { gatePulls } from './gate-pull.js';

export const rollbackCommand: Command = {
  spec: {
    name: 'rollback',
    summary: 'Point a stage back to its last good version',
    description:
      'Picks the last version that completed promotion to the stage (or the one named), reads its artifacts back from the store and checks their digests, moves the pointer, archives the bad version and freezes its content, so that it cannot come back under any number without a recorded waiver. Then brings stages.yaml in line: in the checkout, for you to commit, and where a forge is known by a pull request. A second run changes nothing.',
    arguments: [{ name: 'model', description: 'The model.', required: true, dispatched: ['model'] }],
    inputs: [
      {
        name: 'stage',
        description: 'The stage; the one before the archive when not given.',
        type: 'text',
        placeholder: 'STAGE',
        dispatched: ['stage'],
      },
      {
        name: 'reason',
        description: 'What happened. Recorded in the ledger.',
        type: 'text',
        required: true,
        placeholder: 'TEXT',
        dispatched: ['reason'],
      },
      {
        name: 'to',
        description: 'A version; the last one that completed promotion to the stage when not given.',
        type: 'text',
        placeholder: 'VERSION',
        dispatched: ['to'],
      },
    ],
    outputs: [
      { name: 'outcome', description: 'rolled-back or already-there.' },
      { name: 'model', description: 'The model.' },
      { name: 'from', description: 'The bad version, now archived and frozen.' },
      { name: 'version', description: 'The version that the stage points to now.' },
      {
        name: 'pull-request',
        description: 'Number of the pull request that brings stages.yaml in line; empty when none is needed.',
      },
    ],
    examples: ['weighbridge rollback fraud --stage production --reason "false positives doubled"'],
  },
  run: runRollback,
};

async function runRollback(inputs: InputValues, host: Host): Promise<Outcome> {
  const model = inputs.text('model') ?? '';
  if (model === '')
    throw weighbridgeError('host/input', { input: 'model', reason: 'it is missing', command: 'rollback' });
  const dryRun = inputs.boolean('dry-run');
  const rollback = await rollbackModel(host.surroundings, {
    model,
    stage: inputs.text('stage') ?? host.policy.stages.at(-2) ?? 'production',
    reason: inputs.text('reason') ?? '',
    to: inputs.text('to'),
    dryRun,
    writeStages: true,
  });
  const { stage, from, to, outcome, verified, plan, receipts, notices } = rollback;
  const { pull: aligned, notices: open } = dryRun
    ? { pull: null, notices: [] }
    : await align(rollback.model, inputs, host);
  const done = dryRun ? 'Would roll back' : 'Rolled back';
  const headline =
    outcome === 'rolled-back'
      ? `${done} ${stage} of ${rollback.model} from ${from} to ${to.version}`
      : `${stage} of ${rollback.model} was rolled back from ${from} to ${to.version} already`;
  const facts =
    outcome === 'rolled-back'
      ? [`${formatCount(verified, 'artifact')} read back and verified; ${from} is archived and its content frozen`]
      : [];
  const steps = [
    ...(dryRun ? plan.effects.map(describeEffect) : receipts.map((receipt) => receipt.summary)),
    ...(aligned === null ? [] : [`stages.yaml says otherwise until this is merged: ${aligned.url}`]),
  ];
  return {
    exitCode: 0,
    json: {
      dry_run: dryRun,
      outcome,
      model: rollback.model,
      stage,
      from,
      to: to.version,
      verified,
      effects: plan.effects.map(describeEffect),
      pull: aligned,
    },
    text: [headline, ...[...facts, ...steps].map((line) => `  ${line}`)].join('\n'),
    markdown: [`### ${escapeMarkdown(headline)}`, '', ...facts.map((fact) => `- ${fact}`)].join('\n'),
    notices: [...notices, ...open],
    outputs: {
      outcome,
      model: rollback.model,
      from,
      version: to.version,
      'pull-request': aligned === null ? '' : String(aligned.number),
    },
  };
}

interface Aligned {
  readonly pull: { readonly number: number; readonly url: string } | null;
  readonly notices: readonly Notice[];
}

/**
 * The registry went back first; then the file follows by a pull request, whose status this job sets, since what it pushes
 * starts no other. Where the forge fails, the rollback stands, and what is left to do is told.
 */
async function align(model: string, inputs: InputValues, host: Host): Promise<Aligned> {
  const { forge } = host.surroundings;
  if (forge === null) return { pull: null, notices: [] };
  const reason = inputs.text('reason') ?? '';
  try {
    const pull = await proposeAlignment(host.surroundings, { model, reason });
    if (pull !== null) await gatePulls({ kind: 'pull', number: pull.number }, forge, inputs, host);
    return { pull, notices: [] };
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.exitCode !== 3) throw error;
    const text = `The rollback is done; the pull request that brings stages.yaml in line could not be opened: ${error.message} ${error.remedy}`;
    return { pull: null, notices: [{ level: 'warning', text }] };
  }
}
