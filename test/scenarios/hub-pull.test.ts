import { afterEach, describe, expect, it } from 'vitest';
import { folder, manifest, weights } from './governed-repository.js';
import { type HubRepository, makeHubRepository } from './hub-repository.js';

const policy = `owners: [dana]
reviewers: { ml: { users: [bob, carol] } }
gates:
  development:
    metrics: [{ id: accuracy, metric: eval.accuracy, direction: higher, bounds: { min: 0.9 } }]
    reviewers: [{ from: ml }]
`;
const model = `${folder}/model.safetensors`;
const settings = `${folder}/settings.yaml`;

let team: HubRepository;
afterEach(() => team.dispose());

/** A pull request of alice with these files. */
function open(
  files: Readonly<Record<string, string | Uint8Array>>,
  branch = 'retrain',
): { pull: number; head: string } {
  const { people } = team.hub;
  const head = people.push(team.repository, { by: 'alice', branch, files });
  return { pull: people.openPull(team.repository, { by: 'alice', branch }), head };
}

const approve = (pull: number, by: string) => team.hub.people.review(team.repository, { by, pull, state: 'APPROVED' });
const last = (commit: string) => team.statuses(commit).at(-1);

describe('a branch that is brought up to date', () => {
  const opened = async (by: string): Promise<{ pull: number }> => {
    team = await makeHubRepository(policy);
    const { pull, head } = open({ [model]: weights(2) });
    approve(pull, by);
    await team.judge(pull);
    expect(last(head)).toBe('weighbridge: success');
    return { pull };
  };
  const base = (files: Readonly<Record<string, string>>) =>
    team.hub.people.push(team.repository, { by: 'dana', branch: 'main', files });

  it('keeps its approval, also that of who pressed the button, while the model stays the same', async () => {
    const { pull } = await opened('bob');
    base({ 'NOTES.md': 'Words\n' });
    const updated = team.hub.people.updateBranch(team.repository, { by: 'bob', pull });
    await team.judge(pull);
    expect(last(updated)).toBe('weighbridge: success');
    base({ 'NOTES.md': 'Other words\n' });
    const again = team.hub.people.updateBranch(team.repository, { by: 'alice', pull });
    await team.judge(pull);
    expect(last(again)).toBe('weighbridge: success');
  });

  it('asks again where the base brings another content of the model', async () => {
    const { pull } = await opened('bob');
    base({ [settings]: 'threshold: 0.7\n' });
    const updated = team.hub.people.updateBranch(team.repository, { by: 'alice', pull });
    await team.judge(pull);
    expect(last(updated)).toBe('weighbridge: pending');
    approve(pull, 'carol');
    await team.judge(pull);
    expect(last(updated)).toBe('weighbridge: success');
  });

  it('makes an author of who puts more into the merge than git does', async () => {
    const { pull } = await opened('bob');
    base({ 'NOTES.md': 'Words\n' });
    const evil = team.hub.people.updateBranch(team.repository, { by: 'bob', pull, files: { [model]: weights(3) } });
    approve(pull, 'bob');
    await team.judge(pull);
    expect(last(evil)).toBe('weighbridge: pending');
    expect(team.comment(pull)).toMatch(/bob[^\n]*commit/);
    approve(pull, 'carol');
    await team.judge(pull);
    expect(last(evil)).toBe('weighbridge: success');
  });
});

describe('statuses of each model', () => {
  it('are told beside the one that protects the branch, which is the worst of them', async () => {
    const churn = 'models/churn';
    team = await makeHubRepository(
      policy,
      {},
      {
        [`${churn}/model.yaml`]: manifest.replace('name: fraud', 'name: churn'),
        [`${churn}/settings.yaml`]: 'threshold: 0.5\n',
        [`${churn}/data.csv`]: 'a,b\n1,2\n',
        [`${churn}/eval.json`]: '{"accuracy": 0.95}\n',
        [`${churn}/model.safetensors`]: weights(1),
      },
    );
    const { pull, head } = open({
      [model]: weights(2),
      [`${churn}/model.safetensors`]: weights(2),
      [`${churn}/eval.json`]: '{"accuracy": 0.5}\n',
    });
    approve(pull, 'bob');
    await team.judge(pull, { perModel: true });
    expect(team.statuses(head)).toEqual([
      'weighbridge: pending',
      'weighbridge/churn: failure',
      'weighbridge/fraud: success',
      'weighbridge: failure',
    ]);
  });
});

describe('pull requests that share a head', () => {
  it('beyond ten are not all judged, and the one into the default branch always is', async () => {
    team = await makeHubRepository(policy);
    const { hub, repository } = team;
    const lax = repository.git.git(['cat-file', 'blob', 'main:weighbridge.yaml']).replace(/^gates:[^]*/m, '');
    const sides = Array.from({ length: 11 }, (_, place) => `side-${place}`);
    for (const branch of sides)
      hub.people.push(repository, { by: 'alice', branch, files: { 'weighbridge.yaml': `${lax}\n` } });
    const files = { [model]: weights(2), [`${folder}/eval.json`]: '{"accuracy": 0.5}\n' };
    const head = hub.people.push(repository, { by: 'alice', branch: 'retrain', files });
    const [first = 0] = sides.map((base) => hub.people.openPull(repository, { by: 'alice', branch: 'retrain', base }));
    hub.people.openPull(repository, { by: 'alice', branch: 'retrain' });
    const before = hub.requests.length;
    await team.judge(first, { comment: false });
    expect(last(head)).toBe('weighbridge: failure');
    const pulls = hub.requests.slice(before).filter(({ path }) => path.endsWith('/graphql'));
    expect(pulls).toHaveLength(11);
  });
});

describe('what protects the branch', () => {
  const required = (source: number | null) => ({
    id: 7,
    name: 'main',
    branches: ['main'],
    bypass: [],
    rules: [
      {
        type: 'required_status_checks',
        parameters: {
          strict_required_status_checks_policy: true,
          required_status_checks: [{ context: 'weighbridge', ...(source === null ? {} : { integration_id: source }) }],
        },
      },
    ],
  });

  it('is told in the comment for two requests, with what would raise it, and changes no verdict', async () => {
    team = await makeHubRepository(policy);
    const { pull, head } = open({ [model]: weights(2) });
    const requests = await team.requestsOf(() => team.judge(pull));
    expect(team.comment(pull)).toMatch(/Protection L0: .* <b>To raise it:<\/b> Run: `echo '.*"context":"weighbridge"/);
    expect(last(head)).toBe('weighbridge: pending');

    team.repository.rulesets.push(required(null));
    await team.judge(pull);
    expect(team.comment(pull)).toContain('Protection L1: ');
    team.repository.rulesets.splice(0, 1, required(4711));
    await team.judge(pull);
    expect(team.comment(pull)).toContain('Protection L3: ');
    expect(team.comment(pull)).not.toContain('To raise it');
    expect(last(head)).toBe('weighbridge: pending');
    expect(team.comment(pull)).toContain(`[pull request ${pull}](https://hub.test/acme/models/pull/${pull})`);

    const untold = await team.requestsOf(() => team.judge(pull, { comment: false }));
    // The comment takes two requests, a list and a write, and the look at its base two more.
    expect({ requests, untold }).toEqual({ requests: 12, untold: 8 });
  });

  it('is unknown where the forge does not say, and the verdict is told all the same', async () => {
    team = await makeHubRepository(policy);
    const { pull, head } = open({ [model]: weights(2) });
    approve(pull, 'bob');
    team.hub.inject({ on: /rules\/branches/, times: 100, trouble: { kind: 'status', status: 403 } });
    await team.judge(pull);
    expect(last(head)).toBe('weighbridge: success');
    expect(team.comment(pull)).toContain('Protection unknown: ');
  });
});
