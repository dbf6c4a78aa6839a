import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hermeticGitEnvironment } from '../../repository-builder.js';
import { type FakeGitHub, fakeGitHub } from './fake-github.js';
import type { Repository } from './state.js';

const run = promisify(execFile);

let hub: FakeGitHub;
let repository: Repository;
beforeEach(async () => {
  hub = await fakeGitHub({ lenient: true });
  repository = hub.addRepository({ name: 'acme/models', roles: { alice: 'write' } });
});
afterEach(async () => {
  await hub.dispose();
});

const get = (path: string, token?: string, headers: Readonly<Record<string, string>> = {}) =>
  hub.fetch(`${hub.urls.api}${path}`, {
    headers: { ...headers, ...(token === undefined ? {} : { authorization: `token ${token}` }) },
  });
const eventsOf = (name: string) => hub.events.filter((event) => event.name === name);

describe('tokens reach what they were given and no more', () => {
  test.each([
    ['a token that nobody gave out', () => 'ghs_nobody', 401],
    ['a token without the permission', () => hub.actionsToken(repository, { contents: 'read' }), 403],
    [
      'a token of another repository',
      () => hub.actionsToken(hub.addRepository({ name: 'acme/b' }), { 'pull-requests': 'read' }),
      404,
    ],
    ['a person who may not see it', () => hub.userToken('mallory'), 404],
    ['a person who may', () => hub.userToken('alice'), 200],
    ['a token with the permission', () => hub.actionsToken(repository, { 'pull-requests': 'read' }), 200],
  ])('%s', async (_, token, status) => {
    expect((await get('/repos/acme/models/pulls', token())).status).toBe(status);
  });

  test('a refusal says which permission would do', async () => {
    const answer = await get('/repos/acme/models/issues', hub.actionsToken(repository, {}));
    expect(answer.headers.get('x-accepted-github-permissions')).toBe('issues=read');
    expect(await answer.json()).toMatchObject({ message: 'Resource not accessible by integration' });
  });

  test('reading public repositories needs no permission, writing does', async () => {
    const open = hub.addRepository({ name: 'acme/open', visibility: 'public' });
    const token = hub.actionsToken(repository, {});
    expect((await get('/repos/acme/open/pulls', token)).status).toBe(200);
    const commit = open.git.resolve('main');
    const answer = await hub.fetch(`${hub.urls.api}/repos/acme/open/statuses/${commit}`, {
      method: 'POST',
      headers: { authorization: `token ${token}` },
      body: '{"state":"success"}',
    });
    expect(answer.status).toBe(403);
  });
});

describe('answers', () => {
  test('come in pages that lead to each other', async () => {
    for (let index = 0; index < 5; index++) {
      hub.people.push(repository, { by: 'alice', branch: `b${index}`, files: { a: String(index) } });
      hub.people.openPull(repository, { by: 'alice', branch: `b${index}` });
    }
    const token = hub.actionsToken(repository, { 'pull-requests': 'read' });
    const numbers: number[] = [];
    let next: string | undefined = '/repos/acme/models/pulls?per_page=2';
    while (next !== undefined) {
      const answer: Response = await get(next, token);
      numbers.push(...((await answer.json()) as { number: number }[]).map(({ number }) => number));
      next = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]?.replace(hub.urls.api, '');
    }
    expect(numbers).toEqual([5, 4, 3, 2, 1]);
  });

  test('are not repeated to those who have them', async () => {
    const token = hub.actionsToken(repository, { 'pull-requests': 'read' });
    const first = await get('/repos/acme/models/pulls', token);
    const etag = first.headers.get('etag') ?? '';
    const second = await get('/repos/acme/models/pulls', token, { 'if-none-match': etag });
    expect(second.status).toBe(304);
    expect(second.headers.get('x-ratelimit-remaining')).toBe(first.headers.get('x-ratelimit-remaining'));
    hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '1' } });
    hub.people.openPull(repository, { by: 'alice', branch: 'topic' });
    expect((await get('/repos/acme/models/pulls', token, { 'if-none-match': etag })).status).toBe(200);
  });

  test('to what GitHub does not have, or not with these words, are faults', async () => {
    const token = hub.userToken('alice');
    await get('/repos/acme/models/no-such-thing', token);
    await get('/repos/acme/models/pulls?stat=open', token);
    await get('/repos/acme/models/pulls?state=opened', token);
    expect(hub.faults).toEqual([
      expect.stringContaining('no such endpoint'),
      expect.stringContaining('query stat does not exist'),
      expect.stringContaining('query state'),
    ]);
  });

  test('of queries that GitHub would not take are errors', async () => {
    const answer = await hub.fetch(hub.urls.graphql, {
      method: 'POST',
      headers: { authorization: `token ${hub.userToken('alice')}` },
      body: JSON.stringify({ query: '{ viewer { password } }' }),
    });
    expect(await answer.json()).toMatchObject({ errors: [{ message: expect.stringContaining('password') as string }] });
  });
});

describe('events', () => {
  test('tell a job what happened', () => {
    const commit = hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '1' } });
    const number = hub.people.openPull(repository, { by: 'alice', branch: 'topic', title: 'Better' });
    hub.people.review(repository, { by: 'bob', pull: number, state: 'APPROVED' });
    hub.people.dispatch(repository, { by: 'carol', inputs: { model: 'fraud' } });
    expect(eventsOf('pull_request')).toMatchObject([
      {
        starts: true,
        payload: {
          action: 'opened',
          number,
          pull_request: {
            number,
            title: 'Better',
            user: { login: 'alice' },
            head: { sha: commit },
            base: { ref: 'main' },
          },
          repository: { full_name: 'acme/models', default_branch: 'main' },
          sender: { login: 'alice' },
        },
      },
    ]);
    expect(eventsOf('pull_request_review')).toMatchObject([
      { payload: { action: 'submitted', review: { state: 'approved', user: { login: 'bob' }, commit_id: commit } } },
    ]);
    expect(eventsOf('workflow_dispatch')).toMatchObject([
      { payload: { ref: 'refs/heads/main', inputs: { model: 'fraud' }, sender: { login: 'carol' } } },
    ]);
  });

  test('of a merge group name its head and base; merging it merges all of it', () => {
    const numbers = ['one', 'two'].map((branch) => {
      hub.people.push(repository, { by: 'alice', branch, files: { [branch]: '1' } });
      return hub.people.openPull(repository, { by: 'alice', branch });
    });
    const base = repository.git.resolve('refs/heads/main');
    const head = hub.people.enqueue(repository, { by: 'alice', pulls: numbers });
    const head_ref = `refs/heads/gh-readonly-queue/main/pr-${numbers[1]}-${base}`;
    expect(eventsOf('merge_group')).toMatchObject([
      { payload: { action: 'checks_requested', merge_group: { head_sha: head, head_ref, base_sha: base } } },
    ]);
    expect(repository.git.files(base ?? '', head).map(({ path }) => path)).toEqual(['one', 'two']);
    hub.people.mergeGroup(repository, { pulls: numbers, head });
    expect(repository.git.resolve('refs/heads/main')).toBe(head);
    expect(numbers.map((number) => repository.pulls.get(number)?.merged !== null)).toEqual([true, true]);
  });

  test('of a run tell nothing of a pull request when it came from a fork', () => {
    const fork = hub.fork(repository, 'mallory');
    const commit = hub.people.push(fork, { by: 'mallory', branch: 'evil', files: { a: '1' } });
    hub.people.openPull(repository, { by: 'mallory', branch: 'evil', head: fork });
    const workflowPath = '.github/workflows/gate.yml';
    const relay = { by: 'mallory', workflowPath, event: 'pull_request', branch: 'evil', commit, conclusion: 'success' };
    hub.people.finishRun(repository, { ...relay, headRepository: 'mallory/models' });
    expect(eventsOf('workflow_run')).toMatchObject([
      {
        payload: {
          workflow_run: { head_sha: commit, pull_requests: [], head_repository: { full_name: 'mallory/models' } },
        },
      },
    ]);
  });

  test('that a workflow caused start nothing', async () => {
    const token = hub.actionsToken(repository, { issues: 'write' });
    const headers = { authorization: `token ${token}` };
    await hub.fetch(`${hub.urls.api}/repos/acme/models/issues`, { method: 'POST', headers, body: '{"title":"Hello"}' });
    const app = { authorization: `token ${hub.appToken('gate', [repository], { issues: 'write' })}` };
    await hub.fetch(`${hub.urls.api}/repos/acme/models/issues`, {
      method: 'POST',
      headers: app,
      body: '{"title":"Hi"}',
    });
    expect(eventsOf('issues').map(({ starts }) => starts)).toEqual([false, true]);
  });
});

describe('git over HTTP', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weighbridge-clone-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const git = (...args: readonly string[]) =>
    run('git', args, { cwd: folder, env: { ...process.env, ...hermeticGitEnvironment } });
  const clone = async (token: string) => {
    const { urls } = await hub.listen();
    const address = `${urls.server}/acme/models.git`.replace('http://', `http://x-access-token:${token}@`);
    await git('clone', '--quiet', '--depth', '1', address, '.');
  };

  test('clones with contents: read', async () => {
    await clone(hub.actionsToken(repository, { contents: 'read' }));
    const { stdout } = await git('rev-parse', 'HEAD');
    expect(stdout.trim()).toBe(repository.git.resolve('refs/heads/main'));
  });

  test('refuses what may not read or push', async () => {
    await expect(clone(hub.actionsToken(repository, { statuses: 'write' }))).rejects.toThrow(/not found/);
    await expect(clone('ghs_nobody')).rejects.toThrow(/uthentication failed/);
    await clone(hub.actionsToken(repository, { contents: 'read' }));
    await git('commit', '--quiet', '--allow-empty', '-m', 'More');
    await expect(git('push', '--quiet', 'origin', 'HEAD:refs/heads/topic')).rejects.toThrow(/403/);
    expect(repository.git.resolve('refs/heads/topic')).toBeNull();
  });

  test('a push moves its pull requests, and starts nothing when a workflow made it', async () => {
    hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '1' } });
    const number = hub.people.openPull(repository, { by: 'alice', branch: 'topic' });
    await clone(hub.actionsToken(repository, { contents: 'write' }));
    await git('fetch', '--quiet', 'origin', 'refs/heads/topic');
    await git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
    await git('commit', '--quiet', '--allow-empty', '-m', 'More');
    await git('push', '--quiet', 'origin', 'HEAD:refs/heads/topic');
    const head = (await git('rev-parse', 'HEAD')).stdout.trim();
    expect(repository.pulls.get(number)?.headCommit).toBe(head);
    expect(repository.suites.some(({ commit }) => commit === head)).toBe(false);
    expect(hub.events.at(-1)).toMatchObject({
      name: 'pull_request',
      starts: false,
      payload: { action: 'synchronize' },
    });
  });
});
