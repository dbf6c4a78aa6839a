import type { Verdict } from '@weighbridge/core';
import { describe, expect, test } from 'vitest';
import {
  actor,
  at,
  comment,
  commit,
  commits,
  judgeReview,
  oneOfMl,
  person,
  type ReviewCase,
  review,
} from '../../test/review-case.js';

/**
 * The questions that the best-known gate of approvals asks of itself in its own tests (who may approve, what a push
 * does, what an update from the base does, what editing does), answered here by our rules and cases.
 */

const bobAndCarol = { rosters: { ml: { users: ['bob', 'carol', 'alice'], teams: [] } } };
const second = (parts: Parameters<typeof commit>[1] = {}) =>
  commit(commits.head, { parents: [commits.old], committedAt: at('11:30'), ...parts });
const first = commit(commits.old);
const pushedLater = { commits: [first, second()], headSeenAt: at('11:31') };

type Row = readonly [what: string, given: ReviewCase, verdict: Verdict];

const whoMayApprove: readonly Row[] = [
  [
    'a further one is asked for high impact alone',
    { asked: [{ ...oneOfMl, when: { impact: 'high' } }, { ...oneOfMl }], pull: { reviews: [review('bob')] } },
    'pass',
  ],
  ['one is asked and none given', {}, 'pending'],
  ['one is given', { pull: { reviews: [review('bob')] } }, 'pass'],
  ['one is given by somebody else', { pull: { reviews: [review('erin')] } }, 'pending'],
  ['the author approves', { slice: bobAndCarol, pull: { reviews: [review('alice')] } }, 'pending'],
  [
    'the author approves and so does another',
    { slice: bobAndCarol, pull: { reviews: [review('alice'), review('bob')] } },
    'pass',
  ],
  [
    'a contributor approves, as author',
    { pull: { commits: [commit(commits.head, { author: person('bob') })], reviews: [review('bob')] } },
    'pending',
  ],
  [
    'a contributor approves, as committer',
    { pull: { commits: [commit(commits.head, { committer: person('bob') })], reviews: [review('bob')] } },
    'pending',
  ],
  [
    'somebody else than the contributor approves',
    { pull: { commits: [commit(commits.head, { author: person('bob') })], reviews: [review('carol')] } },
    'pass',
  ],
  ['a member of the team approves', teamCase(['bob'], 'bob'), 'pass'],
  ['no member of the team approves', teamCase(['carol'], 'bob'), 'pending'],
  [
    'two are asked and one person approves twice',
    { asked: [{ ...oneOfMl, count: 2 }], pull: { reviews: [review('bob'), review('bob')] } },
    'pending',
  ],
  [
    'two are asked and two approve',
    { asked: [{ ...oneOfMl, count: 2 }], pull: { reviews: [review('bob'), review('carol')] } },
    'pass',
  ],
];

const whatAPushDoes: readonly Row[] = [
  [
    'a review of the commit before',
    { pull: { ...pushedLater, reviews: [review('bob', 'approved', { commit: commits.old })] } },
    'pending',
  ],
  [
    'a review of the commit before, and of the head',
    {
      pull: {
        ...pushedLater,
        reviews: [
          review('bob', 'approved', { commit: commits.old }),
          review('bob', 'approved', { submittedAt: at('11:40') }),
        ],
      },
    },
    'pass',
  ],
  [
    'a command for the commit before',
    {
      policy: { commands: true },
      pull: { ...pushedLater, comments: [comment('bob', `/weighbridge approve ${commits.old}`)] },
    },
    'pending',
  ],
  [
    'a command for the head',
    {
      policy: { commands: true },
      pull: {
        ...pushedLater,
        comments: [comment('bob', `/weighbridge approve ${commits.head}`, { createdAt: at('11:40') })],
      },
    },
    'pass',
  ],
  [
    'a push in several batches, reviewed between them',
    {
      pull: {
        ...pushedLater,
        commits: [first, commit(commits.other, { committedAt: at('11:20') }), second()],
        reviews: [review('bob', 'approved', { commit: commits.other, submittedAt: at('11:25') })],
      },
    },
    'pending',
  ],
  [
    'commits in another order than they were made',
    {
      pull: {
        ...pushedLater,
        commits: [second(), first],
        reviews: [review('bob', 'approved', { submittedAt: at('11:40') })],
      },
    },
    'pass',
  ],
];

const update = second({
  parents: [commits.old, commits.base],
  author: person('bob'),
  committer: person('bob'),
  cleanUpdate: true,
});
const byHand = { ...update, cleanUpdate: false };

const whatAnUpdateDoes: readonly Row[] = [
  [
    'after the review',
    {
      pull: {
        ...pushedLater,
        commits: [first, update],
        reviews: [review('carol', 'approved', { commit: commits.old })],
      },
    },
    'pass',
  ],
  [
    'before the review',
    {
      pull: {
        ...pushedLater,
        commits: [first, update],
        reviews: [review('carol', 'approved', { submittedAt: at('11:40') })],
      },
    },
    'pass',
  ],
  [
    'by the reviewer',
    {
      pull: {
        ...pushedLater,
        commits: [first, update],
        reviews: [review('bob', 'approved', { submittedAt: at('11:40') })],
      },
    },
    'pass',
  ],
  [
    'with conflicts that the reviewer resolved',
    {
      pull: {
        ...pushedLater,
        commits: [first, byHand],
        reviews: [review('bob', 'approved', { submittedAt: at('11:40') })],
      },
    },
    'pending',
  ],
  [
    'with conflicts, after the review',
    {
      pull: {
        ...pushedLater,
        commits: [first, byHand],
        reviews: [review('carol', 'approved', { commit: commits.old })],
      },
    },
    'pending',
  ],
  [
    'followed by work',
    {
      pull: {
        commits: [
          first,
          commit(commits.other, { parents: [commits.old, commits.base], cleanUpdate: true }),
          second({ parents: [commits.other] }),
        ],
        headSeenAt: at('11:31'),
        reviews: [review('carol', 'approved', { commit: commits.other })],
      },
    },
    'pending',
  ],
];

const whatEditingDoes: readonly Row[] = [
  [
    'the body of a review says nothing either way',
    { pull: { reviews: [review('bob', 'approved', { body: 'edited' })] } },
    'pass',
  ],
  [
    'a comment that was edited into a command',
    {
      policy: { commands: true },
      pull: { comments: [comment('bob', `/weighbridge approve ${commits.head}`, { edited: true })] },
    },
    'pending',
  ],
  ['a comment with a thumb', { policy: { commands: true }, pull: { comments: [comment('bob', ':+1:')] } }, 'pending'],
  [
    'a command of the author',
    {
      slice: bobAndCarol,
      policy: { commands: true },
      pull: { comments: [comment('alice', `/weighbridge approve ${commits.head}`)] },
    },
    'pending',
  ],
];

function teamCase(members: readonly string[], by: string): ReviewCase {
  const teams = { 'acme/ml': { state: 'read' as const, members: members.map((login) => actor(login)) } };
  return {
    slice: { rosters: { ml: { users: [], teams: ['acme/ml'] } } },
    review: { teams },
    pull: { reviews: [review(by)] },
  };
}

describe.each([
  ['who may approve', whoMayApprove],
  ['what a push does', whatAPushDoes],
  ['what an update from the base does', whatAnUpdateDoes],
  ['what editing does', whatEditingDoes],
] as const)('%s', (_, rows) => {
  test.each(rows)('%s', (_what, given, verdict) => {
    expect(judgeReview(given).verdict).toBe(verdict);
  });
});
