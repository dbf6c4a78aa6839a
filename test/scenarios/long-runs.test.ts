import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '@weighbridge/core';
import { afterEach, expect, it } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository } from './governed-repository.js';

/** What training leaves behind grows with its length: it is read while memory allows, and told by name beyond that. */
let repository: GovernedRepository;
afterEach(() => repository.dispose());

const mib = 1024 * 1024;
const bare = 'name: fraud\nkind: model\nartifacts: [model.safetensors]\n';
const padding = (bytes: number) => 'x'.repeat(bytes);

/** A lock with so many stages beside the one that puts the weights out, which stands last. */
function lockOf(stages: number, comment = ''): string {
  const output = 'hash: md5, md5: 344fd2d0b3b3a5f0f5b0f5f0f5b0f5f0, size: 8}';
  const others = Array.from({ length: stages }, (_, place) => {
    return `  prepare@${place}:\n    cmd: python prepare.py --part ${place}\n    outs:\n    - {path: parts/${place}.csv, ${output}\n`;
  });
  const fetching = `  fetch:\n    cmd: python fetch.py\n    outs:\n    - {path: data, ${output}\n`;
  const train = `  train:\n    cmd: python train.py\n    deps:\n    - {path: data, ${output}\n    outs:\n    - {path: model.safetensors, ${output}\n`;
  return `schema: '2.0'\n${comment === '' ? '' : `# ${comment}\n`}stages:\n${others.join('')}${fetching}${train}`;
}

async function version(): Promise<{ readonly texts: readonly string[]; readonly identity: string }> {
  const outcome = await repository.run('version', { models: 'fraud' });
  const { models } = outcome.json as { models: { identity: string }[] };
  return { texts: outcome.notices.map(({ text }) => text), identity: models[0]?.identity ?? '' };
}

/** What the registration of the model wrote down of its training, and its data. */
async function recorded(): Promise<JsonObject> {
  await repository.run('register');
  const paths = repository.built.git('ls-tree', '-r', '--name-only', 'weighbridge').split('\n');
  const texts = paths
    .filter((path) => path.startsWith('evidence/'))
    .map((path) => JSON.parse(repository.built.git('show', `weighbridge:${path}`)) as JsonObject);
  return texts.find((text) => text['training'] !== undefined && text['data'] !== undefined) ?? {};
}

it('the state of a Trainer that logged 200,000 times is read', async () => {
  repository = await makeGovernedRepository();
  const log = Array.from({ length: 200_000 }, (_, step) => ({
    epoch: step / 1000,
    grad_norm: 1.25,
    learning_rate: 2.5e-5,
    loss: 2.125,
    step,
  }));
  const state = JSON.stringify({ log_history: [...log, { eval_loss: 0.25, step: 200_000 }], global_step: 200_000 });
  expect(state.length).toBeGreaterThan(5 * mib);
  await repository.write(`${folder}/model.yaml`, bare);
  await repository.write(`${folder}/trainer_state.json`, state);
  repository.commit('Train for long');
  const { training } = (await recorded()) as { training: { runs: { metrics: JsonObject }[] } };
  expect(training.runs[0]?.metrics).toMatchObject({ eval_loss: 0.25, loss: 2.125, global_step: 200_000 });
});

it('a run file and a state that are larger than is read are told by name, and the model goes on without them', async () => {
  repository = await makeGovernedRepository();
  await repository.write(`${folder}/model.yaml`, bare);
  const before = (await version()).identity;
  await repository.write(`${folder}/weighbridge-run.json`, `{"version": 1, "framework": "${padding(16 * mib)}"}`);
  await repository.write(`${folder}/trainer_state.json`, `{"log_history": [], "x": "${padding(64 * mib)}"}`);
  const { texts, identity } = await version();
  expect(identity).toBe(before);
  for (const name of ['weighbridge-run.json', 'trainer_state.json']) {
    const told = texts.filter((text) => text.startsWith(`${folder}/${name} has `));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('not captured for fraud');
  }
});

it('a run file of more than 1 MiB is read', async () => {
  repository = await makeGovernedRepository();
  await repository.write(`${folder}/model.yaml`, bare);
  const tags = Object.fromEntries(Array.from({ length: 900 }, (_, place) => [`tag-${place}`, padding(1800)]));
  await repository.write(
    `${folder}/weighbridge-run.json`,
    JSON.stringify({ version: 1, framework: 'pytorch', framework_version: '2.9.0', tags }),
  );
  repository.commit('Train');
  expect(await recorded()).toMatchObject({ training: { framework: 'pytorch' } });
});

it('plots and metrics of DVC are bounded together, however their folders hold one another', async () => {
  repository = await makeGovernedRepository();
  const { write } = repository;
  await write(`${folder}/model.yaml`, bare);
  await write(`${folder}/dvc.yaml`, 'plots: [out, out/inner]\nmetrics: [values, values/inner]\n');
  for (let place = 0; place < 300; place++) await write(`${folder}/out/inner/${place}.csv`, `step,loss\n1,${place}\n`);
  for (let place = 0; place < 70; place++)
    await write(`${folder}/values/inner/${place}.json`, `{"metric_${place}": ${place}}`);
  for (let place = 70; place < 140; place++) await write(`${folder}/values/${place}.json`, `{"metric_${place}": 1}`);
  repository.commit('Train');
  const { training } = (await recorded()) as { training: { runs: { plots: unknown[]; metrics: JsonObject }[] } };
  expect(training.runs[0]?.plots).toHaveLength(500);
  expect(Object.keys(training.runs[0]?.metrics ?? {})).toHaveLength(100);
});

it('metrics of DVC that are larger together than is read are told by name', async () => {
  repository = await makeGovernedRepository();
  await repository.write(`${folder}/model.yaml`, bare);
  await repository.write(`${folder}/dvc.yaml`, 'metrics: [first.json, second.json, third.json]\n');
  const values = (name: string) => `{"${name}": 1${' '.repeat(30 * mib)}}`;
  for (const name of ['first', 'second', 'third']) await repository.write(`${folder}/${name}.json`, values(name));
  repository.commit('Train');
  const told = await repository.run('register');
  expect(told.notices.map(({ text }) => text).join()).toContain('third.json');
  const { training } = (await recorded()) as { training: { runs: { metrics: JsonObject }[] } };
  expect(training.runs[0]?.metrics).toEqual({ first: 1, second: 1 });
});

it('of metrics of DVC the first thousand are recorded, and a file of millions of values is told by name', async () => {
  repository = await makeGovernedRepository();
  await repository.write(`${folder}/model.yaml`, bare);
  await repository.write(`${folder}/dvc.yaml`, 'metrics: [many.json, millions.json, other.json]\n');
  const many = Object.fromEntries(Array.from({ length: 999 }, (_, place) => [`metric_${place}`, place]));
  await repository.write(`${folder}/many.json`, JSON.stringify(many));
  await repository.write(`${folder}/millions.json`, `{"x": [${'{},'.repeat(2_000_000)}{}]}`);
  await repository.write(`${folder}/other.json`, '{"other": 1, "last": 2}');
  repository.commit('Train');
  const told = await repository.run('register');
  expect(told.notices.map(({ text }) => text).join()).toContain('millions.json');
  const { training } = (await recorded()) as { training: { runs: { metrics: JsonObject }[] } };
  expect(training.runs[0]?.metrics).toEqual({ ...many, other: 1 });
});

it('a dvc.lock of more than 1 MiB tells the stage and the data of the model', async () => {
  repository = await makeGovernedRepository();
  await repository.write(`${folder}/model.yaml`, `${bare}data: [{ name: train, role: train, ref: dvc:data }]\n`);
  const lock = lockOf(9000);
  expect(lock.length).toBeGreaterThan(mib);
  await repository.write(`${folder}/dvc.lock`, lock);
  repository.commit('Train');
  expect(await recorded()).toMatchObject({
    training: { command: 'python train.py' },
    data: [{ pinned: 'dvc-md5:344fd2d0b3b3a5f0f5b0f5f0f5b0f5f0' }],
  });
  expect((await repository.run('lineage', { version: 'fraud', direction: 'up', format: 'text' })).text).toContain(
    'train',
  );
}, 120_000);

it('a dvc.lock that is larger than is read is told by name, and ends neither the model nor its lineage', async () => {
  repository = await makeGovernedRepository();
  await repository.write('.dvc/config', '');
  await repository.write(`${folder}/model.yaml`, `${bare}data: [{ name: train, role: train, ref: dvc:data }]\n`);
  await repository.write(`${folder}/dvc.lock`, lockOf(1, padding(8 * mib)));
  repository.commit('Train');
  const { texts } = await version();
  const told = texts.filter((text) => text.includes(`${folder}/dvc.lock has `));
  expect(told.some((text) => text.includes('not captured for fraud'))).toBe(true);
  expect(told.some((text) => text.includes('dvc add'))).toBe(true);
  expect(told.some((text) => text.includes('of files of fraud is left out'))).toBe(true);
  expect((await recorded())['data']).toMatchObject([{ pinned: null }]);
  const lineage = await repository.run('lineage', { version: 'fraud', direction: 'up', format: 'text' });
  expect(lineage.notices.map(({ text }) => text).join('\n')).toContain(`${folder}/dvc.lock has `);
});

it('a file that only a dvc.lock may name that is larger than is read is missing, and that is said', async () => {
  repository = await makeGovernedRepository();
  await repository.write('.dvc/config', '');
  await repository.write(`${folder}/dvc.lock`, lockOf(1, padding(8 * mib)));
  await repository.write(`${folder}/model.yaml`, bare.replace('artifacts: [', 'artifacts: [other.safetensors, '));
  repository.commit('Train elsewhere');
  expect(await repository.failure('version', { models: 'fraud' })).toBe('source/dvc-record');
});

it('of many large dvc.lock together what is beyond a bound is told by name, with what to do', async () => {
  repository = await makeGovernedRepository();
  const deep = `${folder}/runs/last`;
  await repository.write(`${folder}/model.yaml`, bare.replace('model.safetensors', 'runs/last/model.safetensors'));
  await repository.write(
    `${deep}/model.safetensors`,
    await readFile(join(repository.root, folder, 'model.safetensors')),
  );
  const folders = [deep, `${folder}/runs`, folder, 'models'];
  const foreign = lockOf(1, padding(8 * mib - 1000)).replaceAll('model.safetensors', 'other.safetensors');
  for (const each of folders) await repository.write(`${each}/dvc.lock`, foreign);
  await repository.write('dvc.lock', lockOf(1, padding(mib)));
  repository.commit('Train');
  const told = (await version()).texts.filter((text) => text.includes('dvc.lock'));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/^dvc\.lock is not read: .* together\. .* not captured for fraud\. Split the pipelines/);
});
