import type { GateFacts, ReviewFacts } from '../facts.js';
import type { ForgeActor, PullFacts, ReviewFact } from '../pull-facts.js';
import { foldActor, foldLogin } from '../review/people.js';

/** An approval of the head, given at the moment of the evaluation, by an account that is known or made up. */
export function assumeApproval(facts: GateFacts, login: string): GateFacts {
  const review = facts.review ?? madeUpReview(facts.now);
  const person = knownAccount(review, login) ?? {
    id: `assumed:${foldLogin(login)}`,
    login,
    kind: login.endsWith('[bot]') ? 'bot' : 'user',
  };
  const approval: ReviewFact = {
    id: `assumed:${foldLogin(login)}`,
    author: person,
    state: 'approved',
    commit: review.pull.head.commit,
    submittedAt: facts.now,
    body: '',
    url: review.pull.url,
  };
  const key = person.login.toLowerCase();
  const permissions = Object.hasOwn(review.permissions, key)
    ? review.permissions
    : { ...review.permissions, [key]: 'admin' as const };
  const pull = { ...review.pull, reviews: [...review.pull.reviews, approval] };
  // Where nobody asked a forge, nobody looked for amendments either.
  return { ...facts, amendments: facts.amendments ?? [], review: { ...review, pull, permissions } };
}

/** The account of a login, wherever the facts name it: it may be the author's, who may not approve. */
function knownAccount(review: ReviewFacts, login: string): ForgeActor | null {
  const { pull } = review;
  const commits = pull.commits.flatMap(({ author, committer, coAuthors }) => [author, committer, ...coAuthors]);
  const people = [...commits, ...review.contributors.map(({ person }) => person)].map(({ account }) => account);
  const members = Object.values(review.teams).flatMap((team) => (team.state === 'read' ? team.members : []));
  const all = [pull.author, ...pull.reviews.map(({ author }) => author), ...people, ...members];
  return all.find((one) => one !== null && foldActor(one) === foldLogin(login)) ?? null;
}

/** A pull request that nobody opened, for a what-if without a forge. */
function madeUpReview(now: string): ReviewFacts {
  const commit = 'assumed';
  const pull: PullFacts = {
    number: 0,
    url: 'the pull request',
    title: '',
    state: 'open',
    draft: false,
    author: null,
    openedAt: now,
    base: { ref: '', commit },
    head: { ref: '', commit, repository: null, fork: false },
    headSeenAt: now,
    merged: null,
    reviews: [],
    timeline: [],
    commits: [],
    comments: [],
    files: [],
    incomplete: [],
  };
  return { pull, teams: {}, permissions: {}, equalCommits: [commit], contributors: [] };
}
