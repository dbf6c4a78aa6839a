import {
  assessModels,
  filesOfWorkTree,
  findAbsentParts,
  findReach,
  type Notice,
  type Reach,
  readGovernance,
  recognise,
  selectModels,
  selectTouched,
  type WeighedModel,
} from '@weighbridge/flows';
import {
  headlineOf,
  renderAssessmentMarkdown,
  renderAssessmentText,
  renderImpactMarkdown,
  renderImpactText,
  renderTextTable,
} from '@weighbridge/report';
import { versionTag, weighbridgeError } from '@weighbridge/core';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { baseOf, pullRequestOf } from '../event.js';

export const versionCommand: Command = {
  spec: {
    name: 'version',
    summary: 'Work out the next version of models from what changed',
    description:
      'Compares the checkout with the last release of each model, as the ledger has it, and computes the bump from what really changed: base model, architecture, weights, tokenizer, data, configuration, code, prompts, retrieval, interface and metrics. Writes nothing and always ends well: it tells, "gate" judges.',
    arguments: [{ name: 'models', description: 'Names of models; every model when none is given.', many: true }],
    inputs: [
      {
        name: 'bump',
        description: 'A declared bump (patch, minor or major): raises the computed one, never lowers it.',
        type: 'text',
        placeholder: 'BUMP',
      },
      {
        name: 'since',
        description:
          'Only models that commits since this one may have changed, and what depends on those; in a pull request its base when no model is named.',
        type: 'text',
        placeholder: 'COMMIT',
      },
      {
        name: 'headers-only',
        description: 'Read headers and no weights: quick for very large files, but a retrained model looks unchanged.',
        type: 'boolean',
        default: 'false',
      },
    ],
    outputs: [
      {
        name: 'models',
        description: 'JSON for a matrix: [{"model","current","next","bump","tag"}] of the models that changed.',
      },
      { name: 'changed', description: '`true` when a model gets a new version.' },
      { name: 'model', description: 'Name of the model, when there is just one.' },
      { name: 'version', description: 'Next version of that model; empty when it does not change.' },
      { name: 'bump', description: 'Its bump: initial, none, patch, minor or major.' },
      { name: 'tag', description: 'The tag that releases it.' },
    ],
    examples: ['weighbridge version', 'weighbridge version --since origin/main', 'weighbridge version fraud --json'],
  },
  run: runVersion,
};

async function runVersion(inputs: InputValues, host: Host): Promise<Outcome> {
  const { surroundings } = host;
  const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  if (governance.models.length === 0) return renderUngoverned(host);
  const pull = pullRequestOf(host.event);
  const bump = inputs.text('bump');
  const named = inputs.list('models');
  const since = inputs.text('since') ?? (named.length === 0 ? baseOf(host.event) : null);
  const touched = since === null ? null : await selectTouched(surroundings, governance, since);
  if (touched === null && inputs.text('since') !== null)
    throw weighbridgeError('flow/commit-missing', { commit: inputs.text('since') ?? '' });
  const wanted = selectModels(governance, named).filter((model) => touched?.models.includes(model) ?? true);
  const weighed = await assessModels(surroundings, governance, wanted, {
    depth: inputs.boolean('headers-only') ? 'headers' : 'bytes',
    declared: parseBump(bump),
    ...(pull === null
      ? {}
      : {
          prerelease: {
            label: 'pr' as const,
            number: pull.number,
            iteration: Number(host.environment['GITHUB_RUN_NUMBER'] ?? 1),
          },
        }),
  });
  const reach =
    touched === null
      ? null
      : await findReach(surroundings, { governance, weighed, paths: touched.paths, time: touched.time });
  const absent = findAbsentParts(wanted, governance.models);
  return renderVersions(weighed, { reach, absent });
}

function parseBump(text: string | null): 'patch' | 'minor' | 'major' | null {
  if (text === null) return null;
  if (text === 'patch' || text === 'minor' || text === 'major') return text;
  throw weighbridgeError('host/input', {
    input: 'bump',
    reason: `"${text}" is none of patch, minor, major`,
    command: 'version',
  });
}

function renderVersions(
  weighed: readonly WeighedModel[],
  { reach, absent }: { readonly reach: Reach | null; readonly absent: readonly Notice[] },
): Outcome {
  const rows = weighed.map(({ assessment }) => ({
    model: assessment.model,
    current: assessment.current,
    next: assessment.next,
    bump: assessment.bump,
    tag: assessment.next === null ? null : versionTag(assessment.model, assessment.next),
  }));
  const changed = rows.filter((row) => row.next !== null);
  const only = rows.length === 1 ? rows[0] : undefined;
  const reached = reach === null || reach.rows.length === 0 ? null : reach;
  return {
    exitCode: 0,
    json: {
      models: weighed.map(({ assessment }) => assessment),
      ...(reach === null ? {} : { impact: { subjects: reach.subjects, models: reach.rows } }),
    },
    text: joined([
      ...weighed.map(({ assessment }) => renderAssessmentText(assessment)),
      ...(weighed.length === 0 ? ['No model changed.'] : []),
      reached === null ? '' : renderImpactText(reached),
    ]),
    markdown: joined([
      ...weighed.map(({ assessment }) => renderAssessmentMarkdown(assessment)),
      ...(weighed.length === 0 ? ['No model changed.'] : []),
      reached === null ? '' : renderImpactMarkdown(reached),
    ]),
    notices: [
      ...weighed.flatMap(({ notices, model, assessment }) => [
        ...notices,
        ...(assessment.next === null
          ? []
          : [{ level: 'notice' as const, text: headlineOf(assessment), file: model.manifestPath, line: model.line }]),
      ]),
      ...absent,
      ...(reach?.notices ?? []),
    ],
    outputs: {
      models: JSON.stringify(changed),
      changed: String(changed.length > 0),
      model: only?.model ?? '',
      version: only?.next ?? '',
      bump: only?.bump ?? '',
      tag: only?.tag ?? '',
    },
  };
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A repository without manifests: what could be one. */
async function renderUngoverned(host: Host): Promise<Outcome> {
  const found = await recognise(host.surroundings);
  const lines = ['This repository has no model manifest yet.'];
  if (found.length === 0)
    lines.push('No model file was recognised either (safetensors, GGUF, ONNX, PyTorch, pickle, joblib).');
  else
    lines.push(
      'Model files that were recognised:',
      renderTextTable([
        ['file', 'format', 'tensors'],
        ...found.map((row) => [row.path, row.format, String(row.tensors)]),
      ]),
    );
  lines.push('', 'Next: "weighbridge init" writes weighbridge.yaml and a manifest for what it finds.');
  const text = lines.join('\n');
  const outputs = { models: '[]', changed: 'false', model: '', version: '', bump: '', tag: '' };
  return { exitCode: 0, json: { models: [], recognised: found }, text, markdown: text, notices: [], outputs };
}
