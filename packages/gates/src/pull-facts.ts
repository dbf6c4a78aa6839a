/**
 * A pull request as a forge tells it, before any rule was applied: plain JSON, times RFC 3339 in UTC, commits as hex
 * object ids. The rules of review read nothing else, so that the same facts give the same verdict anywhere.
 */
export interface PullFacts {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly draft: boolean;
  /** Who opened it; null when the account is gone. */
  readonly author: ForgeActor | null;
  readonly openedAt: string;
  readonly base: { readonly ref: string; readonly commit: string };
  readonly head: {
    readonly ref: string;
    readonly commit: string;
    /** `owner/name`; null when the fork is gone. */
    readonly repository: string | null;
    /** Whether it comes from another repository. */
    readonly fork: boolean;
  };
  /**
   * The earliest moment at which the forge is known to have seen this head (its first check suite); null when it tells
   * of none. A force push or the committer's date may be later: the rules take the latest of all.
   */
  readonly headSeenAt: string | null;
  /** The merge, where there was one. */
  readonly merged: { readonly commit: string; readonly by: ForgeActor | null; readonly at: string } | null;
  /** In the order in which they were submitted. */
  readonly reviews: readonly ReviewFact[];
  /** In order of time. */
  readonly timeline: readonly PullEventFact[];
  /** Every commit of the pull request, through all parents, oldest first. */
  readonly commits: readonly PullCommitFact[];
  /** Comments of the conversation. Only gathered where the policy allows commands; else empty. */
  readonly comments: readonly CommentFact[];
  readonly files: readonly PullFileFact[];
  /** What could not be read in full, one clause each. A decision on it fails closed. */
  readonly incomplete: readonly string[];
}

/** A person or a machine. */
export interface ForgeActor {
  /** The forge's own id, never given to anybody else, as text. */
  readonly id: string;
  /** May change; compares without case. */
  readonly login: string;
  readonly kind: 'user' | 'bot' | 'organization';
}

/** A submitted or pending review. */
export interface ReviewFact {
  readonly id: string;
  /** Null when the account is gone. */
  readonly author: ForgeActor | null;
  /** As it stands now: a dismissal replaces what it was, which the timeline tells. */
  readonly state: 'approved' | 'changes-requested' | 'commented' | 'dismissed' | 'pending';
  /** The commit that the forge says was reviewed. After a rebase it may name one that nobody saw. */
  readonly commit: string | null;
  /** Null while pending. */
  readonly submittedAt: string | null;
  readonly body: string;
  readonly url: string;
}

/** What happened to a pull request, as far as it concerns reviews. */
export type PullEventFact =
  | {
      readonly kind: 'review-dismissed';
      readonly at: string;
      readonly actor: ForgeActor | null;
      readonly review: string;
      /** What the review was before; null where the forge does not tell. */
      readonly was: 'approved' | 'changes-requested' | 'commented' | null;
    }
  | {
      readonly kind: 'head-force-pushed';
      readonly at: string;
      readonly actor: ForgeActor | null;
      /** Heads before and after it, where the forge tells: then an approval of a commit that it took away can be told
       * from one that it moved. */
      readonly before?: string | null;
      readonly after?: string | null;
    }
  | { readonly kind: 'base-changed'; readonly at: string; readonly actor: ForgeActor | null }
  | {
      readonly kind: 'review-requested';
      readonly at: string;
      readonly actor: ForgeActor | null;
      /** Login of the person asked; null for a team. */
      readonly reviewer: string | null;
    };

/** A commit of a pull request. */
export interface PullCommitFact {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: CommitPerson;
  readonly committer: CommitPerson;
  /** From `Co-authored-by` trailers. */
  readonly coAuthors: readonly CommitPerson[];
  /** Committer's date, which a rebase renews. */
  readonly committedAt: string;
  /**
   * For a merge that brings the base up to date: whether its second parent is on the base and its tree is exactly the
   * clean merge of both parents, so that it adds nothing of its own. Null where nobody checked.
   */
  readonly cleanUpdate: boolean | null;
}

/** Whose name a commit carries. */
export interface CommitPerson {
  /** The account that the forge found for the address; null when it found none. */
  readonly account: ForgeActor | null;
  /** Name without the address: an address is personal and is recorded nowhere. */
  readonly name: string;
}

/** A comment of the conversation. */
export interface CommentFact {
  readonly id: string;
  readonly author: ForgeActor | null;
  readonly body: string;
  readonly createdAt: string;
  /** Whether it was changed after it was written, by anybody. */
  readonly edited: boolean;
}

/** A file that a pull request changes. */
export interface PullFileFact {
  readonly path: string;
  /** Its path before a rename. */
  readonly previousPath: string | null;
  readonly change: 'added' | 'modified' | 'removed' | 'renamed';
  /** Object id of the blob at the head; null when removed. */
  readonly blob: string | null;
}

/** Members of a team, or why they cannot be told: no answer is never taken for no members. */
export type TeamFacts =
  | { readonly state: 'read'; readonly members: readonly ForgeActor[] }
  | { readonly state: 'cannot-verify'; readonly because: string; readonly remedy: string };

/** What somebody may do in the repository. `cannot-verify` where the forge would not say. */
export type PermissionFact = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none' | 'cannot-verify';
