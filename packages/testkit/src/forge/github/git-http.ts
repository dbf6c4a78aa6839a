import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { holds, tokenOf, visible } from './answer.js';
import { people } from './people.js';
import type { Urls } from './exchange.js';
import type { HubState, Repository, Token } from './state.js';

/** `/owner/name.git/info/refs` and what belongs to it. */
const gitPath = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack|HEAD|objects\/.*)$/;

/** Whether a request is git's. */
export function isGitRequest(path: string): boolean {
  return gitPath.test(path);
}

/**
 * Git over HTTP by git's own backend. Reading needs contents: read (nothing, where the repository is public), pushing
 * contents: write; a pushed branch moves its pull requests, and starts nothing when the token was a workflow's.
 */
export async function answerGit(
  hub: { readonly state: HubState; readonly urls: Urls },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fake.test');
  const [, owner = '', name = '', rest = ''] = gitPath.exec(url.pathname) ?? [];
  const pushes = rest === 'git-receive-pack' || url.searchParams.get('service') === 'git-receive-pack';
  const { authorization } = request.headers;
  const given = tokenOf(hub.state, { headers: authorization === undefined ? {} : { authorization } });
  const found = admitted(hub.state, given, { fullName: `${owner}/${name}`, pushes });
  if (typeof found === 'number') {
    const challenge = found === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {};
    response.writeHead(found, { ...challenge, 'content-type': 'text/plain' }).end('refused\n');
    return;
  }
  const before = refsOf(found);
  await runBackend(found, { url, rest }, request, response);
  if (pushes && rest === 'git-receive-pack') tellOfPush(hub, { repository: found, before, token: given as Token });
}

function admitted(
  state: HubState,
  token: Token | null | 'bad',
  asked: { readonly fullName: string; readonly pushes: boolean },
): Repository | 401 | 403 | 404 {
  if (token === 'bad') return 401;
  if (token === null) {
    const repository = state.repositories.get(asked.fullName.toLowerCase());
    return repository?.visibility === 'public' && !asked.pushes ? repository : 401;
  }
  const repository = visible(state, token, asked.fullName);
  if (repository === null) return 404;
  const needs = [[asked.pushes ? 'contents=write' : 'contents=read']];
  return holds(token, repository, needs) ? repository : asked.pushes ? 403 : 404;
}

function refsOf({ git }: Repository): ReadonlyMap<string, string> {
  const lines = git.git(['for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads', 'refs/tags']).split('\n');
  return new Map(lines.filter((line) => line !== '').map((line) => line.split(' ') as [string, string]));
}

function tellOfPush(
  { state, urls }: { readonly state: HubState; readonly urls: Urls },
  push: { readonly repository: Repository; readonly before: ReadonlyMap<string, string>; readonly token: Token },
): void {
  const { repository, before, token } = push;
  const { git } = repository;
  for (const [ref, commit] of refsOf(repository)) {
    const old = before.get(ref);
    if (old === commit || !ref.startsWith('refs/heads/')) continue;
    // As if it were pushed now: the branch is put back first, so that the move is seen as one.
    if (old === undefined) git.git(['update-ref', '-d', ref]);
    else git.setRef(ref, old);
    people(state, urls, token).moveBranch(repository, token.actor.login, ref.replace('refs/heads/', ''), commit);
  }
}

function runBackend(
  repository: Repository,
  { url, rest }: { readonly url: URL; readonly rest: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env['PATH'],
        GIT_PROJECT_ROOT: repository.git.folder,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        PATH_INFO: `/${rest}`,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        ...(request.headers['content-encoding'] === undefined
          ? {}
          : { HTTP_CONTENT_ENCODING: request.headers['content-encoding'] }),
        ...(request.headers['content-length'] === undefined
          ? {}
          : { CONTENT_LENGTH: request.headers['content-length'] }),
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        REMOTE_USER: 'somebody',
        REMOTE_ADDR: '127.0.0.1',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => undefined);
    request.pipe(child.stdin);
    child.on('error', reject);
    child.on('close', () => {
      const output = Buffer.concat(chunks);
      const end = output.indexOf('\r\n\r\n');
      const lines = output.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n');
      const headers = lines.map((line) => line.split(': ', 2) as [string, string]);
      const status = Number(/^\d+/.exec(headers.find(([name]) => name.toLowerCase() === 'status')?.[1] ?? '200')?.[0]);
      for (const [name, value] of headers)
        if (name.toLowerCase() !== 'status' && name !== '') response.setHeader(name, value);
      response.writeHead(status).end(output.subarray(end + 4));
      resolve();
    });
  });
}
