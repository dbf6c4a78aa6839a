import type { JsonObject } from '@weighbridge/core';
import { durationPattern, element, list, personPattern, record, table, text, whole } from './fragments.js';

const duration = { maxLength: 16, pattern: durationPattern };

/** `retention:` of the policy. */
export const retentionSchema: JsonObject = record(
  {
    title: 'retention',
    description:
      'How long bytes stay in the store. Registered versions keep theirs for ever where no line says otherwise.',
    examples: [{ unregistered: '30d', grace: '24h', archived: { production: '730d' }, unpromoted: '180d' }],
  },
  {
    unregistered: text(
      {
        title: 'duration',
        description: 'Least age of what a collection removes: time enough for a pull request. At least 2d.',
        examples: ['30d'],
        default: '30d',
      },
      duration,
    ),
    grace: text(
      {
        title: 'duration',
        description: 'How long what was condemned waits before it is removed.',
        examples: ['24h'],
        default: '24h',
      },
      duration,
    ),
    archived: table(
      {
        title: 'retention of archived versions',
        description:
          'How long archived versions keep their bytes, by the furthest stage that they held; "none" for those that held none. What is not named is kept for ever.',
        examples: [{ none: '90d', staging: '180d', production: '730d' }],
      },
      element('stage', 'A stage, or "none".', ['production'], { type: 'string', minLength: 1, maxLength: 63 }),
      text({ title: 'duration', description: 'Counted from the archiving.', examples: ['730d'] }, duration),
    ),
    unpromoted: text(
      {
        title: 'duration',
        description:
          'How long versions keep their bytes that never came further than the first stage and hold none; without it, for ever.',
        examples: ['180d'],
      },
      duration,
    ),
    keep_versions: whole(
      {
        title: 'versions to keep',
        description: 'So many of the newest versions of each model that have bytes keep them, whatever their age.',
        examples: [3],
        default: 3,
      },
      { minimum: 1, maximum: 1000 },
    ),
    hold_release: list(
      {
        title: 'who may end a legal hold',
        description: 'Rosters or logins. Without it, whoever may start the job.',
        examples: [['legal']],
      },
      element('roster or login', 'A roster of this file, or a login.', ['legal', 'carol'], {
        type: 'string',
        minLength: 1,
        maxLength: 100,
        pattern: personPattern,
      }),
    ),
  },
);
