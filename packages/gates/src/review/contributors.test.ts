import { expect, test } from 'vitest';
import { actor, at, commit, commits, person, pushed, reviewFacts } from '../../test/review-case.js';
import { findContributors } from './contributors.js';

test('everybody whose name is on the work is told with the first reason', () => {
  const { known, unknown } = findContributors(
    reviewFacts(
      {
        commits: [
          commit(commits.old, { author: person('bob'), committer: person('carol'), coAuthors: [person('dave')] }),
          commit(commits.head, { author: person('dave'), committer: person('alice') }),
        ],
        timeline: [pushed(at('10:30'), 'erin'), pushed(at('10:40'), null), pushed(at('10:50'), 'bob')],
      },
      { contributors: [{ person: person('mallory'), because: 'built 1.3.0' }] },
    ),
  );
  expect(['alice', 'bob', 'carol', 'dave', 'erin', 'mallory', 'frank'].map((login) => known.named(login))).toEqual([
    'opened the pull request',
    'wrote commit 01d0000',
    'committed 01d0000',
    'is named by a Co-authored-by trailer of commit 01d0000 (where that is wrong, its author amends the message)',
    'force-pushed the branch',
    'built 1.3.0',
    undefined,
  ]);
  expect(unknown).toEqual([]);
});

test('only a force push makes a contributor, not another event', () => {
  const { known } = findContributors(
    reviewFacts({ timeline: [{ kind: 'base-changed', at: at('10:30'), actor: actor('bob') }] }),
  );
  expect(known.named('bob')).toBeUndefined();
});

test('a clean update from the base adds nobody, and no unknown name', () => {
  const update = (cleanUpdate: boolean | null) =>
    findContributors(
      reviewFacts({
        commits: [commit(commits.head, { author: person('bob'), coAuthors: [person(null, 'J.')], cleanUpdate })],
      }),
    );
  expect(update(true).known.named('bob')).toBeUndefined();
  expect(update(true).unknown).toEqual([]);
  for (const clean of [false, null]) {
    expect(update(clean).known.named('bob')).toBe('wrote commit 4ead000');
    expect(update(clean).unknown).toEqual(['J.']);
  }
});

test('names without an account are told once each, sorted', () => {
  const [zoe, ann] = [person(null, 'Zoe'), person(null, 'Ann')];
  const facts = reviewFacts({
    author: null,
    commits: [
      commit(commits.old, { author: zoe, committer: ann }),
      commit(commits.head, { author: ann, committer: zoe }),
    ],
  });
  expect(findContributors(facts).unknown).toEqual(['Ann', 'Zoe']);
});
