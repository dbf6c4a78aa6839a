import type { ReviewFacts } from '../facts.js';
import type { CommitPerson } from '../pull-facts.js';
import { AccountMap } from './people.js';

/** Who made what is to be approved, and so cannot approve it. */
export interface Contributors {
  /** One clause for each account, such as `wrote commit 1a2b3c4`. */
  readonly known: AccountMap<string>;
  /** Names on commits that belong to no account: any reviewer could be one of them. Sorted. */
  readonly unknown: readonly string[];
}

/**
 * The author of the pull request, everybody on its commits through every parent, whoever force-pushed the branch, and
 * those whom the facts name. A merge that only brings the base up to date, as the clean merge of both sides, adds
 * nothing of its own and makes nobody a contributor.
 */
export function findContributors(review: ReviewFacts): Contributors {
  const { pull } = review;
  const known = new AccountMap<string>();
  const unknown = new Set<string>();
  const add = (person: CommitPerson, because: string) => {
    if (person.account === null) unknown.add(person.name);
    else known.add(person.account, because);
  };
  if (pull.author !== null) known.add(pull.author, 'opened the pull request');
  for (const commit of pull.commits) {
    if (commit.cleanUpdate === true) continue;
    const id = shortCommit(commit.id);
    add(commit.author, `wrote commit ${id}`);
    add(commit.committer, `committed ${id}`);
    for (const person of commit.coAuthors) add(person, tellTrailer(id));
  }
  for (const event of pull.timeline) {
    if (event.kind === 'head-force-pushed' && event.actor !== null) known.add(event.actor, 'force-pushed the branch');
  }
  for (const { person, because } of review.contributors) add(person, because);
  return { known, unknown: [...unknown].sort() };
}

/** Anybody may write a trailer, so whoever is kept from approving by one is told where it stands and how it goes. */
function tellTrailer(id: string): string {
  return `is named by a Co-authored-by trailer of commit ${id} (where that is wrong, its author amends the message)`;
}

/** A commit as people read it. */
export function shortCommit(id: string): string {
  return id.slice(0, 7);
}
