import type { JsonObject } from '@weighbridge/core';
import { durationPattern, record, text } from './fragments.js';

/** `retention:` of the policy. */
export const retentionSchema: JsonObject = record(
  {
    title: 'retention',
    description: 'How long bytes stay in the store that no registered version names.',
    examples: [{ unregistered: '30d', grace: '24h' }],
  },
  {
    unregistered: text(
      {
        title: 'duration',
        description: 'Least age of what a collection removes: time enough for a pull request. At least 2d.',
        examples: ['30d'],
        default: '30d',
      },
      { maxLength: 16, pattern: durationPattern },
    ),
    grace: text(
      {
        title: 'duration',
        description: 'How long what was condemned waits before it is removed.',
        examples: ['24h'],
        default: '24h',
      },
      { maxLength: 16, pattern: durationPattern },
    ),
  },
);
