import type { JsonObject } from '@weighbridge/core';
import { element, isoDurationPattern, list, record, text } from './fragments.js';
import { published } from './published.js';

const time = (title: string, description: string, example: string) =>
  text(
    { title, description, examples: [example] },
    {
      pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?(?:Z|[+-]\\d{2}:\\d{2})$',
      maxLength: 40,
    },
  );

const values = (title: string, description: string, examples: readonly JsonObject[]): JsonObject => ({
  title,
  description,
  examples,
  type: 'object',
  maxProperties: 1000,
  additionalProperties: element('value', 'A number, text, truth value, list or map.', [0.1, 'adam'], {}),
});

/** `weighbridge-run.json`, which training scripts write. */
export const runSchema: JsonObject = published(
  'run',
  record(
    {
      title: 'training run',
      description:
        'What a training script knows of its run. Written as weighbridge-run.json beside the weights or the manifest; every key but version may be left out.',
      examples: [{ version: 1, framework: 'pytorch', framework_version: '2.9.0', duration: 'PT3H12M' }],
    },
    {
      version: { title: 'version of this format', description: 'Always 1.', examples: [1], type: 'integer', enum: [1] },
      framework: text({ title: 'framework', description: 'The training framework.', examples: ['pytorch'] }),
      framework_version: text({ title: 'framework version', description: 'Its version.', examples: ['2.9.0'] }),
      hardware: text({ title: 'hardware', description: 'What it was trained on.', examples: ['8xH100'] }),
      duration: text(
        { title: 'ISO 8601 duration', description: 'How long training took.', examples: ['PT3H12M'] },
        { pattern: isoDurationPattern, maxLength: 64 },
      ),
      duration_seconds: {
        title: 'duration in seconds',
        description: 'How long training took, where that is easier to write than duration.',
        examples: [11_520.5],
        type: 'number',
        minimum: 0,
        maximum: 1e10,
      },
      started_at: time('RFC 3339 time', 'When training began.', '2026-05-01T08:00:00Z'),
      finished_at: time('RFC 3339 time', 'When training ended.', '2026-05-01T11:12:00Z'),
      commit: text(
        {
          title: 'hexadecimal commit id',
          description: 'Commit of the training code.',
          examples: ['0e9e39f249a16976918f6564b8830bc894c89659'],
        },
        { pattern: '^[0-9a-f]{7,64}$' },
      ),
      command: text({ title: 'command', description: 'How it was started.', examples: ['python train.py --lr 0.1'] }),
      python: text({ title: 'Python version', description: 'The interpreter.', examples: ['3.12.4'] }),
      params: values('parameters', 'Hyperparameters.', [{ lr: 0.1, layers: 12 }]),
      metrics: values(
        'metrics',
        'Results as training saw them. Gates judge the documents under metrics in model.yaml.',
        [{ loss: 0.31 }],
      ),
      tags: values('tags', 'Anything else.', [{ team: 'risk' }]),
      datasets: list(
        {
          title: 'data sets',
          description: 'What was read. What a version is made of stands under data in model.yaml.',
          examples: [[{ name: 'tickets', role: 'train', digest: 'md5:333e53b6720f182106a775cd5affdcb4' }]],
        },
        record(
          { title: 'data set', description: 'One data set.', examples: [{ name: 'tickets' }] },
          {
            name: text({ title: 'name', description: 'What it is called.', examples: ['tickets'] }),
            role: text({ title: 'role', description: 'What it was for.', examples: ['train'] }),
            digest: text({ title: 'digest', description: 'A digest or version of it.', examples: ['v7'] }),
            source: text({ title: 'source', description: 'Where it was read.', examples: ['s3://acme/tickets'] }),
          },
          ['name'],
        ),
      ),
    },
    ['version'],
  ),
);
