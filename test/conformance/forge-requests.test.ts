import { openGitHub } from '@weighbridge/forges';
import { type FakeGitHub, type Repository, fakeGitHub, largePull } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';

let hub: FakeGitHub;
let repository: Repository;

beforeEach(async () => {
  hub = await fakeGitHub();
  repository = hub.addRepository({ name: 'acme/models' });
});
afterEach(async () => {
  await hub.dispose();
});

const opened = () => {
  const token = hub.actionsToken(repository, {
    contents: 'read',
    'pull-requests': 'write',
    statuses: 'write',
    checks: 'read',
  });
  return openGitHub(hub.reach(repository, token));
};

test('a pull request with 300 reviews, 250 commits and 3,000 files takes 38 requests to judge', async () => {
  const number = largePull(hub, repository, { reviews: 300, commits: 250, files: 3000 });
  const forge = opened();
  const facts = await forge.pull(number, { comments: false });
  expect(facts?.incomplete).toEqual([]);
  expect([facts?.reviews.length, facts?.commits.length, facts?.files.length]).toEqual([300, 250, 3000]);
  // Three queries for reviews and commits together, thirty pages of files, one list of check suites.
  expect(forge.requests()).toBe(34);
  const commit = facts?.head.commit ?? '';
  const status = { commit, context: 'weighbridge', description: '', url: null };
  await forge.setStatus({ ...status, state: 'pending' });
  expect((await forge.pullHead(number))?.head.commit).toBe(commit);
  await forge.pullsAtHead(commit);
  await forge.setStatus({ ...status, state: 'success' });
  expect(forge.requests()).toBe(38);
});

test('more commits and files than GitHub lists are said to be missing', async () => {
  const number = largePull(hub, repository, { reviews: 1, commits: 251, files: 3001 });
  const forge = opened();
  const facts = await forge.pull(number, { comments: false });
  expect(facts?.incomplete).toEqual(['the forge lists 250 of 251 commits', 'the forge lists 3000 of 3001 files']);
  expect(forge.requests()).toBe(34);
});

test('an ordinary pull request takes three requests to read', async () => {
  const number = largePull(hub, repository, { reviews: 4, commits: 3, files: 5 });
  const forge = opened();
  await forge.pull(number, { comments: true });
  expect(forge.requests()).toBe(3);
});
