import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Judgement, reconcilePull } from '@weighbridge/flows';
import { openGitHub } from '@weighbridge/forges';
import { readPrivateFolder } from '@weighbridge/git';
import { judgementTexts, openProtectionLook } from '@weighbridge/host';
import { type FakeGitHub, fakeGitHub, type FakeRepositoryDescription, type Repository } from '@weighbridge/testkit';
import { makeGovernedRepository, openSurroundings } from './governed-repository.js';

/** A governed repository on the fake GitHub, and the job that judges its pull requests as a runner starts it. */
export interface HubRepository {
  readonly hub: FakeGitHub;
  readonly repository: Repository;
  /** `context: state` of every status of a commit, the oldest first. */
  statuses(commit: string): readonly string[];
  /** The one comment of ours on a pull request; empty when there is none. */
  comment(pull: number): string;
  /** Judges a pull request in a fresh clone of depth 1 of the default branch, by the token of the workflow. */
  judge(pull: number, how?: { readonly perModel?: boolean; readonly comment?: boolean }): Promise<Judgement | null>;
  /** How many requests something took. */
  requestsOf(work: () => Promise<unknown>): Promise<number>;
  dispose(): Promise<void>;
}

/** What the job of the shipped workflow may. */
const permissions = {
  contents: 'read',
  'pull-requests': 'write',
  statuses: 'write',
  checks: 'read',
  actions: 'read',
} as const;
const roles = { alice: 'write', bob: 'write', carol: 'write', dana: 'admin' } as const;

export async function makeHubRepository(
  policy: string,
  description: Partial<FakeRepositoryDescription> = {},
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<HubRepository> {
  const seed = await makeGovernedRepository({ remote: true, policy });
  for (const [path, content] of Object.entries(files)) await seed.write(path, content);
  if (Object.keys(files).length > 0) seed.commit('More files');
  const key = await readFile(join(await readPrivateFolder(seed.root), 'signing.key'), 'utf8');
  await seed.run('register');
  const hub = await fakeGitHub();
  const from = seed.built.remote ?? '';
  const repository = hub.addRepository({ name: 'acme/models', roles, from, ...description });
  hub.state.addresses.set('alice@example.test', 'alice');
  const folder = await mkdtemp(join(tmpdir(), 'weighbridge-jobs-'));
  const token = hub.actionsToken(repository, permissions);
  return {
    hub,
    repository,
    statuses: (commit) =>
      repository.statuses.filter((each) => each.commit === commit).map(({ context, state }) => `${context}: ${state}`),
    comment: (pull) =>
      (repository.issues.get(pull)?.comments ?? []).find(({ author }) => author?.login === 'github-actions[bot]')
        ?.body ?? '',
    async judge(pull, { perModel = false, comment = true } = {}) {
      const clone = await mkdtemp(join(folder, 'clone-'));
      const from = pathToFileURL(repository.git.folder).href;
      repository.git.git(['clone', '--quiet', '--depth', '1', from, clone], { env: { GIT_DIR: '' } });
      const surroundings = await openSurroundings(clone, key.trim());
      const forge = openGitHub(hub.reach(repository, token));
      const texts = judgementTexts(null, openProtectionLook({ surroundings }, forge));
      const telling = { context: 'weighbridge', url: null, texts, perModel, comment };
      return (await reconcilePull({ ...surroundings, forge }, forge, pull, telling)).judgement;
    },
    async requestsOf(work) {
      const before = hub.requests.length;
      await work();
      return hub.requests.length - before;
    },
    async dispose() {
      await hub.dispose();
      await seed.dispose();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
