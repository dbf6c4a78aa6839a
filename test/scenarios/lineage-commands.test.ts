import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLineage } from '@weighbridge/flows';
import {
  folder,
  type GovernedRepository,
  makeGovernedRepository,
  manifest,
  openSurroundings,
  weights,
} from './governed-repository.js';

const tuned = 'models/fraud-de';
const dvcYaml = `stages:
  prepare:
    cmd: python prepare.py
    deps: [raw/payments.csv, raw/prices.csv, "https://data.example/rates.csv"]
    outs: [clean]
  train:
    cmd: python train.py
    deps: [clean/all.csv]
    outs: [${folder}/model.safetensors]
`;
const [raw, clean, other] = ['22a1a2931c8370d3aeedd7183606fd7f', '33a1a2931c8370d3aeedd7183606fd7f', '4'.repeat(32)];
const dvcLock = `schema: '2.0'
stages:
  prepare:
    cmd: python prepare.py
    deps:
    - { path: raw/payments.csv, md5: ${raw} }
    - { path: raw/prices.csv, md5: 22a1a2931c8370d3aeedd7183606fd70 }
    - { path: "https://data.example/rates.csv", etag: abc }
    outs: [{ path: clean, md5: 11a1a2931c8370d3aeedd7183606fd7f.dir }]
  train:
    cmd: python train.py
    deps: [{ path: clean/all.csv, md5: ${clean} }]
    outs: [{ path: ${folder}/model.safetensors, md5: 1536a2931c8370d3aeedd7183606fd7f }]
`;
const files = {
  'dvc.yaml': dvcYaml,
  'dvc.lock': dvcLock,
  'raw/payments.csv': 'a\n',
  [`${tuned}/model.yaml`]: manifest.replace('name: fraud', 'name: fraud-de\nbase: { model: "registry:fraud@^1" }'),
  [`${tuned}/settings.yaml`]: 'threshold: 0.5\n',
  [`${tuned}/data.csv`]: 'a,b\n3,4\n',
  [`${tuned}/eval.json`]: '{"accuracy": 0.95}\n',
  [`${tuned}/model.safetensors`]: weights(5),
};

describe('lineage, impact and reproduce, as commands', () => {
  let repository: GovernedRepository;
  beforeAll(async () => {
    repository = await makeGovernedRepository();
    for (const [path, content] of Object.entries(files)) await repository.write(path, content);
    repository.commit('A pipeline, and a model that is tuned from the first');
    await repository.run('register');
  });
  afterAll(() => repository.dispose());

  it('lineage draws past and future, in each format', async () => {
    const told = await repository.run('lineage', { version: 'fraud@development', direction: 'both', format: 'text' });
    expect(told).toMatchObject({ exitCode: 0, json: { model: 'fraud', version: '1.0.0', direction: 'both' } });
    for (const named of ['raw/payments.csv', 'fraud-de', 'development']) expect(told.text).toContain(named);
    expect(told.markdown).toMatch(/^### Lineage of fraud 1\.0\.0\n\n```mermaid\nflowchart /);
    expect(told.markdown).toContain(told.outputs['mermaid']);
    expect(told.outputs).toMatchObject({ version: '1.0.0' });
    const up = await repository.run('lineage', { version: 'fraud', direction: 'up', format: 'json' });
    expect(up.text).toContain('raw/payments.csv');
    expect(up.text).not.toContain('fraud-de');
    expect(JSON.parse(up.text)).toEqual(up.json);
    const near = await repository.run('lineage', { version: 'fraud', direction: 'up', format: 'json', depth: '1' });
    expect(near.text.length).toBeLessThan(up.text.length);
    const { verbatim, text } = await repository.run('lineage', {
      version: 'fraud-de',
      direction: 'up',
      format: 'openlineage',
    });
    const events = text.trimEnd().split('\n');
    expect(verbatim).toBe(true);
    expect(new Set(events.map((line) => JSON.parse(line).eventType))).toEqual(new Set(['START', 'COMPLETE']));
    expect(
      (await repository.run('lineage', { version: 'fraud-de', direction: 'up', format: 'openlineage' })).text,
    ).toBe(text);
  });

  it('lineage reads the catalogues of all that was made of a version in one trip', async () => {
    const surroundings = await openSurroundings(repository.root);
    const { ledger } = surroundings;
    const alone: string[] = [];
    const together: string[][] = [];
    const counting: typeof ledger = {
      ...ledger,
      catalogue: (model) => (alone.push(model), ledger.catalogue(model)),
      catalogues: (models) => (together.push([...models]), ledger.catalogues(models)),
    };
    const question = { model: 'fraud', version: null, direction: 'down', depth: null } as const;
    const { graph } = await readLineage({ ...surroundings, ledger: counting, lineageCache: null }, question);
    expect(JSON.stringify(graph)).toContain('fraud-de');
    expect(alone).toEqual(['fraud']);
    expect(together.at(-1)).toEqual(['fraud-de']);
  });

  it.each([
    ['lineage', { version: 'fraud', direction: 'sideways', format: 'text' }, 'host/input'],
    ['lineage', { version: 'fraud', direction: 'up', format: 'svg' }, 'host/input'],
    ['lineage', { version: 'fraud', direction: 'up', format: 'text', depth: '0' }, 'host/input'],
    ['lineage', { version: 'fraud@7.0.0', direction: 'up', format: 'text' }, 'flow/unknown-version'],
    ['lineage', { version: 'churn', direction: 'up', format: 'text' }, 'flow/not-registered'],
    ['impact', { about: 'fraud', bump: 'huge', format: 'text' }, 'host/input'],
    ['impact', { about: 'fraud', bump: 'minor', format: 'text', 'fail-on': 'nowhere' }, 'host/input'],
    ['impact', { about: 'churn@1.0.0', bump: 'minor', format: 'text' }, 'flow/unknown-subject'],
    ['reproduce', { version: '@1.0.0' }, 'host/input'],
    ['reproduce', { version: 'churn' }, 'flow/not-registered'],
  ] as const)('%s %o is refused by code', async (command, inputs, code) => {
    expect(await repository.failure(command, inputs)).toBe(code);
  });

  it('impact follows a base, a pipeline and a digest, and can fail a job', async () => {
    const ask = (about: string, more: Readonly<Record<string, string>> = {}) =>
      repository.run('impact', { about, bump: 'major', format: 'text', ...more });
    const base = await ask('fraud');
    expect(JSON.parse(base.outputs['models'] ?? '')).toMatchObject([
      { model: 'fraud-de', current: '1.0.0', held: true, versions: [{ version: '1.0.0', places: ['development'] }] },
    ]);
    expect(base).toMatchObject({ exitCode: 0, json: { bump: 'major', looked_through: 2 } });
    expect(base.markdown).toContain('**What this reaches** (**fraud**)');
    const minor = await ask('fraud', { bump: 'minor' });
    expect(minor.json).toMatchObject({ models: [{ model: 'fraud-de', held: false, next: '1.1.0' }] });
    const raw = await ask('/raw/payments.csv', { format: 'json' });
    expect(JSON.parse(raw.text).models.map(({ model }: { model: string }) => model)).toEqual(['fraud', 'fraud-de']);
    const identity = (await repository.run('show', { models: 'fraud' })).json as { versions: { identity: string }[] };
    const digest = await ask(identity.versions[0]?.identity ?? '');
    expect(digest.json).toMatchObject({ models: [{ model: 'fraud-de' }] });
    expect((await ask('fraud', { 'fail-on': 'development' })).exitCode).toBe(1);
    expect((await ask('fraud', { 'fail-on': 'production' })).exitCode).toBe(0);
    expect((await ask('fraud-de', { 'fail-on': 'development' })).exitCode).toBe(0);
  });

  it.each(['/raw/payments.csv', '/raw/prices.csv', 'https://data.example/rates.csv', `md5:${raw}`, `md5:${clean}`])(
    'impact tells the versions that rest on %s by the pipeline at their commit, whatever the checkout reads',
    async (about) => {
      const read = dvcLock.replace('raw/payments.csv', 'raw/other.csv').replace(raw, other);
      for (const lock of [dvcLock, read.replace('raw/prices.csv', 'raw/none.csv')]) {
        await repository.write('dvc.lock', lock);
        const told = await repository.run('impact', { about, bump: 'minor', format: 'text', 'fail-on': 'development' });
        const { models } = told.json as {
          models: { model: string; versions: { version: string; places: string[] }[] }[];
        };
        expect(models.map(({ model }) => model).sort()).toEqual(['fraud', 'fraud-de']);
        for (const { versions } of models)
          expect(versions).toMatchObject([{ version: '1.0.0', places: ['development'] }]);
        expect(told).toMatchObject({ exitCode: 1, notices: [] });
      }
      await repository.write('dvc.lock', dvcLock);
    },
  );

  it('reproduce tells the steps, writes them as a script that a shell takes, and looks what is left', async () => {
    const told = await repository.run('reproduce', { version: 'fraud@1.0.0', check: 'true' });
    expect(told.exitCode).toBe(0);
    expect(told.text).toContain('dvc repro --force --single-item -- dvc.yaml:train');
    const { script, reached } = told.json as { script: string; reached: { what: string; state: string }[] };
    expect(reached).toContainEqual(
      expect.objectContaining({ what: `artifact ${folder}/model.safetensors`, state: 'here' }),
    );
    const parsed = spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' });
    expect(parsed.status, parsed.stderr).toBe(0);
    const asScript = await repository.run('reproduce', { version: 'fraud@1.0.0', script: 'true' });
    expect(asScript).toMatchObject({ text: script, verbatim: true });
    expect(asScript.markdown).toContain('```text\n');
  });

  it('reproduce tells where dvc.yaml of the commit no longer runs what dvc.lock recorded', async () => {
    await repository.write('dvc.yaml', dvcYaml.replace('python train.py', 'python other.py'));
    await repository.write(`${folder}/settings.yaml`, 'threshold: 0.7\n');
    repository.commit('Another command, and no run of it');
    await repository.run('register', { models: 'fraud' });
    const runOf = async (version: string) =>
      (await repository.run('reproduce', { version })).json as { missing: { part: string; what: string }[] };
    expect((await runOf('fraud@1.0.0')).missing.filter(({ part }) => part === 'run')).toEqual([]);
    expect((await runOf('fraud')).missing).toContainEqual(
      expect.objectContaining({ part: 'run', what: expect.stringContaining('runs "python other.py"') }),
    );
  });
});
