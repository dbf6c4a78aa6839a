import type { JsonObject } from '@weighbridge/core';
import { type About, choice, decimal, fraction, record } from './fragments.js';

/** Limits of a value, told in the words of where they stand. */
export function limits(about: About): JsonObject {
  return record(about, {
    min: decimal({ title: 'decimal number', description: 'Least value that passes.', examples: [0.92] }),
    max: decimal({ title: 'decimal number', description: 'Largest value that passes.', examples: [0.05] }),
  });
}

/** Limits of a metric. */
export const bounds: JsonObject = limits({
  title: 'bounds',
  description: 'Fixed limits. A value equal to a limit passes.',
  examples: [{ min: 0.92 }],
});

/** How chance is taken into account. */
export const uncertainty: JsonObject = record(
  {
    title: 'uncertainty',
    description: 'Whether chance is taken into account.',
    examples: [{ use: 'paired', confidence: 0.95 }],
  },
  {
    use: choice(
      {
        title: 'method',
        description: 'none, the standard errors of the results, a paired comparison by sample, or a bootstrap.',
        examples: ['paired'],
      },
      ['none', 'stderr', 'paired', 'bootstrap'],
    ),
    confidence: fraction({
      title: 'percentage or fraction',
      description: 'Confidence of the interval, between 0 and 1.',
      examples: [0.95, '95%'],
      default: 0.95,
    }),
  },
  ['use'],
);
