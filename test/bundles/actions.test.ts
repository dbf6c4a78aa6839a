// needs: act, node24
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPrivateFolder } from '@weighbridge/git';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleWorkflows, workflowTemplates } from '@weighbridge/host';
import { identityBearer, makeSigstore, serveSigstore } from '@weighbridge/testkit';
import { folder, type GovernedRepository, makeGovernedRepository, weights } from '../scenarios/governed-repository.js';
import { exportActions, runAct } from './harness/run-act.js';
import { runBundle } from './harness/run-bundle.js';

const jobEnvironment = { GITHUB_ACTIONS: 'true', CI: 'true', GITHUB_ACTOR: 'octocat', GITHUB_ACTOR_ID: '583231' };

async function signingKeyOf(repository: GovernedRepository): Promise<string> {
  return (await readFile(join(await readPrivateFolder(repository.root), 'signing.key'), 'utf8')).trim();
}

describe('the built actions, as the runner runs them', () => {
  let repository: GovernedRepository;
  beforeAll(async () => {
    repository = await makeGovernedRepository({ remote: true });
  });
  afterAll(() => repository.dispose());

  it('version: outputs that compose, evidence in the summary, an annotation on the manifest', async () => {
    const result = await runBundle({ action: 'actions/version', cwd: repository.root, env: jobEnvironment });
    expect(result.exitCode, result.stdout + result.stderr).toBe(0);
    expect(result.outputs).toMatchObject({ version: '1.0.0', bump: 'initial', tag: 'fraud@v1.0.0', changed: 'true' });
    expect(JSON.parse(result.outputs['models'] ?? '')).toEqual([
      { model: 'fraud', current: null, next: '1.0.0', bump: 'initial', tag: 'fraud@v1.0.0' },
    ]);
    expect(result.summary).toContain('fraud 1.0.0');
    expect(result.annotations.some(({ properties }) => properties['file'] === `${folder}/model.yaml`)).toBe(true);
  });

  it('register: refuses to write an unsigned ledger in CI, and never shows the key', async () => {
    const unsigned = await repository.built.clone({ depth: 1 });
    const refused = await runBundle({ action: 'actions/register', cwd: unsigned.root, env: jobEnvironment });
    expect(refused.exitCode).toBe(2);
    expect(refused.stdout).toContain('flow/unsigned');
    const key = await signingKeyOf(repository);
    const inputs = { 'signing-key': key, 'github-token': 'a-token-that-must-not-show' };
    const result = await runBundle({ action: 'actions/register', inputs, cwd: unsigned.root, env: jobEnvironment });
    expect(result.exitCode, result.stdout + result.stderr).toBe(0);
    expect(result.outputs).toMatchObject({ outcome: 'registered', version: '1.0.0', tag: 'fraud@v1.0.0' });
    expect(repository.built.gitRemote('tag').split('\n')).toEqual(['fraud#development#1', 'fraud@v1.0.0']);
    const said = [
      result.stderr,
      result.summary,
      JSON.stringify(result.outputs),
      result.stdout.replaceAll(/^::add-mask::.*$/gm, ''),
    ].join('\n');
    expect(said).not.toContain(key);
    expect(said).not.toContain('a-token-that-must-not-show');
    const log = (await repository.run('audit log')).json as { entries: { actor: string }[] };
    expect(log.entries.at(-1)?.actor).toBe('octocat');
  });

  it('pull, verify, documents and store use what is registered, with outputs and summaries', async () => {
    const clone = await repository.built.clone({ depth: 1 });
    const inputs = { 'signing-key': await signingKeyOf(repository) };
    await runBundle({ action: 'actions/register', inputs, cwd: clone.root, env: jobEnvironment });
    const step = async (action: string, given: Readonly<Record<string, string>>) => {
      const result = await runBundle({
        action: `actions/${action}`,
        inputs: given,
        cwd: clone.root,
        env: jobEnvironment,
      });
      expect(result.exitCode, result.stdout + result.stderr).toBe(0);
      expect(result.summary).not.toBe('');
      return result.outputs;
    };
    const into = join(clone.root, 'pulled');
    expect(await step('pull', { model: 'fraud@1.0.0', into })).toMatchObject({ folder: into, version: '1.0.0' });
    expect(await step('documents', { version: 'fraud', into: 'out' })).toMatchObject({
      card: 'out/fraud-1.0.0.card.md',
    });
    expect(await readFile(join(clone.root, 'out/fraud-1.0.0.cdx.json'), 'utf8')).toContain('CycloneDX');
    expect(JSON.parse((await step('store', {}))['models'] ?? '')).toMatchObject([{ model: 'fraud' }]);
    expect(await step('store', { command: 'verify' })).toMatchObject({ verified: 'true', damaged: '[]' });
    expect(await step('store', { command: 'collect', 'dry-run': 'true' })).toMatchObject({ phase: 'nothing' });
    const refused = { model: 'fraud@1.0.0' };
    const unsigned = await runBundle({
      action: 'actions/verify',
      inputs: refused,
      cwd: clone.root,
      env: jobEnvironment,
    });
    expect(unsigned.exitCode).toBe(2);
    expect(unsigned.stdout).toContain('signing/nobody-allowed');
  });

  it('lineage, impact and reproduce draw in the summary, and give JSON to the next step', async () => {
    const clone = await repository.built.clone({ depth: 1 });
    const signing = { 'signing-key': await signingKeyOf(repository) };
    await runBundle({ action: 'actions/register', inputs: signing, cwd: clone.root, env: jobEnvironment });
    const step = (action: string, inputs: Readonly<Record<string, string>>) =>
      runBundle({ action: `actions/${action}`, inputs, cwd: clone.root, env: jobEnvironment });
    const lineage = await step('lineage', { version: 'fraud@1.0.0' });
    expect(lineage.exitCode, lineage.stdout + lineage.stderr).toBe(0);
    expect(lineage.summary).toContain('### Lineage of fraud 1.0.0\n\n```mermaid\nflowchart ');
    expect(lineage.outputs).toMatchObject({ version: '1.0.0', mermaid: expect.stringContaining('flowchart ') });
    expect(JSON.parse(lineage.outputs['json'] ?? '')).toMatchObject({ model: 'fraud', start: 'model:fraud@1.0.0' });
    const about = `/${folder}/data.csv`;
    const impact = await step('impact', { about });
    expect(impact.exitCode, impact.stdout + impact.stderr).toBe(0);
    expect(impact.summary).toContain(`**What this reaches** (**${about}**): 1 model depends on it.`);
    expect(JSON.parse(impact.outputs['models'] ?? '')).toMatchObject([{ model: 'fraud', bump: 'minor' }]);
    expect((await step('impact', { about, 'fail-on': 'development' })).exitCode).toBe(1);
    expect((await step('impact', { about, bump: 'huge' })).exitCode).toBe(2);
    const again = await step('reproduce', { version: 'fraud', check: 'true' });
    expect(again.exitCode, again.stdout + again.stderr).toBe(0);
    expect(again.summary).toContain('Missing, with what would supply it the next time:');
    expect(JSON.parse(again.outputs['missing'] ?? '')).toContainEqual(expect.objectContaining({ part: 'run' }));
    expect(JSON.parse(again.outputs['json'] ?? '')).toMatchObject({ script: expect.stringMatching(/^#!\/bin\/sh\n/) });
  });

  it('files above the bound of one thread are hashed by the worker in the bundle', async () => {
    const large = await makeGovernedRepository();
    try {
      await large.write('.gitignore', '*.safetensors\n');
      large.built.git('rm', '--quiet', '--cached', `${folder}/model.safetensors`);
      await large.write(`${folder}/model.safetensors`, weights(1, [34_000, 1_000]));
      const inputs = { command: 'push', models: 'fraud' };
      const pushed = await runBundle({ action: 'actions/store', inputs, cwd: large.root, env: jobEnvironment });
      expect(pushed.exitCode, pushed.stdout + pushed.stderr).toBe(0);
      const digest = createHash('sha256')
        .update(weights(1, [34_000, 1_000]))
        .digest('hex');
      expect(await large.read(`${folder}/artifacts.lock`)).toContain(digest);
    } finally {
      await large.dispose();
    }
  });

  it('faults of a file are annotations at their place', async () => {
    const broken = await makeGovernedRepository();
    try {
      await broken.write(`${folder}/model.yaml`, 'name: fraud\nkind: modle\nartefacts: []\n');
      const result = await runBundle({ action: 'actions/version', cwd: broken.root, env: jobEnvironment });
      expect(result.exitCode).toBe(2);
      const places = result.annotations
        .filter(({ level }) => level === 'error')
        .map(({ properties }) => [properties['file'], properties['line']]);
      expect(places).toContainEqual([`${folder}/model.yaml`, '2']);
      expect(places).toContainEqual([`${folder}/model.yaml`, '3']);
    } finally {
      await broken.dispose();
    }
  });

  it('the root action says what it cannot do for an event', async () => {
    const result = await runBundle({
      action: '.',
      event: { name: 'watch' },
      cwd: repository.root,
      env: jobEnvironment,
    });
    expect(result.exitCode).toBe(2);
    expect(result.stdout).toContain('host/event-without-work');
  });
});

describe('the example workflows under act, called as consumers call them', () => {
  let repository: GovernedRepository;
  let actions: Record<string, string>;
  let exported: string;
  const workflow = (name: string) => `.github/workflows/weighbridge-${name}.yml`;

  beforeAll(async () => {
    exported = await mkdtemp(join(tmpdir(), 'weighbridge-exported-'));
    actions = await exportActions(exported);
    repository = await makeGovernedRepository({ remote: true });
    for (const [path, text] of workflowTemplates()) await repository.write(path, text);
    repository.commit('Add workflows');
  });
  afterAll(async () => {
    await repository.dispose();
    await rm(exported, { recursive: true, force: true });
  });

  async function act(event: { name: string; payload?: unknown }, name: string, env: Record<string, string> = {}) {
    const secrets = { WEIGHBRIDGE_SIGNING_KEY: await signingKeyOf(repository) };
    return runAct({
      event,
      workflow: workflow(name),
      repository: repository.root,
      actions,
      secrets,
      env: { GITHUB_ACTOR_ID: '583231', ...env },
    });
  }

  it('pull_request prints version evidence in the summary', async () => {
    const base = repository.built.git('rev-parse', 'HEAD');
    await repository.write('models/fraud/README.md', '# Fraud\n');
    repository.commit('Describe the model');
    const head = repository.built.git('rev-parse', 'HEAD');
    const payload = {
      number: 7,
      pull_request: { number: 7, head: { sha: head, ref: 'change' }, base: { sha: base, ref: 'main' } },
    };
    const result = await act({ name: 'pull_request', payload }, 'check');
    expect(result.jobs, result.log).toEqual({ version: 'success' });
    const step = result.steps.find(({ id }) => id === 'version');
    expect(step?.summary).toContain('fraud 1.0.0');
    expect(step?.outputs['tag']).toMatch(/^fraud@v1\.0\.0-pr\.7\./);
  });

  it('a pushed version tag registers', async () => {
    repository.built.git('tag', '-a', 'fraud@v1.0.0', '-m', 'release');
    repository.built.git('push', '--quiet', 'origin', 'fraud@v1.0.0');
    const ref = 'refs/tags/fraud@v1.0.0';
    const result = await act({ name: 'push', payload: { ref } }, 'register', {
      GITHUB_REF: ref,
      GITHUB_REF_NAME: 'fraud@v1.0.0',
      GITHUB_REF_TYPE: 'tag',
    });
    expect(result.jobs, result.log).toEqual({ register: 'success' });
    expect(result.steps.find(({ id }) => id === 'register')?.outputs).toMatchObject({
      outcome: 'registered',
      version: '1.0.0',
    });
    expect((await repository.run('show', { models: 'fraud' })).json).toMatchObject({
      stages: { development: '1.0.0' },
    });
  });

  it('evaluate signs what came out with the identity of the job', async () => {
    const subject = 'https://github.com/acme/models/.github/workflows/evaluate.yml@refs/heads/main';
    const server = await serveSigstore(makeSigstore(), { subject });
    try {
      // The step that a team replaces, and services on this machine in place of the public ones.
      const example = (exampleWorkflows().get('.github/workflows/evaluate.yml') ?? '')
        .replace(/run: python .*/, `run: echo '{"accuracy":0.97}' > eval.json`)
        .replace(/^( +)metrics: eval=.*$/m, `$&\n$1fulcio-url: ${server.address}\n$1rekor-url: ${server.address}`);
      await repository.write('.github/workflows/evaluate.yml', example);
      repository.commit('Evaluate');
      const result = await runAct({
        event: { name: 'workflow_dispatch', payload: { inputs: { model: 'fraud' } } },
        workflow: '.github/workflows/evaluate.yml',
        repository: repository.root,
        actions,
        env: {
          ACTIONS_ID_TOKEN_REQUEST_URL: `${server.address}/token?api-version=2`,
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: identityBearer,
        },
      });
      expect(result.jobs, result.log).toEqual({ evaluate: 'success' });
      expect(result.steps.find(({ id }) => id === 'attest')?.outputs).toMatchObject({
        files: 'eval.json.sigstore.json',
        'verifier-key': '',
      });
      expect(server.asked).toEqual(['/token', '/api/v2/signingCert', '/api/v1/log/entries']);
    } finally {
      await server.close();
    }
  });
});
