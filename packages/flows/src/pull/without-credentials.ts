import { weighbridgeError } from '@weighbridge/core';
import type { DataReferences, RemoteFiles, TrackedRuns } from '@weighbridge/ports';
import { formatAddress } from '@weighbridge/manifest';
import { openUnlockedReads } from '../referenced/unlocked-reads.js';
import type { Surroundings } from '../surroundings.js';

const because =
  'this change comes from a fork, which does not choose what is read with the credentials of this repository';

/**
 * For changes of a fork: whoever names a run, data or weights chooses what is read with the credentials of this job, and
 * what they say is shown in the check. What everybody may read is read as everybody would; offline nobody is asked, for
 * nobody. How much is read of what no lock lists is bounded from here on.
 */
export function withoutCredentials(outside: Surroundings): Surroundings {
  const { runs, data, remote, forStrangers } = outside;
  return {
    ...outside,
    ...(runs === undefined ? {} : { runs: unreadRuns }),
    ...(data === undefined ? {} : { data: forStrangers?.data ?? unreadData }),
    ...(remote === undefined ? {} : { remote: forStrangers?.remote ?? unreadFiles }),
    unlocked: openUnlockedReads({ ofStranger: true }),
  };
}

/** Tells nothing of any run. */
export const unreadRuns: TrackedRuns = {
  read: async () => ({
    kind: 'unknown',
    because,
    remedy: 'It is read when the version is registered, after the merge.',
  }),
};

const unreadData: DataReferences = {
  pin: async () => ({ pinned: null, because, remedy: 'Write its version, commit or digest into the reference.' }),
};

const atHome = 'Open the change from a branch of this repository.';

const unreadFiles: RemoteFiles = {
  list: async () => ({ kind: 'unread', because, remedy: atHome }),
  open: async ({ address }) => {
    throw weighbridgeError('source/unread', { reference: formatAddress(address), because, remedy: atHome });
  },
};
