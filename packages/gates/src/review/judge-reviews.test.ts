import { describe, expect, test } from 'vitest';
import { reviewPolicy } from '../../test/gate-case.js';
import {
  actor,
  at,
  comment,
  commits,
  dismissed,
  person,
  review,
  reviewFacts,
  rosters,
} from '../../test/review-case.js';
import type { ReviewFacts } from '../facts.js';
import type { PullFacts } from '../pull-facts.js';
import { judgeReviews, permissionOf, type ReviewRules } from './judge-reviews.js';

const people = (
  pull: Partial<PullFacts>,
  policy: Partial<ReviewRules['review']> = {},
  more: Partial<ReviewFacts> = {},
  named: ReviewRules['rosters'] = rosters,
) => judgeReviews(reviewFacts(pull, more), { review: reviewPolicy(policy), rosters: named }).people;

/** Login, standing and why of each person. */
const told = (...given: Parameters<typeof people>) =>
  people(...given).map(({ login, standing, because }) => [login, standing, because]);

test('people are told in the order of logins, and accounts that are gone after them', () => {
  const reviews = [
    review('dave', 'approved', { submittedAt: at('11:00') }),
    review(null, 'approved', { submittedAt: at('11:05'), id: '9' }),
    review(null, 'approved', { submittedAt: at('11:10'), id: '10' }),
    review('Bob', 'approved', { submittedAt: at('11:15') }),
    review('carol', 'commented', { submittedAt: at('11:20') }),
  ];
  expect(people({ reviews }).map(({ login, voice }) => [login, voice.id])).toEqual([
    ['Bob', reviews[3]?.id],
    ['dave', reviews[0]?.id],
    ['ghost', '10'],
    ['ghost', '9'],
  ]);
  expect(told({ reviews: [review(null, 'changes-requested')] })).toEqual([
    ['ghost', 'excluded', 'the account is gone'],
  ]);
});

describe('what was dismissed is told', () => {
  const gone = [review('bob', 'dismissed', { id: '9001' })];
  const why = (timeline: PullFacts['timeline']) => told({ reviews: gone, timeline })[0];
  test('with what it was, who took it back and when, as far as the forge tells', () => {
    expect(why([dismissed('9001', 'approved')])).toEqual([
      'bob',
      'dismissed',
      `an approval that was dismissed by dave at ${at('11:30')}`,
    ]);
    expect(why([dismissed('9001', 'changes-requested', null)])?.[2]).toBe(
      `an objection that was dismissed at ${at('11:30')}`,
    );
    expect(why([dismissed('9001', null)])?.[2]).toBe(`a review that was dismissed by dave at ${at('11:30')}`);
    expect(why([])?.[2]).toBe('a review that was dismissed');
  });
  test('as an objection that stands, where others have to lift it', () => {
    const lifted = (by: string | null) =>
      told({ reviews: gone, timeline: [dismissed('9001', null, by)] }, { dismissals: 'others' })[0];
    expect(lifted(null)).toEqual(['bob', 'objects', 'asked for changes, and it is not known who dismissed that']);
    expect(lifted('alice')).toEqual([
      'bob',
      'objects',
      'asked for changes, dismissed by alice, who opened the pull request',
    ]);
    expect(lifted('dave')?.[1]).toBe('dismissed');
    // What nobody dismissed is lifted by nobody.
    expect(told({ reviews: [review('bob')] }, { dismissals: 'others' })[0]?.[1]).toBe('counts');
  });
});

describe('of several approvals', () => {
  const given = (commit: string, time: string) => review('bob', 'approved', { commit, submittedAt: at(time) });
  test('the latest that holds counts, and the latest is told where none does', () => {
    const stale = { timeline: [{ kind: 'base-changed' as const, at: at('10:50'), actor: null }] };
    const [one, two, three] = [given(commits.head, '11:00'), given(commits.head, '11:10'), given(commits.old, '11:20')];
    expect(people({ reviews: [one, two, three] })[0]?.voice.id).toBe(two.id);
    const [old, older] = [given(commits.other, '11:10'), given(commits.old, '11:00')];
    expect(people({ ...stale, reviews: [older, old] })[0]).toMatchObject({ standing: 'stale', voice: { id: old.id } });
  });
  test('none from before an objection or a dismissal is brought back', () => {
    const reviews = [
      given(commits.head, '10:30'),
      review('bob', 'dismissed', { submittedAt: at('11:00') }),
      given(commits.old, '11:10'),
    ];
    expect(told({ reviews })[0]).toEqual(['bob', 'stale', 'it is for 01d0000, and the head is 4ead000']);
  });
});

test('an edited command alone decides nothing, and is told; beside anything else it is as if it were not there', () => {
  const edited = (time: string) =>
    comment('bob', `/weighbridge approve ${commits.head}`, { edited: true, createdAt: at(time) });
  const commands = { commands: true };
  expect(told({ comments: [edited('11:10')] }, commands)).toEqual([
    ['bob', 'stale', 'the comment was edited after it was written'],
  ]);
  const [approval, objection] = [review('bob'), review('bob', 'changes-requested')];
  for (const time of ['10:50', '11:10']) {
    expect(people({ comments: [edited(time)], reviews: [approval] }, commands)[0]?.voice.id).toBe(approval.id);
    expect(people({ comments: [edited(time)], reviews: [objection] }, commands)[0]).toMatchObject({
      standing: 'objects',
      voice: { id: objection.id },
    });
  }
});

describe('an account that may not approve', () => {
  test('is a machine that no roster names', () => {
    const bot = actor('renovate', { kind: 'bot' });
    const reviews = [review(bot)];
    expect(told({ reviews })).toEqual([['renovate', 'excluded', 'is a machine']]);
    const named = { bots: { users: ['renovate[bot]'], teams: [] } };
    expect(told({ reviews }, {}, {}, named)).toEqual([['renovate', 'counts', 'approved']]);
  });
  test('is one that may too little, or of which the forge does not say what it may', () => {
    const may = (permissions: ReviewFacts['permissions']) => told({ reviews: [review('bob')] }, {}, { permissions })[0];
    expect(may({ bob: 'triage' })).toEqual(['bob', 'excluded', 'may only triage now, and write is asked']);
    expect(may({ bob: 'none' })).toEqual(['bob', 'excluded', 'may nothing here now, and write is asked']);
    expect(may({})).toEqual(['bob', 'cannot-verify', 'the forge does not say what they may do']);
  });
  test('is a contributor, by whatever spelling, and the reason is told', () => {
    const contributors = [{ person: person('BOB'), because: 'built 1.3.0' }];
    expect(told({ reviews: [review('bob')] }, {}, { contributors })).toEqual([['bob', 'excluded', 'built 1.3.0']]);
  });
});

test('two spellings of an account are one person', () => {
  const reviews = [
    review(actor('bob', { id: '1' }), 'changes-requested', { submittedAt: at('11:00') }),
    review(actor('robert', { id: '1' }), 'commented', { submittedAt: at('11:05') }),
    review(actor('robert', { id: '1' }), 'dismissed', { submittedAt: at('11:06'), id: '9001' }),
    review(actor('Robert', { id: '2' }), 'approved', { submittedAt: at('11:10') }),
  ];
  const permissions = { robert: 'write' } as const;
  expect(told({ reviews }, {}, { permissions })).toEqual([['Robert', 'counts', 'approved']]);
});

test('a permission is found by the login in lower case, with or without the [bot] of a machine', () => {
  const may = (permissions: ReviewFacts['permissions'], login: string, kind: 'user' | 'bot' = 'bot') =>
    permissionOf(reviewFacts({}, { permissions }), actor(login, { kind }));
  expect(may({ renovate: 'admin' }, 'Renovate')).toBe('admin');
  expect(may({ 'renovate[bot]': 'read' }, 'Renovate')).toBe('read');
  expect(may({ renovate: 'admin', 'renovate[bot]': 'read' }, 'Renovate')).toBe('admin');
  expect(may({ 'bob[bot]': 'admin' }, 'bob', 'user')).toBe('cannot-verify');
  expect(may({}, 'constructor', 'user')).toBe('cannot-verify');
});
