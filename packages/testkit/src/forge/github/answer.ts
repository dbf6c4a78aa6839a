import { createHash } from 'node:crypto';
import type { GitHubContract, KnownOperation } from './contract.js';
import { type Endpoint, type FakeRequest, type FakeResponse, type Urls, notFound, refusal } from './exchange.js';
import { answerGraphQL } from './graphql.js';
import { actionsEndpoints } from './rest/actions.js';
import { commitEndpoints } from './rest/commits.js';
import { issueEndpoints } from './rest/issues.js';
import { pullEndpoints } from './rest/pulls.js';
import { isUpload, releaseEndpoints, uploadsPath } from './rest/releases.js';
import { mayWrite, repositoryEndpoints, roleOf } from './rest/repository.js';
import type { HubState, Repository, Token } from './state.js';

const endpoints = new Map<string, Endpoint>(
  [
    ...pullEndpoints,
    ...commitEndpoints,
    ...issueEndpoints,
    ...repositoryEndpoints,
    ...actionsEndpoints,
    ...releaseEndpoints,
  ].map((endpoint) => [endpoint.route, endpoint]),
);

/** What the answering of requests rests on. */
export interface Answering {
  readonly state: HubState;
  readonly contract: GitHubContract;
  readonly urls: Urls;
  /** Told of every breach of the official description, by client or fake. */
  readonly fault: (fault: string) => void;
}

/** Answers a request of the API as GitHub would: token, visibility, permission, then what was asked for. */
export async function answerRequest(answering: Answering, request: FakeRequest): Promise<FakeResponse> {
  const { state, contract, urls } = answering;
  const token = tokenOf(state, request);
  if (token === 'bad') return refusal(401, 'Bad credentials');
  const api = new URL(urls.api).pathname.replace(/\/$/, '');
  if (request.method === 'POST' && request.url.pathname === new URL(urls.graphql).pathname) {
    if (token === null) return refusal(401, 'This endpoint requires you to be authenticated.');
    const access = {
      find: (fullName: string) => visible(state, token, fullName),
      may: (repository: Repository, grant: string) => holds(token, repository, [[grant]]),
    };
    return answerGraphQL({ state, token, urls, ...access }, jsonOf(request.body) ?? {});
  }
  const whole = request.url.pathname.slice(api.length);
  const uploads = whole.startsWith(`${uploadsPath}/`);
  const path = uploads ? whole.slice(uploadsPath.length) : whole;
  const operation = contract.find(request.method, path);
  const endpoint = operation === null ? undefined : endpoints.get(operation.name);
  if (operation === null || endpoint === undefined) {
    answering.fault(`${request.method} ${path}: the fake has no such endpoint`);
    return notFound;
  }
  // Uploads have a host of their own: what is sent to the other one is not found there.
  if (isUpload(operation.name) !== uploads) return notFound;
  const body = request.body.length === 0 || uploads ? null : jsonOf(request.body);
  for (const fault of contract.requestFaults(operation, request.url.searchParams, body)) {
    answering.fault(`${operation.name} asked: ${fault}`);
  }
  if (token === null) return refusal(401, 'Requires authentication');
  const response = permitted(answering, { request, operation, endpoint, token, body });
  const completed = completedResponse(contract, operation, response);
  for (const fault of contract.responseFaults(operation, completed.status, completed.body)) {
    answering.fault(`${operation.name} answered: ${fault}`);
  }
  return conditional(request, completed);
}

function permitted(
  { state, urls }: Answering,
  asked: {
    readonly request: FakeRequest;
    readonly operation: KnownOperation;
    readonly endpoint: Endpoint;
    readonly token: Token;
    readonly body: Readonly<Record<string, unknown>> | null;
  },
): FakeResponse {
  const { request, operation, endpoint, token, body } = asked;
  const { owner, repo } = operation.path;
  const repository = owner === undefined ? null : visible(state, token, `${owner}/${repo}`);
  if (owner !== undefined && repository === null) return notFound;
  const accepted = { 'x-accepted-github-permissions': endpoint.needs.map((set) => set.join(',')).join('; ') };
  if (endpoint.needs.length > 0 && !holds(token, repository, endpoint.needs, request.method)) {
    const refused = endpoint.refusal === 404 ? notFound : refusal(403, refusalText(token));
    return { ...refused, headers: accepted };
  }
  const response = endpoint.answer({
    state,
    token,
    urls,
    path: operation.path,
    query: request.url.searchParams,
    body: body ?? {},
    bytes: request.body,
    mediaType: request.headers['content-type'] ?? '',
    may: (grant) => holds(token, repository, [[grant]], request.method),
    // Endpoints outside of a repository never read it.
    repository: repository as Repository,
  });
  return { ...response, headers: { ...accepted, ...response.headers } };
}

function refusalText({ kind }: Token): string {
  return kind === 'user' ? 'Must have admin rights to Repository.' : 'Resource not accessible by integration';
}

/** Null without a token, `bad` for one that nobody gave out. */
export function tokenOf(state: HubState, { headers }: Pick<FakeRequest, 'headers'>): Token | null | 'bad' {
  const header = headers['authorization'];
  if (header === undefined) return null;
  const basic = /^basic (.+)$/i.exec(header)?.[1];
  const text =
    basic === undefined
      ? header.replace(/^(bearer|token) /i, '')
      : Buffer.from(basic, 'base64')
          .toString('utf8')
          .replace(/^[^:]*:/, '');
  return state.tokens.get(text) ?? 'bad';
}

/** The repository, where the token reaches it at all; a private one is not even there for others. */
export function visible(state: HubState, token: Token, fullName: string): Repository | null {
  const repository = state.repositories.get(fullName.toLowerCase());
  if (repository === undefined) return null;
  if (repository.visibility === 'public') return repository;
  if (token.kind === 'user') return roleOf(repository, token.actor.login) === 'none' ? null : repository;
  return token.repositories.includes(repository.fullName.toLowerCase()) ? repository : null;
}

/** Whether one of the sets of permissions is held in full. What is public can be read by anybody. */
export function holds(token: Token, repository: Repository | null, needs: Endpoint['needs'], method = 'GET'): boolean {
  if (repository !== null && token.kind === 'user') {
    const role = roleOf(repository, token.actor.login);
    return needs.some((set) =>
      set.every((need) => {
        const [name = '', level = ''] = need.split('=');
        if (name === 'administration' || name === 'secrets' || name === 'environments') return role === 'admin';
        return level === 'read' ? role !== 'none' || repository.visibility === 'public' : mayWrite(role);
      }),
    );
  }
  const isOwn = repository === null || token.repositories.includes(repository.fullName.toLowerCase());
  const isPublicRead = (name: string): boolean =>
    repository?.visibility === 'public' &&
    method === 'GET' &&
    !['administration', 'secrets', 'environments'].includes(name);
  return needs.some((set) =>
    set.every((need) => {
      const [name = '', level = ''] = need.split('=');
      if (level === 'read' && isPublicRead(name)) return true;
      const granted = name === 'metadata' ? 'read' : token.grants[name];
      return isOwn && (level === 'read' ? granted !== undefined : granted === 'write' || granted === 'admin');
    }),
  );
}

function completedResponse(contract: GitHubContract, operation: KnownOperation, response: FakeResponse): FakeResponse {
  if (response.status >= 300 || response.body instanceof Uint8Array) return response;
  // As it will be read: without what JSON drops.
  const body: unknown = JSON.parse(JSON.stringify(response.body ?? null));
  return { ...response, body: contract.complete(operation, response.status, body) };
}

/** ETags of answers to reads, and 304 for those who have them already. */
function conditional(request: FakeRequest, response: FakeResponse): FakeResponse {
  if (request.method !== 'GET' || response.status !== 200) return response;
  const etag = `W/"${createHash('sha256').update(JSON.stringify(response.body)).digest('hex')}"`;
  const headers = { ...response.headers, etag };
  return request.headers['if-none-match'] === etag ? { status: 304, headers } : { ...response, headers };
}

function jsonOf(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
