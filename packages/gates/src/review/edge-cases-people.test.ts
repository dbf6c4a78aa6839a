import { describe, expect, test } from 'vitest';
import {
  actor,
  at,
  commit,
  commits,
  judgeReview,
  person,
  pushed,
  review,
  verdict,
  why,
  type ReviewCase,
} from '../../test/review-case.js';

/**
 * The hard cases of review gates, by the numbers that the project gives them. Those that only a forge or a flow can get
 * wrong (how a status is written, which commit it goes to, pagination, tokens, merge queues) are tested there.
 */

describe('7 nobody approves their own work', () => {
  const own = (login: string) => ({ slice: { rosters: { ml: { users: [login, 'carol'], teams: [] } } } });
  const byBob = (parts: ReviewCase['pull'], more: Partial<ReviewCase> = {}) =>
    judgeReview({ ...more, pull: { reviews: [review('bob')], ...parts } });
  test('the author of the pull request, by id, whatever the login is now', () => {
    const given = {
      ...own('bob2'),
      pull: { author: actor('bob', { id: '1' }), reviews: [review(actor('bob2', { id: '1' }))] },
    };
    expect(verdict({ ...given, review: { permissions: { bob2: 'write' } } })).toBe('pending');
    expect(why({ ...given, review: { permissions: { bob2: 'write' } } })).toContain(
      'bob2 cannot approve: opened the pull request',
    );
  });
  test.each([
    ['author', commit(commits.head, { author: person('bob') }), 'wrote commit 4ead000'],
    ['committer', commit(commits.head, { committer: person('Bob') }), 'committed 4ead000'],
    [
      'co-author',
      commit(commits.head, { coAuthors: [person('bob')] }),
      'is named by a Co-authored-by trailer of commit 4ead000',
    ],
  ])('the %s of a commit', (_, one, because) => {
    const node = byBob({ commits: [one] });
    expect(node.verdict).toBe('pending');
    expect(node.because).toContain(`bob cannot approve: ${because}`);
    expect(node.remedy).toBe('Ask carol to review https://forge.test/pull/7.');
  });
  test('whoever force-pushed the branch', () => {
    expect(byBob({ timeline: [pushed(at('10:30'), 'bob')] }).because).toContain(
      'bob cannot approve: force-pushed the branch',
    );
  });
  test('the dispatcher, and who built the version since the one that holds the stage', () => {
    const contributors = [{ person: person('bob'), because: 'dispatched the workflow that opened it' }];
    expect(byBob({}, { review: { contributors } }).because).toContain('bob cannot approve: dispatched the workflow');
  });
  test('a contributor without an account could be any reviewer: one more approval is asked', () => {
    const unknown = { commits: [commit(commits.head, { author: person(null, 'J. Doe') })] };
    const node = byBob(unknown);
    expect(node.verdict).toBe('pending');
    expect(node.because).toBe(
      '1 of 2 from ml approved (bob), one more than the 1 asked because "J. Doe" on a commit belongs to no account.',
    );
    expect(verdict({ pull: { ...unknown, reviews: [review('bob'), review('carol')] } })).toBe('pass');
    const others = [{ person: person(null, 'J. Doe'), because: 'built 1.3.0' }];
    expect(byBob({}, { review: { contributors: others } }).verdict).toBe('pending');
  });
  test('or nothing passes, where the policy says so', () => {
    const unknown = {
      commits: [commit(commits.head, { author: person(null, 'J. Doe') })],
      reviews: [review('bob'), review('carol')],
    };
    const node = judgeReview({ pull: unknown, policy: { unknownContributors: 'refuse' } });
    expect(node.verdict).toBe('fail');
    expect(node.because).toContain('"J. Doe"');
  });
  test('an objection of a contributor still blocks', () => {
    const commitsOf = [commit(commits.head, { author: person('bob') })];
    expect(
      verdict({ pull: { commits: commitsOf, reviews: [review('bob', 'changes-requested'), review('carol')] } }),
    ).toBe('fail');
  });
});

test('8 contributors through any parent count', () => {
  const merge = commit(commits.head, { parents: [commits.old, commits.other] });
  const side = commit(commits.other, { author: person('bob') });
  const node = judgeReview({ pull: { commits: [commit(commits.old), side, merge], reviews: [review('bob')] } });
  expect(node.because).toContain('bob cannot approve: wrote commit 07e4000');
});

describe('9 machines never count unless they are listed', () => {
  const bot = actor('renovate', { kind: 'bot' });
  const listed = { slice: { rosters: { ml: { users: ['renovate[bot]', 'bob'], teams: [] } } } };
  test.each([bot, actor('renovate[bot]'), actor('acme', { kind: 'organization' })])('%o', (machine) => {
    const slice = { rosters: { ml: { users: [], teams: ['acme/ml'] } } };
    const teams = { 'acme/ml': { state: 'read' as const, members: [machine, actor('bob')] } };
    const permissions = { renovate: 'admin', 'renovate[bot]': 'admin', acme: 'admin' } as const;
    expect(verdict({ slice, review: { teams, permissions }, pull: { reviews: [review(machine)] } })).toBe('pending');
  });
  test('listed by its login with [bot]', () => {
    expect(verdict({ ...listed, pull: { reviews: [review(bot)] } })).toBe('pass');
    expect(verdict({ ...listed, pull: { reviews: [review(actor('Renovate[bot]', { kind: 'bot' }))] } })).toBe('pass');
  });
  test('a person of the same name is not it, and it is no person of that name', () => {
    const permissions = { renovate: 'write', 'renovate[bot]': 'write' } as const;
    expect(verdict({ ...listed, review: { permissions }, pull: { reviews: [review('renovate')] } })).toBe('pending');
    const slice = { rosters: { ml: { users: ['renovate', 'bob'], teams: [] } } };
    expect(verdict({ slice, review: { permissions }, pull: { reviews: [review(bot)] } })).toBe('pending');
  });
});

test('10 accounts that are gone never count, and logins compare without case', () => {
  expect(verdict({ pull: { reviews: [review(null)] } })).toBe('pending');
  expect(verdict({ pull: { reviews: [review(null, 'changes-requested'), review('bob')] } })).toBe('pass');
  const slice = { rosters: { ml: { users: ['BoB'], teams: [] } } };
  expect(verdict({ slice, pull: { reviews: [review('bOb')] } })).toBe('pass');
  // Somebody who took over the login of another is not the author who had it.
  const taken = { pull: { author: null, reviews: [review('bob')] } };
  expect(verdict(taken)).toBe('pass');
});

describe('11 what somebody may do is asked at the time of the evaluation', () => {
  const may = (
    permission: 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none' | 'cannot-verify',
    least?: 'read',
  ) =>
    judgeReview({
      pull: { reviews: [review('bob')] },
      review: { permissions: { bob: permission } },
      policy: least === undefined ? {} : { permission: least },
    });
  test('write access that was lost since', () => {
    expect(may('read').verdict).toBe('pending');
    expect(may('read').because).toContain('bob cannot approve: may only read now, and write is asked');
    expect(may('none').because).toContain('may nothing here now');
    for (const permission of ['write', 'maintain', 'admin'] as const) expect(may(permission).verdict).toBe('pass');
    expect(may('triage').verdict).toBe('pending');
    expect(may('read', 'read').verdict).toBe('pass');
    expect(may('none', 'read').verdict).toBe('pending');
  });
  test('membership that was lost since', () => {
    const slice = { rosters: { ml: { users: [], teams: ['acme/ml'] } } };
    const members = (...logins: string[]) => ({
      'acme/ml': { state: 'read' as const, members: logins.map((login) => actor(login)) },
    });
    const judge = (...logins: string[]) =>
      verdict({ slice, review: { teams: members(...logins) }, pull: { reviews: [review('bob')] } });
    expect(judge('bob', 'carol')).toBe('pass');
    expect(judge('carol')).toBe('pending');
  });
});

describe('12 a permission that the forge does not tell is not one', () => {
  test.each([{ bob: 'cannot-verify' as const }, {}])('%o', (permissions) => {
    const node = judgeReview({ pull: { reviews: [review('bob')] }, review: { permissions } });
    expect(node.verdict).toBe('error');
    expect(node.because).toContain('the approval of bob cannot be verified');
  });
  test('it matters only while a seat is open', () => {
    const reviews = [review('bob'), review('carol')];
    expect(verdict({ pull: { reviews }, review: { permissions: { carol: 'write' } } })).toBe('pass');
  });
});

describe('13 a team that cannot be read is "cannot verify", never "not a member"', () => {
  const unread = {
    state: 'cannot-verify' as const,
    because: 'the token may not read members',
    remedy: 'Use an App token with members: read.',
  };
  const slice = { rosters: { ml: { users: ['carol'], teams: ['acme/ml'] } } };
  const judge = (reviews: ReturnType<typeof review>[], teams = { 'acme/ml': unread }) =>
    judgeReview({ slice, review: { teams }, pull: { reviews } });
  test('an approval of somebody who may belong to it', () => {
    const node = judge([review('bob')]);
    expect(node.verdict).toBe('error');
    expect(node.because).toContain('team acme/ml: the token may not read members');
    expect(node.remedy).toBe('Use an App token with members: read.');
    expect(judge([]).verdict).toBe('error');
  });
  test('one that nobody read', () => {
    const node = judge([review('bob')], {} as never);
    expect(node.verdict).toBe('error');
    expect(node.remedy).toContain('acme/ml');
  });
  test('enough that is known passes', () => {
    expect(judge([review('carol')]).verdict).toBe('pass');
  });
  test('an objection of somebody who may belong to it does not pass', () => {
    const node = judge([review('carol'), review('bob', 'changes-requested')]);
    expect(node.verdict).toBe('error');
    expect(node.because).toContain('bob asked for changes');
  });
  test('teams compare without case, and members by id', () => {
    const teams = { 'ACME/ml': { state: 'read' as const, members: [actor('robert', { id: 'id-bob' })] } };
    expect(judgeReview({ slice, review: { teams }, pull: { reviews: [review('bob')] } }).verdict).toBe('pass');
  });
});
