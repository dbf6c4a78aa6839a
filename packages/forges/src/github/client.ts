import { WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { Clock } from '@weighbridge/ports';
import { type GitHubBounds, githubLimits } from './bounds.js';
import { type Question, forgeError } from './failure.js';
import type { GitHubOctokit } from './octokit.js';
import type { TokenPermission } from './permissions.js';
import { type ProxySetting, type RequestCount, countedFetch, platformFetch, wholeFetch } from './transport.js';

/** What one call is about, in words for messages; `what` is said to be missing after a 404. */
export interface Purpose {
  readonly action: string;
  readonly what: string;
  readonly needs: readonly TokenPermission[];
}

/** Parameters that every route of a repository takes. */
export interface RepositoryParameters {
  readonly owner: string;
  readonly repo: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Asks GitHub within bounds and turns what fails into errors of the catalogue. */
export interface GitHubClient {
  /** Such as `github.com/acme/models`. */
  readonly address: string;
  readonly serverUrl: string;
  readonly owner: string;
  readonly repository: string;
  readonly token: string;
  readonly now: () => Date;
  /** One request. @throws errors of the forge port */
  ask<Answer>(
    purpose: Purpose,
    request: (octokit: GitHubOctokit, at: RepositoryParameters) => Promise<Answer>,
  ): Promise<Answer>;
  /** The same, with null for what is not there. */
  find<Answer>(
    purpose: Purpose,
    request: (octokit: GitHubOctokit, at: RepositoryParameters) => Promise<Answer>,
  ): Promise<Answer | null>;
  /** Items of a list page by page, until `enough` says so. @throws forge/bound after too many pages */
  list<Item>(
    purpose: Purpose,
    pages: PageSource<Item>,
    enough?: (items: readonly Item[]) => boolean,
  ): Promise<readonly Item[]>;
  /** A GraphQL query. What is missing of its answer, because the token may not see it, is null in it. */
  query(purpose: Purpose, query: string, variables: Readonly<Record<string, unknown>>): Promise<GraphQLAnswer>;
  /** Bytes behind an address that GitHub redirected to, asked without the token. @throws forge/too-large */
  download(purpose: Purpose, url: string, maxBytes: number): Promise<Uint8Array>;
}

/** Pages of a list, as octokit's iterator gives them. */
export type PageSource<Item> = (
  octokit: GitHubOctokit,
  at: PagedParameters,
) => AsyncIterable<{ readonly data: readonly Item[] }>;

/** Parameters of a list. */
export type PagedParameters = RepositoryParameters & { readonly per_page: number };

/** The data of a GraphQL answer and the paths of what was refused in it, such as `repository.pullRequest`. */
export interface GraphQLAnswer {
  readonly data: unknown;
  readonly refused: readonly { readonly path: string; readonly type: string }[];
}

/** What a client is made of. */
export interface ClientOptions {
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly serverUrl: string;
  readonly repository: string;
  readonly token: string;
  readonly fetch: typeof fetch | undefined;
  readonly proxy: ProxySetting;
  readonly clock: Clock;
  readonly bounds: GitHubBounds;
  readonly secondMs: number;
  readonly count: RequestCount;
}

const apiVersion = { 'x-github-api-version': '2022-11-28' };

/** A client of one repository. Octokit is loaded at the first request and not before. */
export function openClient(options: ClientOptions): GitHubClient {
  const { bounds, clock, repository } = options;
  const [owner = '', repo = ''] = repository.split('/');
  const address = `${hostOf(options.serverUrl)}/${repository}`;
  const at: RepositoryParameters = { owner, repo, headers: apiVersion };
  let opening: Promise<{ readonly octokit: GitHubOctokit; readonly fetch: typeof fetch }> | undefined;
  const opened = () => (opening ??= loadOctokit(options));

  async function asked<Answer>(purpose: Purpose, request: (octokit: GitHubOctokit) => Promise<Answer>) {
    const question: Question = { address, ...purpose };
    try {
      const { octokit } = await opened();
      return await request(octokit);
    } catch (error) {
      throw forgeError(error, question, clock.now(), triesOf(error));
    }
  }

  const client: GitHubClient = {
    address,
    serverUrl: options.serverUrl.replace(/\/+$/, ''),
    owner,
    repository,
    token: options.token,
    now: () => clock.now(),
    ask: (purpose, request) => asked(purpose, (octokit) => request(octokit, at)),
    async find(purpose, request) {
      try {
        return await client.ask(purpose, request);
      } catch (error) {
        if (error instanceof WeighbridgeError && error.code === 'forge/not-found') return null;
        throw error;
      }
    },
    list: <Item>(
      purpose: Purpose,
      pages: PageSource<Item>,
      enough: (items: readonly Item[]) => boolean = () => false,
    ) =>
      asked(purpose, async (octokit) => {
        const items: Item[] = [];
        let count = 0;
        for await (const { data } of pages(octokit, { ...at, per_page: githubLimits.pageSize })) {
          items.push(...data);
          if (enough(items)) break;
          if (++count >= bounds.pages) throw weighbridgeError('forge/bound', { bound: `${bounds.pages} pages` });
        }
        return items;
      }),
    query: (purpose, query, variables) =>
      asked(purpose, async (octokit) => {
        const { data } = await octokit.request({
          method: 'POST',
          url: options.graphqlUrl,
          headers: apiVersion,
          query,
          variables,
        });
        return graphqlAnswer(data, { address, ...purpose });
      }),
    download: (purpose, url, maxBytes) =>
      asked(purpose, async () => {
        const { fetch } = await opened();
        return readBytes(await fetch(url), { purpose, address, maxBytes });
      }),
  };
  return client;
}

async function loadOctokit(options: ClientOptions) {
  const inner = options.fetch ?? (await platformFetch(options.proxy));
  const { token, apiUrl, bounds, secondMs, count } = options;
  const fetch = countedFetch(inner, count, bounds);
  const { openOctokit } = await import('./octokit.js');
  const whole = wholeFetch(fetch, bounds.responseBytes);
  return { fetch, octokit: openOctokit({ token, apiUrl, fetch: whole, bounds, secondMs }) };
}

function graphqlAnswer(answer: unknown, question: Question): GraphQLAnswer {
  const { address, action } = question;
  const held = answer as { readonly data?: unknown; readonly errors?: readonly GraphQLProblem[] };
  const refused = (held.errors ?? []).map(({ path, type }) => ({
    path: (path ?? []).filter((part) => typeof part === 'string').join('.'),
    type: type ?? '',
  }));
  const whole = refused.find(({ path }) => path === '');
  if (whole !== undefined || held.data === null || held.data === undefined) {
    const reason = /^[A-Z_]{1,40}$/.test(whole?.type ?? '') ? `the query failed with ${whole?.type}` : 'no data came';
    throw weighbridgeError('forge/unexpected', { address, action, reason });
  }
  return { data: held.data, refused };
}

interface GraphQLProblem {
  readonly path?: readonly (string | number)[];
  readonly type?: string;
}

async function readBytes(
  response: Response,
  about: { readonly purpose: Purpose; readonly address: string; readonly maxBytes: number },
): Promise<Uint8Array> {
  const { purpose, address, maxBytes } = about;
  if (!response.ok || response.body === null) {
    const reason = `status ${response.status} from the storage`;
    throw weighbridgeError('forge/unexpected', { address, action: purpose.action, reason });
  }
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) throw weighbridgeError('forge/too-large', { what: purpose.what, sizeBytes, maxBytes });
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function triesOf(error: unknown): number {
  const { request } = error as { readonly request?: { readonly request?: { readonly retryCount?: unknown } } };
  return Number(request?.request?.retryCount ?? 0) + 1;
}

function hostOf(serverUrl: string): string {
  return new URL(serverUrl).host;
}
