import type { GitBackend } from './git-backend.js';

/** What a token may do, in the words of GitHub's own header, such as `pull_requests`. */
export type Grants = Readonly<Record<string, 'read' | 'write' | 'admin'>>;

/** What somebody may do in a repository. */
export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot' | 'Organization';
}

/** One token and all that it is good for. */
export interface Token {
  readonly kind: 'actions' | 'app' | 'user';
  readonly actor: Account;
  /** `owner/name` in lower case of the repositories that it was made for; a person's token reaches what she reaches. */
  readonly repositories: readonly string[];
  readonly grants: Grants;
}

export interface Review {
  readonly id: number;
  author: Account | null;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  readonly commit: string;
  readonly submittedAt: string;
  readonly body: string;
}

export interface TimelineEvent {
  readonly type: 'ReviewDismissedEvent' | 'HeadRefForcePushedEvent' | 'BaseRefChangedEvent' | 'ReviewRequestedEvent';
  readonly at: string;
  actor: Account | null;
  readonly review?: number;
  readonly was?: Review['state'];
  readonly reviewer?: Account;
  /** Slug. */
  readonly team?: string;
  readonly before?: string;
  readonly after?: string;
}

export interface Comment {
  readonly id: number;
  author: Account | null;
  body: string;
  readonly createdAt: string;
  editedAt: string | null;
}

export interface Issue {
  readonly number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  author: Account | null;
  readonly createdAt: string;
  readonly comments: Comment[];
}

export interface Pull extends Issue {
  draft: boolean;
  base: string;
  /** Tip of the base when the pull request was last pushed to or retargeted. */
  baseCommit: string;
  readonly headBranch: string;
  headCommit: string;
  /** `owner/name`. */
  readonly headRepository: string;
  labels: string[];
  merged: { readonly commit: string; readonly by: Account | null; readonly at: string } | null;
  closedAt: string | null;
  updatedAt: string;
  readonly reviews: Review[];
  readonly timeline: TimelineEvent[];
  readonly requested: Set<string>;
}

export interface Status {
  readonly id: number;
  readonly commit: string;
  readonly context: string;
  readonly state: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: Account;
  readonly at: string;
}

export interface CheckSuite {
  readonly id: number;
  readonly commit: string;
  readonly branch: string;
  /** Slug; `github-actions` is that of workflows. */
  readonly app: string;
  readonly at: string;
}

export interface CheckRun {
  readonly id: number;
  readonly suite: number;
  readonly name: string;
  readonly commit: string;
  readonly conclusion: string | null;
  readonly at: string;
}

export interface Run {
  readonly id: number;
  readonly suite: number;
  readonly name: string;
  readonly path: string;
  readonly event: string;
  readonly branch: string;
  readonly commit: string;
  readonly headRepository: string;
  attempt: number;
  status: string;
  conclusion: string | null;
  readonly actor: Account;
  readonly at: string;
}

export interface Artifact {
  readonly id: number;
  readonly run: number;
  readonly name: string;
  readonly zip: Uint8Array;
  readonly digest: string;
  readonly expired: boolean;
  readonly at: string;
}

/** A file of a release. */
export interface StoredAsset {
  readonly id: number;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** `open`: its upload was broken off. */
  readonly state: 'uploaded' | 'open';
}

export interface Release {
  readonly id: number;
  readonly tag: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  immutable: boolean;
  readonly author: Account;
  readonly createdAt: string;
  publishedAt: string | null;
  assets: StoredAsset[];
}

/** A ruleset with the branches, or the patterns of tags, that it holds for. */
export interface Ruleset {
  readonly id: number;
  readonly name: string;
  readonly branches: readonly string[];
  /** Makes it a ruleset for tags. */
  readonly tags?: { readonly include: readonly string[]; readonly exclude?: readonly string[] };
  /** `active` unless said otherwise. */
  readonly enforcement?: 'active' | 'disabled' | 'evaluate';
  readonly rules: readonly { readonly type: string; readonly parameters?: object }[];
  readonly bypass: readonly { readonly actor_type: string; readonly actor_id: number | null }[];
}

/** An environment of deployments; `secrets` are names. */
export interface Environment {
  readonly name: string;
  readonly reviewers: readonly string[];
  readonly branches: 'all' | 'protected' | 'custom';
  readonly secrets: readonly string[];
}

/** A repository with everything that belongs to it. */
export interface Repository {
  readonly id: number;
  readonly owner: Account;
  readonly name: string;
  /** `owner/name` */
  readonly fullName: string;
  visibility: 'public' | 'private' | 'internal';
  readonly defaultBranch: string;
  readonly fork: string | null;
  readonly git: GitBackend;
  readonly roles: Map<string, Role>;
  readonly issues: Map<number, Issue>;
  readonly pulls: Map<number, Pull>;
  readonly statuses: Status[];
  readonly suites: CheckSuite[];
  readonly checkRuns: CheckRun[];
  readonly runs: Map<number, Run>;
  readonly artifacts: Map<number, Artifact>;
  readonly attestations: Map<string, unknown[]>;
  readonly releases: Map<number, Release>;
  /** The release that is shown as the latest. */
  latestRelease: number | null;
  /** Files of releases that are published from now on cannot be changed. */
  immutableReleases: boolean;
  readonly rulesets: Ruleset[];
  /** Classic protection by branch, as REST has it. */
  readonly protection: Map<string, object>;
  readonly environments: Environment[];
  readonly secrets: string[];
  workflowsMayApprove: boolean;
}

export interface Team {
  readonly org: string;
  readonly slug: string;
  readonly members: Set<string>;
  readonly invited: Set<string>;
  /** Members of child teams are members. */
  readonly children: Set<string>;
}

/** An event as Actions would hand it to a job, and whether it starts one: those that a workflow's token caused do not. */
export interface HubEvent {
  readonly name: string;
  readonly repository: string;
  readonly starts: boolean;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** One request that was answered. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** Such as `GET /repos/{owner}/{repo}/pulls`; null for paths that the fake does not know. */
  readonly operation: string | null;
  readonly status: number;
}

/** Everything that the fake holds. */
export class HubState {
  readonly accounts = new Map<string, Account>();
  readonly repositories = new Map<string, Repository>();
  readonly teams = new Map<string, Team>();
  readonly tokens = new Map<string, Token>();
  /** Logins by further addresses that their accounts know as their own. */
  readonly addresses = new Map<string, string>();
  readonly events: HubEvent[] = [];
  readonly requests: LoggedRequest[] = [];
  /** The only organization members list: teams of it can be read with members: read. */
  readonly now: () => string;
  #ids = 1000;

  constructor(now: () => string) {
    this.now = now;
  }

  nextId(): number {
    return ++this.#ids;
  }

  /** The account of a login, made when it is first named. */
  account(login: string, type?: Account['type']): Account {
    const key = login.toLowerCase();
    const held = this.accounts.get(key);
    if (held !== undefined) return held;
    const account = { id: this.nextId(), login, type: type ?? (login.endsWith('[bot]') ? 'Bot' : 'User') } as const;
    this.accounts.set(key, account);
    return account;
  }

  repository(fullName: string): Repository {
    const held = this.repositories.get(fullName.toLowerCase());
    if (held === undefined) throw new Error(`no repository ${fullName}`);
    return held;
  }

  /** Members of a team with those of its child teams; pending invitations are none. */
  membersOf(slug: string): readonly string[] {
    const team = this.teams.get(slug.toLowerCase());
    if (team === undefined) return [];
    const inherited = [...team.children].flatMap((child) => this.membersOf(child));
    return [...new Set([...team.members, ...inherited])].sort();
  }

  /** The account whose address a commit carries: `<login>@users.noreply.<host>` or one of its own, or null. */
  accountOfAddress(email: string): Account | null {
    const login = /^(?:\d+\+)?(.+)@users\.noreply\.[^@]+$/.exec(email)?.[1] ?? this.addresses.get(email);
    return login === undefined ? null : (this.accounts.get(login.toLowerCase()) ?? null);
  }
}

/** A pull request of a repository. */
export function pullOf(repository: Repository, number: number): Pull {
  const pull = repository.pulls.get(number);
  if (pull === undefined) throw new Error(`no pull request ${number}`);
  return pull;
}

/** The address that GitHub gives to commits made on its pages. */
export function noreplyOf(login: string): string {
  return `${login}@users.noreply.github.com`;
}
