import type { JsonObject } from '@weighbridge/core';
import { choice, element, list, personPattern, record, stageNamePattern, table, text, whole } from './fragments.js';
import { evidenceTrustSchema } from './evidence.js';
import { gateSchema } from './gate.js';
import { published } from './published.js';
import { retentionSchema } from './retention.js';
import { signingSchema } from './signing.js';
import { reviewSchema, waiverLimitsSchema } from './review.js';
import { storeSchema } from './store.js';
import { tiersSchema } from './tiers.js';
import { versioningSchema } from './versioning.js';
import { waiverSchema } from './waiver.js';

const stage = element('stage name', 'Letters, digits and inner hyphens.', ['staging'], {
  type: 'string',
  minLength: 1,
  maxLength: 63,
  pattern: stageNamePattern,
});

const rosterName = element('roster name', 'A name of your choice.', ['ml', 'risk'], {
  pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$',
});

const person = element('login', 'A login of the forge.', ['alice'], {
  type: 'string',
  minLength: 1,
  maxLength: 100,
  pattern: personPattern,
});

const rosterOrLogin = element('roster or login', 'A roster of this file, or a login.', ['ml', 'alice'], {
  type: 'string',
  minLength: 1,
  maxLength: 100,
  pattern: personPattern,
});

const branches = list(
  {
    title: 'release branches',
    description: 'Branches besides the default one whose commits may be released; * stands for part of a name.',
    examples: [['release/*']],
  },
  element('branch', 'A branch, or a pattern of branches.', ['release/*'], {
    type: 'string',
    minLength: 1,
    maxLength: 255,
  }),
);

const releaseWhenAbout = {
  title: 'release trigger',
  description: 'on-tag: a pushed version tag releases. on-merge: every merge that changes a model releases it.',
  examples: ['on-merge'],
};

const releaseWhen = choice({ ...releaseWhenAbout, default: 'on-tag' }, ['on-tag', 'on-merge']);

const releaseAbout = {
  title: 'release',
  description: 'What makes a version: on-tag or on-merge, or a map that names branches too.',
  examples: ['on-tag', { when: 'on-merge', branches: ['release/*'] }],
};

/** `release: on-merge` is short for `release: { when: on-merge }`. */
const release: JsonObject = {
  ...releaseAbout,
  type: ['string', 'object'],
  if: { type: 'string' },
  then: { ...releaseWhenAbout, enum: ['on-tag', 'on-merge'] },
  else: record(
    { ...releaseAbout, examples: [{ when: 'on-merge', branches: ['release/*'] }] },
    { when: releaseWhen, branches },
  ),
};

/** `weighbridge.yaml`. */
export const weighbridgeSchema: JsonObject = published(
  'weighbridge',
  record(
    {
      title: 'policy',
      description:
        'How models of this repository are versioned, gated, stored and recorded. Read from the base branch, never from a pull request.',
      examples: [{ version: 1, mode: 'warn' }],
    },
    {
      version: { title: 'version of this format', description: 'Always 1.', examples: [1], type: 'integer', enum: [1] },
      mode: choice(
        {
          title: 'mode',
          description: 'warn: every verdict is told and none blocks, for adoption. enforce: verdicts block.',
          examples: ['enforce'],
          default: 'enforce',
        },
        ['enforce', 'warn'],
      ),
      models: list(
        {
          title: 'manifests',
          description: 'Where manifests are looked for, from the root of the repository.',
          examples: [['models/*/model.yaml']],
          default: ['models/*/model.yaml'],
        },
        element('pattern', 'A path or pattern that ends in the name of the manifest.', ['models/*/model.yaml'], {
          type: 'string',
          minLength: 1,
          maxLength: 1024,
        }),
        { minItems: 1 },
      ),
      stages: list(
        {
          title: 'stages',
          description:
            'In order. The last is the archive, which holds any number of versions; each other holds at most one.',
          examples: [['development', 'staging', 'production', 'archived']],
          default: ['development', 'staging', 'production', 'archived'],
        },
        stage,
        { minItems: 2, maxItems: 20 },
      ),
      transitions: table(
        {
          title: 'transitions',
          description:
            'By target stage, the stages a version may come from; "none" for a version that holds none. Default: from the stage before it, into the archive from every stage.',
          examples: [{ production: ['staging'], archived: ['development', 'staging', 'production'] }],
        },
        stage,
        list(
          { title: 'origin stages', description: 'Where a version may come from.', examples: [['staging']] },
          element('stage', 'A stage of this file, or none.', ['staging', 'none'], {
            type: 'string',
            minLength: 1,
            maxLength: 63,
          }),
        ),
      ),
      release,
      versioning: versioningSchema,
      store: storeSchema,
      retention: retentionSchema,
      tiers: tiersSchema,
      ledger: record(
        {
          title: 'ledger',
          description: 'The record of every decision, an append-only log on a branch of this repository.',
          examples: [{ branch: 'weighbridge', signing: 'required', keys: ['acme+1a2b3c4d+AY…'] }],
        },
        {
          branch: text(
            {
              title: 'branch name',
              description: 'The branch of the log.',
              examples: ['weighbridge'],
              default: 'weighbridge',
            },
            { maxLength: 200, pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*$' },
          ),
          signing: choice(
            {
              title: 'signing',
              description:
                'Whether entries must be signed. Unsigned logs are for local use; CI promotes from signed ones only.',
              examples: ['required'],
              default: 'optional',
            },
            ['required', 'optional'],
          ),
          keys: list(
            {
              title: 'verifier keys',
              description: 'Public keys of those who may write, as "weighbridge audit key" prints them.',
              examples: [['acme+1a2b3c4d+AY…']],
            },
            element('verifier key', 'A C2SP verifier key.', ['acme+1a2b3c4d+AaBbCcDdEeFf'], {
              type: 'string',
              maxLength: 512,
              pattern: '^[^\\s+]{1,255}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]+={0,2}$',
            }),
          ),
        },
      ),
      reviewers: table(
        {
          title: 'rosters',
          description: 'Who may approve, by the names that gates use.',
          examples: [{ ml: { users: ['alice', 'bob'], teams: ['acme/ml'] } }],
        },
        rosterName,
        record(
          {
            title: 'roster',
            description: 'People and teams. Teams need an App token to be read.',
            examples: [{ users: ['alice'] }],
          },
          {
            users: list({ title: 'users', description: 'Logins.', examples: [['alice', 'bob']] }, person),
            teams: list(
              { title: 'teams', description: 'Teams, as org/team.', examples: [['acme/ml']] },
              element('team', 'A team, as org/team.', ['acme/ml'], {
                type: 'string',
                maxLength: 200,
                pattern: '^@?[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9][A-Za-z0-9_.-]*$',
              }),
            ),
          },
        ),
      ),
      review: reviewSchema,
      owners: list(
        { title: 'policy owners', description: 'Who must approve a change of this file.', examples: [['ml', 'alice']] },
        rosterOrLogin,
      ),
      rollback: record(
        { title: 'rollback', description: 'How far back and by whom.', examples: [{ keep: 3, allow: ['oncall'] }] },
        {
          keep: whole(
            {
              title: 'versions to keep',
              description: 'How many superseded versions stay ready for a rollback.',
              examples: [3],
              default: 3,
            },
            { minimum: 0, maximum: 100 },
          ),
          allow: list(
            {
              title: 'who may roll back',
              description: 'Rosters or logins. Without it, whoever may start the workflow.',
              examples: [['oncall']],
            },
            rosterOrLogin,
          ),
        },
      ),
      gates: table(
        {
          title: 'gates',
          description:
            'By target stage, what a version must bring to enter it. A stage without a gate asks for nothing.',
          examples: [{ production: { from: ['staging'], soak: '24h' } }],
        },
        stage,
        gateSchema,
      ),
      evidence: evidenceTrustSchema,
      signing: signingSchema,
      waivers: list(
        {
          title: 'waivers',
          description:
            'Gates that may be passed over once, for one digest, until a date. They are merged before what they allow.',
          examples: [[]],
        },
        waiverSchema,
      ),
      waiver_limits: waiverLimitsSchema,
    },
    ['version'],
  ),
);
