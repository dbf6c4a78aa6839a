import type { JsonObject } from '@weighbridge/core';
import { element, stageNamePattern, table } from './fragments.js';
import { published } from './published.js';

const versionPattern = '^\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?$';

const version = (description: string, type: JsonObject) =>
  element('full semantic version', description, ['1.4.0', '2.0.0-rc.1'], {
    ...type,
    maxLength: 256,
    pattern: versionPattern,
  });

const stageName = element('stage', 'A stage of weighbridge.yaml.', ['staging', 'production'], {
  pattern: stageNamePattern,
});

/** `models/<name>/stages.yaml`. */
export const stagesSchema: JsonObject = published('stages', {
  title: 'desired stages',
  description:
    'Which version each stage and alias of a model should point to. Merging a change of this file applies it.',
  examples: [{ staging: '1.4.0', production: '1.3.2', aliases: { champion: '1.3.2' } }],
  type: 'object',
  maxProperties: 100,
  propertyNames: stageName,
  properties: {
    aliases: table(
      {
        title: 'aliases',
        description: 'Further names for versions, without gates.',
        examples: [{ champion: '1.3.2' }],
      },
      element('alias', 'A name of your choice.', ['champion'], { pattern: stageNamePattern }),
      version('The version that the alias names.', { type: 'string' }),
    ),
  },
  additionalProperties: version('The version that this stage should hold; empty for none.', {
    type: ['string', 'null'],
  }),
});
