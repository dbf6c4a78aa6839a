import type { JsonObject } from '@weighbridge/core';
import { artifactFormats } from './artifact-formats.js';
import { choice, durationPattern, element, list, record, text } from './fragments.js';
import { metricGateSchema } from './metric-gate.js';
import { reviewerGateSchema } from './reviewer-gate.js';

const duration = (title: string, description: string, example: string) =>
  text({ title, description, examples: [example] }, { maxLength: 16, pattern: durationPattern });

const formatList = (title: string, description: string, examples: readonly string[]) =>
  list(
    { title, description, examples: [examples] },
    choice({ title: 'format', description: 'A file format.', examples }, artifactFormats),
  );

export const gateSchema: JsonObject = record(
  {
    title: 'gate',
    description: 'What a version must bring to enter a stage.',
    examples: [{ from: ['staging'], soak: '24h', reviewers: [{ from: 'ml', count: 2 }] }],
  },
  {
    from: list(
      {
        title: 'origin stages',
        description: 'Where a version may come from; overrides transitions.',
        examples: [['staging']],
      },
      element('stage', 'A stage of this file, or none.', ['staging'], { type: 'string', minLength: 1, maxLength: 63 }),
      { minItems: 1 },
    ),
    soak: duration('duration', 'Least time in the stage before.', '24h'),
    checks: list(
      {
        title: 'checks',
        description: "Checks that must have succeeded on the version's commit.",
        examples: [['ci / tests']],
      },
      element('check', 'Name of a check run or status.', ['ci / tests'], {
        type: 'string',
        minLength: 1,
        maxLength: 255,
      }),
    ),
    metadata: choice(
      {
        title: 'metadata',
        description: 'complete: every required field of the metadata standard must be known.',
        examples: ['complete'],
        default: 'optional',
      },
      ['complete', 'optional'],
    ),
    data: choice(
      {
        title: 'data',
        description:
          'pinned: data and base model must be named by what cannot change, or resolve to it. any: what cannot be pinned is told and let through.',
        examples: ['pinned'],
        default: 'any',
      },
      ['pinned', 'any'],
    ),
    formats: record(
      { title: 'formats', description: 'Which file formats the artifacts may have.', examples: [{ deny: ['pickle'] }] },
      {
        allow: formatList('allowed formats', 'Only these.', ['safetensors', 'onnx']),
        deny: formatList('denied formats', 'None of these.', ['pickle']),
      },
    ),
    evidence: record(
      {
        title: 'evidence',
        description: 'What metric documents must be to count.',
        examples: [{ level: 'workflow', max_age: '30d', same: ['dataset'] }],
      },
      {
        level: choice(
          {
            title: 'level',
            description:
              'How far the results are proven: reported in a file, from a workflow of this repository, attested, or recomputed.',
            examples: ['attested'],
            default: 'reported',
          },
          ['reported', 'workflow', 'attested', 'recomputed'],
        ),
        max_age: duration('duration', 'Oldest results that count.', '30d'),
        same: list(
          {
            title: 'equal context',
            description: 'What candidate and baseline must have been measured with alike.',
            examples: [['dataset', 'harness', 'shots']],
          },
          element('context key', 'A key of the context of a metric document.', ['dataset'], {
            type: 'string',
            minLength: 1,
            maxLength: 100,
          }),
        ),
        samples: choice(
          {
            title: 'samples',
            description:
              'complete: results that say that they left out samples (a limit for trying out) do not count. any: they do.',
            examples: ['any'],
            default: 'complete',
          },
          ['complete', 'any'],
        ),
      },
    ),
    signature: choice(
      {
        title: 'signature',
        description: 'required: somebody whom "signing" names must have signed the artifacts of the version.',
        examples: ['required'],
        default: 'optional',
      },
      ['required', 'optional'],
    ),
    metrics: list({ title: 'metric gates', description: 'Bounds and comparisons.', examples: [[]] }, metricGateSchema),
    reviewers: list(
      { title: 'reviewers', description: 'Approvals that are needed.', examples: [[{ from: 'ml', count: 2 }]] },
      reviewerGateSchema,
    ),
    on_inconclusive: choice(
      {
        title: 'inconclusive results',
        description: 'What happens when the evidence does not decide.',
        examples: ['warn'],
        default: 'block',
      },
      ['block', 'warn'],
    ),
    multiplicity: choice(
      {
        title: 'several comparisons',
        description:
          'holm: with uncertainty, a comparison fails only when it still does so among all comparisons of this gate; else it is inconclusive.',
        examples: ['holm'],
        default: 'none',
      },
      ['none', 'holm'],
    ),
  },
);
