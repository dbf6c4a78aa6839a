import type { JsonObject } from '@weighbridge/core';
import { modelKinds } from '../manifest.js';
import { artifactFormats } from './artifact-formats.js';
import { choice, idPattern, list, record, text, whole } from './fragments.js';

const outcomes = ['pass', 'warn', 'waived', 'inconclusive', 'fail', 'error'];

const outcome = choice(
  { title: 'outcome', description: 'What the metric gate came to.', examples: ['waived'] },
  outcomes,
);

const metricAbout = {
  title: 'metric condition',
  description:
    'What a metric gate of this stage came to, whichever it is, or a map that names the gate, a slice and several outcomes.',
  examples: ['waived', { outcome: ['fail', 'waived'], gate: 'fairness', slice: 'language=de' }],
};

/** `metric: waived` is short for `metric: { outcome: [waived] }`. */
const metric: JsonObject = {
  ...metricAbout,
  type: ['string', 'object'],
  if: { type: 'string' },
  then: { enum: outcomes, title: 'outcome', description: 'One outcome.', examples: ['waived'] },
  else: record(
    { ...metricAbout, examples: [{ outcome: ['waived'], gate: 'accuracy' }] },
    {
      outcome: list(
        { title: 'outcomes', description: 'Any of these.', examples: [['inconclusive', 'waived']] },
        outcome,
        { minItems: 1 },
      ),
      gate: text(
        {
          title: 'metric gate',
          description: 'Id of a metric gate of this stage; without it, any.',
          examples: ['accuracy'],
        },
        { maxLength: 63, pattern: idPattern },
      ),
      slice: text(
        { title: 'slice', description: 'A slice, as column=value.', examples: ['language=de'] },
        { maxLength: 200, pattern: '^[^=]+=.+$' },
      ),
    },
    ['outcome'],
  ),
};

const condition = record(
  {
    title: 'condition',
    description: 'Asked for only when all of this holds.',
    examples: [{ impact: 'high' }, { metric: 'waived' }],
  },
  {
    impact: choice({ title: 'impact', description: 'Impact of the manifest.', examples: ['high'] }, ['low', 'high']),
    waiver: choice({ title: 'waiver', description: 'Whether a waiver was used.', examples: ['used'] }, [
      'used',
      'unused',
    ]),
    kind: choice({ title: 'kind', description: 'Kind of the model.', examples: ['prompt'] }, modelKinds),
    from: text(
      { title: 'origin stage', description: 'The stage that the version comes from, or none.', examples: ['staging'] },
      { maxLength: 63 },
    ),
    format: choice(
      {
        title: 'format',
        description: 'Whether an artifact has this format; pickle means every format that runs one when it is loaded.',
        examples: ['pickle'],
      },
      artifactFormats,
    ),
    metric,
  },
);

export const reviewerGateSchema: JsonObject = record(
  {
    title: 'reviewer requirement',
    description: 'How many approvals of a roster are needed, and when.',
    examples: [{ from: 'ml', count: 2 }],
  },
  {
    from: text(
      {
        title: 'roster',
        description: 'A roster of this file, or owners for those that the manifest of the model names.',
        examples: ['ml'],
        default: 'owners',
      },
      { maxLength: 63 },
    ),
    count: whole(
      { title: 'count', description: 'How many of them.', examples: [2], default: 1 },
      { minimum: 1, maximum: 100 },
    ),
    when: condition,
  },
);
