import type { ReviewerGate } from '@weighbridge/manifest';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  actor,
  at,
  comment,
  commit,
  commits,
  judgeCase,
  person,
  type ReviewCase,
  review,
} from '../../test/review-case.js';
import type { PullEventFact, ReviewFact } from '../pull-facts.js';
import { fillSeats } from './seats.js';

const logins = ['alice', 'bob', 'Carol', 'carol', 'dave', 'erin', 'renovate[bot]'];
const times = ['10:10', '10:30', '11:00', '11:00', '11:20', '11:45'].map(at);
const anyTime = fc.constantFrom(...times);
const anyCommit = fc.constantFrom(commits.head, commits.head, commits.old, commits.other);
const anyLogin = fc.constantFrom(...logins);

const anyReview = fc
  .record({
    author: fc.option(anyLogin, { freq: 12 }),
    state: fc.constantFrom<ReviewFact['state']>(
      'approved',
      'approved',
      'approved',
      'changes-requested',
      'dismissed',
      'commented',
      'pending',
    ),
    commit: anyCommit,
    submittedAt: anyTime,
  })
  .map(({ author, state, ...rest }) => ({ author: author === null ? null : actor(author), state, ...rest }));

type Drawn = typeof anyReview extends fc.Arbitrary<infer One> ? One : never;

/** Reviews get rising numbers in the order of their times, as a forge gives them. */
function numbered(drawn: readonly Drawn[]): ReviewFact[] {
  const sorted = [...drawn].sort((left, right) => Date.parse(left.submittedAt) - Date.parse(right.submittedAt));
  return sorted.map((one, index) => review(one.author, one.state, { ...one, id: String(100 + index) }));
}

const anyEvent: fc.Arbitrary<PullEventFact> = fc.oneof(
  fc.record({
    kind: fc.constant('review-dismissed' as const),
    at: anyTime,
    actor: fc.option(anyLogin.map((login) => actor(login))),
    review: fc.nat(8).map((index) => String(100 + index)),
    was: fc.constantFrom('approved' as const, 'changes-requested' as const, 'commented' as const, null),
  }),
  fc.record({ kind: fc.constant('head-force-pushed' as const), at: anyTime, actor: fc.constant(null) }),
  fc.record({ kind: fc.constant('base-changed' as const), at: anyTime, actor: fc.constant(null) }),
  fc.record({
    kind: fc.constant('review-requested' as const),
    at: anyTime,
    actor: fc.constant(null),
    reviewer: fc.option(anyLogin),
  }),
);

const anyCase: fc.Arbitrary<{ readonly given: ReviewCase; readonly reviews: ReviewFact[] }> = fc
  .record({
    drawn: fc.array(anyReview, { maxLength: 9 }),
    timeline: fc.array(anyEvent, { maxLength: 2 }),
    wrote: fc.option(anyLogin),
    equal: fc.boolean(),
    dismissals: fc.constantFrom('anyone' as const, 'others' as const),
    objections: fc.constantFrom('rosters' as const, 'writers' as const),
    permission: fc.constantFrom('write' as const, 'read' as const, 'cannot-verify' as const),
    counts: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    incomplete: fc.constantFrom<string[]>([], [], [], ['cut']),
  })
  .map(({ drawn, timeline, wrote, equal, dismissals, objections, permission, counts, incomplete }) => {
    const reviews = numbered(drawn);
    const names = (writers: readonly string[]) => Object.fromEntries(writers.map((login) => [login, 'write' as const]));
    const asked: ReviewerGate[] = [
      { from: 'ml', count: counts[0], when: {} },
      { from: 'risk', count: counts[1], when: {} },
    ];
    const given: ReviewCase = {
      asked,
      policy: { dismissals, objections },
      slice: {
        rosters: {
          ml: { users: ['bob', 'carol', 'dave'], teams: [] },
          risk: { users: ['carol', 'dave', 'renovate[bot]'], teams: [] },
        },
      },
      review: {
        permissions: { ...names(['alice', 'bob', 'carol', 'dave', 'renovate[bot]']), erin: permission },
        equalCommits: equal ? [commits.head, commits.old] : [commits.head],
      },
      pull: {
        timeline,
        incomplete,
        commits: [commit(commits.old), commit(commits.head, wrote === null ? {} : { coAuthors: [person(wrote)] })],
      },
    };
    return { given, reviews };
  });

const judge = (given: ReviewCase, reviews: readonly ReviewFact[]) =>
  judgeCase({ ...given, pull: { ...given.pull, reviews } });

describe('reviews, whatever they are', () => {
  test('come to the same in any order', () => {
    const shuffled = anyCase.chain(({ given, reviews }) =>
      fc.record({
        given: fc.constant(given),
        reviews: fc.constant(reviews),
        other: fc.shuffledSubarray(reviews, { minLength: reviews.length, maxLength: reviews.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ given, reviews, other }) => {
        expect(judge(given, other)).toEqual(judge(given, reviews));
      }),
      { seed: 401, numRuns: 1000 },
    );
  });

  test('an objection more never turns into a pass', () => {
    fc.assert(
      fc.property(anyCase, anyLogin, anyTime, fc.boolean(), ({ given, reviews }, login, time, first) => {
        const objection = review(login, 'changes-requested', { submittedAt: time, id: first ? '1' : '999' });
        if (judge(given, [...reviews, objection]).verdict === 'pass')
          expect(judge(given, reviews).verdict).toBe('pass');
      }),
      { seed: 402, numRuns: 2000 },
    );
  });

  test('an objection after everything, of somebody who is asked, never passes', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom('bob', 'CAROL', 'dave'), ({ given, reviews }, login) => {
        const objection = review(login, 'changes-requested', { submittedAt: at('12:00'), id: '999' });
        expect(['fail', 'error']).toContain(judge(given, [...reviews, objection]).verdict);
      }),
      { seed: 403, numRuns: 500 },
    );
  });

  test('an approval less never turns into a pass', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(20), ({ given, reviews }, pick) => {
        const approvals = reviews.filter(({ state }) => state === 'approved');
        const gone = approvals[pick % Math.max(approvals.length, 1)];
        const fewer = reviews.filter((one) => one !== gone);
        if (judge(given, fewer).verdict === 'pass') expect(judge(given, reviews).verdict).toBe('pass');
      }),
      { seed: 404, numRuns: 2000 },
    );
  });

  test('comments of the conversation mean nothing without the policy', () => {
    fc.assert(
      fc.property(anyCase, anyLogin, ({ given, reviews }, login) => {
        const comments = [comment(login, `/weighbridge approve ${commits.head}`)];
        const talked = { ...given, pull: { ...given.pull, comments } };
        expect(judge(talked, reviews)).toEqual(judge(given, reviews));
      }),
      { seed: 405, numRuns: 300 },
    );
  });

  test('pass is reached in some of these cases, so that what is above says something', () => {
    const verdicts = fc
      .sample(anyCase, { seed: 406, numRuns: 2000 })
      .map(({ given, reviews }) => judge(given, reviews).verdict);
    for (const verdict of ['pass', 'pending', 'fail', 'error']) {
      expect([verdict, verdicts.filter((one) => one === verdict).length]).toEqual([verdict, expect.any(Number)]);
      expect(verdicts.filter((one) => one === verdict).length).toBeGreaterThan(20);
    }
  });
});

describe('seats', () => {
  const anyHall = fc.record({
    wanted: fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
    eligible: fc.array(fc.uniqueArray(fc.nat(2), { maxLength: 3 }), { maxLength: 6 }),
  });
  /** Every way to seat people, tried out. */
  const most = (wanted: readonly number[], eligible: readonly (readonly number[])[], from = 0): number => {
    const here = eligible[from];
    if (here === undefined) return 0;
    const choices = here.filter((requirement) => (wanted[requirement] ?? 0) > 0);
    const seated = choices.map((requirement) => {
      const left = wanted.map((count, index) => (index === requirement ? count - 1 : count));
      return 1 + most(left, eligible, from + 1);
    });
    return Math.max(most(wanted, eligible, from + 1), ...seated);
  };

  /** People and rows by number. */
  const fill = (wanted: readonly number[], eligible: readonly (readonly number[])[]) =>
    fillSeats(
      wanted.map((count, row) => ({
        row,
        wanted: count,
        accepts: (person: number) => eligible[person]?.includes(row) ?? false,
      })),
      [...eligible.keys()],
    );

  test('as many as can be are filled, nobody twice, nobody where they may not sit', () => {
    fc.assert(
      fc.property(anyHall, ({ wanted, eligible }) => {
        const rows = fill(wanted, eligible);
        expect(rows.map(({ row }) => row.wanted)).toEqual(wanted);
        const people = rows.flatMap((row) => row.people);
        expect(new Set(people).size).toBe(people.length);
        for (const [requirement, { people: seated }] of rows.entries()) {
          expect(seated.length).toBeLessThanOrEqual(wanted[requirement] ?? 0);
          for (const one of seated) expect(eligible[one]).toContain(requirement);
        }
        expect(people.length).toBe(most(wanted, eligible));
      }),
      { seed: 411, numRuns: 2000 },
    );
  });

  test('one more person fills an open seat exactly when they may sit where it helps', () => {
    fc.assert(
      fc.property(anyHall, fc.nat(2), fc.nat(2), ({ wanted, eligible }, open, seat) => {
        fc.pre(seat < wanted.length);
        const rows = fill(wanted, eligible);
        const row = rows[open];
        fc.pre(row !== undefined && row.people.length < row.row.wanted);
        const before = most(wanted, eligible);
        // Only this requirement is open: all others are as full as they are.
        const others = rows.map((one) => (one === row ? one.row.wanted : one.people.length));
        const helping = row?.helps().map((one) => one.row);
        expect(helping?.[0]).toBe(open);
        expect(helping?.includes(seat)).toBe(most(others, [...eligible, [seat]]) > before);
      }),
      { seed: 412, numRuns: 2000 },
    );
  });
});
