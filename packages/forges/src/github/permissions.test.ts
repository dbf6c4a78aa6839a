import { readFileSync } from 'node:fs';
import type { Forge } from '@weighbridge/ports';
import { type FakeGitHub, type Repository, expectCode, fakeGitHub } from '@weighbridge/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGitHub } from './open-github.js';
import { type MethodPermission, type TokenPermission, githubPermissions } from './permissions.js';

type Method = keyof typeof githubPermissions;

const digest = `sha256:${'a'.repeat(64)}` as const;

let hub: FakeGitHub;
let repository: Repository;
let commit: string;
let run: string;
let artifact: string;

beforeAll(async () => {
  hub = await fakeGitHub();
  repository = hub.addRepository({ name: 'acme/models', roles: { bob: 'write' } });
  hub.defineTeam({ slug: 'acme/ml', members: ['bob'] });
  commit = hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '1' } });
  hub.people.openPull(repository, { by: 'alice', branch: 'topic' });
  const made = hub.people.finishRun(repository, {
    by: 'alice',
    workflowPath: '.github/workflows/ci.yml',
    event: 'push',
    branch: 'topic',
    commit,
    conclusion: 'success',
  });
  run = String(made.id);
  hub.people.reportCheck(repository, { commit, name: 'test', conclusion: 'success', run: made.id });
  artifact = String(hub.people.keepArtifact(repository, { run: made.id, name: 'm', zip: new Uint8Array([1]) }));
  repository.attestations.set(digest, [{}]);
});
afterAll(async () => {
  await hub.dispose();
});

const calls: Readonly<Record<Method, (forge: Forge) => Promise<unknown>>> = {
  pull: (forge) => forge.pull(1, { comments: true }),
  pullHead: (forge) => forge.pullHead(1),
  pullsAtHead: (forge) => forge.pullsAtHead(commit),
  openPulls: (forge) => forge.openPulls(5),
  pullsOfCommit: (forge) => forge.pullsOfCommit(commit),
  pullsFrom: (forge) => forge.pullsFrom({ repository: 'acme/models', branch: 'topic', commit }),
  commits: (forge) => forge.commits([commit]),
  checks: (forge) => forge.checks(commit),
  team: (forge) => forge.team('acme/ml'),
  permission: (forge) => forge.permission('bob'),
  account: (forge) => forge.account('bob'),
  setStatus: (forge) =>
    forge.setStatus({ commit, context: 'weighbridge', state: 'pending', description: '', url: null }),
  status: (forge) => forge.status(commit, 'weighbridge'),
  upsertComment: (forge) => forge.upsertComment({ pull: 1, marker: '<!-- m -->', body: `${Math.random()}` }),
  openPull: (forge) => {
    const head = `promote-${repository.issues.size}-${Math.random()}`;
    hub.people.push(repository, { by: 'alice', branch: head, files: { b: '1' } });
    return forge.openPull({ head, base: 'main', title: 'Promote', body: '' });
  },
  requestReviews: (forge) => forge.requestReviews({ pull: 1, users: ['bob'], teams: [] }),
  openIssue: (forge) => forge.openIssue({ marker: `<!-- ${Math.random()} -->`, title: 'Bypassed', body: '' }),
  releasedTags: (forge) => forge.releasedTags(5),
  publishRelease: (forge) => {
    const tag = `fraud@v1.0.${repository.releases.size}`;
    repository.git.setRef(`refs/tags/${tag}`, commit);
    const assets = [{ name: 'card.md', mediaType: 'text/markdown', bytes: new Uint8Array([1]) }];
    return forge.publishRelease({
      tag,
      commit,
      title: tag,
      notes: () => '',
      prerelease: false,
      draft: false,
      unfinished: '<!-- unfinished -->',
      leavesDrafts: false,
      latest: false,
      assets,
    });
  },
  run: (forge) => forge.run(run),
  runsAt: (forge) => forge.runsAt({ workflow: '.github/workflows/ci.yml', commit, limit: 5 }),
  runArtifacts: (forge) => forge.runArtifacts(run),
  downloadArtifact: (forge) => forge.downloadArtifact(artifact, 10),
  attestations: (forge) => forge.attestations(digest),
  protection: (forge) => forge.protection('main'),
  branchChecks: (forge) => forge.branchChecks('main'),
  tagProtection: (forge) => forge.tagProtection(),
  setting: (forge) => forge.setting(),
  time: (forge) => forge.time(),
};

function withPermissions(permissions: readonly TokenPermission[]): Forge {
  const granted = Object.fromEntries(permissions.map((each) => each.split(': ') as [string, 'read' | 'write']));
  return openGitHub(hub.reach(repository, hub.appToken('github-actions', [repository], granted)));
}

const table = Object.entries(githubPermissions) as readonly [Method, MethodPermission][];

describe.each(table)('%s', (method, { needs, uses }) => {
  test('works with what the table says', async () => {
    for (const granted of [[...needs, ...uses], needs]) {
      await expect(calls[method](withPermissions(granted))).resolves.not.toBe('refused');
    }
  });

  // Metadata is always granted.
  test.each(needs.filter((each) => each !== 'metadata: read').map((each) => [each]))(
    'does not work without %s, and says so',
    async (missing) => {
      const rest = needs.filter((each) => each !== missing);
      const error = await expectCode(calls[method](withPermissions(rest)), 'forge/forbidden');
      expect(error.fields['permission']).toContain(missing.split(':')[0]);
    },
  );

  test.each(needs.filter((each) => each.endsWith('write')).map((each) => [each]))(
    'needs no less than %s',
    async (one) => {
      const less = needs.map((each) => (each === one ? (each.replace('write', 'read') as TokenPermission) : each));
      await expectCode(calls[method](withPermissions(less)), 'forge/forbidden');
    },
  );
});

test('what is only used is missed in the answer, never in silence', async () => {
  const { needs } = githubPermissions.pull;
  const facts = await withPermissions(needs).pull(1, { comments: false });
  expect(facts?.headSeenAt).toBeNull();
  expect(facts?.incomplete).toEqual([expect.stringContaining('checks: read')]);
  expect(await withPermissions([]).team('acme/ml')).toMatchObject({ state: 'cannot-verify' });
  expect((await withPermissions([]).setting()).secrets).toBeNull();
  expect(Object.keys(await withPermissions(githubPermissions.checks.needs).checks(commit))).toContain('test');
});

test('the documentation prints this table', () => {
  const text = readFileSync(new URL('../../../../docs/permissions.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` \| (.*?) \| (.*?) \|$/gm)].map(([, name = '', needs = '', uses = '']) => [
    name,
    listed(needs),
    listed(uses),
  ]);
  expect(rows).toEqual(table.map(([name, { needs, uses }]) => [name, [...needs], [...uses]]));
});

function listed(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
}
