import { weighbridgeError } from '@weighbridge/core';
import type { CheckFacts, ForgeActor, PermissionFact, PullFacts, TeamFacts } from '@weighbridge/gates';
import type {
  BranchProtection,
  CommitStatus,
  PullSummary,
  RepositorySetting,
  RunArtifact,
  TagProtection,
  WorkflowRun,
} from '@weighbridge/ports';
import { forgeActor, madeUpId } from './pull-facts-builder.js';

const firstTimeMs = Date.parse('2026-01-01T00:00:00Z');
const stepMs = 60_000;

/** A status as it was set, newest last. */
export type HeldStatus = CommitStatus & { readonly creator: ForgeActor | null; readonly at: string };

/** An issue of the forge in memory. */
export interface HeldIssue {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
}

/** A release of the forge in memory; the newest is last. */
export interface HeldRelease {
  readonly tag: string;
  title: string;
  body: string;
  draft: boolean;
  prerelease: boolean;
  latest: boolean;
  immutable: boolean;
  /** Bytes by name; null for an upload that was broken off. */
  readonly files: Map<string, Uint8Array | null>;
}

/** Everything that a forge in memory holds; a test may read and change all of it. */
export class MemoryForgeState {
  readonly address = 'memory.test/acme/models';
  /** Who the token of this forge acts as. */
  self: ForgeActor = forgeActor('github-actions[bot]');
  readonly pulls = new Map<number, PullFacts>();
  readonly changedAt = new Map<number, string>();
  readonly branches = new Map<string, string>([['main', madeUpId('main')]]);
  /** Commits and files that a branch has and the default branch does not. */
  readonly commitsOf = new Map<string, PullFacts['commits']>();
  readonly filesOf = new Map<string, PullFacts['files']>();
  readonly statuses: HeldStatus[] = [];
  readonly checks = new Map<string, Record<string, CheckFacts>>();
  readonly accounts = new Map<string, ForgeActor>();
  readonly teams = new Map<string, TeamFacts>();
  readonly permissions = new Map<string, PermissionFact>();
  readonly issues: HeldIssue[] = [];
  readonly runs = new Map<string, WorkflowRun>();
  readonly artifacts = new Map<string, RunArtifact & { readonly run: string; readonly zip: Uint8Array }>();
  readonly attestations = new Map<string, unknown[]>();
  /** The commit that each tag leads to. */
  readonly tags = new Map<string, string>();
  readonly releases: HeldRelease[] = [];
  locksReleases = false;
  protection: BranchProtection = openBranch('main');
  tagProtection: TagProtection = { rulesets: [], unknown: [] };
  setting: RepositorySetting = plainSetting();
  /** Reads and writes that the forge was asked for, in order, such as `setStatus`. */
  readonly calls: string[] = [];
  #steps = 0;
  #numbers = 0;

  /** The next minute. */
  tick(): string {
    return new Date(firstTimeMs + stepMs * this.#steps++).toISOString().replace('.000Z', 'Z');
  }

  nextNumber(): number {
    return Math.max(++this.#numbers, ...[...this.pulls.keys()].map((number) => number + 1));
  }

  account(login: string): ForgeActor {
    const known = this.accounts.get(login.toLowerCase()) ?? forgeActor(login);
    this.accounts.set(login.toLowerCase(), known);
    return known;
  }

  pull(number: number): PullFacts {
    const held = this.pulls.get(number);
    if (held === undefined) {
      throw weighbridgeError('forge/not-found', { address: this.address, what: `pull request ${number}` });
    }
    return held;
  }

  /** Replaces some of a pull request's facts and answers the moment it happened. */
  edit(number: number, change: (facts: PullFacts, at: string) => Partial<PullFacts>): string {
    const at = this.tick();
    const held = this.pull(number);
    this.pulls.set(number, { ...held, ...change(held, at) });
    this.changedAt.set(number, at);
    return at;
  }
}

/** A pull request in the few words of a list. */
export function summaryOf(pull: PullFacts, updatedAt: string): PullSummary {
  return {
    number: pull.number,
    state: pull.state,
    draft: pull.draft,
    base: pull.base,
    head: { ref: pull.head.ref, commit: pull.head.commit, repository: pull.head.repository },
    updatedAt,
  };
}

/** A branch that nothing protects. */
export function openBranch(branch: string): BranchProtection {
  return {
    branch,
    requiredChecks: [],
    requiredWorkflows: [],
    strict: false,
    forcePushBlocked: false,
    deletionBlocked: false,
    requiresPull: false,
    requiredApprovals: 0,
    dismissesStale: false,
    requiresOwners: false,
    linearHistory: false,
    mergeQueue: null,
    refuses: [],
    bypass: [],
    unknown: [],
  };
}

function plainSetting(): RepositorySetting {
  return {
    id: '1',
    name: 'acme/models',
    visibility: 'private',
    defaultBranch: 'main',
    url: 'https://memory.test/acme/models',
    tokenPermissions: { contents: 'read', 'pull-requests': 'write', statuses: 'write' },
    tokenKind: 'actions',
    environments: [],
    secrets: null,
    workflowsMayApprove: null,
  };
}
