import {
  describeEffect,
  type HeldVersion,
  type HoldOutcome,
  holdVersion,
  listHolds,
  releaseHold,
} from '@weighbridge/flows';
import type { Command, Host } from '../host.js';
import type { InputSpec, InputValues } from '../inputs.js';
import { modelVersionOf } from '../model-version.js';
import type { Outcome } from '../outcome.js';

const subject = {
  name: 'model',
  description: 'MODEL@VERSION, a stage or an alias instead of a version.',
  required: true,
};
const reason: InputSpec = {
  name: 'reason',
  description: 'Why. Recorded in the ledger.',
  type: 'text',
  placeholder: 'TEXT',
};
const matter: InputSpec = {
  name: 'matter',
  description: 'What it is about, such as the number of a case: holds for several matters are apart.',
  type: 'text',
  default: 'legal',
  placeholder: 'NAME',
};

const holdCommand: Command = {
  spec: {
    name: 'hold',
    summary: 'Keep the bytes of a version, whatever retention says',
    description:
      'A legal hold, on record with who and why. While it is in force no collection gives up the bytes of the version. Holding again for the same matter changes its end and its reason.',
    arguments: [subject],
    inputs: [
      reason,
      {
        name: 'until',
        description: 'The last day, such as 2027-12-31, or a time; without it, until it is released.',
        type: 'text',
        placeholder: 'DATE',
      },
      matter,
    ],
    outputs: [{ name: 'version', description: 'The version.' }],
    examples: [
      'weighbridge hold fraud@1.4.0 --reason "Doe v. Acme, letter of 3 May" --matter 2026-117',
      'weighbridge hold fraud@production --reason "audit of 2026" --until 2027-06-30',
    ],
  },
  run: async (inputs, host) => {
    const until = inputs.text('until');
    const outcome = await holdVersion(host.surroundings, { ...questionOf(inputs, 'hold'), until });
    return render(outcome, inputs, { verb: ['Would hold', 'Holds'], json: { until } });
  },
};

const releaseCommand: Command = {
  spec: {
    name: 'hold release',
    summary: 'End a legal hold',
    description:
      'Ends the hold of one version for one matter, on record with who and why. Where the policy has "retention.hold_release", only those people may. Holds of this version for other matters stay, and so do those of other versions for the same matter; what stays is listed.',
    arguments: [subject],
    inputs: [reason, matter],
    outputs: [{ name: 'version', description: 'The version.' }],
    examples: ['weighbridge hold release fraud@1.4.0 --matter 2026-117 --reason "settled on 9 June"'],
  },
  run: async (inputs, host) => {
    const question = questionOf(inputs, 'hold release');
    const outcome = await releaseHold(host.surroundings, question);
    const left = await holdsBeside(host, { ...outcome, matter: question.matter });
    const rendered = render(outcome, inputs, {
      verb: ['Would release', 'Released'],
      json: { still_held: left.map(({ model, version, matter }) => ({ model, version, matter })) },
    });
    const lines = left.map(({ model, version, matter }) => `Still on hold: ${model} ${version} for ${matter}`);
    return { ...rendered, text: [rendered.text, ...lines].join('\n') };
  },
};

/** Holds in force of the version for other matters, and of other versions for the matter: who ends one may mean them all. */
async function holdsBeside(
  { surroundings }: Host,
  { model, version, matter }: Pick<HoldOutcome, 'model' | 'version'> & { readonly matter: string },
): Promise<readonly HeldVersion[]> {
  return (await listHolds(surroundings)).filter((each) => {
    const isOfVersion = each.model === model && each.version === version.version;
    return isOfVersion !== (each.matter === matter);
  });
}

function questionOf(inputs: InputValues, command: string) {
  return {
    ...modelVersionOf(inputs, command),
    matter: inputs.text('matter') ?? 'legal',
    reason: inputs.text('reason') ?? '',
    dryRun: inputs.boolean('dry-run'),
  };
}

function render(
  { model, version, plan, receipts, notices }: HoldOutcome,
  inputs: InputValues,
  { verb: [would, did], json }: { readonly verb: readonly [string, string]; readonly json: object },
): Outcome {
  const dryRun = inputs.boolean('dry-run');
  const matter = inputs.text('matter') ?? 'legal';
  const steps = dryRun ? plan.effects.map(describeEffect) : receipts.map(({ summary }) => summary);
  const headline = `${dryRun ? would : did} ${model} ${version.version} (${matter})`;
  return {
    exitCode: 0,
    json: { dry_run: dryRun, model, version: version.version, matter, ...json, effects: steps },
    text: [headline, ...steps.map((step) => `  ${step}`)].join('\n'),
    markdown: headline,
    notices,
    outputs: { version: version.version },
  };
}

export const holdCommands: readonly Command[] = [holdCommand, releaseCommand];
