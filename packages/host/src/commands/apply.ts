import { type AppliedLine, applyStages, type ApplyOutcome, describeEffect } from '@weighbridge/flows';
import { escapeMarkdown, renderDecisionMarkdown, renderDecisionText } from '@weighbridge/report';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { statusContext } from './gate-pull.js';

export const applyCommand: Command = {
  spec: {
    name: 'apply',
    summary: 'Move stages to where stages.yaml of the default branch asks them to be',
    description:
      'Looks at every line of stages.yaml that asks for something else than what was applied last, judges the move again by the policy that stood before the merge and on the reviews of its pull request, and moves the pointer where the gate permits. What it does not permit, and what came in without a pull request, moves nothing and is recorded. What a rollback set stays until somebody edits the line. Repeating it changes nothing.',
    arguments: [{ name: 'models', description: 'Names of models; every model when none is given.', many: true }],
    inputs: [],
    outputs: [
      { name: 'applied', description: 'JSON: [{"model","stage","version"}] of the stages that moved.' },
      { name: 'outcome', description: 'applied, nothing-to-do or held-back.' },
    ],
    examples: ['weighbridge apply', 'weighbridge apply fraud --dry-run'],
  },
  run: runApply,
};

async function runApply(inputs: InputValues, host: Host): Promise<Outcome> {
  const dryRun = inputs.boolean('dry-run');
  const applied = await applyStages(host.surroundings, {
    models: inputs.list('models'),
    dryRun,
    statusContext: dryRun ? null : statusContext,
  });
  return renderApplied(applied, dryRun);
}

function renderApplied({ commit, models, notices }: ApplyOutcome, dryRun: boolean): Outcome {
  const lines = models.flatMap(({ model, lines: own }) => own.map((line) => ({ model, ...line })));
  const moved = lines.filter(({ outcome }) => outcome === 'applied');
  const open = lines.filter(({ outcome }) => !['applied', 'already-there'].includes(outcome));
  const effects = models.flatMap(({ plan, receipts }) =>
    dryRun ? plan.effects.map(describeEffect) : receipts.map(({ summary }) => summary),
  );
  const told = lines.map((line) => tellLine(line, dryRun));
  const nothing = `stages.yaml of ${commit.slice(0, 12)} asks for nothing that was not applied.`;
  return {
    exitCode: open.length > 0 ? 1 : 0,
    json: { dry_run: dryRun, commit, lines, effects },
    text:
      lines.length === 0
        ? nothing
        : [...told.map(({ text }) => text), ...effects.map((effect) => `  ${effect}`)].join('\n'),
    markdown: lines.length === 0 ? nothing : told.map(({ markdown }) => markdown).join('\n\n'),
    notices,
    outputs: {
      applied: JSON.stringify(moved.map(({ model, stage, version }) => ({ model, stage, version }))),
      outcome: open.length > 0 ? 'held-back' : moved.length > 0 ? 'applied' : 'nothing-to-do',
    },
  };
}

type ToldLine = AppliedLine & { readonly model: string };

function tellLine(line: ToldLine, dryRun: boolean): { text: string; markdown: string } {
  const { model, stage, version, outcome, because, pull, decision } = line;
  const name = `${model} ${version}`;
  const from = pull === null ? '' : ` (#${pull})`;
  const headline = {
    applied: `${dryRun ? 'Would move' : 'Moved'} ${name} to ${stage}${from}`,
    'already-there': `${name} is in ${stage} already${from}`,
    'held-back': `${name} may not enter ${stage}${from}: nothing moved, and that is on record`,
    bypassed: `${name} was to enter ${stage}, but ${because}: nothing moved, and that is on record. Ask for it in a pull request, or run "weighbridge promote ${model}@${version} --to ${stage}"`,
    unknown: `${name} cannot enter ${stage}: ${because}`,
  }[outcome];
  const open = decision !== null && outcome === 'held-back' ? decision : null;
  return {
    text: open === null ? headline : `${headline}\n${renderDecisionText(open)}`,
    markdown: `- ${escapeMarkdown(headline)}${open === null ? '' : `\n\n${renderDecisionMarkdown(open)}`}`,
  };
}
