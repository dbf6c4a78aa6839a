import type { TrackedRuns } from '@weighbridge/ports';

/**
 * For changes of a fork: whoever names a run chooses what is read with the credentials of this job, and what it says is
 * shown in the check.
 */
export const unreadRuns: TrackedRuns = {
  read: async () => ({
    kind: 'unknown',
    because:
      'this change comes from a fork, which does not choose what is read with the credentials of this repository',
    remedy: 'It is read when the version is registered, after the merge.',
  }),
};
