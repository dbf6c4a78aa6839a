import { type FakeGitHub, type FakeRepositoryDescription, expectCode, fakeGitHub } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openGitHub } from './open-github.js';

let hub: FakeGitHub;
beforeEach(async () => {
  hub = await fakeGitHub();
});
afterEach(async () => {
  await hub.dispose();
});

const classic = {
  required_status_checks: {
    url: 'https://hub.test/unasked',
    strict: true,
    contexts: ['ci'],
    contexts_url: 'https://hub.test/unasked',
    checks: [{ context: 'ci', app_id: -1 }],
  },
  required_pull_request_reviews: {
    url: 'https://hub.test/unasked',
    dismiss_stale_reviews: true,
    require_code_owner_reviews: true,
    required_approving_review_count: 2,
  },
  enforce_admins: { url: 'https://hub.test/unasked', enabled: false },
  allow_force_pushes: { enabled: false },
};
const rulesets: FakeRepositoryDescription['rulesets'] = [
  {
    id: 7,
    name: 'main',
    branches: ['main'],
    rules: [
      { type: 'non_fast_forward' },
      { type: 'required_linear_history' },
      { type: 'required_signatures' },
      {
        type: 'merge_queue',
        parameters: {
          check_response_timeout_minutes: 60,
          grouping_strategy: 'HEADGREEN',
          max_entries_to_build: 5,
          max_entries_to_merge: 5,
          merge_method: 'SQUASH',
          min_entries_to_merge: 1,
          min_entries_to_merge_wait_minutes: 5,
        },
      },
      { type: 'workflows', parameters: { workflows: [{ path: '.github/workflows/gate.yml', repository_id: 77 }] } },
      {
        type: 'pull_request',
        parameters: {
          required_approving_review_count: 1,
          dismiss_stale_reviews_on_push: false,
          require_code_owner_review: false,
          require_last_push_approval: false,
          required_review_thread_resolution: false,
        },
      },
      {
        type: 'required_status_checks',
        parameters: {
          strict_required_status_checks_policy: false,
          required_status_checks: [
            { context: 'weighbridge', integration_id: 15368 },
            { context: 'ci', integration_id: 99 },
          ],
        },
      },
    ],
    bypass: [{ actor_type: 'RepositoryRole', actor_id: 5 }],
  },
];

function opened(
  description: Partial<FakeRepositoryDescription>,
  permissions: Readonly<Record<string, 'read' | 'write'>>,
) {
  const repository = hub.addRepository({ name: 'acme/models', ...description });
  return openGitHub(hub.reach(repository, hub.appToken('doctor', [repository], permissions)));
}

test('classic protection and rulesets together: the stricter of both', async () => {
  const forge = opened({ rulesets, protection: { main: classic } }, { administration: 'read', contents: 'read' });
  expect(await forge.protection('main')).toEqual({
    branch: 'main',
    requiredChecks: [
      { context: 'weighbridge', source: 'github-actions' },
      { context: 'ci', source: '99' },
    ],
    requiredWorkflows: ['77/.github/workflows/gate.yml'],
    strict: true,
    forcePushBlocked: true,
    deletionBlocked: true,
    requiresPull: true,
    requiredApprovals: 2,
    dismissesStale: true,
    requiresOwners: true,
    linearHistory: true,
    mergeQueue: { method: 'squash', everyGreen: false },
    refuses: ['required_signatures'],
    bypass: ['administrators (classic protection)', 'RepositoryRole 5'],
    unknown: [],
  });
  expect(await forge.protection('other')).toMatchObject({ requiredChecks: [], forcePushBlocked: false, unknown: [] });
});

test('what must succeed, in two requests and without administration', async () => {
  const forge = opened({ rulesets, protection: { main: classic } }, { contents: 'read' });
  expect(await forge.branchChecks('main')).toEqual({
    branch: 'main',
    requiredChecks: [
      { context: 'weighbridge', source: 'github-actions' },
      { context: 'ci', source: '99' },
    ],
    requiredWorkflows: ['77/.github/workflows/gate.yml'],
    unknown: [],
  });
  expect(forge.requests()).toBe(2);
});

test('what must succeed by classic protection alone, with the App that it must come from', async () => {
  const checks = [{ context: 'weighbridge', app_id: 4711 }];
  const sourced = { ...classic.required_status_checks, contexts: ['weighbridge'], checks };
  const forge = opened({ protection: { main: { ...classic, required_status_checks: sourced } } }, { contents: 'read' });
  expect((await forge.branchChecks('main')).requiredChecks).toEqual([{ context: 'weighbridge', source: '4711' }]);
  expect((await forge.branchChecks('gone')).requiredChecks).toEqual([]);
});

describe('rules for tags', () => {
  const tags = { include: ['refs/tags/*@v*'], exclude: ['refs/tags/test@*'] };
  const rules = [{ type: 'update' }, { type: 'deletion' }];
  const bypass = [{ actor_type: 'Integration', actor_id: 4711 }];
  const of: FakeRepositoryDescription['rulesets'] = [
    { id: 7, name: 'tags', branches: [], tags, rules, bypass },
    { id: 8, name: 'off', branches: [], tags, enforcement: 'disabled', rules, bypass },
    { id: 9, name: 'branches', branches: ['main'], rules, bypass },
  ];

  test('are those in force, one by one', async () => {
    const forge = opened({ rulesets: of }, { administration: 'read' });
    expect(await forge.tagProtection()).toEqual({
      rulesets: [{ name: 'tags', ...tags, rules: ['update', 'deletion'], bypass: ['Integration 4711'] }],
      unknown: [],
    });
    expect(forge.requests()).toBe(2);
  });

  test('do not say who passes them to a token that may not administer', async () => {
    const found = await opened({ rulesets: of }, {}).tagProtection();
    expect(found.rulesets[0]?.bypass).toBeNull();
    expect(found.unknown).toEqual([expect.stringContaining('(tags)')]);
  });
});

test('what the token may not see is named, never taken for absent', async () => {
  const forge = opened({ rulesets, protection: { main: classic } }, { contents: 'read' });
  const found = await forge.protection('main');
  expect(found.requiredChecks.map(({ context }) => context)).toEqual(['weighbridge', 'ci']);
  expect(found.unknown).toEqual([
    expect.stringContaining('classic protection'),
    expect.stringContaining('bypass ruleset 7'),
  ]);
  expect(found.bypass).toEqual([]);
});

test('a branch that says of itself that nothing protects it is open, whatever the token may administer', async () => {
  const forge = opened({}, { contents: 'read' });
  expect(await forge.protection('main')).toMatchObject({ requiredChecks: [], requiresPull: false, unknown: [] });
  const blind = opened({ name: 'acme/blind' }, {});
  expect((await blind.protection('main')).unknown).toEqual([expect.stringContaining('classic protection')]);
});

test('the setting with everything that may be read', async () => {
  const environments = [
    { name: 'production', reviewers: ['bob', 'carol'], branches: 'protected' as const, secrets: ['WEIGHBRIDGE_KEY'] },
    { name: 'test', reviewers: [], branches: 'all' as const, secrets: [] },
  ];
  const forge = opened(
    { environments, secrets: ['OLD_KEY'], visibility: 'internal', workflowsMayApprove: false },
    {
      administration: 'read',
      secrets: 'read',
      actions: 'read',
      environments: 'read',
      statuses: 'write',
      contents: 'read',
    },
  );
  expect(await forge.setting()).toMatchObject({
    name: 'acme/models',
    visibility: 'internal',
    tokenKind: 'app',
    tokenPermissions: {
      contents: 'none',
      statuses: 'write',
      'pull-requests': 'none',
      actions: 'unknown',
      issues: 'none',
    },
    environments: [
      { name: 'production', reviewers: 2, branches: 'protected', secrets: ['WEIGHBRIDGE_KEY'] },
      { name: 'test', reviewers: 0, branches: 'all', secrets: [] },
    ],
    secrets: ['OLD_KEY'],
    workflowsMayApprove: false,
  });
});

test('the setting as a workflow and as a person see it', async () => {
  const repository = hub.addRepository({ name: 'acme/models', roles: { bob: 'write' }, secrets: ['KEY'] });
  const before = repository.git.git(['for-each-ref']);
  const workflow = openGitHub(hub.reach(repository, hub.actionsToken(repository, { contents: 'write' })));
  expect(await workflow.setting()).toMatchObject({
    tokenKind: 'actions',
    tokenPermissions: { contents: 'write', statuses: 'none' },
    secrets: null,
    workflowsMayApprove: null,
  });
  const person = openGitHub(hub.reach(repository, hub.userToken('bob')));
  expect(await person.setting()).toMatchObject({
    tokenKind: 'user',
    tokenPermissions: { contents: 'write', 'pull-requests': 'write' },
  });
  // Nothing was written to find that out.
  expect(repository.git.git(['for-each-ref'])).toBe(before);
  expect(repository.statuses).toEqual([]);
});

test('a private repository is not there for those who may not see it', async () => {
  const repository = hub.addRepository({ name: 'acme/models' });
  const stranger = openGitHub(hub.reach(repository, hub.userToken('mallory')));
  await expectCode(stranger.setting(), 'forge/not-found');
  await expectCode(stranger.protection('main'), 'forge/not-found');
});

test('members of child teams are members; a team that is not there is told from one that cannot be seen', async () => {
  const repository = hub.addRepository({ name: 'acme/models' });
  hub.defineTeam({ slug: 'acme/vision', members: ['dave'] });
  hub.defineTeam({ slug: 'acme/ml', members: ['bob'], invited: ['eve'], children: ['acme/vision'] });
  const app = openGitHub(hub.reach(repository, hub.appToken('gate', [repository], { members: 'read' })));
  expect(await app.team('acme/ml')).toMatchObject({ state: 'read', members: [{ login: 'bob' }, { login: 'dave' }] });
  expect(await app.team('acme/gone')).toMatchObject({ because: expect.stringContaining('there is no team') as string });
  const workflow = openGitHub(hub.reach(repository, hub.actionsToken(repository, { contents: 'write' })));
  expect(await workflow.team('acme/ml')).toMatchObject({
    state: 'cannot-verify',
    because: 'the token may not read teams of acme',
  });
});

test('an archive that is not the one of its digest is refused', async () => {
  const repository = hub.addRepository({ name: 'acme/models' });
  const commit = repository.git.resolve('refs/heads/main') ?? '';
  const run = hub.people.finishRun(repository, {
    by: 'alice',
    workflowPath: '.github/workflows/eval.yml',
    event: 'push',
    branch: 'main',
    commit,
    conclusion: 'success',
  });
  const digest = `sha256:${'0'.repeat(64)}`;
  const id = hub.people.keepArtifact(repository, { run: run.id, name: 'm', zip: new Uint8Array([1, 2]), digest });
  const forge = openGitHub(hub.reach(repository, hub.actionsToken(repository, { actions: 'read' })));
  await expectCode(forge.downloadArtifact(String(id), 10), 'forge/unexpected');
});
