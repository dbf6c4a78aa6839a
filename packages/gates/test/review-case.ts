import type { VerdictNode } from '@weighbridge/core';
import type { GatePolicy, ReviewerGate, ReviewPolicy } from '@weighbridge/manifest';
import { evaluate } from '../src/evaluate.js';
import type { GateFacts, ReviewFacts } from '../src/facts.js';
import type {
  CommentFact,
  CommitPerson,
  ForgeActor,
  PullCommitFact,
  PullEventFact,
  PullFacts,
  ReviewFact,
} from '../src/pull-facts.js';
import type { PolicySlice } from '../src/request.js';
import { gateFacts, gatePolicy, gateRequest, reviewPolicy } from './gate-case.js';

/** Commits by short names: `head` is the newest. */
export const commits = {
  base: 'b'.repeat(40),
  old: `01d${'0'.repeat(37)}`,
  head: `4ead${'0'.repeat(36)}`,
  other: `07e4${'0'.repeat(36)}`,
} as const;

/** An account. Ids follow the login, so that two spellings of one login are one account. */
export function actor(login: string, parts: Partial<ForgeActor> = {}): ForgeActor {
  return { id: `id-${login.toLowerCase()}`, login, kind: 'user', ...parts };
}

export function person(login: string | null, name = login ?? 'somebody'): CommitPerson {
  return { account: login === null ? null : actor(login), name };
}

/** A time of the day on which the pull request lives: `at('11:30')`. */
export function at(time: string): string {
  return `2026-06-01T${time}:00Z`;
}

/** A commit by alice. */
export function commit(id: string, parts: Partial<PullCommitFact> = {}): PullCommitFact {
  const alice = person('alice');
  return {
    id,
    tree: `tree-${id}`,
    parents: [commits.base],
    author: alice,
    committer: alice,
    coAuthors: [],
    committedAt: at('10:00'),
    cleanUpdate: null,
    ...parts,
  };
}

let reviewCount = 0;

/** A review of the head at 11:00. */
export function review(
  author: string | ForgeActor | null,
  state: ReviewFact['state'] = 'approved',
  parts: Partial<ReviewFact> = {},
): ReviewFact {
  reviewCount += 1;
  const id = String(1000 + reviewCount);
  return {
    id,
    author: typeof author === 'string' ? actor(author) : author,
    state,
    commit: commits.head,
    submittedAt: state === 'pending' ? null : at('11:00'),
    body: '',
    url: `https://forge.test/pull/7#review-${id}`,
    ...parts,
  };
}

export function comment(author: string | null, body: string, parts: Partial<CommentFact> = {}): CommentFact {
  reviewCount += 1;
  const id = String(1000 + reviewCount);
  return { id, author: author === null ? null : actor(author), body, createdAt: at('11:00'), edited: false, ...parts };
}

/** A pull request by alice with one commit of hers, made at 10:00 and seen by the forge at 10:01. */
export function pull(parts: Partial<PullFacts> = {}): PullFacts {
  return {
    number: 7,
    url: 'https://forge.test/pull/7',
    title: 'Better fraud model',
    state: 'open',
    draft: false,
    author: actor('alice'),
    openedAt: at('10:02'),
    base: { ref: 'main', commit: commits.base },
    head: { ref: 'better', commit: commits.head, repository: 'acme/models', fork: false },
    headSeenAt: at('10:01'),
    merged: null,
    reviews: [],
    timeline: [],
    commits: [commit(commits.head)],
    comments: [],
    files: [],
    incomplete: [],
    ...parts,
  };
}

/** Facts in which everybody may write, and nothing but the head has its content. */
export function reviewFacts(parts: Partial<PullFacts> = {}, more: Partial<ReviewFacts> = {}): ReviewFacts {
  const writers = ['alice', 'bob', 'carol', 'dave', 'erin', 'mallory', 'renovate[bot]'];
  const permissions = Object.fromEntries(writers.map((login) => [login, 'write'] as const));
  return { pull: pull(parts), teams: {}, permissions, equalCommits: [commits.head], contributors: [], ...more };
}

/** One approval of ml: bob or carol. */
export const oneOfMl: ReviewerGate = { from: 'ml', count: 1, when: {} };

export interface ReviewCase {
  readonly pull?: Partial<PullFacts>;
  readonly review?: Partial<ReviewFacts>;
  readonly policy?: Partial<ReviewPolicy>;
  readonly asked?: readonly ReviewerGate[];
  readonly gate?: Partial<GatePolicy>;
  readonly slice?: Partial<PolicySlice>;
  readonly facts?: Partial<GateFacts>;
}

export const rosters: PolicySlice['rosters'] = {
  ml: { users: ['bob', 'carol'], teams: [] },
  risk: { users: ['dave'], teams: [] },
};

/** The whole tree for a case. */
export function judgeCase(given: ReviewCase): VerdictNode {
  const request = gateRequest(gatePolicy({ reviewers: given.asked ?? [oneOfMl], ...given.gate }), {
    rosters,
    review: reviewPolicy(given.policy),
    ...given.slice,
  });
  const facts = gateFacts({ review: reviewFacts(given.pull, given.review), amendments: [], ...given.facts });
  return evaluate(request, facts);
}

/** The requirement of an id in a case; that of ml when none is named. */
export function judgeReview(given: ReviewCase, id = 'reviewers/ml'): VerdictNode {
  const node = judgeCase(given).children?.find((child) => child.id === id);
  if (node === undefined) throw new Error(`no requirement ${id}`);
  return node;
}

/** Verdict of the requirement of ml. */
export const verdict = (given: ReviewCase) => judgeReview(given).verdict;
/** Its because. */
export const why = (given: ReviewCase) => judgeReview(given).because;

/** A dismissal of the review of an id, by dave at 11:30. */
export function dismissed(
  id: string,
  was: 'approved' | 'changes-requested' | 'commented' | null,
  by: string | null = 'dave',
  when = at('11:30'),
): PullEventFact {
  return { kind: 'review-dismissed', at: when, actor: by === null ? null : actor(by), review: id, was };
}

/** A force push by alice. */
export function pushed(
  when: string,
  by: string | null = 'alice',
  heads: { before?: string; after?: string } = {},
): PullEventFact {
  return { kind: 'head-force-pushed', at: when, actor: by === null ? null : actor(by), ...heads };
}
