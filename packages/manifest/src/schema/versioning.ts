import { bumps, type JsonObject } from '@weighbridge/core';
import { limits, uncertainty } from './metric-limits.js';
import { choice, decimal, element, list, record, table, text } from './fragments.js';

/** Sides of a snapshot that a rule can be about. */
const ruleFacets =
  'base|architecture|weights|tokenizer|data|config|code|prompts|retrieval|interface|adapter|metrics|runtime|uses|documentation';

export const versioningSchema: JsonObject = record(
  {
    title: 'versioning',
    description: 'How changes of a model become the next version.',
    examples: [{ preset: 'weights', rules: { 'tokenizer.chat_template': 'patch' } }],
  },
  {
    preset: choice(
      {
        title: 'preset',
        description:
          'weights: a retrain on new data is a minor change. interface: a retrain is a patch unless the interface moves.',
        examples: ['interface'],
        default: 'weights',
      },
      ['weights', 'interface'],
    ),
    rules: table(
      {
        title: 'rules',
        description: 'Bumps of your own, by facet or by facet.kind as the version check names them.',
        examples: [{ 'tokenizer.chat_template': 'patch', documentation: 'none' }],
      },
      element('rule, as facet or facet.kind', 'The name of a rule.', ['tokenizer.chat_template'], {
        pattern: `^(?:${ruleFacets})(?:\\.[a-z0-9][a-z0-9_-]{0,62})?$`,
      }),
      choice({ title: 'bump', description: 'How far the version moves.', examples: ['patch'] }, bumps),
    ),
    initial: text(
      {
        title: 'full semantic version',
        description: 'The first version of a model.',
        examples: ['0.1.0'],
        default: '1.0.0',
      },
      { maxLength: 256 },
    ),
    metrics: list(
      {
        title: 'primary metrics',
        description: 'Metrics whose significant change makes a retrained model at least a minor version.',
        examples: [[{ metric: 'eval.accuracy', direction: 'higher', threshold: 0.01 }]],
      },
      record(
        {
          title: 'primary metric',
          description: 'One metric.',
          examples: [{ metric: 'eval.accuracy', direction: 'higher', threshold: 0.01 }],
        },
        {
          metric: metricName(),
          direction: choice({ title: 'direction', description: 'Which way is better.', examples: ['higher'] }, [
            'higher',
            'lower',
          ]),
          threshold: decimal({
            title: 'decimal number',
            description: 'The least difference that counts.',
            examples: [0.01],
          }),
          uncertainty,
          capability: limits({
            title: 'bounds of a new capability',
            description:
              'A model that is within these bounds for the first time, or has the metric for the first time and is within them, is at least a minor version.',
            examples: [{ min: 0.7 }],
          }),
        },
        ['metric', 'direction', 'threshold'],
      ),
    ),
  },
);

/** `<metrics id>.<dotted key>`. */
export function metricName(): JsonObject {
  return text(
    {
      title: 'metric, as document.key',
      description: 'The id of a metric document, a dot, and the key in it.',
      examples: ['eval.accuracy', 'latency.p99'],
    },
    { maxLength: 512, pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,62}\\.\\S(?:.*\\S)?$' },
  );
}
