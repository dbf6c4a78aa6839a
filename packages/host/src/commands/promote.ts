import { weighbridgeError } from '@weighbridge/core';
import { describeEffect, type Promotion, promoteModel } from '@weighbridge/flows';
import { renderVerdictMarkdown, renderVerdictText } from '@weighbridge/report';
import { dispatchInputsOf } from '../event.js';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';

export const promoteCommand: Command = {
  spec: {
    name: 'promote',
    summary: 'Move a version to a stage, if the gate of that stage permits',
    description:
      'Judges the version by the gate of the stage and, when it permits, moves the pointer of the stage, records decision and reason in the ledger, tags the move for GTO and brings stages.yaml of the checkout in line for you to commit. The move names the version that it replaces: of two concurrent promotions one wins.',
    arguments: [
      {
        name: 'model',
        description: 'MODEL@VERSION; the version may also be a stage, an alias or sha256:…',
        required: true,
      },
    ],
    inputs: [
      { name: 'to', description: 'The stage to enter.', type: 'text', required: true, placeholder: 'STAGE' },
      {
        name: 'version',
        description: 'The version, when it is not part of the model.',
        type: 'text',
        placeholder: 'VERSION',
      },
      { name: 'reason', description: 'Why, for the record.', type: 'text', placeholder: 'TEXT' },
    ],
    outputs: [
      { name: 'outcome', description: 'promoted, already-there or held-back.' },
      { name: 'model', description: 'The model.' },
      { name: 'version', description: 'The version.' },
      { name: 'replaced', description: 'The version that the stage pointed to before; empty when none.' },
      { name: 'verdict', description: 'Verdict of the gate.' },
    ],
    examples: [
      'weighbridge promote fraud@1.4.0 --to staging',
      'weighbridge promote fraud@staging --to production --reason "passed the soak"',
    ],
  },
  run: runPromote,
};

async function runPromote(inputs: InputValues, host: Host): Promise<Outcome> {
  const dispatched = dispatchInputsOf(host.event);
  const [model = '', written] = (inputs.text('model') ?? dispatched['model'] ?? '').split(/@(.*)/s);
  const version = written ?? inputs.text('version') ?? dispatched['version'] ?? null;
  const to = inputs.text('to') ?? dispatched['to'] ?? dispatched['stage'] ?? null;
  if (model === '')
    throw weighbridgeError('host/input', { input: 'model', reason: 'it is missing', command: 'promote' });
  if (version === null || version === '')
    throw weighbridgeError('host/input', { input: 'version', reason: 'write MODEL@VERSION', command: 'promote' });
  if (to === null) throw weighbridgeError('host/input', { input: 'to', reason: 'it is missing', command: 'promote' });
  const dryRun = inputs.boolean('dry-run');
  const promotion = await promoteModel(host.surroundings, {
    model,
    version,
    to,
    reason: inputs.text('reason') ?? dispatched['reason'] ?? null,
    dryRun,
    writeStages: true,
  });
  return renderPromotion(promotion, dryRun);
}

function renderPromotion(promotion: Promotion, dryRun: boolean): Outcome {
  const { model, version, to, replaced, outcome, decision, plan, receipts } = promotion;
  const name = `${model} ${version.version}`;
  const headline = {
    promoted: `${dryRun ? 'Would promote' : 'Promoted'} ${name} to ${to}${replaced === null ? '' : ` (before: ${replaced})`}`,
    'already-there': `${name} is in ${to} already`,
    'held-back': `${name} may not enter ${to}: the gate says ${decision?.verdict ?? 'no'}. Nothing was written.`,
  }[outcome];
  const steps = dryRun ? plan.effects.map(describeEffect) : receipts.map((receipt) => receipt.summary);
  const verdict = decision === null ? '' : renderVerdictText(decision.requirements, 1);
  return {
    exitCode: outcome === 'held-back' ? 1 : 0,
    json: {
      dry_run: dryRun,
      outcome,
      model,
      version: version.version,
      to,
      from: promotion.from,
      replaced,
      decision,
      effects: plan.effects.map(describeEffect),
    },
    text: [headline, ...(verdict === '' ? [] : [verdict]), ...steps.map((step) => `  ${step}`)].join('\n'),
    markdown: [`### ${headline}`, '', decision === null ? '' : renderVerdictMarkdown(decision.requirements)].join('\n'),
    notices: promotion.notices,
    outputs: { outcome, model, version: version.version, replaced: replaced ?? '', verdict: decision?.verdict ?? '' },
  };
}
