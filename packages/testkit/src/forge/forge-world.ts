import type { Digest } from '@weighbridge/core';
import type { PermissionFact } from '@weighbridge/gates';

/**
 * What people and machines do on a forge, so that one story runs on the forge in memory and on the fake GitHub. Logins
 * come into being when they are first named; one that ends with `[bot]` is a machine. Every call takes one minute of the
 * forge's time, unless it was given a clock of its own.
 */
export interface ForgeWorld {
  /**
   * Pushes one commit to a branch and answers its id. A new branch starts at the default branch's tip, and with `force`
   * an old one does so again. Pull requests of the branch move with it.
   */
  push(push: {
    readonly by: string;
    readonly branch: string;
    readonly files?: Readonly<Record<string, string | null>>;
    readonly message?: string;
    /** Login of the author where it is not who pushes; null for an address that belongs to no account. */
    readonly author?: string | null;
    readonly coAuthors?: readonly string[];
    readonly force?: boolean;
  }): Promise<string>;
  openPull(pull: {
    readonly by: string;
    readonly branch: string;
    readonly base?: string;
    readonly title?: string;
    readonly draft?: boolean;
  }): Promise<number>;
  /** Answers the review's id. */
  review(review: {
    readonly by: string;
    readonly pull: number;
    readonly state: 'approved' | 'changes-requested' | 'commented';
    readonly body?: string;
  }): Promise<string>;
  dismiss(dismissal: { readonly by: string; readonly pull: number; readonly review: string }): Promise<void>;
  /** `reviewer` is a login, or `org/team`. */
  askForReview(request: { readonly by: string; readonly pull: number; readonly reviewer: string }): Promise<void>;
  /** Answers the comment's id. */
  comment(comment: { readonly by: string; readonly pull: number; readonly body: string }): Promise<string>;
  retarget(change: { readonly by: string; readonly pull: number; readonly base: string }): Promise<void>;
  /** Merges with a merge commit and answers that. */
  merge(merge: { readonly by: string; readonly pull: number }): Promise<string>;
  close(closing: { readonly by: string; readonly pull: number }): Promise<void>;
  /** The account is deleted; what it wrote stays. */
  deleteAccount(login: string): Promise<void>;
  /** A check of a workflow; conclusion null while it runs. */
  reportCheck(check: {
    readonly commit: string;
    readonly name: string;
    readonly conclusion: string | null;
  }): Promise<void>;
  reportStatus(status: {
    readonly by: string;
    readonly commit: string;
    readonly context: string;
    readonly state: 'pending' | 'success' | 'failure' | 'error';
  }): Promise<void>;
  /** `org/team`. */
  defineTeam(team: {
    readonly slug: string;
    readonly members: readonly string[];
    readonly invited?: readonly string[];
  }): Promise<void>;
  grant(grant: {
    readonly login: string;
    readonly permission: Exclude<PermissionFact, 'cannot-verify'>;
  }): Promise<void>;
  /** Answers the run's id. */
  finishRun(run: {
    readonly by: string;
    readonly workflowPath: string;
    readonly event: string;
    readonly branch: string;
    readonly commit: string;
    readonly conclusion: string;
  }): Promise<string>;
  /** Answers the artifact's id. */
  keepArtifact(artifact: {
    readonly run: string;
    readonly name: string;
    readonly zip: Uint8Array;
    readonly expired?: boolean;
  }): Promise<string>;
  attest(attestation: { readonly digest: Digest; readonly bundle: unknown }): Promise<void>;
  /** An annotated tag at the tip of the default branch; answers that commit. */
  tag(name: string): Promise<string>;
  /** Somebody writes a release by hand. */
  writeRelease(release: {
    readonly by: string;
    readonly tag: string;
    readonly body: string;
    readonly draft: boolean;
    /** A file whose upload was broken off. */
    readonly broken?: string;
  }): Promise<void>;
  /** From now on the files of a published release cannot be changed. */
  lockReleases(): Promise<void>;
  /** Releases as those see them who may write. */
  releases(): Promise<readonly WorldRelease[]>;
}

/** A release with its files as text by name. */
export interface WorldRelease {
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly latest: boolean;
  readonly files: Readonly<Record<string, string>>;
}
