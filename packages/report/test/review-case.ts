import type { ForgeActor, PullFacts, ReviewFact, ReviewFacts } from '@weighbridge/gates';

/** The head of the pull request, which is what is judged. */
export const commit = 'c0ffee0c0ffee0c0ffee0c0ffee0c0ffee0c0ffe';
export const pullUrl = 'https://github.com/acme/models/pull/7';

function actor(login: string): ForgeActor {
  return { id: `id-${login}`, login, kind: 'user' };
}

/** A review of the head, two hours after it came. */
export function review(login: string, state: ReviewFact['state'] = 'approved'): ReviewFact {
  const submittedAt = state === 'pending' ? null : '2026-06-01T11:00:00Z';
  const url = `${pullUrl}#pullrequestreview-${login}`;
  return { id: `review-${login}`, author: actor(login), state, commit, submittedAt, body: '', url };
}

/** A pull request by dave with one commit of his, which nobody reviewed; the people of the rosters may all write. */
export function reviewFacts(parts: Partial<PullFacts> = {}, more: Partial<ReviewFacts> = {}): ReviewFacts {
  const dave = { account: actor('dave'), name: 'Dave' };
  const came = '2026-06-01T09:00:00Z';
  const head = { id: commit, tree: 'f'.repeat(40), parents: ['b'.repeat(40)], author: dave, committer: dave };
  return {
    pull: {
      number: 7,
      url: pullUrl,
      title: 'Train fraud on more countries',
      state: 'open',
      draft: false,
      author: dave.account,
      openedAt: came,
      base: { ref: 'main', commit: 'b'.repeat(40) },
      head: { ref: 'more-countries', commit, repository: 'acme/models', fork: false },
      headSeenAt: came,
      merged: null,
      reviews: [],
      timeline: [],
      commits: [{ ...head, coAuthors: [], committedAt: came, cleanUpdate: null }],
      comments: [],
      files: [],
      incomplete: [],
      ...parts,
    },
    teams: {},
    permissions: { alice: 'write', bob: 'write', carol: 'write', dave: 'write' },
    equalCommits: [commit],
    contributors: [],
    ...more,
  };
}
