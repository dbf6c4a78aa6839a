import type { Forge } from '@weighbridge/ports';

/** A permission in the words of a workflow file, such as `pull-requests: write`. */
export type TokenPermission = `${string}: ${'read' | 'write'}`;

/** What the methods of the forge need of a token on GitHub. */
export interface MethodPermission {
  /** Without these the method fails. */
  readonly needs: readonly TokenPermission[];
  /** Without these it answers less, and says so in what it answers. */
  readonly uses: readonly TokenPermission[];
}

type Method = Exclude<keyof Forge, 'address'>;

const reading = (...needs: readonly TokenPermission[]): MethodPermission => ({ needs, uses: [] });

/**
 * Permissions by method, as the documentation prints them and the tests enforce them: with exactly `needs` and `uses`
 * a method works on a private repository, and without any one of `needs` it does not. Teams need `members: read`, which
 * no token of a workflow can have.
 */
export const githubPermissions: Readonly<Record<Method, MethodPermission>> = {
  pull: { needs: ['pull-requests: read', 'contents: read'], uses: ['checks: read', 'statuses: read'] },
  pullHead: reading('pull-requests: read'),
  pullsAtHead: reading('pull-requests: read', 'contents: read'),
  openPulls: reading('pull-requests: read'),
  pullsOfCommit: reading('pull-requests: read', 'contents: read'),
  pullsFrom: reading('pull-requests: read'),
  commits: reading('contents: read'),
  checks: { needs: ['checks: read', 'statuses: read'], uses: ['actions: read'] },
  team: { needs: [], uses: ['members: read'] },
  permission: { needs: [], uses: ['metadata: read'] },
  account: { needs: [], uses: [] },
  setStatus: reading('statuses: write'),
  status: reading('statuses: read'),
  upsertComment: reading('pull-requests: write'),
  openPull: reading('pull-requests: write', 'contents: read'),
  requestReviews: reading('pull-requests: write'),
  openIssue: reading('issues: write'),
  publishRelease: reading('contents: write'),
  releasedTags: reading('contents: read'),
  run: reading('actions: read'),
  runsAt: reading('actions: read'),
  runArtifacts: reading('actions: read'),
  downloadArtifact: reading('actions: read'),
  attestations: reading('attestations: read'),
  protection: { needs: ['metadata: read'], uses: ['administration: read', 'contents: read'] },
  branchChecks: reading('metadata: read', 'contents: read'),
  tagProtection: { needs: ['metadata: read'], uses: ['administration: read'] },
  setting: { needs: ['metadata: read'], uses: ['actions: read', 'secrets: read', 'administration: read'] },
  time: reading('metadata: read'),
};
