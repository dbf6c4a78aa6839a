import { describe, expect, test } from 'vitest';
import {
  actor,
  at,
  commit,
  commits,
  dismissed,
  judgeReview,
  person,
  pushed,
  review,
  verdict,
  why,
  type ReviewCase,
} from '../../test/review-case.js';
import type { PullEventFact } from '../pull-facts.js';

/**
 * The hard cases of review gates, by the numbers that the project gives them. Those that only a forge or a flow can get
 * wrong (how a status is written, which commit it goes to, pagination, tokens, merge queues) are tested there.
 */

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
    expect(node.because).toBe('bob of ml asked for changes.');
    expect(node.remedy).toContain('Settle it with bob');
    expect(node.remedy).toContain(reviews[1]?.url);
  });
  test('by another of the roster, whoever approved', () => {
    expect(verdict({ pull: { reviews: [review('bob'), review('carol', 'changes-requested')] } })).toBe('fail');
  });
  test('and what was approved before them is not brought back by a stale approval after them', () => {
    const reviews = [
      review('bob', 'approved', { submittedAt: at('10:30') }),
      review('bob', 'changes-requested'),
      review('bob', 'approved', { submittedAt: at('11:30'), commit: commits.old }),
    ];
    expect(verdict({ pull: { reviews } })).toBe('pending');
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
    expect(node.because).toBe('bob of ml asked for changes, dismissed by alice, who opened the pull request.');
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
  test('but a committer whose clock runs ahead keeps no approval of what the forge has seen from counting', () => {
    const ahead = { commits: [commit(commits.head, { committedAt: at('16:00') })], headSeenAt: at('10:30') };
    expect(verdict(given(at('10:29'), ahead))).toBe('pending');
    expect(verdict(given(at('10:30'), ahead))).toBe('pass');
  });
  test('or than the newest evidence of the version, which no commit holds', () => {
    const since = (evidenceSince: string): ReviewCase => ({ ...given(at('11:00')), review: { evidenceSince } });
    expect(verdict(since(at('11:00')))).toBe('pass');
    expect(verdict(since(at('11:01')))).toBe('pending');
    expect(why(since(at('11:01')))).toContain('evidence was added to the version at 2026-06-01T11:01:00Z, after it');
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
