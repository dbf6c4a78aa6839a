import { describe, expect, test } from 'vitest';
import { gateFacts, gatePolicy, gateRequest, identity, metricGate } from '../../test/gate-case.js';
import {
  actor,
  at,
  comment,
  commit,
  commits,
  judgeCase,
  judgeReview,
  oneOfMl,
  person,
  type ReviewCase,
  review,
  reviewFacts,
  rosters,
} from '../../test/review-case.js';
import { evaluate } from '../evaluate.js';
import type { AmendmentFact } from '../facts.js';
import type { PullEventFact } from '../pull-facts.js';

/**
 * The hard cases of review gates, by the numbers that the project gives them. Those that only a forge or a flow can get
 * wrong (how a status is written, which commit it goes to, pagination, tokens, merge queues) are tested there.
 */

const verdict = (given: ReviewCase) => judgeReview(given).verdict;
const why = (given: ReviewCase) => judgeReview(given).because;

function dismissed(
  id: string,
  was: 'approved' | 'changes-requested' | 'commented' | null,
  by: string | null = 'dave',
  when = at('11:30'),
): PullEventFact {
  return { kind: 'review-dismissed', at: when, actor: by === null ? null : actor(by), review: id, was };
}

function pushed(
  when: string,
  by: string | null = 'alice',
  heads: { before?: string; after?: string } = {},
): PullEventFact {
  return { kind: 'head-force-pushed', at: when, actor: by === null ? null : actor(by), ...heads };
}

describe('1 the latest decisive review of a person counts', () => {
  test('a comment or a pending review after it changes nothing', () => {
    for (const state of ['commented', 'pending'] as const) {
      expect(verdict({ pull: { reviews: [review('bob'), review('bob', state, { submittedAt: at('11:30') })] } })).toBe(
        'pass',
      );
      const objecting = [review('bob', 'changes-requested'), review('bob', state, { submittedAt: at('11:30') })];
      expect(verdict({ pull: { reviews: objecting } })).toBe('fail');
      expect(verdict({ pull: { reviews: [review('bob', state)] } })).toBe('pending');
    }
  });
  test('an approval after an objection clears it', () => {
    const reviews = [review('bob', 'changes-requested'), review('bob', 'approved', { submittedAt: at('11:30') })];
    expect(verdict({ pull: { reviews } })).toBe('pass');
  });
});

describe('2 changes requested after an approval block', () => {
  test('by the same person', () => {
    const reviews = [review('bob'), review('bob', 'changes-requested', { submittedAt: at('11:30') })];
    const node = judgeReview({ pull: { reviews } });
    expect(node.verdict).toBe('fail');
    expect(node.because).toBe('Of ml, bob asked for changes.');
    expect(node.remedy).toContain('Settle it with bob');
    expect(node.remedy).toContain(reviews[1]?.url);
  });
  test('by another of the roster, whoever approved', () => {
    expect(verdict({ pull: { reviews: [review('bob'), review('carol', 'changes-requested')] } })).toBe('fail');
  });
  test('of somebody who is in no roster that is asked they do not', () => {
    expect(verdict({ pull: { reviews: [review('bob'), review('dave', 'changes-requested')] } })).toBe('pass');
  });
});

describe('3 a dismissed review neither clears nor revives', () => {
  const later = at('11:20');
  test('a dismissed approval does not clear an older objection', () => {
    const reviews = [
      review('bob', 'changes-requested'),
      review('bob', 'dismissed', { id: '9001', submittedAt: later }),
    ];
    for (const was of ['approved', null] as const) {
      expect(verdict({ pull: { reviews, timeline: [dismissed('9001', was)] } })).toBe('fail');
    }
    expect(verdict({ pull: { reviews } })).toBe('fail');
  });
  test('nor does it bring an older approval back', () => {
    const reviews = [review('bob'), review('bob', 'dismissed', { id: '9001', submittedAt: later })];
    for (const was of ['approved', 'changes-requested', null] as const) {
      expect(verdict({ pull: { reviews, timeline: [dismissed('9001', was)] } })).toBe('pending');
    }
    expect(verdict({ pull: { reviews } })).toBe('pending');
  });
  test('a dismissed objection leaves an older one of the same person', () => {
    const reviews = [
      review('bob', 'changes-requested', { submittedAt: at('10:30') }),
      review('bob', 'dismissed', { id: '9001', submittedAt: later }),
    ];
    expect(verdict({ pull: { reviews, timeline: [dismissed('9001', 'changes-requested')] } })).toBe('fail');
  });
  test('a dismissed comment was never decisive', () => {
    const reviews = [review('bob'), review('bob', 'dismissed', { id: '9001', submittedAt: later })];
    expect(verdict({ pull: { reviews, timeline: [dismissed('9001', 'commented')] } })).toBe('pass');
  });
  test('what is said after it counts', () => {
    const reviews = [review('bob', 'dismissed', { id: '9001' }), review('bob', 'approved', { submittedAt: later })];
    expect(verdict({ pull: { reviews, timeline: [dismissed('9001', 'changes-requested')] } })).toBe('pass');
  });
});

describe('4 who dismissed is told, and may have to be somebody else', () => {
  const reviews = [review('carol'), review('bob', 'dismissed', { id: '9001' })];
  const by = (
    login: string | null,
    dismissals: 'anyone' | 'others',
    was: 'approved' | 'changes-requested' | null = 'changes-requested',
  ) => judgeReview({ pull: { reviews, timeline: [dismissed('9001', was, login)] }, policy: { dismissals } });
  test('told', () => {
    const node = judgeReview({
      pull: { reviews: [reviews[1] ?? review('bob')], timeline: [dismissed('9001', 'changes-requested')] },
    });
    expect(node.because).toBe(
      '0 of 1 from ml approved; bob gave an objection that was dismissed by dave at 2026-06-01T11:30:00Z.',
    );
  });
  test('the author or a contributor cannot lift an objection where the policy says so', () => {
    expect(by('alice', 'anyone').verdict).toBe('pass');
    expect(by('dave', 'others').verdict).toBe('pass');
    const node = by('alice', 'others');
    expect(node.verdict).toBe('fail');
    expect(node.because).toBe('Of ml, bob asked for changes, dismissed by alice, who opened the pull request.');
    expect(by(null, 'others').verdict).toBe('fail');
    expect(by('alice', 'others', null).verdict).toBe('fail');
    expect(by('alice', 'others', 'approved').verdict).toBe('pass');
  });
});

describe('5 the commit of a review is no proof of what was reviewed', () => {
  const given = (submittedAt: string, parts: ReviewCase['pull'] = {}): ReviewCase => ({
    pull: { reviews: [review('bob', 'approved', { submittedAt })], ...parts },
  });
  test('an approval that is older than the committer date of the head that it names', () => {
    const unseen = { headSeenAt: null };
    expect(verdict(given(at('09:59'), unseen))).toBe('pending');
    expect(verdict(given(at('10:00'), unseen))).toBe('pass');
    expect(why(given(at('09:59'), unseen))).toContain(
      'the approval of bob does not count: it is older than 4ead000, which came at 2026-06-01T10:00:00Z, so that its writer cannot have seen that commit',
    );
  });
  test('or than the moment at which the forge first saw it, whatever date its committer made up', () => {
    const forged = {
      commits: [commit(commits.head, { committedAt: '2020-01-01T00:00:00Z' })],
      headSeenAt: at('10:30'),
    };
    expect(verdict(given(at('10:29'), forged))).toBe('pending');
    expect(verdict(given(at('10:30'), forged))).toBe('pass');
  });
  test('or than the last force push', () => {
    const forged = {
      commits: [commit(commits.head, { committedAt: '2020-01-01T00:00:00Z' })],
      headSeenAt: null,
      timeline: [pushed(at('10:45')), pushed(at('11:15'))],
    };
    expect(verdict(given(at('11:00'), forged))).toBe('pending');
    expect(why(given(at('11:00'), forged))).toContain('force-pushed at 2026-06-01T11:15:00Z, after it');
    expect(verdict(given(at('11:16'), forged))).toBe('pass');
  });
  test('a tie of seconds counts, as the forge tells no more', () => {
    const tied = {
      headSeenAt: at('11:00'),
      timeline: [pushed(at('11:00'))],
      commits: [commit(commits.head, { committedAt: at('11:00') })],
    };
    expect(verdict(given(at('11:00'), tied))).toBe('pass');
  });
  test('where nothing tells when the head came, nothing counts', () => {
    expect(verdict(given(at('11:00'), { commits: [], headSeenAt: null }))).toBe('pending');
    expect(verdict(given(at('11:00'), { commits: [] }))).toBe('pass');
    expect(verdict(given('yesterday'))).toBe('pending');
    expect(verdict(given(at('11:00'), { headSeenAt: 'yesterday' }))).toBe('pending');
    expect(verdict({ pull: { reviews: [review('bob', 'approved', { submittedAt: null })] } })).toBe('pending');
    expect(verdict({ pull: { reviews: [review('bob', 'approved', { commit: null })] } })).toBe('pending');
  });

  const old = (parts: ReviewCase['pull'] = {}): ReviewCase => ({
    pull: {
      reviews: [review('bob', 'approved', { commit: commits.old })],
      commits: [commit(commits.old), commit(commits.head, { committedAt: at('11:30') })],
      headSeenAt: at('11:31'),
      ...parts,
    },
  });
  test('an approval of another commit counts while identity, evidence and policy are the same', () => {
    expect(verdict(old())).toBe('pending');
    expect(why(old())).toContain('it is for 01d0000, and the head is 4ead000');
    expect(why({ ...old(), review: { otherCommits: [commits.old] } })).toContain('whose content differs');
    expect(verdict({ ...old(), review: { equalCommits: [commits.old, commits.head] } })).toBe('pass');
  });
  test('an approval of the head does not count for what a queue or a merge makes of it, where that differs', () => {
    const approved: ReviewCase['pull'] = { reviews: [review('bob', 'approved')] };
    expect(verdict({ pull: approved })).toBe('pass');
    const merged: ReviewCase = { pull: approved, review: { equalCommits: [], otherCommits: [commits.head] } };
    expect(verdict(merged)).toBe('pending');
    expect(why(merged)).toContain('merged with what comes before it, its content is another');
  });
  test('but not one that is older than that commit', () => {
    const commitsOf = [commit(commits.old, { committedAt: at('11:01') }), commit(commits.head)];
    expect(verdict({ ...old({ commits: commitsOf }), review: { equalCommits: [commits.old] } })).toBe('pending');
  });
  test('nor one that a force push may have moved to a commit that nobody saw', () => {
    const equal = { equalCommits: [commits.old, commits.head] };
    const moved = (timeline: readonly PullEventFact[], parts = {}) =>
      verdict({ ...old({ timeline, ...parts }), review: equal });
    // The old commit is still there, so the push may have brought it.
    expect(moved([pushed(at('11:10'))])).toBe('pending');
    expect(moved([pushed(at('10:50'))])).toBe('pass');
    // It is no longer there, so the one push took it away.
    const gone = { commits: [commit(commits.head, { committedAt: at('11:10') })] };
    expect(moved([pushed(at('11:10'))], gone)).toBe('pass');
    expect(moved([pushed(at('11:10')), pushed(at('11:20'))], gone)).toBe('pending');
    // The forge tells which commit the first push took away.
    const told = (before: string) => [pushed(at('11:10'), 'alice', { before }), pushed(at('11:20'))];
    expect(moved(told(commits.old), gone)).toBe('pass');
    expect(moved(told(commits.other), gone)).toBe('pending');
    expect(moved([pushed(at('11:10'), 'alice', { before: commits.other })], gone)).toBe('pending');
    // A commit that never was on the branch is nobody's.
    expect(moved([], gone)).toBe('pending');
  });
});

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
    ['co-author', commit(commits.head, { coAuthors: [person('bob')] }), 'is co-author of commit 4ead000'],
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

describe('14 and 15 a change of the rules is judged by the rules of the base', () => {
  const amendments: readonly AmendmentFact[] = [
    {
      what: 'policy',
      path: 'weighbridge.yaml',
      because: 'the gate of production is removed',
      rule: null,
      takesOver: [],
    },
  ];
  const judge = (reviews: ReturnType<typeof review>[]) =>
    judgeCase({ pull: { reviews }, facts: { amendments }, slice: { owners: ['erin'] } });
  test('the gate of the base still asks', () => {
    const tree = judge([review('erin')]);
    expect(tree.children?.map(({ id, verdict: came }) => [id, came])).toEqual([
      ['transition', 'pass'],
      ['reviewers/ml', 'pending'],
      ['amendment/policy/weighbridge.yaml', 'pass'],
    ]);
  });
  test('and the owners of the base must approve', () => {
    const tree = judge([review('bob')]);
    expect(tree.verdict).toBe('pending');
    expect(tree.children?.[2]?.because).toBe(
      'In weighbridge.yaml, the gate of production is removed. 0 of 1 from the policy owners (erin) approved; bob approved and is not of the policy owners (erin).',
    );
    expect(judge([review('bob'), review('erin')]).verdict).toBe('pass');
  });
});

describe('16 an ownership that is handed over needs both sides', () => {
  const amendments: readonly AmendmentFact[] = [
    {
      what: 'manifest',
      path: 'models/fraud/model.yaml',
      because: 'owners go from erin to dave',
      rule: null,
      takesOver: ['dave'],
    },
  ];
  const judge = (logins: readonly string[], parts: ReviewCase['pull'] = {}) =>
    judgeCase({
      asked: [],
      pull: { reviews: logins.map((login) => review(login)), ...parts },
      facts: { amendments },
      slice: { owners: ['erin'] },
    }).verdict;
  test('those who had it and those who take it', () => {
    expect(judge([])).toBe('pending');
    expect(judge(['erin'])).toBe('pending');
    expect(judge(['dave'])).toBe('pending');
    expect(judge(['erin', 'dave'])).toBe('pass');
  });
  test('who takes over and proposed it agreed', () => {
    const parts = {
      author: actor('dave'),
      commits: [commit(commits.head, { author: person('dave'), committer: person('dave') })],
    };
    expect(judge(['erin'], parts)).toBe('pass');
    expect(judge([], parts)).toBe('pending');
  });
});

test('17 an approval for another base is stale', () => {
  const timeline: PullEventFact[] = [{ kind: 'base-changed', at: at('11:10'), actor: actor('alice') }];
  expect(verdict({ pull: { reviews: [review('bob')], timeline } })).toBe('pending');
  expect(why({ pull: { reviews: [review('bob')], timeline } })).toContain(
    'it was for another base, which changed at 2026-06-01T11:10:00Z',
  );
  expect(verdict({ pull: { reviews: [review('bob', 'approved', { submittedAt: at('11:11') })], timeline } })).toBe(
    'pass',
  );
});

test('23 waiting is pending, an objection fails, what cannot be judged is an error; nothing is ever neutral', () => {
  expect(judgeCase({}).verdict).toBe('pending');
  expect(judgeCase({ pull: { reviews: [review('bob', 'changes-requested')] } }).verdict).toBe('fail');
  expect(judgeCase({ asked: [{ ...oneOfMl, from: 'gone' }] }).verdict).toBe('error');
});

test('24 where nothing is asked, that is said', () => {
  const tree = evaluate(gateRequest(null), gateFacts({ review: reviewFacts(), amendments: [] }));
  expect(tree.because).toContain('No gate is set for production.');
  const skipped = judgeCase({ asked: [{ from: 'risk', count: 1, when: { impact: 'high' } }] });
  expect(skipped.verdict).toBe('pass');
  expect(skipped.because).toContain(
    'Nothing that the gate of production asks applies here (reviewers/risk/impact=high).',
  );
});

test('26 a draft is judged, and waits', () => {
  const tree = judgeCase({ pull: { draft: true, reviews: [review('bob')] } });
  expect(tree.verdict).toBe('pending');
  expect(tree.children?.find(({ id }) => id === 'reviewers/ml')?.verdict).toBe('pass');
  expect(judgeCase({ asked: [], pull: { draft: true } }).verdict).toBe('pending');
  expect(evaluate(gateRequest(null), gateFacts({ review: reviewFacts({ draft: true }), amendments: [] })).verdict).toBe(
    'pending',
  );
});

describe('27 a review that is asked for again', () => {
  const timeline = (reviewer: string | null, when = at('11:10')): PullEventFact[] => [
    { kind: 'review-requested', at: when, actor: actor('alice'), reviewer },
  ];
  const given = (events: PullEventFact[]): ReviewCase => ({ pull: { reviews: [review('bob')], timeline: events } });
  test('withdraws the approval that was given before', () => {
    expect(verdict(given(timeline('BOB')))).toBe('pending');
    expect(why(given(timeline('bob')))).toContain('a new review was asked for at 2026-06-01T11:10:00Z');
    expect(judgeReview(given(timeline('bob'))).remedy).toBe(
      'Ask bob (again) or carol to review https://forge.test/pull/7.',
    );
  });
  test('not that of another, of a team, or one that came first', () => {
    for (const events of [timeline('carol'), timeline(null), timeline('bob', at('10:50'))]) {
      expect(verdict(given(events))).toBe('pass');
    }
  });
  test('keeps it, where the policy says so', () => {
    expect(verdict({ ...given(timeline('bob')), policy: { reRequest: 'keeps' } })).toBe('pass');
  });
  test('does not withdraw an objection', () => {
    expect(verdict({ pull: { reviews: [review('bob', 'changes-requested')], timeline: timeline('bob') } })).toBe(
      'fail',
    );
  });
});

describe('29 a clean update from the base', () => {
  const update = (cleanUpdate: boolean | null) =>
    commit(commits.head, {
      parents: [commits.old, commits.base],
      author: person('bob'),
      committer: person('bob'),
      committedAt: at('11:30'),
      cleanUpdate,
    });
  const given = (cleanUpdate: boolean | null, reviewed: string = commits.old): ReviewCase => ({
    pull: {
      commits: [commit(commits.old), update(cleanUpdate)],
      headSeenAt: at('11:31'),
      reviews: [review('carol', 'approved', { commit: reviewed })],
    },
  });
  test('keeps approvals, and makes nobody a contributor', () => {
    expect(verdict(given(true))).toBe('pass');
    const byBob = given(true);
    expect(verdict({ pull: { ...byBob.pull, reviews: [review('bob', 'approved', { commit: commits.old })] } })).toBe(
      'pass',
    );
  });
  test('one that resolved a conflict, or that nobody checked, does neither', () => {
    for (const clean of [false, null]) {
      expect(verdict(given(clean))).toBe('pending');
      const after = { commit: commits.head, submittedAt: at('11:40') };
      expect(verdict({ pull: { ...given(clean).pull, reviews: [review('bob', 'approved', after)] } })).toBe('pending');
    }
  });
  test('nor does one across which the content is known to differ', () => {
    expect(verdict({ ...given(true), review: { otherCommits: [commits.old] } })).toBe('pending');
  });
  test('the approval of the second parent, which is of the base, is none of the head', () => {
    expect(verdict(given(true, commits.base))).toBe('pending');
  });
});

describe('31 and 45 facts that are not complete fail closed', () => {
  test.each(['only 250 of 300 commits were read', 'only 3000 files were read'])('%s', (incomplete) => {
    const node = judgeReview({ pull: { reviews: [review('bob')], incomplete: [incomplete] } });
    expect(node.verdict).toBe('error');
    expect(node.because).toContain(incomplete);
  });
  test('a pull request whose amendments nobody looked for', () => {
    const facts = gateFacts({ review: reviewFacts({ reviews: [review('bob')] }) });
    const tree = evaluate(gateRequest(gatePolicy({ reviewers: [oneOfMl] }), { rosters }), facts);
    expect(tree.children?.at(-1)).toMatchObject({ id: 'amendment', verdict: 'error' });
  });
});

describe('34 the text of a review has no authority', () => {
  const sha = commits.head;
  test('whatever it says', () => {
    for (const state of ['commented', 'dismissed'] as const) {
      const reviews = [review('bob', state, { body: `/weighbridge approve ${sha}` })];
      expect(verdict({ pull: { reviews }, policy: { commands: true } })).toBe('pending');
    }
    const reviews = [review('bob', 'approved', { body: 'no, I object' })];
    expect(verdict({ pull: { reviews } })).toBe('pass');
  });

  const commanded = (body: string, parts = {}, more: Partial<ReviewCase> = {}) =>
    judgeReview({
      policy: { commands: true },
      ...more,
      pull: { comments: [comment('bob', body, parts)], ...more.pull },
    });
  test('a command counts where the policy allows it', () => {
    expect(commanded(`/weighbridge approve ${sha}`).verdict).toBe('pass');
    expect(
      commanded(`/weighbridge approve ${sha.slice(0, 12)}\r\nthank you`, {}, { pull: { commits: [] } }).verdict,
    ).toBe('pass');
    expect(commanded(`/weighbridge approve ${sha}`, {}, { policy: {} }).verdict).toBe('pending');
    expect(judgeReview({ policy: { commands: true } }).remedy).toContain(`"/weighbridge approve ${sha.slice(0, 12)}"`);
  });
  test.each([
    ['another commit', `/weighbridge approve ${commits.other}`],
    ['too few digits', `/weighbridge approve ${sha.slice(0, 11)}`],
    ['no commit', '/weighbridge approve'],
    ['a quotation', `> /weighbridge approve ${sha}`],
    ['a later line', `Please write:\n/weighbridge approve ${sha}`],
    ['a code block', `    /weighbridge approve ${sha}`],
    ['further words', `/weighbridge approve ${sha} not`],
    ['another verb', `/weighbridge approved ${sha}`],
  ])('not with %s', (_, body) => {
    expect(commanded(body).verdict).toBe('pending');
  });
  test('not when it was edited, and not of somebody who may not approve', () => {
    const edited = commanded(`/weighbridge approve ${sha}`, { edited: true });
    expect(edited.verdict).toBe('pending');
    expect(edited.because).toContain('the comment was edited');
    expect(commanded(`/weighbridge approve ${sha}`, { author: actor('alice') }).verdict).toBe('pending');
    expect(commanded(`/weighbridge approve ${sha}`, { author: null }).verdict).toBe('pending');
    expect(commanded(`/weighbridge approve ${sha}`, {}, { review: { permissions: { bob: 'read' } } }).verdict).toBe(
      'pending',
    );
  });
  test('an edited command takes nothing back that was said before', () => {
    const more = { pull: { reviews: [review('bob', 'approved', { submittedAt: at('10:30') })] } };
    expect(commanded(`/weighbridge approve ${sha}`, { edited: true }, more).verdict).toBe('pass');
  });
  test('an objection after it blocks, and it clears one before', () => {
    const objecting = (submittedAt: string) => ({
      pull: { reviews: [review('bob', 'changes-requested', { submittedAt })] },
    });
    expect(commanded(`/weighbridge approve ${sha}`, {}, objecting(at('11:30'))).verdict).toBe('fail');
    expect(commanded(`/weighbridge approve ${sha}`, {}, objecting(at('10:30'))).verdict).toBe('pass');
  });
  test('a digit more than one commit starts with names none', () => {
    const twin = `${sha.slice(0, 20)}${'f'.repeat(20)}`;
    const pull = { commits: [commit(sha), commit(twin)] };
    expect(commanded(`/weighbridge approve ${sha.slice(0, 12)}`, {}, { pull }).verdict).toBe('pending');
    expect(commanded(`/weighbridge approve ${sha}`, {}, { pull }).verdict).toBe('pass');
  });
});

test('38 an approval that is revoked after the merge counts no more when the release asks again', () => {
  const merged = { state: 'merged' as const, merged: { commit: 'm'.repeat(40), by: actor('alice'), at: at('11:20') } };
  expect(verdict({ pull: { ...merged, reviews: [review('bob')] } })).toBe('pass');
  const reviews = [review('bob', 'dismissed', { id: '9001' })];
  expect(verdict({ pull: { ...merged, reviews, timeline: [dismissed('9001', 'approved')] } })).toBe('pending');
  const objecting = [review('bob'), review('bob', 'changes-requested', { submittedAt: at('11:40') })];
  expect(verdict({ pull: { ...merged, reviews: objecting } })).toBe('fail');
});

describe('a pull request cannot loosen its own gate', () => {
  const failing = metricGate({ bounds: { min: '0.95', max: null } });
  test('a waiver that it adds does nothing for it: only the policy of the base is read', () => {
    const amendments = [
      {
        what: 'waiver' as const,
        path: 'weighbridge.yaml',
        because: 'a waiver lets fraud pass',
        rule: 'risk',
        takesOver: [],
      },
    ];
    const tree = judgeCase({
      asked: [],
      gate: { metrics: [failing] },
      facts: { amendments },
      pull: { reviews: [review('dave')] },
    });
    expect(tree.children?.map(({ id, verdict: came }) => [id, came])).toEqual([
      ['transition', 'pass'],
      ['accuracy', 'fail'],
      ['amendment/waiver/risk/weighbridge.yaml', 'pass'],
    ]);
  });
  test('and the author of a waiver cannot approve it', () => {
    const amendments = [
      {
        what: 'waiver' as const,
        path: 'weighbridge.yaml',
        because: 'a waiver lets fraud pass',
        rule: 'risk',
        takesOver: [],
      },
    ];
    const slice = { rosters: { risk: { users: ['alice', 'dave'], teams: [] } } };
    const id = 'amendment/waiver/risk/weighbridge.yaml';
    const node = judgeReview({ asked: [], slice, facts: { amendments }, pull: { reviews: [review('alice')] } }, id);
    expect(node.verdict).toBe('pending');
    expect(node.because).toContain('alice cannot approve: opened the pull request');
  });
  test('nor does it matter that a waiver of the base names what another digest holds', () => {
    const waivers = [
      {
        gate: 'accuracy',
        model: 'fraud',
        digest: `sha256:${'9'.repeat(64)}`,
        reason: 'r',
        expires: '2099-01-01',
        rule: 'risk',
      },
    ];
    expect(identity).not.toBe(waivers[0]?.digest);
    expect(judgeCase({ asked: [], gate: { metrics: [failing] }, slice: { waivers } }).verdict).toBe('fail');
  });
});
