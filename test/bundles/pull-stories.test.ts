// needs: act, node24
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { afterEach, describe, expect, it } from 'vitest';
import { weights } from '../scenarios/governed-repository.js';
import type { WorkflowRan } from './hosted/hosted-runner.js';
import { modelFiles, noModels, type Story, tellStory, twoModels } from './hosted/story.js';

const timeout = 600_000;

const policy = `owners: [dana]
reviewers: { ml: { users: [bob, carol] } }
gates:
  development:
    metrics:
      - { id: accuracy, metric: eval.accuracy, direction: higher, bounds: { min: 0.9 } }
    reviewers: [{ from: ml, count: 2 }]
  staging: { from: [development] }
`;

const logOf = (ran: readonly WorkflowRan[]): string =>
  ran.flatMap(({ workflow, jobs }) => jobs.map(({ id, log }) => `=== ${workflow}/${id}\n${log}`)).join('\n');
const concluded = (ran: readonly WorkflowRan[]): readonly string[] =>
  ran.flatMap(({ workflow, jobs }) => jobs.map(({ id, conclusion }) => `${workflow}/${id}: ${conclusion}`));

describe('the life of a pull request, by the workflows that a team copies', { timeout }, () => {
  let story: Story;
  afterEach(() => story.dispose());

  const approve = (pull: number, ...people: readonly string[]): void => {
    for (const by of people) story.hub.people.review(story.repository, { by, pull, state: 'APPROVED' });
  };

  it('opened, measured, approved, changed, approved again, merged, applied, on record', async () => {
    story = await tellStory({ policy, workflows: ['check', 'gate', 'main'], before: noModels });
    const { hub, repository, runner } = story;
    const files = modelFiles('fraud', 1);
    const manifest = String(files['models/fraud/model.yaml']);
    const unmeasured = {
      ...files,
      'models/fraud/model.yaml': manifest.replace(/^metrics:.*\n/m, ''),
      'models/fraud/eval.json': null,
    };
    const first = hub.people.push(repository, { by: 'alice', branch: 'fraud', files: unmeasured });
    const pull = hub.people.openPull(repository, { by: 'alice', branch: 'fraud', title: 'Add the fraud model' });
    const opened = await runner.settle({ act: true });
    expect(concluded(opened), logOf(opened)).toEqual([
      'weighbridge check/version: success',
      'weighbridge gate/gate: success',
    ]);
    expect(opened[1]?.jobs[0]?.steps.find(({ id }) => id === 'gate')?.summary).toContain('fraud');
    expect(story.statuses(first)).toEqual([
      'pending: Being judged…',
      'failure: fraud 1.0.0: eval.accuracy is missing: there is no metric document; 0 of 2 from ml approved',
    ]);
    expect(story.comments(pull)).toEqual([expect.stringContaining('eval.accuracy')]);

    const measured = hub.people.push(repository, { by: 'alice', branch: 'fraud', files });
    await runner.settle();
    expect(story.statuses(measured)).toEqual([
      'pending: Being judged…',
      'pending: fraud 1.0.0: 0 of 2 from ml approved',
    ]);
    approve(pull, 'bob');
    await runner.settle({ only: [] });
    approve(pull, 'carol');
    const reviewed = await runner.settle();
    expect(reviewed.map(({ event }) => event.name)).toEqual(['pull_request_review', 'workflow_run']);
    expect(story.statuses(measured).slice(2), logOf(reviewed)).toEqual([
      'pending: Being judged…',
      'success: fraud 1.0.0 may enter development',
    ]);

    const changed = hub.people.push(repository, {
      by: 'alice',
      branch: 'fraud',
      files: { 'models/fraud/model.safetensors': weights(2) },
    });
    await runner.settle();
    expect(story.state(changed)).toBe('pending');
    approve(pull, 'bob', 'carol');
    await runner.settle({ only: [] });
    const swept = await runner.tick();
    expect(story.state(changed), logOf(swept)).toBe('success');
    expect(story.comments(pull)).toHaveLength(1);

    const merged = hub.people.merge(repository, { by: 'dana', pull, method: 'squash' });
    const main = await runner.settle({ act: true });
    expect(concluded(main), logOf(main)).toEqual(['weighbridge main/apply: success']);
    expect(story.statuses(merged)).toEqual([]);
    expect(repository.git.git(['tag']).split('\n')).toEqual(['fraud#development#1', 'fraud@v1.0.0']);
    expect((await story.ask('show', { models: 'fraud' })).json).toMatchObject({ stages: { development: '1.0.0' } });
    const log = (await story.ask('audit log')).json as { readonly entries: readonly object[] };
    expect(log.entries).toMatchObject([
      { type: 'policy-changed' },
      { type: 'registered', version: '1.0.0', actor: 'dana', commit: merged },
      {
        type: 'transitioned',
        what: `none -> development, replaces nothing, pass, approved by bob and carol, #${pull}`,
        run: expect.stringMatching(/^http:.*\/acme\/models\/actions\/runs\/\d+$/),
      },
    ]);
    expect((await story.ask('audit verify')).exitCode).toBe(0);
    expect(hub.faults).toEqual([]);
  });

  it('that changes data and a base tells the models that it reaches, in comment and summary', async () => {
    const before = async (seed: Parameters<typeof twoModels>[0]): Promise<void> => {
      const tuned = modelFiles('fraud-de', 5);
      const text = String(tuned['models/fraud-de/model.yaml']).replace(
        'kind: model\n',
        'kind: model\nbase: { model: "registry:fraud@*" }\n',
      );
      for (const [path, content] of Object.entries({ ...tuned, 'models/fraud-de/model.yaml': text }))
        await seed.write(path, content);
      seed.commit('Add a model that is tuned from fraud');
      await seed.run('register');
    };
    story = await tellStory({ policy, workflows: ['check', 'gate'], before });
    const { hub, repository, runner } = story;
    const files = { 'models/fraud/data.csv': 'a,b\n9,9\n', 'models/fraud/model.safetensors': weights(3) };
    hub.people.push(repository, { by: 'alice', branch: 'more-data', files });
    const pull = hub.people.openPull(repository, { by: 'alice', branch: 'more-data' });
    const ran = await runner.settle({ act: true });
    const told = '**What this reaches** (**/models/fraud/data.csv**)';
    const [comment = ''] = story.comments(pull);
    expect(comment, logOf(ran)).toContain(told);
    expect(comment).toMatch(/\| fraud-de \| development \| 1\.0\.0 \| 1\.1\.0 \(minor\) \|/);
    const stepOf = (id: string) =>
      ran.flatMap(({ jobs }) => jobs.flatMap(({ steps }) => steps)).find((step) => step.id === id);
    expect(stepOf('gate')?.summary).toContain(told);
    expect(stepOf('gate')?.summary).toContain('Where fraud comes from');
    expect(stepOf('version')?.summary).toContain(told);
    expect(hub.faults).toEqual([]);
  });

  it('from a fork: its job may only read, and nothing of it runs where anything may be written', async () => {
    const traps = await mkdtemp(join(tmpdir(), 'weighbridge-canary-'));
    const canary = join(traps, 'ran');
    try {
      story = await tellStory({ policy, workflows: ['check', 'gate'], before: twoModels, visibility: 'public' });
      const { hub, repository, runner } = story;
      const fork = hub.fork(repository, 'mallory');
      const workflow = repository.git.git(['cat-file', 'blob', 'main:.github/workflows/weighbridge-check.yml']);
      const head = hub.people.push(fork, {
        by: 'mallory',
        branch: 'better',
        files: { ...hostileFiles(canary), '.github/workflows/weighbridge-check.yml': hostileWorkflow(workflow) },
      });
      const pull = hub.people.openPull(repository, { by: 'mallory', branch: 'better', head: fork });
      const ran = await runner.settle();
      expect(concluded(ran), logOf(ran)).toEqual([
        'weighbridge check/version: success',
        'weighbridge gate/gate: success',
      ]);
      expect(logOf(ran.slice(0, 1))).toContain('status answered 403');
      expect(logOf(ran.slice(0, 1))).toContain('key is empty');
      // Its own job ran the trap, and nothing else did.
      expect(await readFile(canary, 'utf8')).toBe('once\n');
      expect(story.statuses(head)).toEqual([
        'pending: Being judged…',
        'pending: the rules: 0 of 1 from the policy owners (dana) approved; fraud 1.0.1: 0 of 2 from ml approved',
      ]);

      await rm(canary);
      expect(story.comments(pull).join('\n')).toContain('.github/workflows/weighbridge-check.yml');
      approve(pull, 'bob', 'carol');
      await runner.tick({ only: ['weighbridge gate'] });
      expect(story.state(head)).toBe('pending');
      approve(pull, 'dana');
      await runner.tick({ only: ['weighbridge gate'] });
      expect(story.state(head)).toBe('success');
      expect(existsSync(canary)).toBe(false);
      expect(hub.faults).toEqual([]);
    } finally {
      await rm(traps, { recursive: true, force: true });
    }
  });

  it('that shares its head with another: what a lax base allows does not pass on a strict one', async () => {
    story = await tellStory({ policy, workflows: ['check', 'gate'], before: twoModels });
    const { hub, repository, runner } = story;
    const strict = repository.git.git(['cat-file', 'blob', 'main:weighbridge.yaml']);
    const files = { 'weighbridge.yaml': `${strict.replace(/reviewers: \[\{ from: ml, count: 2 \}\]/, '')}\n` };
    hub.people.push(repository, { by: 'dana', branch: 'lax', files });
    // Protected by whatever it may be: of an open branch no verdict would turn a commit green.
    repository.protection.set('lax', { required_status_checks: { strict: false, contexts: ['ci'] } });
    const change = { 'models/fraud/model.safetensors': weights(2) };
    const head = hub.people.push(repository, { by: 'alice', branch: 'retrain', files: change });
    const lax = hub.people.openPull(repository, { by: 'alice', branch: 'retrain', base: 'lax' });
    const alone = await runner.settle();
    expect(story.state(head), logOf(alone)).toBe('success');
    const main = hub.people.openPull(repository, { by: 'alice', branch: 'retrain', base: 'main' });
    await runner.settle();
    expect(story.state(head)).toBe('pending');
    await runner.dispatch('alice', 'weighbridge gate', { pull: String(lax) });
    expect(story.state(head)).toBe('pending');
    approve(main, 'bob', 'carol');
    await runner.settle({ only: [] });
    await runner.dispatch('alice', 'weighbridge gate', { pull: String(lax) });
    expect(story.state(head)).toBe('success');
    expect(story.comments(lax)).toHaveLength(1);
    expect(story.comments(main)).toHaveLength(1);
  });
});

/** Everything that has ever made a tool run something of a checkout. */
function hostileFiles(canary: string): Readonly<Record<string, string | Uint8Array>> {
  const script = `#!/bin/sh\necho once >> ${canary}\n`;
  return {
    'models/fraud/model.safetensors': weights(2),
    'trap.sh': script,
    '.npmrc': 'script-shell=./trap.sh\nnode-options=--require ./trap.cjs\n',
    'trap.cjs': `require('node:fs').appendFileSync(${JSON.stringify(canary)}, 'once\\n');\n`,
    'package.json': '{"name":"trap","scripts":{"preinstall":"sh trap.sh","install":"sh trap.sh"}}\n',
    '.gitattributes': '* filter=trap diff=trap merge=trap\n*.safetensors filter=lfs\n',
    '.gitmodules': '[submodule "trap"]\n\tpath = trap\n\turl = ext::sh trap.sh\n',
    '.lfsconfig': '[lfs]\n\turl = http://127.0.0.1:9/\n',
    '.node-version': 'trap\n',
    'node_modules/@actions/core/index.js': `require('../../../trap.cjs');\n`,
    'dist/index.js': `import '../trap.cjs';\n`,
    'actions/gate/index.js': `import '../../trap.cjs';\n`,
  };
}

/** The workflow of the fork: it takes all rights, asks for the key and tries to set the status by itself. */
function hostileWorkflow(workflow: string): string {
  const file = parse(workflow) as {
    jobs: Record<string, { permissions: unknown; environment?: string; steps: unknown[] }>;
  };
  const job = file.jobs['version'];
  if (job === undefined) throw new Error('no job version');
  job.permissions = 'write-all';
  job.environment = 'weighbridge';
  job.steps = [
    job.steps[0],
    {
      run: [
        'sh trap.sh',
        'if [ -z "$KEY" ]; then echo key is empty; fi',
        `node -e "fetch(process.env.GITHUB_API_URL + '/repos/acme/models/statuses/' + process.env.HEAD, { method: 'POST', headers: { authorization: 'Bearer ' + process.env.TOKEN }, body: JSON.stringify({ state: 'success', context: 'weighbridge' }) }).then(({ status }) => console.log('status answered', status))"`,
      ].join('\n'),
      env: { KEY: '${{ secrets.WEIGHBRIDGE_SIGNING_KEY }}', TOKEN: '${{ github.token }}', HEAD: '${{ github.sha }}' },
    },
  ];
  return JSON.stringify(file);
}
