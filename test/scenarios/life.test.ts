import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository, weights } from './governed-repository.js';

const gates = `gates:
  production:
    from: [staging]
    metrics:
      - id: accuracy
        metric: eval.accuracy
        direction: higher
        bounds: { min: 0.9 }
        baseline: { ref: stage:production, max_regression: { absolute: 0.01 }, if_absent: bounds-only }
`;

describe('the life of a model', () => {
  let repository: GovernedRepository;
  beforeAll(async () => {
    repository = await makeGovernedRepository({ policy: gates });
  });
  afterAll(() => repository.dispose());

  it('computes, registers, promotes, holds back, rolls back and audits', async () => {
    const { run, write, commit, built } = repository;
    expect((await run('version')).outputs).toMatchObject({
      model: 'fraud',
      version: '1.0.0',
      bump: 'initial',
      tag: 'fraud@v1.0.0',
    });
    expect((await run('register', { 'dry-run': 'true' })).outputs).toMatchObject({
      outcome: 'registered',
      version: '1.0.0',
    });
    expect(built.git('tag')).toBe('');
    expect((await run('register')).outputs).toMatchObject({ outcome: 'registered', version: '1.0.0' });
    expect((await run('register')).outputs).toMatchObject({ outcome: 'unchanged', version: '1.0.0' });
    expect(built.git('tag').split('\n')).toEqual(['fraud#development#1', 'fraud@v1.0.0']);
    expect((await run('promote', { model: 'fraud@1.0.0', to: 'staging' })).outputs['outcome']).toBe('promoted');
    expect((await run('promote', { model: 'fraud@1.0.0', to: 'production', reason: 'first' })).outputs['outcome']).toBe(
      'promoted',
    );

    await write(`${folder}/model.safetensors`, weights(2));
    await write(`${folder}/data.csv`, 'a,b\n1,2\n3,4\n');
    commit('Retrain on more data');
    expect((await run('version')).outputs).toMatchObject({ version: '1.1.0', bump: 'minor' });
    await run('register');

    await write(`${folder}/model.safetensors`, weights(2, [2, 3]));
    await write(`${folder}/eval.json`, '{"accuracy": 0.935}\n');
    commit('Widen the layer');
    expect((await run('version')).outputs).toMatchObject({ version: '2.0.0', bump: 'major' });
    await run('register');

    await write('README.md', '# Team of three\n');
    await write(`${folder}/README.md`, '# Fraud\n');
    commit('Describe');
    expect((await run('version')).outputs).toMatchObject({ version: '', bump: 'none', changed: 'false' });

    await run('promote', { model: 'fraud@2.0.0', to: 'staging' });
    const held = await run('promote', { model: 'fraud@2.0.0', to: 'production' });
    expect(held.exitCode).toBe(1);
    expect(held.text).toMatch(/0\.015/);
    await run('promote', { model: 'fraud@1.1.0', to: 'staging' });
    expect((await run('promote', { model: 'fraud@staging', to: 'production' })).outputs).toMatchObject({
      version: '1.1.0',
      replaced: '1.0.0',
    });

    const rolled = await run('rollback', { model: 'fraud', stage: 'production', reason: 'false positives doubled' });
    expect(rolled.outputs).toMatchObject({ outcome: 'rolled-back', model: 'fraud', from: '1.1.0', version: '1.0.0' });
    expect(rolled.json).toMatchObject({ verified: 1 });
    expect((await run('rollback', { model: 'fraud', stage: 'production', reason: 'again' })).outputs['outcome']).toBe(
      'already-there',
    );

    const show = (await run('show', { models: 'fraud' })).json as {
      stages: Record<string, string | null>;
      versions: { version: string; stage: string | null }[];
    };
    expect(show.stages).toMatchObject({ production: '1.0.0', staging: null });
    expect(show.versions.find((version) => version.version === '1.1.0')?.stage).toBe('archived');
    const verify = await run('audit verify');
    expect([verify.exitCode, verify.json]).toMatchObject([0, { findings: [], signed: true, keysFrom: 'given' }]);
    const at = await run('audit show', { at: '2020-01-01' });
    expect(at.json).toMatchObject({ size: 0, models: {} });
  });

  it('refuses what was rolled back from until a waiver is recorded', async () => {
    const { run, failure, commit } = repository;
    const again = await run('promote', { model: 'fraud@1.1.0', to: 'staging' }).catch(
      (error: { code: string }) => error.code,
    );
    expect(typeof again === 'string' ? again : again.exitCode).toBe(1);
    const shown = (await run('show', { models: 'fraud' })).json as {
      versions: { version: string; identity: string }[];
    };
    const identity = shown.versions.find(({ version }) => version === '1.1.0')?.identity ?? '';
    const waiver = `waivers: [{ gate: freeze, model: fraud, digest: "${identity}", reason: the cause was upstream, expires: 2099-12-31, rule: risk }]\nreviewers: { risk: { users: [carol] } }\n`;
    const before = await repository.read('weighbridge.yaml');
    await repository.write('weighbridge.yaml', before + waiver);
    expect(await failure('promote', { model: 'fraud@1.1.0', to: 'staging' })).toBe('flow/uncommitted');
    commit('Waive the freeze');
    expect(
      (await run('promote', { model: 'fraud@1.1.0', to: 'staging', reason: 'cause found' })).outputs['outcome'],
    ).toBe('promoted');
    const log = (await run('audit log')).json as { entries: { type: string }[] };
    expect(log.entries.slice(-3).map(({ type }) => type)).toEqual(['policy-changed', 'waived', 'transitioned']);
    expect((await run('audit verify')).exitCode).toBe(0);
    expect(await failure('rollback', { model: 'fraud', stage: 'production', reason: ' ' })).toBe('flow/reason-missing');
    expect(await failure('promote', { model: 'fraud@9.9.9', to: 'staging' })).toBe('flow/unknown-version');
    expect(await failure('promote', { model: 'fraud@1.0.0', to: 'moon' })).toBe('flow/unknown-stage');
    expect(await failure('promote', { model: 'fruad@1.0.0', to: 'staging' })).toBe('flow/unknown-model');
  });
});

describe('registration', () => {
  it('refuses what is not committed, and names it', async () => {
    const repository = await makeGovernedRepository();
    try {
      await repository.write(`${folder}/settings.yaml`, 'threshold: 0.7\n');
      expect(await repository.failure('register')).toBe('flow/uncommitted');
    } finally {
      await repository.dispose();
    }
  });

  it('fails on a tag that does not name the computed version, and registers nothing', async () => {
    const repository = await makeGovernedRepository();
    try {
      expect(await repository.failure('register', { tag: 'fraud@v3.0.0' })).toBe('flow/wrong-tag');
      expect(await repository.failure('register', { tag: 'v3.0.0' })).toBe('flow/not-a-version-tag');
      expect((await repository.run('show', { models: 'fraud' })).json).toMatchObject({ versions: [] });
      expect((await repository.run('register', { tag: 'fraud@v1.0.0' })).outputs['outcome']).toBe('registered');
      expect((await repository.run('register', { tag: 'fraud@v1.0.0' })).outputs['outcome']).toBe('unchanged');
    } finally {
      await repository.dispose();
    }
  });

  it('works on ignored weights through artifacts.lock, from a clone of depth 1 without them', async () => {
    const repository = await makeGovernedRepository({ remote: true });
    try {
      repository.built.git('rm', '--quiet', '--cached', `${folder}/model.safetensors`);
      await repository.write('.gitignore', '*.safetensors\n');
      repository.commit('Keep weights out of git');
      expect(await repository.failure('register')).toBe('flow/artifact-ignored');
      await repository.run('store push');
      repository.commit('Lock the artifacts');
      const clone = await repository.built.clone({ depth: 1 });
      expect((await repository.run('version', {}, clone.root)).outputs).toMatchObject({ version: '1.0.0' });
      expect((await repository.run('register')).outputs['outcome']).toBe('registered');
      expect((await repository.run('version', {}, clone.root)).outputs).toMatchObject({ version: '', bump: 'none' });
      await repository.write(`${folder}/model.safetensors`, weights(7));
      expect(await repository.failure('register')).toBe('flow/lock-differs');
    } finally {
      await repository.dispose();
    }
  });

  it('lets one of two concurrent promotions of a stage win', async () => {
    const repository = await makeGovernedRepository();
    try {
      await repository.run('register');
      await repository.write(`${folder}/settings.yaml`, 'threshold: 0.6\n');
      repository.commit('Another threshold');
      await repository.run('register');
      const moves = ['fraud@1.0.0', 'fraud@1.0.1'].map((model) => repository.run('promote', { model, to: 'staging' }));
      const settled = await Promise.allSettled(moves);
      expect(settled.filter((result) => result.status === 'fulfilled' && result.value.exitCode === 0)).toHaveLength(1);
      const verify = await repository.run('audit verify');
      expect(verify.exitCode).toBe(0);
    } finally {
      await repository.dispose();
    }
  });
});
