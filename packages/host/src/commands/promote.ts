import { weighbridgeError } from '@weighbridge/core';
import {
  describeEffect,
  type Promotion,
  promoteModel,
  proposePromotion,
  type ProposeRequest,
} from '@weighbridge/flows';
import { escapeMarkdown, renderVerdictMarkdown, renderVerdictText } from '@weighbridge/report';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { gatePulls } from './gate-pull.js';

export const promoteCommand: Command = {
  spec: {
    name: 'promote',
    summary: 'Move a version to a stage, if the gate of that stage permits',
    description:
      'Moves the stage at once, or opens the pull request that asks for it (see --how). At once: judges the version by the gate of the stage and, when it permits, moves the pointer of the stage, records decision and reason in the ledger, tags the move for GTO and brings stages.yaml of the checkout in line for you to commit. The move names the version that it replaces: of two concurrent promotions one wins.',
    arguments: [
      {
        name: 'model',
        description: 'MODEL@VERSION; the version may also be a stage, an alias or sha256:…',
        required: true,
        dispatched: ['model'],
      },
    ],
    inputs: [
      {
        name: 'to',
        description: 'The stage to enter.',
        type: 'text',
        required: true,
        placeholder: 'STAGE',
        dispatched: ['to', 'stage'],
      },
      {
        name: 'version',
        description: 'The version, when it is not part of the model.',
        type: 'text',
        placeholder: 'VERSION',
        dispatched: ['version'],
      },
      {
        name: 'reason',
        description: 'Why, for the record.',
        type: 'text',
        placeholder: 'TEXT',
        dispatched: ['reason'],
      },
      {
        name: 'how',
        description:
          'direct: move the pointer now, if the gate permits. pull-request: open the pull request that asks for it, with its status and reviewers. auto: pull-request where a forge is known and the gate of the stage asks for reviewers, else direct.',
        type: 'text',
        default: 'auto',
        placeholder: 'HOW',
      },
    ],
    outputs: [
      { name: 'outcome', description: 'promoted, already-there, held-back or proposed.' },
      { name: 'model', description: 'The model.' },
      { name: 'version', description: 'The version.' },
      { name: 'replaced', description: 'The version that the stage pointed to before; empty when none.' },
      { name: 'verdict', description: 'Verdict of the gate.' },
      { name: 'pull-request', description: 'Number of the pull request that asks for it; empty when none does.' },
    ],
    examples: [
      'weighbridge promote fraud@1.4.0 --to staging',
      'weighbridge promote fraud@staging --to production --reason "passed the soak"',
    ],
  },
  run: runPromote,
};

async function runPromote(inputs: InputValues, host: Host): Promise<Outcome> {
  const [model = '', written] = (inputs.text('model') ?? '').split(/@(.*)/s);
  const version = written ?? inputs.text('version');
  const to = inputs.text('to');
  if (model === '')
    throw weighbridgeError('host/input', { input: 'model', reason: 'it is missing', command: 'promote' });
  if (version === null || version === '')
    throw weighbridgeError('host/input', {
      input: 'version',
      reason: `which version of ${model}? write ${model}@VERSION; "weighbridge show ${model}" lists them`,
      command: 'promote',
    });
  if (to === null) throw weighbridgeError('host/input', { input: 'to', reason: 'it is missing', command: 'promote' });
  const dryRun = inputs.boolean('dry-run');
  const request = { model, version, to, reason: inputs.text('reason'), dryRun };
  if (chooseHow(inputs.text('how') ?? 'auto', to, host) === 'pull-request') return propose(request, inputs, host);
  return renderPromotion(await promoteModel(host.surroundings, { ...request, writeStages: true }), dryRun);
}

/** @throws host/input */
function chooseHow(how: string, to: string, { policy, surroundings }: Host): 'direct' | 'pull-request' {
  if (how === 'direct' || how === 'pull-request') return how;
  if (how !== 'auto') {
    const reason = `"${how}" is none of auto, direct, pull-request`;
    throw weighbridgeError('host/input', { input: 'how', reason, command: 'promote' });
  }
  const reviewed = Object.hasOwn(policy.gates, to) && (policy.gates[to]?.reviewers.length ?? 0) > 0;
  return surroundings.forge !== null && reviewed ? 'pull-request' : 'direct';
}

/** Opens the pull request and sets its status at once: what this job pushes starts no other. */
async function propose(request: ProposeRequest, inputs: InputValues, host: Host): Promise<Outcome> {
  const { forge } = host.surroundings;
  const proposal = await proposePromotion(host.surroundings, request);
  const { model, version, to, pull, outcome, asked, refused, replaced, branch } = proposal;
  const judged =
    pull === null || forge === null
      ? null
      : await gatePulls({ kind: 'pull', number: pull.number }, forge, inputs, host);
  const name = `${model} ${version.version}`;
  const headline = {
    proposed:
      pull === null
        ? `Would ask for ${name} to enter ${to}, on the branch ${branch}`
        : `Asked for ${name} to enter ${to}: ${pull.url}`,
    present: `A pull request asks for ${name} to enter ${to} already: ${pull?.url ?? ''}`,
    'already-there': `stages.yaml of the default branch asks for ${name} in ${to} already; "weighbridge apply" brings the ledger in line`,
  }[outcome];
  const lines = [
    ...(asked.length > 0 ? [`Asked for a review: ${asked.join(', ')}`] : []),
    ...(refused.length > 0 ? [`Could not be asked for a review: ${refused.join(', ')}`] : []),
  ];
  return {
    exitCode: 0,
    json: {
      dry_run: request.dryRun,
      outcome,
      model,
      version: version.version,
      to,
      replaced,
      branch,
      pull,
      asked,
      refused,
      judged: judged?.json ?? null,
    },
    text: [headline, ...lines.map((line) => `  ${line}`), ...(judged === null ? [] : ['', judged.text])].join('\n'),
    markdown: [
      `### ${escapeMarkdown(headline)}`,
      ...lines.map((line) => `- ${escapeMarkdown(line)}`),
      judged?.markdown ?? '',
    ].join('\n\n'),
    notices: judged?.notices ?? [],
    outputs: {
      outcome,
      model,
      version: version.version,
      replaced: replaced ?? '',
      verdict: judged?.outputs['verdict'] ?? '',
      'pull-request': pull === null ? '' : String(pull.number),
    },
  };
}

function renderPromotion(promotion: Promotion, dryRun: boolean): Outcome {
  const { model, version, to, replaced, outcome, decision, plan, receipts } = promotion;
  const name = `${model} ${version.version}`;
  const before = replaced === null ? '' : ` (before: ${replaced})`;
  // In mode: warn the tree below says what is not met, and the version moved all the same.
  const despite =
    decision?.verdict === 'warn' ? ', with a warning: "mode: warn" or "severity: warn" blocks nothing' : '';
  const headline = {
    promoted: `${dryRun ? 'Would promote' : 'Promoted'} ${name} to ${to}${before}${despite}`,
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
    outputs: {
      outcome,
      model,
      version: version.version,
      replaced: replaced ?? '',
      verdict: decision?.verdict ?? '',
      'pull-request': '',
    },
  };
}
