import type { PullFacts } from '@weighbridge/gates';
import type { Surroundings } from '../surroundings.js';

/** Merges in a pull request that are looked at; of more, the rest counts as commits of their committers. */
const maxMerges = 20;

/**
 * Finds the merges that only brought the branch up to date: their second parent is on the base, and their tree is what
 * git merges by itself, so that nobody added anything in them. What cannot be proven stays a commit like others.
 */
export async function fillCleanUpdates(
  { repository }: Surroundings,
  pull: PullFacts,
  base: string,
): Promise<PullFacts> {
  const merges = pull.commits.filter(({ parents, cleanUpdate }) => parents.length === 2 && cleanUpdate === null);
  const clean = new Map<string, boolean>();
  for (const { id, tree, parents } of merges.slice(-maxMerges)) {
    const [first = '', second = ''] = parents;
    if ((await repository.isAncestor(second, base)) !== true || !(await repository.fetchCommit(first))) continue;
    clean.set(id, (await repository.mergedTree(first, second)) === tree);
  }
  if (clean.size === 0) return pull;
  const commits = pull.commits.map((commit) => ({
    ...commit,
    cleanUpdate: clean.get(commit.id) ?? commit.cleanUpdate,
  }));
  return { ...pull, commits };
}
