import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildRepository, type BuiltRepository } from '@weighbridge/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  runIn,
  weights,
} from './governed-repository.js';

describe('the first steps of somebody new', () => {
  let repository: GovernedRepository;
  beforeAll(async () => {
    repository = await makeGovernedRepository();
    await repository.run('register', { reason: 'first' });
  });
  afterAll(() => repository.dispose());

  it('shows one version with its files, metrics and moves, by number and by stage', async () => {
    const outcome = await repository.run('show', { models: 'fraud@1.0.0' });
    expect(outcome.json).toMatchObject({
      model: 'fraud',
      version: '1.0.0',
      places: ['development'],
      archived: false,
      artifacts: [{ path: `${folder}/model.safetensors`, size: 96 }],
      metrics: [{ id: 'eval', level: 'reported', values: [{ metric: 'eval.accuracy', value: '0.95', slice: null }] }],
      moves: [{ to: 'development' }],
    });
    expect(outcome.text).toContain('fraud 1.0.0 (the first version)');
    for (const text of ['development', 'eval.accuracy', 'weighbridge pull fraud@1.0.0'])
      expect(outcome.text).toContain(text);
    expect((await repository.run('show', { models: 'fraud@development' })).json).toEqual(outcome.json);
    expect((await repository.run('show', { models: 'fraud fraud@1.0.0' })).json).toMatchObject({
      models: [{ model: 'fraud' }],
      versions: [{ version: '1.0.0' }],
    });
  });

  it.each([
    ['show', { models: 'fruad' }, 'flow/unknown-model'],
    ['show', { models: 'fruad@1.0.0' }, 'flow/unknown-model'],
    ['show', { models: 'fraud@production' }, 'flow/unknown-version'],
    ['show', { models: 'other@1.0.0' }, 'flow/not-registered'],
    ['audit log', { models: 'fruad' }, 'flow/unknown-model'],
    ['audit show', { models: 'fruad' }, 'flow/unknown-model'],
    ['card', { version: 'fruad' }, 'flow/unknown-model'],
    ['promote', { model: 'fraud', to: 'staging' }, 'host/input'],
    ['pull', { model: 'fraud' }, 'host/input'],
    ['gate', { models: 'fraud', version: '1.0.0' }, 'host/input'],
    ['version', { 'dry-run': 'yes' }, 'host/input'],
    ['version', { 'headers-only': '1' }, 'host/input'],
    ['init', { name: 'Bad Name' }, 'core/model-name'],
    ['init', { store: 'http://store' }, 'host/input'],
  ])('%s %j is refused', async (command, inputs, code) => {
    expect(await repository.failure(command, inputs)).toBe(code);
  });

  it('refuses a store in the checkout in any job, since it ends with it', async () => {
    const policy = await repository.read('weighbridge.yaml');
    await repository.write('weighbridge.yaml', policy.replace(/path: "[^"]*"/, 'path: store'));
    await repository.write(`${folder}/settings.yaml`, 'threshold: 0.6\n');
    repository.commit('Keep the bytes here');
    const inJob = { ...localEnvironment(), CI: 'true' };
    await expect(runIn(repository.root, 'register', {}, inJob)).rejects.toMatchObject({
      code: 'flow/store-not-persistent',
    });
    expect((await repository.run('register', { 'dry-run': 'true' })).outputs['outcome']).toBe('registered');
    await repository.write('weighbridge.yaml', policy);
    await repository.write(`${folder}/settings.yaml`, 'threshold: 0.5\n');
    repository.commit('Back');
  });

  it('takes a model with a manifest for itself, however near the name of one that is registered', async () => {
    const manifest = await repository.read(`${folder}/model.yaml`);
    await repository.write('models/fraud2/model.yaml', manifest.replace('name: fraud', 'name: fraud2'));
    repository.commit('A second model');
    const asked: readonly [string, Record<string, string>][] = [
      ['promote', { model: 'fraud2@1.0.0', to: 'staging' }],
      ['rollback', { model: 'fraud2', stage: 'staging', reason: 'wrong' }],
      ['gate', { models: 'fraud2', to: 'staging' }],
      ['show', { models: 'fraud2@1.0.0' }],
      ['card', { version: 'fraud2' }],
      ['audit log', { models: 'fraud2' }],
    ];
    for (const [command, inputs] of asked)
      expect(await repository.failure(command, inputs), command).toBe('flow/not-registered');
    expect(await repository.failure('show', { models: 'fraud3@1.0.0' })).toBe('flow/unknown-model');
    await rm(join(repository.root, 'models/fraud2'), { recursive: true });
    repository.commit('Without it');
  });

  it('tells that new metrics of the same content are evidence, and how they are recorded', async () => {
    await repository.write(`${folder}/eval.json`, '{"accuracy": 0.96}\n');
    repository.commit('Measure again');
    const outcome = await repository.run('register');
    expect(outcome.outputs['outcome']).toBe('unchanged');
    expect(outcome.text).toContain('weighbridge evidence add fraud@1.0.0 FILE');
  });

  it('checks the files that people write, and names what is not read', async () => {
    expect((await repository.run('check')).json).toEqual({
      models: 1,
      files: [`${folder}/model.yaml`, 'weighbridge.yaml'],
    });
    await repository.write('model/other/model.yaml', 'name: other\nkind: prompt\nprompts: [a.md]\n');
    await repository.write(`${folder}/stages.yaml`, 'stagin: 1.0.0\n');
    expect(await repository.failure('check')).toBe('flow/invalid-files');
    expect(await repository.failure('gate')).toBe('flow/invalid-files');
    repository.commit('A slip');
    const applied = await repository.run('apply');
    expect(applied.outputs['outcome']).toBe('nothing-to-do');
    expect(applied.notices.map(({ text }) => text).join()).toContain('Did you mean "staging"?');
    await repository.write(`${folder}/stages.yaml`, 'staging: 1.0.0\n');
    const { notices } = await repository.run('check');
    expect(notices.map(({ file }) => file)).toEqual(['model/other/model.yaml']);
  });

  it('judges by the lines of stages.yaml that a change touches, and tells of the others', async () => {
    await repository.write(`${folder}/stages.yaml`, 'stagng: 1.0.0\n');
    repository.commit('A slip that nobody saw');
    const { git } = repository.built;
    const base = git('rev-parse', 'HEAD').trim();
    await repository.write(`${folder}/stages.yaml`, 'stagng: 1.0.0\nstaging: 1.0.0\n');
    const { json, notices } = await repository.run('gate', { base });
    expect(json).toMatchObject({ decisions: [{ transition: { to: 'staging' } }] });
    expect(notices.map(({ text }) => text).join()).toContain('"stagng" is no stage');
    await repository.write(`${folder}/stages.yaml`, 'stagng: 1.0.1\nstaging: 1.0.0\n');
    expect(await repository.failure('gate', { base })).toBe('flow/invalid-files');
    await repository.write(`${folder}/stages.yaml`, '# Moves.\nstaging: 2.0.0\n');
    await expect(repository.run('gate', { base })).rejects.toMatchObject({
      code: 'flow/unknown-version',
      details: [{ file: `${folder}/stages.yaml`, line: 2, column: 10 }],
    });
    await repository.write(`${folder}/stages.yaml`, 'staging: 1.0.0\n');
    repository.commit('Without the slip');
  });

  it('names manifest and path of a file that is not there, and warns of weights that are empty', async () => {
    await repository.write(`${folder}/model.safetensors`, '');
    expect((await repository.run('version')).notices.map(({ text }) => text).join()).toContain('is empty');
    await rm(join(repository.root, folder, 'eval.json'));
    expect(await repository.failure('version')).toBe('flow/named-file-missing');
  });

  it('writes a manifest with the metrics that lie beside the weights', async () => {
    await repository.write('churn/model.safetensors', weights(3));
    await repository.write('churn/metrics.json', '{"auc": 0.8}\n');
    await repository.write('churn/results.json', '{"note": "none"}\n');
    await repository.write(`${folder}/model.safetensors`, weights(1));
    await repository.run('init', { 'no-workflows': 'true' });
    const manifest = await repository.read('models/churn/model.yaml');
    expect(manifest).toContain('path: /churn/metrics.json');
    expect(manifest).not.toContain('results.json');
  });
});

describe('init in a job', () => {
  let built: BuiltRepository;
  beforeAll(async () => {
    built = await buildRepository({ commits: [{ files: { 'README.md': '# Team\n' } }] });
  });
  afterAll(() => built.dispose());

  const job = { CI: 'true' };
  const hosted = { GITHUB_ACTIONS: 'true', RUNNER_ENVIRONMENT: 'github-hosted' };
  const elsewhere = join(tmpdir(), 'weighbridge-kept');
  const told = async (store: string | null, environment: Readonly<Record<string, string>>, dryRun = true) => {
    const inputs = { ...(store === null ? {} : { store }), 'no-workflows': 'true', 'dry-run': String(dryRun) };
    const { notices } = await runIn(built.root, 'init', inputs, { ...localEnvironment(), ...environment });
    return notices.map(({ text }) => text).join('\n');
  };

  it('says that a folder store ends with the job, and what to write instead', async () => {
    expect(await told(null, job)).toMatch(/\.weighbridge\/store would vanish with this CI job.* "store: s3:\/\//);
    expect(await told(elsewhere, hosted)).toContain(`${elsewhere} would vanish`);
    for (const [store, environment] of [
      [null, {}],
      [elsewhere, job],
      ['s3://models/prod', job],
    ] as const)
      expect(await told(store, environment), `${store}`).toBe('');
  });

  it('looks at the store of the policy where there is one', async () => {
    await told('s3://models/prod', job, false);
    expect(await told(null, job)).toBe('');
    await writeFile(join(built.root, 'weighbridge.yaml'), 'version: 1\nstore: { type: folder, path: bytes }\n');
    expect(await told('s3://models/prod', job)).toContain('The folder store bytes would vanish');
  });
});
