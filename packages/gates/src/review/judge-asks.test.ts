import type { ReviewerGate } from '@weighbridge/manifest';
import { describe, expect, test } from 'vitest';
import {
  actor,
  at,
  commit,
  commits,
  dismissed,
  judgeReview,
  oneOfMl,
  person,
  review,
  verdict,
} from '../../test/review-case.js';

const page = 'https://forge.test/pull/7';
const two: ReviewerGate = { ...oneOfMl, count: 2 };
const crowd = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8'];
const crowdMayWrite = Object.fromEntries(['bob', 'carol', ...crowd].map((login) => [login, 'write' as const]));

describe('who sits where', () => {
  const slice = {
    rosters: { ml: { users: ['bob', 'carol', 'dave'], teams: [] }, risk: { users: ['bob'], teams: [] } },
  };
  test('those seated are named in the order of logins, whoever moved', () => {
    const asked = [two, { ...oneOfMl, from: 'risk' }];
    const reviews = ['bob', 'carol', 'dave'].map((login) => review(login));
    const node = judgeReview({ asked, slice, pull: { reviews } });
    expect(node.because).toBe('2 of 2 from ml approved (carol and dave).');
    expect(node.facts).toMatchObject({ approved: ['carol', 'dave'], could: [] });
  });
});

describe('who could still approve', () => {
  test('is somebody whose approval was dismissed or went stale, but not who is seated, objects or may not', () => {
    const slice = { rosters: { ml: { users: ['alice', 'bob', 'carol', 'dave', 'erin'], teams: [] } } };
    const reviews = [
      review('bob', 'dismissed', { id: '9001' }),
      review('carol', 'approved', { commit: commits.old }),
      review('dave'),
    ];
    const node = judgeReview({ asked: [two], slice, pull: { reviews, timeline: [dismissed('9001', 'approved')] } });
    expect(node.remedy).toBe(`Ask carol (again), bob or erin to review ${page}.`);
    expect(node.facts).toMatchObject({ could: ['bob', 'carol', 'erin'] });
  });
  test('is somebody of another roster whose old approval would let a person move', () => {
    const asked = [oneOfMl, { ...oneOfMl, from: 'risk' }];
    const slice = {
      rosters: { ml: { users: ['bob', 'carol'], teams: [] }, risk: { users: ['bob', 'dave'], teams: [] } },
    };
    const reviews = [review('bob'), review('carol', 'approved', { commit: commits.old })];
    expect(judgeReview({ asked, slice, pull: { reviews } }, 'reviewers/risk').remedy).toBe(
      `Ask carol (again) or dave to review ${page}.`,
    );
  });
  test('is nobody twice, in whatever case they are written', () => {
    const slice = { rosters: { ml: { users: ['bob', 'Bob', '@BOB', 'Carol'], teams: [] } } };
    expect(judgeReview({ slice }).facts).toMatchObject({ could: ['@BOB', 'Carol'] });
  });
  test('an account that is gone belongs to nobody asked, and is told in the facts alone', () => {
    const node = judgeReview({ pull: { reviews: [review(null)] } });
    expect(node.because).toBe('0 of 1 from ml approved.');
    expect(node.facts).toMatchObject({
      people: [{ login: 'ghost', standing: 'excluded', because: 'the account is gone', member: false }],
    });
  });
  test('where too few are left, says whom to ask for more', () => {
    const slice = { rosters: { ml: { users: ['alice'], teams: [] } } };
    expect(judgeReview({ slice })).toMatchObject({
      verdict: 'error',
      because: '0 of 1 from ml approved; nobody else of it may approve.',
      remedy: 'Ask the policy owners to add people to ml, or have somebody else open the pull request.',
    });
  });
});

describe('what stands against an approval', () => {
  test('facts that are not complete, each of them told', () => {
    const incomplete = ['only 250 commits were read', 'only 3000 files were read'];
    expect(judgeReview({ pull: { incomplete, reviews: [review('bob')] } })).toMatchObject({
      verdict: 'error',
      because: 'The pull request could not be read in full: only 250 commits were read; only 3000 files were read.',
      remedy: 'Evaluate it again; if it stays so, split the pull request into smaller ones.',
    });
  });
  test('objections, each with its page', () => {
    const reviews = ['bob', 'carol'].map((login) => review(login, 'changes-requested', { url: `page of ${login}` }));
    expect(judgeReview({ pull: { reviews } })).toMatchObject({
      verdict: 'fail',
      because: 'bob of ml asked for changes; carol of ml asked for changes.',
      remedy: 'Settle it with bob and carol, who can approve or have the review dismissed (page of bob page of carol).',
    });
  });
  test('objections of people who may belong to a team that cannot be read', () => {
    const unread = (team: string) => ({
      state: 'cannot-verify' as const,
      because: `no ${team}`,
      remedy: `Get ${team}.`,
    });
    const slice = { rosters: { ml: { users: ['erin'], teams: ['acme/ml', 'acme/risk'] } } };
    const teams = { 'acme/ml': unread('ml'), 'acme/risk': unread('risk') };
    const judge = (...logins: string[]) =>
      judgeReview({
        slice,
        review: { teams },
        pull: { reviews: logins.map((login) => review(login, 'changes-requested')) },
      });
    const why = '(team acme/ml: no ml; team acme/risk: no risk).';
    expect(judge('bob')).toMatchObject({
      verdict: 'error',
      because: `bob asked for changes, and whether this is a member of ml cannot be verified ${why}`,
      remedy: 'Get ml. Get risk.',
    });
    expect(judge('bob', 'carol').because).toBe(
      `bob and carol asked for changes, and whether they are members of ml cannot be verified ${why}`,
    );
    const same = { 'acme/ml': unread('it'), 'acme/risk': unread('it') };
    expect(judgeReview({ slice, review: { teams: same } }).remedy).toBe('Get it.');
  });
});

describe('a name on a commit that belongs to no account', () => {
  const anonymous = (...names: string[]) => ({
    commits: [commit(commits.head, { coAuthors: names.map((name) => person(null, name)) })],
    reviews: [review('bob'), review('carol')],
  });
  test('where the policy refuses it, fails with what to do', () => {
    expect(judgeReview({ pull: anonymous('J. Doe'), policy: { unknownContributors: 'refuse' } })).toMatchObject({
      verdict: 'fail',
      because: '"J. Doe" on a commit belongs to no account, and any reviewer could be that person.',
      remedy: 'Add the address of the commit to the account that it belongs to, or write the commit again with one.',
      facts: { unknown_contributors: ['J. Doe'] },
    });
    expect(verdict({ pull: anonymous(), policy: { unknownContributors: 'refuse' } })).toBe('pass');
  });
  test('is told short, and six of them at most', () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', `${'x'.repeat(60)}yz`];
    expect(judgeReview({ pull: anonymous(...names) }).because).toContain('"A", "B", "C", "D", "E" and "F" on a commit');
    expect(judgeReview({ pull: anonymous(names[7] ?? '') }).because).toContain(`"${'x'.repeat(60)}" on a commit`);
  });
});

describe('what cannot be verified', () => {
  test('is an error that says how it could be', () => {
    expect(judgeReview({ pull: { reviews: [review('bob')] }, review: { permissions: {} } })).toMatchObject({
      verdict: 'error',
      because:
        '0 of 1 from ml approved, and the approval of bob cannot be verified: the forge does not say what they may do here.',
      remedy: 'Give the job a token that may read the permissions of collaborators, then evaluate again.',
    });
  });
  test('does not matter of somebody who is not asked', () => {
    expect(verdict({ pull: { reviews: [review('mallory')] }, review: { permissions: {} } })).toBe('pending');
  });
});

test('who approved without filling a seat is told for six of them, and the rest counted', () => {
  const told = (logins: readonly string[]) =>
    judgeReview({
      review: { permissions: crowdMayWrite },
      pull: { reviews: logins.map((login) => review(actor(login), 'approved', { submittedAt: at('11:00') })) },
    }).because;
  const notes = (logins: readonly string[]) =>
    logins.map((login) => `${login} approved and is not one of them`).join('; ');
  expect(told(crowd.slice(0, 6))).toBe(`0 of 1 from ml approved; ${notes(crowd.slice(0, 6))}.`);
  expect(told(crowd)).toBe(`0 of 1 from ml approved; ${notes(crowd.slice(0, 6))}; and 2 more.`);
});
