import type { JsonObject } from '@weighbridge/core';
import { durationPattern, record, text } from './fragments.js';

const duration = { maxLength: 16, pattern: durationPattern };
const storageClass = text(
  {
    title: 'storage class',
    description: 'As the service calls it, such as STANDARD_IA (S3), NEARLINE (Google Cloud Storage) or Cool (Azure).',
    examples: ['STANDARD_IA'],
  },
  { maxLength: 40 },
);

const tier = (name: string, example: string): JsonObject =>
  record(
    {
      title: `${name} tier`,
      description: 'Where bytes go that no hotter tier keeps, and when.',
      examples: [{ class: example, after: '90d', archived: '7d', compress: true }],
    },
    {
      class: storageClass,
      compress: {
        title: 'compress',
        description:
          'Whether bytes lie compressed, which every store can do, a folder too. Default: as in the next hotter tier.',
        examples: [true],
        type: 'boolean',
      },
      after: text(
        {
          title: 'duration',
          description: 'How long after the last move, or the registration, of a version that is ready for no stage.',
          examples: ['90d'],
        },
        duration,
      ),
      archived: text(
        { title: 'duration', description: 'How long after the archiving of a version.', examples: ['7d'] },
        duration,
      ),
    },
    [],
  );

/** `tiers:` of the policy. */
export const tiersSchema: JsonObject = record(
  {
    title: 'tiers',
    description:
      'How the bytes of which versions are kept, by storage class and compressed or not; "weighbridge store tier" moves them. Without it everything stays as it was written.',
    examples: [{ cold: { class: 'DEEP_ARCHIVE', archived: '7d' } }],
  },
  {
    hot: record(
      {
        title: 'hot tier',
        description: 'Of what stages and aliases point to, what is ready for a rollback, and what is recent.',
        examples: [{ class: 'STANDARD' }],
      },
      { class: storageClass },
      ['class'],
    ),
    warm: tier('warm', 'STANDARD_IA'),
    cold: tier('cold', 'DEEP_ARCHIVE'),
  },
);
