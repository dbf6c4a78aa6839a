import type { JsonObject } from '@weighbridge/core';
import { digestPattern, modelNamePattern, record, text } from './fragments.js';

export const waiverSchema: JsonObject = record(
  {
    title: 'waiver',
    description: 'Lets one digest of one model pass one gate until a date.',
    examples: [
      {
        gate: 'accuracy',
        model: 'fraud',
        digest: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        reason: 'holdout relabelled, see incident 12',
        expires: '2026-12-31',
        rule: 'risk',
      },
    ],
  },
  {
    gate: text(
      { title: 'gate', description: 'Id of the requirement that is waived.', examples: ['accuracy'] },
      { maxLength: 200 },
    ),
    model: text(
      { title: 'model name', description: 'The model.', examples: ['fraud'] },
      { maxLength: 63, pattern: modelNamePattern },
    ),
    digest: text(
      {
        title: 'SHA-256 digest',
        description: 'Identity of the version, as the check of the pull request shows it.',
        examples: ['sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
      },
      { pattern: digestPattern },
    ),
    reason: text({
      title: 'reason',
      description: 'Why; it is recorded.',
      examples: ['holdout relabelled, see incident 12'],
    }),
    expires: text(
      { title: 'date', description: 'Last day on which it holds, in UTC.', examples: ['2026-12-31'] },
      { pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    ),
    rule: text(
      { title: 'roster', description: 'The roster that answers for it.', examples: ['risk'] },
      { maxLength: 63 },
    ),
  },
  ['gate', 'model', 'digest', 'reason', 'expires', 'rule'],
);
