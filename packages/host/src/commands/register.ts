import {
  type AskedRelease,
  describeEffect,
  missingInRecord,
  type Registration,
  registerModels,
  type ReleaseRun,
  releaseVersions,
} from '@weighbridge/flows';
import { headlineOf, renderAssessmentMarkdown, renderVerdictMarkdown, renderVerdictText } from '@weighbridge/report';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import { listSteps, plannedSteps } from '../list-steps.js';
import type { Outcome } from '../outcome.js';
import { pushedTagOf } from '../event.js';
import { releaseExitCode, releaseJson, releaseLines, releaseNotices } from '../release-report.js';
import { versionSignerInputs } from '../signing-inputs.js';
import { withVersionSigner } from '../version-signer.js';

export const registerCommand: Command = {
  spec: {
    name: 'register',
    summary: 'Store artifacts, record the version, tag it',
    description:
      'For each model whose content changed since its last release: artifacts go into the store by digest, the version with its evidence, its model card and its bill of materials into the ledger, an annotated tag in the grammar of GTO onto the commit, and the version into the first stage. Where the policy has versions signed, their artifacts are signed too (OpenSSF Model Signing). Same content is never a new version. Every step can be repeated: a run that was ended anywhere is finished by the next.',
    arguments: [
      { name: 'models', description: 'Names of models; every model that changed when none is given.', many: true },
    ],
    inputs: [
      {
        name: 'tag',
        description: 'The version tag that asks for it, such as fraud@v1.4.0; in a workflow the pushed tag.',
        type: 'text',
        placeholder: 'TAG',
      },
      { name: 'reason', description: 'Why, for the record.', type: 'text', placeholder: 'TEXT' },
      {
        name: 'release',
        description: 'Publish the GitHub release of each version too, as "weighbridge release" does.',
        type: 'boolean',
        default: 'false',
      },
      ...versionSignerInputs,
      {
        name: 'new-ledger',
        description:
          'Begin a new ledger although tags speak of an earlier one that is gone: what it said is lost for good.',
        type: 'boolean',
        default: 'false',
        only: 'command-line',
      },
    ],
    outputs: [
      { name: 'models', description: 'JSON for a matrix: [{"model","version","tag","outcome"}].' },
      { name: 'model', description: 'Name of the model, when there is just one.' },
      { name: 'version', description: 'Its version.' },
      { name: 'bump', description: 'Its bump.' },
      { name: 'tag', description: 'Its tag.' },
      { name: 'outcome', description: 'registered, unchanged or held-back.' },
      { name: 'notes', description: 'Release notes of what was registered, in Markdown; empty when nothing was.' },
      { name: 'url', description: 'Address of its release, when one was asked for and there is just one.' },
    ],
    examples: ['weighbridge register', 'weighbridge register fraud --dry-run'],
  },
  run: runRegister,
};

async function runRegister(inputs: InputValues, host: Host): Promise<Outcome> {
  const dryRun = inputs.boolean('dry-run');
  const { registrations, notices } = await registerModels(await withVersionSigner(inputs, host), {
    models: inputs.list('models'),
    tag: inputs.text('tag') ?? pushedTagOf(host.environment),
    tolerant: inputs.text('tag') === null,
    reason: inputs.text('reason'),
    dryRun,
    newLedger: inputs.boolean('new-ledger'),
  });
  const released =
    inputs.boolean('release') && !dryRun ? await release(inRegistry(registrations), host) : nothingReleased;
  const lines = releaseLines(released);
  const rows = registrations.map(({ weighed, version, tag, outcome }) => ({
    model: weighed.assessment.model,
    version,
    tag,
    outcome,
  }));
  const only = registrations.length === 1 ? registrations[0] : undefined;
  return {
    exitCode: releaseExitCode(released) || (registrations.some(({ outcome }) => outcome === 'held-back') ? 1 : 0),
    json: {
      dry_run: dryRun,
      models: registrations.map((registration) => ({
        model: registration.weighed.assessment.model,
        version: registration.version,
        tag: registration.tag,
        outcome: registration.outcome,
        bump: registration.weighed.assessment.bump,
        identity: registration.weighed.assessment.identity,
        effects: registration.plan.effects.map(describeEffect),
        decision: registration.decision,
        held_for: registration.heldFor,
        notes: registration.documents?.notes ?? null,
        disagreements: registration.documents?.disagreements ?? [],
      })),
      ...(inputs.boolean('release') && !dryRun ? { released: releaseJson(released) } : {}),
    },
    text:
      registrations.length === 0
        ? 'Nothing to register.'
        : [...registrations.map((registration) => renderText(registration, dryRun)), ...lines].join('\n\n'),
    markdown: [...registrations.map((registration) => renderMarkdown(registration, dryRun)), ...lines].join('\n\n'),
    notices: [...notices, ...releaseNotices(released)],
    outputs: {
      models: JSON.stringify(rows),
      model: only?.weighed.assessment.model ?? '',
      version: only?.version ?? '',
      bump: only?.weighed.assessment.bump ?? '',
      tag: only?.tag ?? '',
      outcome: only?.outcome ?? '',
      notes: registrations.flatMap(({ documents }) => documents?.notes ?? []).join('\n'),
      url: released.done.length === 1 ? (released.done[0]?.published?.url ?? '') : '',
    },
  };
}

const nothingReleased: ReleaseRun = { done: [], failed: [], notBegun: [] };

/** The releases of versions that a registration came to. What fails is told beside what was registered. */
function release(asked: readonly AskedRelease[], { surroundings, policy }: Host): Promise<ReleaseRun> {
  const { versioning } = policy;
  return releaseVersions(surroundings, asked, { draft: false, automatic: true, dryRun: false, versioning });
}

function inRegistry(registrations: readonly Registration[]) {
  return registrations
    .filter(({ outcome }) => outcome !== 'held-back')
    .map(({ weighed, version }) => ({ model: weighed.assessment.model, version }));
}

function conclusion(registration: Registration, dryRun: boolean): string {
  const { outcome, version, weighed, decision, heldFor } = registration;
  const model = weighed.assessment.model;
  if (heldFor.length > 0)
    return `Held back: it is built on ${heldFor.join(' and ')}, held back as well. Nothing was written.`;
  if (outcome === 'held-back')
    return `Held back: the gate of ${decision?.transition.to ?? 'the first stage'} says ${decision?.verdict ?? 'no'}. Nothing was written.`;
  if (outcome === 'unchanged') {
    const measured = weighed.assessment.changes.some(({ facet }) => facet === 'metrics');
    const hint = measured
      ? ` New metrics are recorded for it by "weighbridge evidence add ${model}@${version} FILE".`
      : '';
    return `${model} ${version} is registered already with this content; no new version.${hint}`;
  }
  return dryRun ? `Would register ${model} ${version}:` : `Registered ${model} ${version}:`;
}

function renderText(registration: Registration, dryRun: boolean): string {
  const { weighed, outcome, decision, plan, receipts } = registration;
  const lines = [headlineOf(weighed.assessment)];
  lines.push(conclusion(registration, dryRun));
  const steps = dryRun ? plannedSteps(plan.effects) : listSteps(receipts);
  for (const step of steps) lines.push(`  ${step}`);
  if (decision !== null && outcome === 'held-back') lines.push(renderVerdictText(decision.requirements, 1));
  if (decision !== null && outcome === 'registered' && decision.verdict === 'warn') {
    lines.push(`Let through with a warning ("mode: warn" or "severity: warn" blocks nothing):`);
    lines.push(renderVerdictText(decision.requirements, 1));
  }
  return lines.join('\n');
}

function renderMarkdown(registration: Registration, dryRun: boolean): string {
  const { weighed, outcome, decision, plan } = registration;
  const lines = [renderAssessmentMarkdown(weighed.assessment), '', conclusion(registration, dryRun), ''];
  for (const step of plannedSteps(plan.effects)) lines.push(`- \`${step.replaceAll('`', "'")}\``);
  if (decision !== null && outcome === 'held-back') lines.push('', renderVerdictMarkdown(decision.requirements));
  if (outcome === 'registered') lines.push(...renderMissing(registration));
  return lines.join('\n');
}

/** What the metadata standard asks for and nobody knew, for those whose gates do not ask. */
function renderMissing(registration: Registration): readonly string[] {
  const missing = missingInRecord(registration);
  if (missing.length === 0) return [];
  return [
    '',
    'Required by the metadata standard and not known:',
    '',
    ...missing.map(({ title, supply }) => `- ${title}. ${supply}`),
  ];
}
