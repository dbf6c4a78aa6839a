import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerRequest } from './answer.js';
import { githubContract } from './contract.js';
import type { FakeRequest, FakeResponse, Urls } from './exchange.js';
import { GitBackend } from './git-backend.js';
import { ConnectionReset, Limits, type Trouble } from './limits.js';
import { type People, people } from './people.js';
import { type ListeningHub, listen, wire } from './socket.js';
import {
  type Environment,
  type Grants,
  type HubEvent,
  HubState,
  type LoggedRequest,
  type Repository,
  type Role,
  type Ruleset,
} from './state.js';

/** What a repository starts as. */
export interface FakeRepositoryDescription {
  /** `owner/name`. */
  readonly name: string;
  /** Private unless said otherwise, because that is where permissions show. */
  readonly visibility?: 'public' | 'private' | 'internal';
  readonly defaultBranch?: string;
  /** Roles by login. */
  readonly roles?: Readonly<Record<string, Role>>;
  /** Files of the first commit, which the owner makes. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** A bare or other repository to start from instead: all its branches and tags are taken. */
  readonly from?: string;
  readonly environments?: readonly Environment[];
  readonly secrets?: readonly string[];
  readonly rulesets?: readonly Ruleset[];
  /** Classic protection by branch, as REST has it. */
  readonly protection?: Readonly<Record<string, object>>;
  readonly workflowsMayApprove?: boolean;
}

/** How a client reaches a repository of the fake. */
export interface HubReach {
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly serverUrl: string;
  readonly repository: string;
  readonly token: string;
  readonly fetch: typeof fetch;
  readonly clock: { now(): Date };
  readonly secondMs: number;
}

/** A GitHub of its own: in memory, with real git repositories, answering over fetch and on sockets. */
export interface FakeGitHub {
  readonly state: HubState;
  /** Where the in-process fetch finds it. */
  readonly urls: Urls;
  /** What people do. Every act is an event. */
  readonly people: People;
  /** Events so far, with the payloads that jobs get. */
  readonly events: readonly HubEvent[];
  readonly requests: readonly LoggedRequest[];
  /** Breaches of GitHub's official description, by the client or by the fake itself. Empty when all is well. */
  readonly faults: readonly string[];
  /** Answers like the platform's fetch, without a socket. */
  readonly fetch: typeof fetch;
  addRepository(description: FakeRepositoryDescription): Repository;
  /** A copy that belongs to somebody else. */
  fork(repository: Repository, owner: string): Repository;
  defineTeam(team: {
    readonly slug: string;
    readonly members: readonly string[];
    readonly invited?: readonly string[];
    readonly children?: readonly string[];
  }): void;
  /** The token of a workflow's job with exactly these permissions, as `permissions:` grants them, such as `pull-requests`. */
  actionsToken(repository: Repository, permissions: Readonly<Record<string, 'read' | 'write'>>): string;
  /** The installation token of an App, such as `weighbridge-gate`. */
  appToken(
    app: string,
    repositories: readonly Repository[],
    permissions: Readonly<Record<string, 'read' | 'write' | 'admin'>>,
  ): string;
  /** The token of a person, good for what she may do. */
  userToken(login: string): string;
  /** What a client needs to reach a repository in process with a token; waits last a thousandth. */
  reach(repository: Repository, token: string): HubReach;
  /** Things that are to go wrong. */
  inject(trouble: Trouble): void;
  readonly limits: Limits;
  /** Starts to answer on a loopback socket: REST, GraphQL and git. */
  listen(): Promise<ListeningHub>;
  /** Closes and removes everything. Throws when there were faults, so that each test that uses the fake finds them. */
  dispose(): Promise<void>;
}

const firstTimeMs = Date.parse('2026-01-01T00:00:00Z');
const stepMs = 60_000;

/**
 * Makes a fake GitHub. `now` is its clock: a minute for each look from 2026-01-01 on, unless another is given. `lenient`
 * leaves it to the caller to look at the faults. `urls` are where the in-process fetch finds it: those of a made-up host
 * as on github.com, unless they are given.
 */
export async function fakeGitHub(
  options: { readonly now?: () => Date; readonly lenient?: boolean; readonly urls?: Urls } = {},
): Promise<FakeGitHub> {
  const folder = await mkdtemp(join(tmpdir(), 'weighbridge-hub-'));
  let steps = 0;
  const now = options.now ?? (() => new Date(firstTimeMs + stepMs * steps++));
  const state = new HubState(() =>
    now()
      .toISOString()
      .replace(/\.\d{3}Z$/, 'Z'),
  );
  const contract = githubContract();
  const faults: string[] = [];
  const limits = new Limits();
  const urls: Urls = options.urls ?? {
    api: 'https://api.hub.test',
    graphql: 'https://api.hub.test/graphql',
    server: 'https://hub.test',
  };
  const listening: ListeningHub[] = [];

  const answer = async (request: FakeRequest, at: Urls): Promise<FakeResponse> => {
    const stored = storedBytes(state, request);
    if (stored !== null) return stored;
    const fault = (text: string): void => void faults.push(text);
    const response = await limits.pass(request, () => answerRequest({ state, contract, urls: at, fault }, request));
    const path = request.url.pathname;
    const operation = contract.find(request.method, path.replace(new URL(at.api).pathname.replace(/\/$/, ''), ''));
    const requests = state.requests;
    requests.push({ method: request.method, path, operation: operation?.name ?? null, status: response.status });
    return response;
  };

  const token = (
    prefix: string,
    held: { kind: 'actions' | 'app' | 'user'; login: string; repositories: readonly Repository[]; grants: Grants },
  ) => {
    const text = `${prefix}_${randomBytes(18).toString('hex')}`;
    const repositories = held.repositories.map(({ fullName }) => fullName.toLowerCase());
    state.tokens.set(text, { kind: held.kind, actor: state.account(held.login), repositories, grants: held.grants });
    return text;
  };

  const hub: FakeGitHub = {
    state,
    urls,
    people: people(state, urls),
    events: state.events,
    requests: state.requests,
    faults,
    limits,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const body = new Uint8Array(await request.arrayBuffer());
      const headers = Object.fromEntries(request.headers);
      const asked = answer({ method: request.method, url: new URL(request.url), headers, body }, urls);
      const response = await abortable(asked, init?.signal ?? undefined);
      const { status, headers: given, bytes } = wire(response);
      const empty = status === 204 || status === 304;
      const made = new Response(empty ? null : Buffer.from(bytes), { status, headers: given });
      return Object.defineProperty(made, 'url', { value: request.url });
    },
    addRepository: (description) => addRepository(state, folder, description),
    fork: (repository, owner) => {
      const made = addRepository(
        state,
        folder,
        {
          name: `${owner}/${repository.name}`,
          visibility: repository.visibility,
          defaultBranch: repository.defaultBranch,
          from: repository.git.folder,
        },
        repository.fullName,
      );
      return made;
    },
    defineTeam: ({ slug, members, invited = [], children = [] }) => {
      const [org = '', name = ''] = slug.split('/');
      for (const login of [...members, ...invited]) state.account(login);
      state.account(org, 'Organization');
      state.teams.set(slug.toLowerCase(), {
        org,
        slug: name,
        members: new Set(members),
        invited: new Set(invited),
        children: new Set(children),
      });
    },
    actionsToken: (repository, permissions) =>
      token('ghs', {
        kind: 'actions',
        login: 'github-actions[bot]',
        repositories: [repository],
        grants: grantsOf(permissions),
      }),
    appToken: (app, repositories, permissions) =>
      token('ghs', { kind: 'app', login: `${app}[bot]`, repositories, grants: grantsOf(permissions) }),
    userToken: (login) => token('ghp', { kind: 'user', login, repositories: [], grants: {} }),
    reach: (repository, given) => ({
      apiUrl: urls.api,
      graphqlUrl: urls.graphql,
      serverUrl: urls.server,
      repository: repository.fullName,
      token: given,
      fetch: hub.fetch,
      clock: { now: () => new Date() },
      secondMs: 1,
    }),
    inject: (trouble) => limits.add(trouble),
    listen: async () => {
      const made = await listen(state, answer);
      listening.push(made);
      return made;
    },
    dispose: async () => {
      for (const each of listening) await each.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      if (faults.length > 0 && options.lenient !== true) throw new Error(`not as GitHub has it: ${faults.join('; ')}`);
    },
  };
  return hub;
}

function addRepository(
  state: HubState,
  folder: string,
  description: FakeRepositoryDescription,
  fork: string | null = null,
): Repository {
  const [owner = '', name = ''] = description.name.split('/');
  const defaultBranch = description.defaultBranch ?? 'main';
  const id = state.nextId();
  const git = GitBackend.create(join(folder, `${id}.git`), defaultBranch);
  const repository: Repository = {
    id,
    owner: state.account(owner, fork === null ? 'Organization' : 'User'),
    name,
    fullName: description.name,
    visibility: description.visibility ?? 'private',
    defaultBranch,
    fork,
    git,
    roles: new Map(Object.entries(description.roles ?? {}).map(([login, role]) => [login.toLowerCase(), role])),
    issues: new Map(),
    pulls: new Map(),
    statuses: [],
    suites: [],
    checkRuns: [],
    runs: new Map(),
    artifacts: new Map(),
    attestations: new Map(),
    releases: new Map(),
    latestRelease: null,
    immutableReleases: false,
    rulesets: [...(description.rulesets ?? [])],
    protection: new Map(Object.entries(description.protection ?? {})),
    environments: [...(description.environments ?? [])],
    secrets: [...(description.secrets ?? [])],
    workflowsMayApprove: description.workflowsMayApprove ?? true,
  };
  for (const login of Object.keys(description.roles ?? {})) state.account(login);
  state.repositories.set(description.name.toLowerCase(), repository);
  if (description.from !== undefined) {
    git.git(['fetch', '--quiet', description.from, '+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*']);
  } else {
    const person = { name: owner, email: `${owner}@users.noreply.github.com` };
    const commit = git.makeCommit({
      parents: [],
      files: description.files ?? { 'README.md': `# ${name}\n` },
      message: 'First commit',
      author: person,
      committer: person,
      time: state.now(),
    });
    git.setRef(`refs/heads/${defaultBranch}`, commit);
  }
  return repository;
}

/** Words of a workflow file as GitHub's header writes them. Metadata can always be read. */
function grantsOf(permissions: Readonly<Record<string, 'read' | 'write' | 'admin'>>): Grants {
  const entries = Object.entries(permissions).map(([name, level]) => [name.replaceAll('-', '_'), level] as const);
  return { metadata: 'read', ...Object.fromEntries(entries) };
}

/** The storage of artifacts: another host, which refuses whoever brings a token along. */
function storedBytes(state: HubState, { url, headers }: FakeRequest): FakeResponse | null {
  const match = /\/_storage\/(\d+)\/(\d+)$/.exec(url.pathname);
  if (match === null) return null;
  if (headers['authorization'] !== undefined || url.searchParams.get('sig') !== 'granted') return { status: 400 };
  const repository = [...state.repositories.values()].find(({ id }) => id === Number(match[1]));
  const artifact = repository?.artifacts.get(Number(match[2]));
  return artifact === undefined ? { status: 404 } : { status: 200, body: artifact.zip };
}

function abortable(answer: Promise<FakeResponse>, signal: AbortSignal | undefined): Promise<FakeResponse> {
  const answered = answer.catch((error: unknown) => {
    throw error instanceof ConnectionReset ? new TypeError('fetch failed', { cause: error }) : error;
  });
  if (signal === undefined) return answered;
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    answered.then(resolve, reject);
  });
}
