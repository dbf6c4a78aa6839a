import { createHash } from 'node:crypto';
import type { CommitPerson, ForgeActor, PullCommitFact, PullFacts, ReviewFact } from '@weighbridge/gates';

const openedAt = '2026-01-01T00:00:00Z';

/** Forty hex digits that are the same for the same words: an object id where no git repository stands behind. */
export function madeUpId(...words: readonly (string | number)[]): string {
  return createHash('sha1').update(words.join('\n')).digest('hex');
}

/** An account as forges tell it; a login that ends with `[bot]` is a machine. The id follows from the login. */
export function forgeActor(login: string): ForgeActor {
  const number = Number.parseInt(madeUpId('account', login.toLowerCase()).slice(0, 7), 16);
  return { id: String(1000 + number), login, kind: login.endsWith('[bot]') ? 'bot' : 'user' };
}

/** Who a commit names: an account by its login, or with null an address that belongs to nobody known. */
export function commitPerson(login: string | null, name = login ?? 'Somebody'): CommitPerson {
  return { account: login === null ? null : forgeActor(login), name };
}

/** A commit of a pull request, by `alice` unless it says otherwise. */
export function pullCommit(commit: Partial<PullCommitFact> & { readonly id: string }): PullCommitFact {
  return {
    tree: madeUpId('tree', commit.id),
    parents: [madeUpId('parent', commit.id)],
    author: commitPerson('alice'),
    committer: commitPerson('alice'),
    coAuthors: [],
    committedAt: openedAt,
    cleanUpdate: null,
    ...commit,
  };
}

/** A review by somebody of a commit; an approval unless it says otherwise. */
export function pullReview(
  review: Partial<Omit<ReviewFact, 'author'>> & { readonly by: string; readonly commit: string },
): ReviewFact {
  const { by, ...rest } = review;
  const id = review.id ?? String(Number.parseInt(madeUpId('review', by, review.commit).slice(0, 7), 16));
  return {
    state: 'approved',
    submittedAt: '2026-01-01T01:00:00Z',
    body: '',
    url: `https://forge.test/reviews/${id}`,
    ...rest,
    id,
    author: forgeActor(by),
  };
}

/** A pull request that `alice` opened with one commit and nobody looked at yet; whatever is given replaces that. */
export function pullFacts(facts: Partial<PullFacts> = {}): PullFacts {
  const number = facts.number ?? 1;
  const head = {
    ref: 'topic',
    commit: madeUpId('head', number),
    repository: 'acme/models',
    fork: false,
    ...facts.head,
  };
  return {
    url: `https://forge.test/acme/models/pull/${number}`,
    title: 'A change',
    state: 'open',
    draft: false,
    author: forgeActor('alice'),
    openedAt,
    base: { ref: 'main', commit: madeUpId('base', number) },
    headSeenAt: openedAt,
    merged: null,
    reviews: [],
    timeline: [],
    commits: [pullCommit({ id: head.commit })],
    comments: [],
    files: [],
    incomplete: [],
    ...facts,
    number,
    head,
  };
}
