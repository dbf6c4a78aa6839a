import type { PullFacts } from '@weighbridge/gates';
import type { Forge, PullSummary } from '@weighbridge/ports';
import type { Surroundings } from '../surroundings.js';

/** The merged pull request that brought a commit into a branch, of several the newest. */
export function mergedInto(pulls: readonly PullSummary[], branch: string): PullSummary | null {
  const merged = pulls.filter(({ state, base }) => state === 'merged' && base.ref === branch);
  return merged.sort((left, right) => left.number - right.number).at(-1) ?? null;
}

/**
 * Where the branch was before a pull request came into it: by its policy the change is judged. One that was rebased
 * brought several commits, whose parents are the change itself. Null where the history does not tell.
 */
export async function beforePull(
  { repository }: Pick<Surroundings, 'repository'>,
  forge: Pick<Forge, 'pullsOfCommit'>,
  { pull, commit }: { readonly pull: PullFacts; readonly commit: string },
): Promise<string | null> {
  const [parent = null, ...others] = (await repository.commit(commit))?.parents ?? [];
  let before = parent;
  for (let left = others.length > 0 ? 0 : pull.commits.length - 1; before !== null && left > 0; left--) {
    const own = (await forge.pullsOfCommit(before)).some(({ number }) => number === pull.number);
    if (!own) break;
    if (!(await repository.fetchCommit(before))) return null;
    before = (await repository.commit(before))?.parents[0] ?? null;
  }
  return before;
}
