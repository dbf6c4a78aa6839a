import type { JsonObject } from '@weighbridge/core';
import { choice, durationPattern, record, text, whole } from './fragments.js';

/** `review:` of the policy: which reviews count, the same for every gate. */
export const reviewSchema: JsonObject = record(
  {
    title: 'review',
    description: 'Which reviews count, and whose objections block. The same for every gate.',
    examples: [{ permission: 'read', commands: true }],
  },
  {
    permission: choice(
      {
        title: 'least permission',
        description: 'What a reviewer must be allowed in the repository at the time of the evaluation.',
        examples: ['read'],
        default: 'write',
      },
      ['read', 'triage', 'write', 'maintain', 'admin'],
    ),
    objections: choice(
      {
        title: 'whose objections block',
        description:
          'rosters: requested changes of anybody in a roster that is asked. writers: of anybody who may write, too.',
        examples: ['writers'],
        default: 'rosters',
      },
      ['rosters', 'writers'],
    ),
    dismissals: choice(
      {
        title: 'whose dismissals count',
        description:
          'anyone: whom the forge lets dismiss. others: not the author and nobody who contributed, whose dismissal leaves the objection in place.',
        examples: ['others'],
        default: 'anyone',
      },
      ['anyone', 'others'],
    ),
    re_request: choice(
      {
        title: 'a review asked for again',
        description: 'withdraws: an approval given before its giver was asked again no longer counts. keeps: it does.',
        examples: ['keeps'],
        default: 'withdraws',
      },
      ['withdraws', 'keeps'],
    ),
    unknown_contributors: choice(
      {
        title: 'contributors without an account',
        description:
          'one-more: each requirement asks for one more approval, as one of the reviewers could be that person. refuse: nothing passes.',
        examples: ['refuse'],
        default: 'one-more',
      },
      ['one-more', 'refuse'],
    ),
    commands: {
      title: 'commands',
      description: 'Whether the comment "/weighbridge approve <commit>" approves, besides reviews.',
      examples: [true],
      default: false,
      type: 'boolean',
    },
  },
);

/** `waiver_limits:` of the policy. */
export const waiverLimitsSchema: JsonObject = record(
  {
    title: 'limits of waivers',
    description: 'What every waiver must keep to.',
    examples: [{ max_duration: '90d', min_reason: 20 }],
  },
  {
    max_duration: text(
      {
        title: 'duration',
        description: 'How far ahead a waiver may expire; one that runs longer does not hold yet.',
        examples: ['90d'],
      },
      { maxLength: 16, pattern: durationPattern },
    ),
    min_reason: whole(
      { title: 'length', description: 'Least characters of a reason.', examples: [20], default: 10 },
      { minimum: 1, maximum: 2000 },
    ),
  },
);
