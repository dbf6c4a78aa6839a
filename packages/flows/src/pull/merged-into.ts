import type { PullSummary } from '@weighbridge/ports';

/** The merged pull request that brought a commit into a branch, of several the newest. */
export function mergedInto(pulls: readonly PullSummary[], branch: string): PullSummary | null {
  const merged = pulls.filter(({ state, base }) => state === 'merged' && base.ref === branch);
  return merged.sort((left, right) => left.number - right.number).at(-1) ?? null;
}
