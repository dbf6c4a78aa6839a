import type { JsonObject } from '@weighbridge/core';
import { choice, decimal, element, fraction, idPattern, list, record, text, whole } from './fragments.js';
import { bounds, uncertainty } from './metric-limits.js';
import { metricName } from './versioning.js';

const margin = (title: string, description: string) =>
  record(
    { title, description, examples: [{ absolute: 0.005 }, { relative: '1%' }] },
    {
      absolute: decimal({ title: 'decimal number', description: "In the metric's own unit.", examples: [0.005] }),
      relative: fraction({
        title: 'percentage or fraction',
        description: 'Relative to the baseline: 1% or 0.01.',
        examples: ['1%', 0.01],
      }),
    },
  );

const baseline = record(
  {
    title: 'baseline',
    description: 'A version to compare with. Its values come from the ledger.',
    examples: [{ ref: 'stage:production', max_regression: { relative: '1%' } }],
  },
  {
    ref: text(
      {
        title: 'version to compare with',
        description: 'stage:<stage>, alias:<alias>, previous, or a version.',
        examples: ['stage:production', 'alias:champion', 'previous'],
      },
      { maxLength: 256 },
    ),
    max_regression: margin('largest regression', 'How much worse the candidate may be. With both given, both hold.'),
    min_improvement: margin('least improvement', 'How much better the candidate must be.'),
    if_absent: choice(
      {
        title: 'without a baseline',
        description: 'What happens while there is no such version: fail, or judge by the bounds alone.',
        examples: ['bounds-only'],
        default: 'fail',
      },
      ['fail', 'bounds-only'],
    ),
  },
  ['ref'],
);

const slices = record(
  {
    title: 'slices',
    description: 'The same requirement for parts of the evaluation data.',
    examples: [{ by: 'language', required: ['en', 'de'], each: { bounds: { min: 0.9 } } }],
  },
  {
    by: text(
      { title: 'column', description: 'What the slices are made by.', examples: ['language'] },
      { maxLength: 200 },
    ),
    min_samples: whole(
      { title: 'least samples', description: 'Smaller slices are not judged.', examples: [200] },
      { minimum: 1, maximum: 1_000_000_000 },
    ),
    required: list(
      { title: 'required slices', description: 'Slices that must be there.', examples: [['en', 'de']] },
      element('slice', 'A value of the column.', ['en'], { type: 'string', minLength: 1, maxLength: 200 }),
    ),
    on_missing: choice(
      {
        title: 'missing slices',
        description:
          'What comes of a slice that the baseline has and the candidate lacks. Required slices always fail.',
        examples: ['warn'],
        default: 'fail',
      },
      ['fail', 'warn'],
    ),
    each: record(
      {
        title: 'requirement of each slice',
        description: 'What every slice must keep.',
        examples: [{ bounds: { min: 0.9 } }],
      },
      { bounds, max_regression: margin('largest regression', 'How much worse a slice may be.') },
    ),
  },
  ['by', 'each'],
);

export const metricGateSchema: JsonObject = record(
  {
    title: 'metric gate',
    description: 'What one metric must keep.',
    examples: [{ id: 'accuracy', metric: 'eval.accuracy', direction: 'higher', bounds: { min: 0.92 } }],
  },
  {
    id: text(
      { title: 'id', description: 'What messages and waivers call it; unique in its gate.', examples: ['accuracy'] },
      { pattern: idPattern },
    ),
    metric: metricName(),
    direction: choice(
      {
        title: 'direction',
        description: 'Which way is better: higher for accuracy, lower for latency.',
        examples: ['higher'],
      },
      ['higher', 'lower'],
    ),
    bounds,
    baseline,
    uncertainty,
    slices,
    severity: choice(
      {
        title: 'severity',
        description: 'block, or warn to be told without blocking.',
        examples: ['warn'],
        default: 'block',
      },
      ['block', 'warn'],
    ),
  },
  ['id', 'metric', 'direction'],
);
