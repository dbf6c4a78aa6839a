import { weighbridgeError } from '@weighbridge/core';
import { askImpact, type Impact } from '@weighbridge/flows';
import { escapeMarkdown, renderImpactMarkdown, renderImpactText } from '@weighbridge/report';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { wordOf } from '../word-input.js';

const command = 'impact';
const bumpWords = ['patch', 'minor', 'major'] as const;
const formats = ['text', 'markdown', 'json'] as const;

export const impactCommand: Command = {
  spec: {
    name: command,
    summary: 'Show what depends on a model, on data or on a digest, and the version each would get',
    description:
      'Looks through what every registered version was made of and what the manifests of the checkout ask for, and follows bases and parts from model to model. For each model it tells where the versions stand that rest on it, and the bump that it would get were it made again: data by its role, a base or part by its own bump as far as the range takes its next version. Catalogues that were read before are kept in the clone, so that the cost is that of what changed. Ends with 0, also where nothing depends on it; with --fail-on, 1 when a version in such a stage does.',
    arguments: [
      {
        name: 'about',
        description:
          'MODEL, MODEL@VERSION, MODEL@STAGE; a reference as manifests write it, files from the root of the repository (/data/train.csv); or a digest (sha256:…, tree:…, md5:…) of a version, an artifact or data.',
        required: true,
      },
    ],
    inputs: [
      {
        name: 'bump',
        description: 'The bump that a model asked about gets: patch, minor or major.',
        type: 'text',
        default: 'minor',
        placeholder: 'BUMP',
      },
      {
        name: 'fail-on',
        description: 'Stages that nothing may depend on it in: the exit code is 1 else.',
        type: 'list',
        placeholder: 'STAGE',
      },
      { name: 'format', description: 'text, markdown or json.', type: 'text', default: 'text', placeholder: 'FORMAT' },
    ],
    outputs: [
      {
        name: 'models',
        description: 'JSON: [{"model","bump","next","depth","versions"}] of the models that depend on it.',
      },
    ],
    examples: [
      'weighbridge impact fraud --bump major',
      'weighbridge impact hf://meta-llama/Llama-3.1-8B',
      'weighbridge impact /models/fraud/data.csv --fail-on production',
    ],
  },
  run: runImpact,
};

async function runImpact(inputs: InputValues, host: Host): Promise<Outcome> {
  const bump = wordOf(inputs, { name: 'bump', words: bumpWords, command });
  const format = wordOf(inputs, { name: 'format', words: formats, command });
  const stages = inputs.list('fail-on');
  const unknown = stages.find((stage) => !host.policy.stages.includes(stage));
  if (unknown !== undefined) {
    const reason = `"${unknown}" is none of ${host.policy.stages.join(', ')}`;
    throw weighbridgeError('host/input', { input: 'fail-on', reason, command });
  }
  const impact = await askImpact(host.surroundings, { about: inputs.text('about') ?? '', bump });
  const report = { subjects: impact.named, rows: impact.rows };
  const json = { subjects: impact.named, bump, looked_through: impact.looked, models: impact.rows };
  const markdown = renderImpactMarkdown(report);
  const texts = { text: renderImpactText(report), markdown, json: `${JSON.stringify(json, null, 2)}\n` } as const;
  return {
    exitCode: isHeld(impact, stages) ? 1 : 0,
    json,
    text: texts[format],
    ...(format === 'json' ? { verbatim: true as const } : {}),
    markdown: markdown === '' ? escapeMarkdown(texts.text) : markdown,
    notices: impact.notices,
    outputs: { models: JSON.stringify(impact.rows) },
  };
}

function isHeld({ rows }: Impact, stages: readonly string[]): boolean {
  return rows.some(({ versions }) => versions.some(({ places }) => places.some((place) => stages.includes(place))));
}
