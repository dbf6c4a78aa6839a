// needs: python, wandb, mlflow, transformers, git-lfs, lm-eval
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  runIn,
} from '../scenarios/governed-repository.js';
import { askPeer } from './ask-python.js';

const peers = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.peers');
const bare = 'name: fraud\nkind: model\nartifacts: [model.safetensors]\n';

let repository: GovernedRepository;
afterEach(() => repository.dispose());

interface Weighed {
  readonly models: readonly { readonly identity: string }[];
}

/** `dvc metrics show --json` of the workspace. */
interface DvcShown {
  readonly '': { readonly data: Readonly<Record<string, { readonly data: Nested }>> };
}

type Nested = { readonly [name: string]: number | Nested };

function flat(members: Nested, before = ''): Readonly<Record<string, number>> {
  return Object.assign(
    {},
    ...Object.entries(members).map(([name, value]) =>
      typeof value === 'number' ? { [`${before}${name}`]: value } : flat(value, `${before}${name}.`),
    ),
  ) as Readonly<Record<string, number>>;
}

/** What the registration of the model writes down of its training. */
async function recordedTraining(environment: Readonly<Record<string, string>> = {}): Promise<Record<string, unknown>> {
  const outcome = await runIn(repository.root, 'register', {}, { ...localEnvironment(), ...environment });
  expect(outcome.notices.filter(({ text }) => text.includes('was not read'))).toEqual([]);
  const paths = repository.built.git('ls-tree', '-r', '--name-only', 'weighbridge').split('\n');
  const texts = paths
    .filter((path) => path.startsWith('evidence/'))
    .map((path) => JSON.parse(repository.built.git('show', `weighbridge:${path}`)) as Record<string, unknown>);
  const snapshot = texts.find((text) => text['training'] !== undefined && text['data'] !== undefined);
  return snapshot?.['training'] as Record<string, unknown>;
}

it('an offline run that the client of Weights & Biases wrote is read from its folder', async () => {
  repository = await makeGovernedRepository();
  const { write, commit, root } = repository;
  const name = askPeer('wandb', 'offline_wandb_run.py', { words: [root] }) as string;
  await write(`${folder}/model.yaml`, `${bare}training: { run: /wandb/${name} }\n`);
  await write('.gitignore', '/wandb/\n');
  commit('Train');
  expect(await recordedTraining()).toMatchObject({
    duration: expect.stringMatching(/^PT/),
    hardware: expect.stringMatching(/CPU cores|x /),
    runs: [
      {
        source: `wandb/${name}`,
        params: { lr: 0.1, layers: [1, 2], opt: { name: 'adam' } },
        metrics: { best: 0.93, loss: 1 / 3, acc: 0.7 },
        python: expect.stringContaining('3.'),
      },
    ],
  });
});

it('a run of a real MLflow server is read with its data, and the framework of the model that it logged', async () => {
  repository = await makeGovernedRepository();
  const server = await startMlflow();
  try {
    const run = askPeer('mlflow', 'mlflow_run.py', { words: [server.url] }) as string;
    await repository.write(`${folder}/model.yaml`, `${bare}training: { run: 'mlflow:${run}' }\n`);
    repository.commit('Name the run');
    expect(await recordedTraining({ MLFLOW_TRACKING_URI: server.url })).toMatchObject({
      framework: 'scikit-learn',
      framework_version: '1.9.1',
      commit: 'a'.repeat(40),
      from: { framework: `mlflow:${run}` },
      runs: [
        {
          status: 'FINISHED',
          params: { lr: '0.1', epochs: '3', depth: '4' },
          metrics: { acc: 0.93, recall: 0.8 },
          tags: { team: 'risk' },
          datasets: [{ name: 'train', role: 'training', source: 's3://acme/train.csv' }],
        },
      ],
    });
  } finally {
    await server.stop();
  }
});

it('the state that transformers itself writes is read', async () => {
  repository = await makeGovernedRepository();
  askPeer('transformers', 'trainer_state.py', { words: [join(repository.root, folder, 'trainer_state.json')] });
  await repository.write(`${folder}/model.yaml`, bare);
  repository.commit('Train');
  expect(await recordedTraining()).toMatchObject({
    framework: 'transformers',
    duration: 'PT2M3S',
    runs: [{ metrics: { eval_loss: 0.41, best_metric: 0.41 }, params: { max_steps: 40, train_batch_size: 8 } }],
  });
});

it('what DVC itself tracks is pinned by the digest that it wrote, and another content is another one', async () => {
  repository = await makeGovernedRepository();
  const { root, write, commit } = repository;
  const dvc = (...words: readonly string[]) =>
    execFileSync(join(peers, 'bin', 'dvc'), words, {
      cwd: root,
      env: { ...process.env, DVC_NO_ANALYTICS: '1' },
      stdio: 'pipe',
    });
  dvc('init', '--quiet');
  await write('data/train.csv', 'a,b\n1,2\n');
  await write('data/test.csv', 'a,b\n3,4\n');
  dvc('add', '--quiet', 'data');
  await write(`${folder}/model.yaml`, `${bare}data: [{ name: train, role: train, ref: 'dvc:/data' }]\n`);
  commit('Track the data');
  const identity = async () => {
    const outcome = await runIn(root, 'version');
    expect(outcome.notices.filter(({ text }) => text.includes('pinned'))).toEqual([]);
    return (outcome.json as Weighed).models[0]?.identity;
  };
  const first = await identity();
  rmSync(join(root, 'data'), { recursive: true });
  expect(await identity()).toBe(first);
  await write('data/train.csv', 'a,b\n5,6\n');
  dvc('add', '--quiet', 'data');
  expect(await identity()).not.toBe(first);
});

it('metrics, plots and parameters of a pipeline that DVC itself ran have the names and digests that DVC tells', async () => {
  repository = await makeGovernedRepository();
  const { root, write, commit } = repository;
  const dvc = (...words: readonly string[]) =>
    execFileSync(join(peers, 'bin', 'dvc'), words, {
      cwd: root,
      env: { ...process.env, DVC_NO_ANALYTICS: '1' },
      encoding: 'utf8',
    });
  dvc('init', '--quiet');
  await write(`${folder}/model.yaml`, bare);
  await write('params.yaml', 'train: {lr: 0.1, layers: [1, 2]}\n');
  await write(
    'dvc.yaml',
    `stages:
  train:
    wdir: ${folder}
    cmd: mkdir -p live && echo '{"loss":{"train":0.25},"acc":0.9}' > live/metrics.json && echo changed > weights.bin
    params: [../../params.yaml: [train]]
    outs: [weights.bin: { cache: false }]
    metrics: [live/metrics.json: { cache: false }]
  evaluate:
    foreach: [eu, us]
    do:
      cmd: mkdir -p scores plots/\${item} && echo '{"acc":0.8}' > scores/\${item}.json && echo 'x,y' > plots/\${item}/roc.csv
      deps: [${folder}/weights.bin]
      metrics: ['scores/\${item}.json': { cache: false }]
      plots: ['plots/\${item}': { template: simple }]
metrics: [summary.toml]
plots: [curve.csv: { x: step, y: loss }]
`,
  );
  await write(`${folder}/model.yaml`, bare.replace('model.safetensors', 'weights.bin'));
  await write('summary.toml', '[latency]\np99 = 12\n');
  await write('curve.csv', 'step,loss\n1,0.5\n');
  commit('Describe the pipeline');
  dvc('repro', '--quiet');
  commit('Run it');
  const { runs } = (await recordedTraining()) as { runs: readonly Record<string, unknown>[] };
  const shown = JSON.parse(dvc('metrics', 'show', '--json')) as DvcShown;
  const files = Object.entries(shown[''].data).map(([path, { data }]) => [path, flat(data)] as const);
  const names = files.flatMap(([, members]) => Object.keys(members));
  const expected = files.flatMap(([path, members]) =>
    Object.entries(members).map(([name, value]) => {
      const isUnique = names.filter((each) => each === name).length === 1;
      return [isUnique ? name : `${path}:${name}`, value] as const;
    }),
  );
  expect(names).toHaveLength(5);
  expect(runs[0]?.['metrics']).toEqual(Object.fromEntries(expected));
  expect(runs[0]?.['params']).toEqual({ 'train.lr': 0.1, 'train.layers': [1, 2] });
  const lock = readFileSync(join(root, 'dvc.lock'), 'utf8');
  const digestOf = (path: string) => new RegExp(`path: ${path}\\n\\s+hash: md5\\n\\s+md5: (\\S+)`).exec(lock)?.[1];
  expect(runs[0]?.['plots']).toEqual([
    { path: 'plots/eu', digest: `dvc-md5:${digestOf('plots/eu')}`, template: 'simple' },
    { path: 'plots/us', digest: `dvc-md5:${digestOf('plots/us')}`, template: 'simple' },
    { path: 'curve.csv', digest: expect.stringMatching(/^sha256:/), template: null },
  ]);
});

it('a pointer of Git LFS pins the same content as the bytes that it stands for', async () => {
  repository = await makeGovernedRepository();
  const { root, write, commit, built } = repository;
  await write(`${folder}/model.yaml`, `${bare}data: [{ name: train, role: train, ref: data.bin }]\n`);
  await write(`${folder}/data.bin`, 'x'.repeat(5000));
  commit('Without LFS');
  const identity = async () => ((await runIn(root, 'version')).json as Weighed).models[0]?.identity;
  const plain = await identity();
  const lfs = (...words: readonly string[]) =>
    execFileSync(join(peers, 'bin', 'git-lfs'), words, {
      cwd: root,
      env: { ...process.env, PATH: `${join(peers, 'bin')}:${process.env['PATH'] ?? ''}` },
      encoding: 'utf8',
    });
  const pointer = lfs('pointer', `--file=${folder}/data.bin`);
  expect(pointer).toContain('git-lfs');
  await write(`${folder}/data.bin`, pointer);
  built.git('commit', '--quiet', '-am', 'The pointer that git-lfs made');
  expect(await identity()).toBe(plain);
});

it('rows that the datasets library saved are the same data after another save, and other rows are other data', async () => {
  repository = await makeGovernedRepository();
  const { root, write, commit, built } = repository;
  const [first, second] = [join(root, folder, 'rows'), join(root, '..', `${root.split('/').at(-1)}-again`)];
  const state = () => readFileSync(join(first, 'state.json'), 'utf8');
  askPeer('lm-eval', 'save_dataset.py', { words: [first, '1'] });
  await write(`${folder}/model.yaml`, `${bare}data: [{ name: train, role: train, ref: rows }]\n`);
  commit('Add rows');
  await runIn(root, 'register', {}, localEnvironment());
  const changed = async () => {
    const [found] = ((await runIn(root, 'version')).json as { models: { changes: { facet: string }[] }[] }).models;
    return found?.changes.map(({ facet }) => facet);
  };
  const before = state();
  try {
    askPeer('lm-eval', 'save_dataset.py', { words: [second, '--from', first] });
    rmSync(first, { recursive: true });
    cpSync(second, first, { recursive: true });
  } finally {
    rmSync(second, { recursive: true, force: true });
  }
  commit('Save the same rows again');
  expect(state()).not.toBe(before);
  expect(await changed()).toEqual([]);
  rmSync(first, { recursive: true });
  askPeer('lm-eval', 'save_dataset.py', { words: [first, '0'] });
  built.git('add', '-A');
  commit('Label a row anew');
  expect(await changed()).toEqual(['data']);
});

/** A tracking server that keeps its artifacts itself; the first start makes its database. */
async function startMlflow(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const place = mkdtempSync(join(tmpdir(), 'mlflow-'));
  const port = await freePort();
  const words = ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  const storage = [
    '--backend-store-uri',
    `sqlite:///${join(place, 'x.db')}`,
    '--artifacts-destination',
    join(place, 'a'),
  ];
  const bin = join(peers, 'mlflow', 'bin');
  const child = spawn(join(bin, 'python'), [...words, ...storage], {
    cwd: place,
    detached: true,
    stdio: 'ignore',
    env: {
      ...process.env,
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
      MLFLOW_DISABLE_TELEMETRY: 'true',
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    endGroup(child);
    rmSync(place, { recursive: true, force: true });
  };
  for (let waited = 0; waited < 500; waited++) {
    const response = await fetch(`${url}/health`).catch(() => null);
    if (response?.ok === true) return { url, stop };
    await sleep(500);
  }
  await stop();
  throw new Error('MLflow did not start');
}

function endGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
