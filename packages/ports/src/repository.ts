import type { ByteSource } from '@weighbridge/formats';

/** A commit, as hex object ids. */
export interface Commit {
  readonly id: string;
  readonly tree: string;
  /** As the commit was made, also where the clone does not hold them. */
  readonly parents: readonly string[];
  /** Whole, as it was written: somebody else's text. */
  readonly message: string;
  /** Committer date, RFC 3339 UTC. */
  readonly time: string;
}

export interface TagRecord {
  readonly name: string;
  readonly annotated: boolean;
  /** The commit it points to in the end. */
  readonly commit: string;
  /** Object id of the ref itself (the tag object when annotated). */
  readonly object: string;
  readonly message: string;
  /** Whether createTag made it, by its tagger: others may use the same grammar and the same words. */
  readonly isOurs: boolean;
  /** Tagger's time of an annotated tag, else the commit's; RFC 3339 UTC. GTO orders stage tags by it. */
  readonly time: string;
}

/** A file of a commit. */
export interface NamedFile {
  readonly path: string;
  /** Of its blob. */
  readonly object: string;
}

/** A commit with what it did itself. */
export interface CommitChange {
  readonly commit: Commit;
  /** Paths that it changed, of a rename both; of a merge those that are other than in each of its parents. Sorted. */
  readonly paths: readonly string[];
}

/** A commit to be made on a branch of its own, such as the one that brings stages.yaml in line. */
export interface FileCommit {
  readonly branch: string;
  /** The commit whose tree is the start, and the only parent. */
  readonly base: string;
  /** New contents by path; null removes. Other files, and the mode of a file that is there, stay as they are. */
  readonly files: ReadonlyMap<string, Uint8Array | null>;
  readonly message: string;
  /** Author and committer date, RFC 3339. */
  readonly time: string;
  /** Author and committer; the program itself, who has no account anywhere, when not given. */
  readonly author?: { readonly name: string; readonly email: string };
}

/** The user's git repository: history and tags. Reads never touch the network unless the method says so. */
export interface Repository {
  /** The commit a revision names, or null. */
  commit(revision: string): Promise<Commit | null>;
  /** Brings one commit into a shallow clone (depth 1) when it is not there. False when the remote does not have it. Network. */
  fetchCommit(commit: string): Promise<boolean>;
  /** A file as a commit has it, or null. @throws git/file-too-large */
  readFileAt(commit: string, path: string, maxBytes: number): Promise<Uint8Array | null>;
  /**
   * Many files as a commit has them, in few trips; absent ones are left out. @throws git/file-too-large when one has
   * more than `maxBytes`
   */
  readFilesAt(commit: string, paths: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, Uint8Array>>;
  /**
   * Random access to a file as a commit has it, or null when absent or not a file. What is large is laid on the local
   * disk until it is closed, never kept in memory. The caller closes it. @throws git/file-too-large above `maxBytes`
   */
  openAt(commit: string, path: string, maxBytes: number): Promise<(ByteSource & { close(): Promise<void> }) | null>;
  /** Paths below a folder as a commit has them, sorted. */
  listAt(commit: string, folder: string): Promise<readonly string[]>;
  /** Object ids of blobs or trees of paths at a commit; absent paths are left out. For digests of code folders. */
  objectsAt(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Files of some names, anywhere in those of many commits that the clone holds: by commit, sorted by path. Symlinks are
   * none. In few trips, the cost being what is other from each commit to the next.
   */
  filesNamed(commits: readonly string[], names: readonly string[]): Promise<ReadonlyMap<string, readonly NamedFile[]>>;
  /**
   * Contents of blobs by object id, in their order and in few trips. Left out is what is not there, what has more than
   * `maxBytes`, and all from the first on that `maxSumBytes` has no room for.
   */
  readBlobs(
    objects: readonly string[],
    bounds: { readonly maxBytes: number; readonly maxSumBytes: number },
  ): Promise<ReadonlyMap<string, Uint8Array>>;
  /**
   * Whether one commit is reachable from another (itself included). A shallow clone is deepened by fetching from its
   * remote, in bounded steps; `unknown` when it still does not hold enough history. Network in that case only.
   */
  isAncestor(ancestor: string, descendant: string): Promise<boolean | 'unknown'>;
  /**
   * The best common ancestor of two commits; null when they have none. A shallow clone is deepened as
   * for isAncestor; undefined when it still does not tell.
   */
  mergeBase(left: string, right: string): Promise<string | null | undefined>;
  /**
   * The newest commit, from this one along first parents, that changed the path against its first parent (a merge that
   * brought the change counts, not the commits behind it); null when none did. A shallow clone is deepened as for
   * isAncestor; undefined when it still does not tell.
   */
  lastChange(commit: string, path: string): Promise<string | null | undefined>;
  /**
   * Every commit that is reachable from `to` and not from `from` (null: from nothing), through all parents. A shallow
   * clone is deepened as for isAncestor; undefined when it still does not hold all of them.
   */
  changesBetween(range: {
    readonly from: string | null;
    readonly to: string;
  }): Promise<readonly CommitChange[] | undefined>;
  /**
   * By commit, an id of what it changed, which stays when it is rebased without conflict. Merges and commits that change
   * nothing have none and are left out, as are commits that the clone cannot get, with their first parent.
   */
  patchIds(commits: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Paths that are other at one commit than at another (blob, mode or presence), sorted; of a rename both. Submodules
   * count. Needs no history. @throws git/no-commit
   */
  changedPaths(from: string, to: string): Promise<readonly string[]>;
  /**
   * The tree of a merge of two commits that git makes without help; null when they conflict, undefined where this git cannot tell. @throws git/no-commit
   */
  mergedTree(first: string, second: string): Promise<string | null | undefined>;
  /**
   * The tip of a branch at the remote, brought into the clone (of the clone itself where there is no remote); null when
   * there is no such branch. Network.
   */
  branchTip(branch: string): Promise<Commit | null>;
  /**
   * The default branch: the remote's HEAD, else init.defaultBranch if it exists, else the current branch. Asks the
   * remote only when the clone does not say; the commit may then be one that the clone does not hold. `ofRemote`: what
   * the remote says now and nothing else, where there is one; null when it does not say.
   */
  defaultBranch(options?: {
    readonly ofRemote: boolean;
  }): Promise<{ readonly name: string; readonly commit: string } | null>;
  currentBranch(): Promise<string | null>;
  /**
   * Tags of commits that are present locally, sorted by name; names of other tools as they are. With `starts` only those
   * whose names begin with one of these texts: the cost is then that of those, and not of all tags of the repository.
   */
  tags(starts?: readonly string[]): Promise<readonly TagRecord[]>;
  /**
   * Brings the remote's tags into the clone, never overwriting; a shallow clone stays shallow. Nothing when there is no
   * remote. Network. @throws git/tags-differ, after all others came, when a tag of the clone and of the remote differ
   */
  fetchTags(): Promise<void>;
  /**
   * Makes an annotated tag and pushes it when there is a remote. Repeating it is no error as long as the tag points to
   * the same commit. `time` is RFC 3339. @throws git/tag-exists when it points to another, git/no-commit
   */
  createTag(tag: {
    readonly name: string;
    readonly commit: string;
    readonly message: string;
    readonly time: string;
  }): Promise<'created' | 'present'>;
  /**
   * Makes a commit without touching the work tree, the index or HEAD, puts it on its branch and pushes that when there
   * is a remote (else the local branch moves). Answers the commit's id. Repeating it is no error: a branch whose tip
   * has the same parent and tree already is left alone and that tip is the answer.
   * @throws git/branch-moved when the branch holds other commits, git/no-commit
   */
  commitFiles(commit: FileCommit): Promise<string>;
  /** Name of git's configured user, or null. */
  userName(): Promise<string | null>;
  readonly hasRemote: boolean;
  /** Address of the remote as it is configured, which may hold credentials; null where there is none. */
  remoteUrl(): Promise<string | null>;
}
