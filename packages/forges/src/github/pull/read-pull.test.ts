import { type FakeGitHub, type Repository, expectCode, fakeGitHub } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openGitHub } from '../open-github.js';

let hub: FakeGitHub;
let repository: Repository;
let token: string;

beforeEach(async () => {
  hub = await fakeGitHub();
  repository = hub.addRepository({
    name: 'acme/models',
    files: { 'old.bin': 'weights\n'.repeat(50), 'gone.txt': 'x' },
  });
  token = hub.actionsToken(repository, { contents: 'read', 'pull-requests': 'read', checks: 'read', actions: 'read' });
});
afterEach(async () => {
  await hub.dispose();
});

const opened = () => openGitHub(hub.reach(repository, token));
const read = async (number: number) => {
  const facts = await opened().pull(number, { comments: true });
  if (facts === null) throw new Error('no such pull request');
  return facts;
};

test('renamed, removed and changed files, with the blobs that git has', async () => {
  const head = hub.people.push(repository, {
    by: 'alice',
    branch: 'topic',
    files: { 'old.bin': null, 'new.bin': 'weights\n'.repeat(50), 'gone.txt': null, 'a/b.txt': 'new' },
  });
  const { files } = await read(hub.people.openPull(repository, { by: 'alice', branch: 'topic' }));
  const blob = (path: string) => repository.git.git(['rev-parse', `${head}:${path}`]);
  expect(files).toEqual([
    { path: 'a/b.txt', previousPath: null, change: 'added', blob: blob('a/b.txt') },
    { path: 'gone.txt', previousPath: null, change: 'removed', blob: null },
    { path: 'new.bin', previousPath: 'old.bin', change: 'renamed', blob: blob('new.bin') },
  ]);
});

test('a pull request of a fork, and of a fork that is gone', async () => {
  const fork = hub.fork(repository, 'mallory');
  const commit = hub.people.push(fork, { by: 'mallory', branch: 'evil', files: { 'model.bin': 'x' } });
  const number = hub.people.openPull(repository, { by: 'mallory', branch: 'evil', head: fork });
  expect(await read(number)).toMatchObject({
    head: { ref: 'evil', commit, repository: 'mallory/models', fork: true },
    commits: [{ id: commit }],
    files: [{ path: 'model.bin' }],
  });
  const asked = { repository: 'Mallory/models', branch: 'evil', commit };
  expect(await opened().pullsFrom(asked)).toMatchObject([{ number }]);
  hub.state.repositories.delete('mallory/models');
  expect((await read(number)).head).toMatchObject({ repository: null, fork: true });
});

test('commits through every parent of a merge', async () => {
  const first = hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '1' } });
  const side = hub.people.push(repository, { by: 'eve', branch: 'side', files: { b: '1' } });
  const tree = repository.git.mergeTree(first, side) ?? '';
  const person = { name: 'alice', email: 'alice@users.noreply.github.com' };
  const merge = repository.git.makeCommit({
    parents: [first, side],
    tree,
    message: 'Merge',
    author: person,
    committer: person,
    time: '2026-02-01T00:00:00Z',
  });
  hub.people.moveBranch(repository, 'alice', 'topic', merge);
  const { commits } = await read(hub.people.openPull(repository, { by: 'alice', branch: 'topic' }));
  expect(commits.map(({ id }) => id).sort()).toEqual([first, side, merge].sort());
  expect(commits.find(({ id }) => id === merge)?.parents).toEqual([first, side]);
  expect(commits.find(({ id }) => id === side)?.author.account?.login).toBe('eve');
});

test('a commit that was made on the pages of the forge is of its author, and of nobody unknown', async () => {
  const first = hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '1' } });
  const { tree } = repository.git.commit(first);
  const author = { name: 'alice', email: 'alice@users.noreply.github.com' };
  const commitBy = (name: string, email: string) =>
    repository.git.makeCommit({
      parents: [first],
      tree,
      message: name,
      author,
      committer: { name, email },
      time: '2026-02-01T00:00:00Z',
    });
  const committers = async (commit: string) => {
    hub.people.moveBranch(repository, 'alice', commit.slice(0, 7), commit);
    const { commits } = await read(hub.people.openPull(repository, { by: 'alice', branch: commit.slice(0, 7) }));
    return commits.find(({ id }) => id === commit)?.committer.account?.login;
  };
  expect(await committers(commitBy('GitHub', 'noreply@github.com'))).toBe('alice');
  expect(await committers(commitBy('Somebody', 'somebody@example.org'))).toBeUndefined();
});

test('a head that moves while it is read is read again, as one moment', async () => {
  hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '1' } });
  const number = hub.people.openPull(repository, { by: 'alice', branch: 'topic' });
  for (let index = 0; index < 101; index++) {
    hub.people.review(repository, { by: `r${index}`, pull: number, state: 'APPROVED' });
  }
  let queries = 0;
  let head = '';
  const { fetch, ...reach } = hub.reach(repository, token);
  const moving: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (input === hub.urls.graphql && ++queries === 1) {
      head = hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '2' } });
    }
    return answer;
  };
  const facts = await openGitHub({ ...reach, fetch: moving }).pull(number, { comments: false });
  expect(facts?.head.commit).toBe(head);
  expect(facts?.reviews).toHaveLength(101);
  expect(facts?.commits.at(-1)?.id).toBe(head);
  expect(queries).toBe(4);
});

test('a head that moves each time is an error, not a mixture', async () => {
  hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '1' } });
  const number = hub.people.openPull(repository, { by: 'alice', branch: 'topic' });
  for (let index = 0; index < 101; index++) {
    hub.people.review(repository, { by: `r${index}`, pull: number, state: 'COMMENTED' });
  }
  const { fetch, ...reach } = hub.reach(repository, token);
  let text = 0;
  const moving: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: String(text++) } });
    return answer;
  };
  await expectCode(openGitHub({ ...reach, fetch: moving }).pull(number, { comments: false }), 'forge/unexpected');
});

test('a team that was asked for a review needs no permission to be told from a person', async () => {
  hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '1' } });
  const number = hub.people.openPull(repository, { by: 'alice', branch: 'topic' });
  hub.defineTeam({ slug: 'acme/ml', members: ['bob'] });
  hub.people.askForReview(repository, { by: 'alice', pull: number, reviewer: 'acme/ml' });
  const facts = await read(number);
  expect(facts.timeline).toMatchObject([{ kind: 'review-requested', reviewer: null }]);
  expect(facts.incomplete).toEqual([]);
});

test('a comment that was changed says so', async () => {
  hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '1' } });
  const number = hub.people.openPull(repository, { by: 'alice', branch: 'topic' });
  const comment = hub.people.comment(repository, { by: 'bob', pull: number, body: 'hello' });
  comment.body = '/approve';
  comment.editedAt = '2026-03-01T00:00:00Z';
  expect((await read(number)).comments).toMatchObject([{ body: '/approve', edited: true }]);
});

test('a squash and a rebase are merges too', async () => {
  for (const method of ['squash', 'rebase'] as const) {
    hub.people.push(repository, { by: 'alice', branch: method, files: { [method]: '1' } });
    const head = hub.people.push(repository, { by: 'alice', branch: method, files: { [method]: '2' } });
    const number = hub.people.openPull(repository, { by: 'alice', branch: method });
    const commit = hub.people.merge(repository, { by: 'bob', pull: number, method });
    expect(commit).not.toBe(head);
    expect((await read(number)).merged).toMatchObject({ commit, by: { login: 'bob' } });
    expect(await opened().pullsOfCommit(commit)).toMatchObject([{ number }]);
  }
  const count = repository.git.git(['rev-list', '--count', 'refs/heads/main']);
  expect(count).toBe('4');
});

test('a job has two names, and of two workflows with one name the worse counts', async () => {
  const commit = hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '1' } });
  const run = (name: string, conclusion: string) => {
    const workflowPath = `.github/workflows/${name}.yml`;
    const made = hub.people.finishRun(repository, {
      by: 'a',
      workflowPath,
      event: 'push',
      branch: 'topic',
      commit,
      conclusion,
    });
    hub.people.reportCheck(repository, { commit, name: 'test', conclusion, run: made.id });
  };
  const statuses = hub.actionsToken(repository, { checks: 'read', actions: 'read', statuses: 'read' });
  const checks = () => openGitHub(hub.reach(repository, statuses)).checks(commit);
  run('ci', 'failure');
  run('ci', 'success');
  expect(await checks()).toMatchObject({ test: { state: 'success' }, 'ci / test': { state: 'success' } });
  run('other', 'cancelled');
  expect(await checks()).toMatchObject({
    test: { state: 'failure', conclusion: 'cancelled' },
    'ci / test': { state: 'success' },
    'other / test': { state: 'failure' },
  });
});
