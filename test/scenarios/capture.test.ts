import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@weighbridge/core';
import { serveSource } from '@weighbridge/testkit';
import { afterEach, expect, it } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  runIn,
  weights,
} from './governed-repository.js';

let repository: GovernedRepository;
afterEach(() => repository.dispose());

const bare = `name: fraud
kind: model
artifacts: [model.safetensors]
data: [{ name: train, role: train, ref: dvc:data }]
metrics: [{ id: eval, path: eval.json }]
`;
const complete = 'gates: { development: { metadata: complete } }\n';
const runFile = {
  version: 1,
  framework: 'pytorch',
  framework_version: '2.9.0',
  hardware: '8xH100',
  duration_seconds: 11_520,
  params: { lr: 0.1 },
};
const dvcLock = `schema: '2.0'
stages:
  train:
    cmd: python train.py
    deps:
    - {path: data, hash: md5, md5: 333e53b6720f182106a775cd5affdcb4.dir, size: 16}
    params:
      params.yaml: {train.lr: 0.1}
    outs:
    - {path: model.safetensors, hash: md5, md5: 344fd2d0b3b3a5f0f5b0f5f0f5b0f5f0, size: 8}
`;
const dvcData = 'outs:\n- {md5: 333e53b6720f182106a775cd5affdcb4.dir, size: 16, nfiles: 2, hash: md5, path: data}\n';

interface ShownSnapshot {
  readonly training: JsonObject;
  readonly data: readonly { readonly pinned: string | null }[];
}

/** The snapshot that the registration put into the ledger. */
async function recorded(): Promise<ShownSnapshot> {
  const ledger = repository.built.git('ls-tree', '-r', '--name-only', 'weighbridge');
  const texts = ledger
    .split('\n')
    .filter((path) => path.startsWith('evidence/'))
    .map((path) => JSON.parse(repository.built.git('show', `weighbridge:${path}`)) as Partial<ShownSnapshot>);
  const found = texts.find((text) => text.training !== undefined && text.data !== undefined);
  if (found === undefined) throw new Error('no snapshot in the ledger');
  return found as ShownSnapshot;
}

it('data that only a run tells counts for the metadata standard, in lineage and in impact', async () => {
  repository = await makeGovernedRepository({ policy: complete });
  const { write, commit, run } = repository;
  const digest = `sha256:${'5'.repeat(64)}`;
  const told = (set: JsonObject) => JSON.stringify({ ...runFile, datasets: [{ name: 'rows', role: 'train', ...set }] });
  await write(`${folder}/model.yaml`, bare.replace(/^data:.*\n/m, ''));
  await write(`${folder}/weighbridge-run.json`, told({ source: 's3://a/b' }));
  commit('A run that tells where its data is, and no version of it');
  const held = await run('register');
  expect(held.exitCode).toBe(1);
  expect(held.text).toContain('training data');
  await write(`${folder}/weighbridge-run.json`, told({ source: 's3://a/b', digest }));
  commit('And its hash');
  expect((await run('register')).exitCode).toBe(0);
  const { nodes } = (await run('lineage', { version: 'fraud', direction: 'up', format: 'json' })).json as {
    nodes: JsonObject[];
  };
  expect(nodes).toContainEqual(
    expect.objectContaining({ kind: 'raw-data', name: 's3://a/b', version: digest, detail: { told_by: 'run' } }),
  );
  for (const about of ['s3://a/b', digest]) {
    const reached = await run('impact', { about, bump: 'minor', format: 'text', 'fail-on': 'development' });
    expect(reached).toMatchObject({
      exitCode: 1,
      json: { models: [{ model: 'fraud', past: false, bump: 'minor', rule: 'data.training' }] },
    });
  }
});

it('a run file and dvc.lock complete the metadata standard, each value with its source', async () => {
  repository = await makeGovernedRepository({ policy: complete });
  const { write, commit, run } = repository;
  await write(`${folder}/model.yaml`, bare);
  await write(`${folder}/data.dvc`, dvcData);
  commit('Leave out what is captured');
  const held = await run('register');
  expect(held.exitCode).toBe(1);
  expect(held.text).toContain('training hardware');

  await write(`${folder}/weighbridge-run.json`, JSON.stringify(runFile));
  await write(`${folder}/dvc.lock`, dvcLock);
  commit('Add what training wrote');
  expect((await run('register')).exitCode).toBe(0);
  const { training, data } = await recorded();
  const source = `${folder}/weighbridge-run.json`;
  expect(training).toMatchObject({
    framework: 'pytorch',
    framework_version: '2.9.0',
    hardware: '8xH100',
    duration: 'PT3H12M',
    command: 'python train.py',
    from: { framework: source, hardware: source, duration: source, command: `${folder}/dvc.lock#train` },
    runs: [
      { source, params: { lr: 0.1 } },
      {
        source: `${folder}/dvc.lock#train`,
        params: { 'train.lr': 0.1 },
        datasets: [{ name: 'data', digest: 'dvc-md5:333e53b6720f182106a775cd5affdcb4.dir' }],
      },
    ],
  });
  expect(data.map(({ pinned }) => pinned)).toEqual(['dvc-md5:333e53b6720f182106a775cd5affdcb4.dir']);
});

it('what the manifest declares wins over what was captured, and the disagreement is told', async () => {
  repository = await makeGovernedRepository();
  const { write, commit, run } = repository;
  await write(`${folder}/weighbridge-run.json`, JSON.stringify({ ...runFile, duration_seconds: 3601 }));
  commit('Add what training wrote');
  const outcome = await run('version');
  const told = outcome.notices.map(({ text }) => text).filter((text) => text.includes('the manifest counts'));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('training.hardware of fraud is "1xA100"');
  expect(told[0]).toContain(`"8xH100" in ${folder}/weighbridge-run.json`);
});

it('the Trainer of transformers is read by what it leaves beside the weights, and loading is left to others', async () => {
  repository = await makeGovernedRepository({ policy: complete });
  const { write, commit, run } = repository;
  await write(`${folder}/model.yaml`, `${bare.replace('dvc:data', 'data.csv')}training: { hardware: 1xA100 }\n`);
  const state = {
    global_step: 40,
    num_train_epochs: 2,
    log_history: [
      { eval_loss: 0.5, step: 20 },
      { eval_loss: 0.41, step: 40 },
      { train_runtime: 123.4, train_loss: 0.6, step: 40 },
    ],
  };
  await write(`${folder}/trainer_state.json`, JSON.stringify(state));
  await write(`${folder}/config.json`, JSON.stringify({ model_type: 'bert', transformers_version: '5.24.0' }));
  await write(`${folder}/training_args.bin`, 'not to be loaded');
  commit('Add what the Trainer wrote');
  expect((await run('register')).exitCode).toBe(0);
  expect((await recorded()).training).toMatchObject({
    framework: 'transformers',
    framework_version: '5.24.0',
    duration: 'PT2M3S',
    runs: [{ metrics: { eval_loss: 0.41, train_loss: 0.6, global_step: 40 }, params: { num_train_epochs: 2 } }],
  });
});

it('a run file with faults is refused with all of them, and one of git-ignored files changes no identity', async () => {
  repository = await makeGovernedRepository();
  const { write, commit, failure, run } = repository;
  await write(`${folder}/weighbridge-run.json`, '{"version": 1, "framwork": "pytorch", "duration": "3h"}');
  expect(await failure('version')).toBe('flow/invalid-files');

  await write(`${folder}/model.yaml`, bare.replace('dvc:data', 'data.csv'));
  await write('.gitignore', 'weighbridge-run.json\n');
  commit('Keep the run file out');
  const identity = async () => (await run('version', { models: 'fraud' })).json as { models: { identity: string }[] };
  await write(`${folder}/weighbridge-run.json`, JSON.stringify(runFile));
  const before = (await identity()).models[0]?.identity;
  await write(`${folder}/weighbridge-run.json`, JSON.stringify({ ...runFile, framework: 'jax' }));
  expect((await identity()).models[0]?.identity).toBe(before);
});

it('a run file that git ignores beside the weights does not hide the one that is committed', async () => {
  repository = await makeGovernedRepository();
  const { write, commit, run } = repository;
  const manifest = bare.replace('dvc:data', 'data.csv').replace('model.safetensors', 'out/model.safetensors');
  await write(`${folder}/model.yaml`, manifest);
  await write(`${folder}/out/model.safetensors`, weights(2));
  await write(`${folder}/weighbridge-run.json`, JSON.stringify({ ...runFile, framework: 'pytorch' }));
  await write('.gitignore', '**/out/weighbridge-run.json\n');
  commit('Train');
  const identity = async () =>
    ((await run('version', { models: 'fraud' })).json as { models: { identity: string }[] }).models[0]?.identity;
  const committed = await identity();
  await write(`${folder}/out/weighbridge-run.json`, JSON.stringify({ ...runFile, framework: 'jax' }));
  expect(await identity()).toBe(committed);
});

it('data that nothing fixes is told with the reason and the way out', async () => {
  repository = await makeGovernedRepository();
  const { write, commit, run } = repository;
  await write(`${folder}/model.yaml`, bare.replace('dvc:data', 'dvc:nothing'));
  await write(`${folder}/model.safetensors`, weights(2));
  commit('Name data that DVC does not track');
  const told = (await run('version')).notices.map(({ text }) => text).join('\n');
  expect(told).toContain('cannot be pinned: neither models/fraud/nothing.dvc nor a dvc.lock says what');
  expect(told).toContain('dvc add');
});

it('the pull request of a fork does not choose which run is read, and is told when it will be', async () => {
  repository = await makeGovernedRepository();
  const { root, write, commit } = repository;
  await write(`${folder}/model.yaml`, `${bare.replace('dvc:data', 'data.csv')}training: { run: 'mlflow:r1' }\n`);
  commit('Name a run');
  const asked: string[] = [];
  const told = { run_id: 'r1', status: 'FINISHED' };
  const server = await serveSource((request) => {
    asked.push(request.path);
    return { status: 200, json: { run: { info: told, data: {} } } };
  });
  const eventPath = join(mkdtempSync(join(tmpdir(), 'event-')), 'event.json');
  const noticesFor = async (head: number) => {
    const event = { repository: { id: 7 }, pull_request: { head: { repo: { id: head } } } };
    writeFileSync(eventPath, JSON.stringify(event));
    const environment = { MLFLOW_TRACKING_URI: server.url, GITHUB_EVENT_PATH: eventPath };
    const outcome = await runIn(root, 'version', {}, { ...localEnvironment(), ...environment });
    return outcome.notices.map(({ text }) => text).filter((text) => text.includes('mlflow:r1'));
  };
  try {
    const [notice] = await noticesFor(8);
    expect(notice).toContain('comes from a fork');
    expect(notice).toContain('when the version is registered');
    expect(asked).toEqual([]);
    expect(await noticesFor(7)).toEqual([]);
    expect(asked).not.toEqual([]);
  } finally {
    await server.close();
  }
});

it('a broken dvc.lock stops the models whose weights it names, and is told to the others', async () => {
  repository = await makeGovernedRepository();
  const { write, failure, run } = repository;
  await write('dvc.lock', "schema: '2.0'\nstages:\n  other:\n    outs: [{path: models/other, md5: [}\n");
  const told = (await run('version')).notices.filter(({ file }) => file === 'dvc.lock');
  expect(told.map(({ text }) => text)).toEqual([expect.stringContaining('dvc.lock is broken')]);
  for (const path of ['models', `'${folder}'`, `${folder}/model.safetensors`]) {
    await write('dvc.lock', `schema: '2.0'\nstages:\n  train:\n    outs:\n    - path: ${path}\n      md5: [}\n`);
    expect(await failure('version')).toMatch(/^formats\//);
  }
});

it('the job that trained is in the record of what it registers, and no other job is', async () => {
  repository = await makeGovernedRepository();
  const { root, write, commit } = repository;
  await write(`${folder}/model.yaml`, bare.replace('dvc:data', 'data.csv'));
  commit('Train');
  const job = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/models', GITHUB_RUN_ID: '77', GITHUB_JOB: 'train' };
  const registered = (more: Readonly<Record<string, string>>, inputs = {}) =>
    runIn(root, 'register', inputs, { ...localEnvironment(), ...job, ...more });
  await registered({});
  expect(JSON.stringify((await recorded()).training)).not.toContain('github:');
  await write(`${folder}/model.safetensors`, weights(3));
  commit('Train again');
  await registered({ WEIGHBRIDGE_TRAINING_JOB: 'true' });
  const ledger = repository.built.git('grep', '-h', 'github.job', 'weighbridge', '--', 'evidence');
  expect(ledger).toMatch(/"github\.job": ?"train"/);
  expect(ledger).toContain('github:acme/models/77');
});

const reportedLock = `schema: '2.0'
stages:
  train:
    cmd: python train.py
    params:
      params.yaml: {train: {lr: 0.1}}
    outs:
    - {path: live/metrics.json, hash: md5, md5: 11d2c2dd4f4ddc4f3ea5a8a5eb4ea5a1, size: 8}
    - {path: model.safetensors, hash: md5, md5: 344fd2d0b3b3a5f0f5b0f5f0f5b0f5f0, size: 8}
  evaluate:
    cmd: python evaluate.py
    deps:
    - {path: model.safetensors, hash: md5, md5: 344fd2d0b3b3a5f0f5b0f5f0f5b0f5f0, size: 8}
    outs:
    - {path: cached.json, hash: md5, md5: 22d2c2dd4f4ddc4f3ea5a8a5eb4ea5a2, size: 8}
    - {path: curves, hash: md5, md5: 33d2c2dd4f4ddc4f3ea5a8a5eb4ea5a3.dir, size: 8, nfiles: 2}
    - {path: scores.json, hash: md5, md5: 44d2c2dd4f4ddc4f3ea5a8a5eb4ea5a4, size: 8}
  other:
    cmd: python other.py
    outs:
    - {path: other.json, hash: md5, md5: 55d2c2dd4f4ddc4f3ea5a8a5eb4ea5a5, size: 8}
`;
const reportedYaml = `stages:
  train: { cmd: python train.py, metrics: [live/metrics.json: { cache: false }], outs: [model.safetensors] }
  evaluate:
    cmd: python evaluate.py
    deps: [model.safetensors]
    metrics: ['\${name}.json', cached.json]
    plots: [curves: { template: confusion }]
  other: { cmd: python other.py, metrics: [other.json: { cache: false }] }
metrics: [other.json, project.yaml]
plots: [drawn.csv: { x: step }, other.json, curves/roc.csv]
params: [more.toml]
`;

it('metrics and plots that DVC reports of the stage, of what reads it and of the project are in the record', async () => {
  repository = await makeGovernedRepository();
  const { write, commit, run } = repository;
  await write(`${folder}/model.yaml`, bare.replace('dvc:data', 'data.csv'));
  await write(`${folder}/dvc.lock`, reportedLock);
  await write(`${folder}/dvc.yaml`, reportedYaml);
  await write(`${folder}/live/metrics.json`, '{"train": {"loss": 0.25}, "acc": 0.9}');
  await write(`${folder}/scores.json`, '{"acc": 0.88, "auc": 0.97}');
  await write(`${folder}/other.json`, '{"foreign": 1}');
  await write(`${folder}/project.yaml`, 'latency: {p99: 12}\n');
  await write(`${folder}/more.toml`, '[data]\nseed = 7\n');
  await write(`${folder}/drawn.csv`, 'step,loss\n1,0.5\n');
  commit('Add a pipeline with reports');
  const outcome = await run('register');
  expect(outcome.notices.map(({ text }) => text).filter((text) => text.includes('not at hand'))).toEqual([
    expect.stringContaining('dvc pull models/fraud/cached.json'),
  ]);
  const { runs } = (await recorded()).training as { runs: JsonObject[] };
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ source: `${folder}/dvc.lock#train`, params: { 'train.lr': 0.1, 'data.seed': 7 } });
  expect(runs[0]?.['metrics']).toEqual({
    [`${folder}/live/metrics.json:acc`]: 0.9,
    [`${folder}/scores.json:acc`]: 0.88,
    auc: 0.97,
    'latency.p99': 12,
    'train.loss': 0.25,
  });
  expect(runs[0]?.['plots']).toEqual([
    { path: `${folder}/curves`, digest: 'dvc-md5:33d2c2dd4f4ddc4f3ea5a8a5eb4ea5a3.dir', template: 'confusion' },
    { path: `${folder}/drawn.csv`, digest: expect.stringMatching(/^sha256:/), template: null },
    {
      path: `${folder}/curves/roc.csv`,
      digest: 'dvc-md5:33d2c2dd4f4ddc4f3ea5a8a5eb4ea5a3.dir#roc.csv',
      template: null,
    },
  ]);
});

it('what DVCLive wrote beside the weights is read without a pipeline, and a broken report is told', async () => {
  repository = await makeGovernedRepository();
  const { write, commit, run } = repository;
  await write(`${folder}/model.yaml`, bare.replace('dvc:data', 'data.csv'));
  await write(`${folder}/dvclive/metrics.json`, '{"train": {"loss": 0.25}, "step": 4}');
  await write(`${folder}/dvclive/params.yaml`, 'lr: 0.1\n');
  await write(`${folder}/dvclive/plots/metrics/train/loss.tsv`, 'step\tloss\n4\t0.25\n');
  await write('dvc.yaml', 'metrics: [metrics.json]\n');
  await write('metrics.json', '{"foreign": 1}');
  commit('Log with DVCLive');
  await run('register');
  expect((await recorded()).training['runs']).toEqual([
    {
      source: `${folder}/dvclive`,
      params: { lr: 0.1 },
      metrics: { 'train.loss': 0.25, step: 4 },
      plots: [
        {
          path: `${folder}/dvclive/plots/metrics/train/loss.tsv`,
          digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
          template: null,
        },
      ],
    },
  ]);
  await write('dvc.yaml', `metrics: [metrics.json]\nartifacts: { fraud: { path: ${folder}/model.safetensors } }\n`);
  await write('metrics.json', '{"acc": ');
  const told = (await run('version')).notices.filter(({ file }) => file === 'metrics.json');
  expect(told.map(({ text }) => text)).toEqual([expect.stringContaining('Its values are not captured')]);
  await write('dvc.yaml', 'stages: [\n');
  const broken = (await run('version')).notices.filter(({ file }) => file === 'dvc.yaml');
  expect(broken.map(({ text }) => text)).toEqual([expect.stringContaining('metrics and plots are not captured')]);
});

it('the summary of a registration names what the metadata standard lacks, with what supplies it', async () => {
  repository = await makeGovernedRepository();
  const { write, commit, run } = repository;
  await write(`${folder}/model.yaml`, bare.replace('dvc:data', 'data.csv'));
  commit('Leave out what is captured');
  const { markdown } = await run('register');
  const told = markdown.split('\n').filter((line) => /^- (training|framework)/.test(line));
  expect(told.map((line) => line.slice(2, line.indexOf('.')))).toEqual([
    'framework',
    'framework version',
    'training duration',
    'training hardware',
  ]);
  for (const line of told) expect(line).toContain('weighbridge-run.json');

  await write(`${folder}/weighbridge-run.json`, JSON.stringify(runFile));
  await write(`${folder}/model.safetensors`, weights(2));
  commit('Write down what training knows');
  const complete = await run('register');
  expect(complete.markdown).toContain('1.0.1');
  expect(complete.markdown).not.toContain('Required by the metadata standard');
});
