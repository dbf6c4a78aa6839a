import type { Digest } from '@weighbridge/core';
import type { CheckFacts, ForgeActor, PermissionFact, PullCommitFact, PullFacts, TeamFacts } from '@weighbridge/gates';

/** What a commit status says. Never neutral or skipped: a required check takes both for success. */
export interface CommitStatus {
  readonly commit: string;
  /** Such as `weighbridge` or `weighbridge/fraud`. */
  readonly context: string;
  readonly state: 'pending' | 'success' | 'failure' | 'error';
  /** One line; the adapter shortens it to what the forge takes, at a word. */
  readonly description: string;
  readonly url: string | null;
}

/** A pull request in a few words, from a list. */
export interface PullSummary {
  readonly number: number;
  readonly state: 'open' | 'closed' | 'merged';
  readonly draft: boolean;
  readonly base: { readonly ref: string; readonly commit: string };
  readonly head: { readonly ref: string; readonly commit: string; readonly repository: string | null };
  readonly updatedAt: string;
}

/** What is to be gathered of a pull request besides what every decision needs. */
export interface PullQuestion {
  /** Comments too, because the policy allows commands. */
  readonly comments: boolean;
  /** Files too, which is the default: whoever compares trees with git needs no list, which a forge cuts off besides. */
  readonly files?: boolean;
}

/** A file that a workflow run kept. */
export interface RunArtifact {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** Of the archive, as the forge recorded it at upload; null where it keeps none. */
  readonly digest: Digest | null;
  readonly expired: boolean;
}

/** A workflow run, as evidence stands on it. */
export interface WorkflowRun {
  readonly id: string;
  readonly attempt: number;
  readonly url: string;
  /** `.github/workflows/eval.yml` */
  readonly workflowPath: string;
  readonly event: string;
  /** Commit it ran on. */
  readonly commit: string;
  readonly branch: string | null;
  /** `owner/name` that the commit came from; null when it is gone. */
  readonly headRepository: string | null;
  readonly status: 'completed' | 'running';
  readonly conclusion: string | null;
  readonly actor: ForgeActor | null;
  readonly startedAt: string;
  readonly pulls: readonly number[];
}

/** What protects a branch, as far as the token may see; `unknown` says why it cannot tell. */
export interface BranchProtection {
  readonly branch: string;
  /** Contexts that must succeed, each with the app that must report it (null: anybody may). */
  readonly requiredChecks: readonly { readonly context: string; readonly source: string | null }[];
  /** Workflows that a ruleset requires, as `owner/name/path`. */
  readonly requiredWorkflows: readonly string[];
  readonly strict: boolean;
  readonly forcePushBlocked: boolean;
  readonly deletionBlocked: boolean;
  readonly requiresPull: boolean;
  readonly requiredApprovals: number;
  readonly dismissesStale: boolean;
  readonly requiresOwners: boolean;
  /** No merge commit may come into it. */
  readonly linearHistory: boolean;
  readonly mergeQueue: MergeQueue | null;
  /** Rules that refuse an ordinary push to it, by the forge's words, such as `update` or `required_signatures`. */
  readonly refuses: readonly string[];
  /** Who may pass all of it, as far as it can be seen. */
  readonly bypass: readonly string[];
  readonly unknown: readonly string[];
}

/** How a merge queue merges. */
export interface MergeQueue {
  readonly method: 'merge' | 'squash' | 'rebase';
  /** Each group must be green; otherwise only the last of those that are merged together. */
  readonly everyGreen: boolean;
}

/** What must succeed before a change comes into a branch: the part of its protection that every token may read. */
export type BranchChecks = Pick<BranchProtection, 'branch' | 'requiredChecks' | 'requiredWorkflows' | 'unknown'>;

/** What protects tags, as far as the token may see. */
export interface TagProtection {
  /** Rulesets for tags that are in force. */
  readonly rulesets: readonly TagRuleset[];
  readonly unknown: readonly string[];
}

/** One ruleset for tags. Patterns are those of the forge: whole refs with `*`, `**` and `?`, or `~ALL`. */
export interface TagRuleset {
  readonly name: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Kinds of its rules, such as `update`, `deletion` and `creation`. */
  readonly rules: readonly string[];
  /** Who may pass it; null when that cannot be seen. */
  readonly bypass: readonly string[] | null;
}

/** The repository's own setting, for `doctor`. */
export interface RepositorySetting {
  readonly id: string;
  /** `owner/name` */
  readonly name: string;
  readonly visibility: 'public' | 'private' | 'internal';
  readonly defaultBranch: string;
  readonly url: string;
  /** What the token may do, by the forge's words such as `contents`; `unknown` where it cannot be told. */
  readonly tokenPermissions: Readonly<Record<string, 'read' | 'write' | 'none' | 'unknown'>>;
  readonly tokenKind: 'actions' | 'app' | 'user' | 'unknown';
  /** Names of environments with what guards them. */
  readonly environments: readonly {
    readonly name: string;
    readonly reviewers: number;
    readonly branches: 'all' | 'protected' | 'custom';
    /** Names only, values are never read; null when they cannot be listed. */
    readonly secrets: readonly string[] | null;
  }[];
  /** Names of the repository's own secrets; null when they cannot be listed. */
  readonly secrets: readonly string[] | null;
  /** Whether the token of a workflow may open and approve pull requests; null when it cannot be told. */
  readonly workflowsMayApprove: boolean | null;
}

/** A release of a tag, as it is to be. */
export interface ReleaseRequest {
  /** A tag that the forge has. */
  readonly tag: string;
  /** The commit that the tag must lead to, annotated or not; null where nobody knows. */
  readonly commit: string | null;
  readonly title: string;
  /** The text from the one that is there; null where there is no release yet. Asked again, it answers the same. */
  readonly notes: (before: string | null) => string;
  readonly prerelease: boolean;
  /** Leave a new one, or one that is a draft, a draft. What is published stays so. */
  readonly draft: boolean;
  /**
   * A line that the text of a new draft has until it is published: it tells a draft that a run left unfinished from one
   * that somebody keeps. What is made with `draft` has none. `notes` leaves it out of what it is given.
   */
  readonly unfinished: string;
  /** A draft without that line is somebody's own: unless it is to stay a draft anyway, nothing of it is changed. */
  readonly leavesDrafts: boolean;
  /** Show it as the repository's latest release, if it is published now. A prerelease is never that, whatever this says. */
  readonly latest: boolean;
  /** Names are distinct and made of letters, digits, dots, hyphens and underscores. */
  readonly assets: readonly ReleaseAsset[];
}

/** A file that a release offers. */
export interface ReleaseAsset {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What a release came to. */
export interface PublishedRelease {
  readonly url: string;
  /** `left`: it is a draft that somebody keeps. */
  readonly outcome: 'created' | 'updated' | 'same' | 'left';
  readonly draft: boolean;
  /** `kept`: the forge lets nobody change the files of this release, and it has others, or lacks this one. */
  readonly assets: readonly { readonly name: string; readonly outcome: 'added' | 'replaced' | 'same' | 'kept' }[];
}

/**
 * A forge such as GitHub. Reads answer whole lists or say in `incomplete` what is missing. Every method retries what
 * passes (rate limits, 5xx, resets) within a bound.
 * @throws forge/unauthorized, forge/forbidden with the permission that is missing, forge/not-found, forge/rate-limited,
 * forge/unavailable, forge/unexpected
 */
export interface Forge {
  /** Such as `github.com/acme/models`, for messages. */
  readonly address: string;
  /** Everything that the rules of review rest on, from one moment as far as the forge allows; null: no such number. */
  pull(number: number, question: PullQuestion): Promise<PullFacts | null>;
  /** A pull request as it is now, in one request: read again before a status is written. */
  pullHead(number: number): Promise<PullSummary | null>;
  /** Open pull requests whose head is this commit: a status on it speaks for them all. */
  pullsAtHead(commit: string): Promise<readonly PullSummary[]>;
  /** Open pull requests, the most recently updated first, at most `limit`. */
  openPulls(limit: number): Promise<readonly PullSummary[]>;
  /** Merged pull requests that brought this commit into its branch. */
  pullsOfCommit(commit: string): Promise<readonly PullSummary[]>;
  /** Open pull requests from a branch of `owner/name` with that head; for the relay, which is told no number. */
  pullsFrom(head: {
    readonly repository: string;
    readonly branch: string;
    readonly commit: string;
  }): Promise<readonly PullSummary[]>;
  /** These commits with the accounts behind their people, in any order; those that the forge does not know are left out. */
  commits(ids: readonly string[]): Promise<readonly PullCommitFact[]>;
  /** Checks and statuses of a commit by name, the latest of each. Our own contexts are left out by the caller. */
  checks(commit: string): Promise<Readonly<Record<string, CheckFacts>>>;
  /** Members of `org/team`, those of child teams included, pending invitations not. */
  team(slug: string): Promise<TeamFacts>;
  permission(login: string): Promise<PermissionFact>;
  /** The account of a login; null when there is none. */
  account(login: string): Promise<ForgeActor | null>;
  setStatus(status: CommitStatus): Promise<void>;
  /** The latest status of a context on a commit, with who set it; null when there is none. */
  status(
    commit: string,
    context: string,
  ): Promise<(CommitStatus & { readonly creator: ForgeActor | null; readonly at: string }) | null>;
  /**
   * Writes the one comment of ours that carries `marker` (an HTML comment on its first line): changed in place where it
   * is there and is ours, made where it is not. Comments of others with the same marker are left alone.
   */
  upsertComment(comment: {
    readonly pull: number;
    readonly marker: string;
    readonly body: string;
  }): Promise<{ readonly url: string; readonly outcome: 'created' | 'updated' | 'same' }>;
  /** Opens a pull request, or answers the open one of the same head and base. */
  openPull(pull: {
    readonly head: string;
    readonly base: string;
    readonly title: string;
    readonly body: string;
  }): Promise<{ readonly number: number; readonly url: string; readonly outcome: 'created' | 'present' }>;
  /** Asks people and teams for a review; those who cannot be asked are answered, not thrown. */
  requestReviews(request: {
    readonly pull: number;
    readonly users: readonly string[];
    readonly teams: readonly string[];
  }): Promise<{ readonly refused: readonly string[] }>;
  /** Opens an issue with a marker, or answers the open one of ours that carries it. */
  openIssue(issue: {
    readonly marker: string;
    readonly title: string;
    readonly body: string;
  }): Promise<{ readonly number: number; readonly url: string; readonly outcome: 'created' | 'present' }>;
  /**
   * Makes the release of a tag, or brings the one that is there in line: text, marks and the files that are named. Other
   * files stay. It is published last, when it has everything, so that nothing of it is seen half; what a run that was
   * ended left is gone on with. What is published already is mended wherever its tag leads.
   * @throws forge/not-found where the tag is not there, since a release would make it; forge/tag-elsewhere
   */
  publishRelease(release: ReleaseRequest): Promise<PublishedRelease>;
  /** Tags of those of the newest releases, at most `limit`, that are published. */
  releasedTags(limit: number): Promise<ReadonlySet<string>>;
  run(id: string): Promise<WorkflowRun | null>;
  /**
   * Runs of a workflow of this repository, named by its path, on a commit: the newest first, at most `limit`. Attempts of
   * one run are one. Empty where there is no such workflow. `complete` says whether these are all.
   */
  runsAt(question: {
    readonly workflow: string;
    readonly commit: string;
    readonly limit: number;
  }): Promise<{ readonly runs: readonly WorkflowRun[]; readonly complete: boolean }>;
  runArtifacts(run: string): Promise<readonly RunArtifact[]>;
  /** The archive of an artifact (zip), at most `maxBytes`. @throws forge/too-large, forge/artifact-expired */
  downloadArtifact(artifact: string, maxBytes: number): Promise<Uint8Array>;
  /** Attestations (Sigstore bundles, as JSON) that the forge keeps for a digest; empty where it keeps none. */
  attestations(digest: Digest): Promise<readonly unknown[]>;
  protection(branch: string): Promise<BranchProtection>;
  /** Of the protection of a branch what two requests tell, whatever the token may administer. */
  branchChecks(branch: string): Promise<BranchChecks>;
  tagProtection(): Promise<TagProtection>;
  setting(): Promise<RepositorySetting>;
  /** What time it is by the clock of the forge; null where its answers do not say. */
  time(): Promise<Date | null>;
}
