import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuiltRepository, expectCode, seededBytes, writeSafetensors } from '@weighbridge/testkit';
import { afterEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { folder, makeGovernedRepository, runIn, weights } from './governed-repository.js';
import { mlmodelOf } from './mlmodel-file.js';
import { type Files, repositoryWith } from './ungoverned-repository.js';

let built: BuiltRepository;
afterEach(() => built.dispose());

async function repositoryOf(files: Files): Promise<void> {
  built = await repositoryWith(files);
}

interface WrittenManifest {
  readonly kind: string;
  readonly artifacts: readonly string[];
  readonly base?: unknown;
  readonly data?: unknown;
  readonly metrics?: unknown;
}

/** Runs init, then version, and answers the manifests that were written. */
async function initialised(): Promise<Record<string, WrittenManifest>> {
  const outcome = await runIn(built.root, 'init', { 'no-workflows': 'true' });
  const { models } = outcome.json as { models: readonly string[] };
  const manifests: Record<string, WrittenManifest> = {};
  for (const name of models) {
    manifests[name] = parse(await readFile(join(built.root, `models/${name}/model.yaml`), 'utf8')) as WrittenManifest;
  }
  const version = await runIn(built.root, 'version');
  expect(version.exitCode).toBe(0);
  return manifests;
}

it('a tree of base models and adapters gives one model a name, at its newest version, with the base of the tree', async () => {
  const adapter = JSON.stringify({
    peft_type: 'LORA',
    base_model_name_or_path: 'base-model/llama/1.10.0',
    target_modules: ['q_proj'],
    r: 8,
  });
  const layer = { name: 'layers.0.self_attn.q_proj.weight', dtype: 'F32', shape: [8, 8] } as const;
  const base = writeSafetensors({ tensors: [{ ...layer, bytes: seededBytes(2, 256) }] });
  await repositoryOf({
    'base-model/llama/1.9.0/model.safetensors': weights(1),
    'base-model/llama/1.10.0/model.safetensors': base,
    'adapters/support-v2/adapter_model.safetensors': weights(3),
    'adapters/support-v10/adapter_model.safetensors': weights(4),
    'adapters/support-v10/adapter_config.json': adapter,
  });
  const manifests = await initialised();
  expect(manifests).toMatchObject({
    llama: { kind: 'model', artifacts: ['/base-model/llama/1.10.0'] },
    support: { kind: 'adapter', artifacts: ['/adapters/support-v10'], base: { model: 'registry:llama@*' } },
  });
  expect(Object.keys(manifests)).toHaveLength(2);
});

it('a Hugging Face folder keeps what belongs to the weights together, and an adapter names its base', async () => {
  const adapter = { peft_type: 'LORA', base_model_name_or_path: 'acme/bert', revision: 'a'.repeat(40), r: 8 };
  await repositoryOf({
    'sentiment/config.json': JSON.stringify({ model_type: 'bert', architectures: ['BertModel'] }),
    'sentiment/model.safetensors': weights(1),
    'sentiment/notes.txt': 'not part of it',
    'helper/adapter_config.json': JSON.stringify(adapter),
    'helper/adapter_model.safetensors': weights(2),
  });
  expect(await initialised()).toMatchObject({
    sentiment: { kind: 'model', artifacts: ['/sentiment/config.json', '/sentiment/model.safetensors'] },
    helper: { kind: 'adapter', base: { model: 'hf://acme/bert', revision: 'a'.repeat(40) } },
  });
});

it('artifacts that dvc.yaml declares come with the data of their stage and the metrics of the project', async () => {
  await repositoryOf({
    'dvc.yaml': `artifacts:
  churn: { path: models/churn.safetensors, type: model, desc: Who will leave }
  tickets: { path: data, type: dataset }
metrics: [results/eval.json]
`,
    'dvc.lock': `schema: '2.0'
stages:
  train:
    cmd: python train.py
    deps: [{ path: data/prepared, md5: 333e53b6720f182106a775cd5affdcb4.dir }, { path: train.py, md5: 344fd2d0b3b3a5f0f5b0f5f0f5b0f5f0 }]
    outs: [{ path: models/churn.safetensors, md5: 344fd2d0b3b3a5f0f5b0f5f0f5b0f5f0 }]
  prepare:
    cmd: python prepare.py
    outs: [{ path: data/prepared, md5: 333e53b6720f182106a775cd5affdcb4.dir }]
`,
    'models/churn.safetensors': weights(1),
    'results/eval.json': '{"accuracy": 0.9}',
  });
  const manifests = await initialised();
  expect(manifests).toMatchObject({
    churn: {
      artifacts: ['/models/churn.safetensors'],
      data: [{ name: 'prepared', role: 'train', ref: 'dvc:/data/prepared' }],
      metrics: [{ id: 'eval', path: '/results/eval.json' }],
    },
  });
  expect(Object.keys(manifests)).toEqual(['churn']);
});

it('paths of a stage of DVC start in the folder that it runs in', async () => {
  const tracked = '333e53b6720f182106a775cd5affdcb4.dir';
  await repositoryOf({
    'dvc.yaml': `artifacts:
  churn: { path: models/churn.safetensors }
stages:
  train: { cmd: python train.py, wdir: src, metrics: [scores.json, /tmp/elsewhere.json] }
`,
    'dvc.lock': `schema: '2.0'
stages:
  train:
    cmd: python train.py
    deps: [{ path: ../data/prepared, md5: ${tracked} }]
    outs: [{ path: ../models/churn.safetensors, md5: 344fd2d0b3b3a5f0f5b0f5f0f5b0f5f0 }]
`,
    'models/churn.safetensors': weights(1),
    'src/scores.json': '{"accuracy": 0.9}',
  });
  expect(await initialised()).toMatchObject({
    churn: {
      data: [{ name: 'prepared', role: 'train', ref: 'dvc:/data/prepared' }],
      metrics: [{ id: 'eval', path: '/src/scores.json' }],
    },
  });
});

it('numbers beside the weights of several models are those of none', async () => {
  await repositoryOf({
    'models/fraud.safetensors': weights(1),
    'models/churn.safetensors': weights(2),
    'models/metrics.json': '{"accuracy": 0.9}',
    'ranker/model.safetensors': weights(3),
    'ranker/metrics.json': '{"ndcg": 0.5}',
    'ranker/eval.yaml': 'batch_size: 32',
  });
  const manifests = await initialised();
  expect(Object.keys(manifests).sort()).toEqual(['churn', 'fraud', 'ranker']);
  expect(manifests['ranker']).toMatchObject({ metrics: [{ id: 'eval', path: '/ranker/metrics.json' }] });
  for (const name of ['churn', 'fraud']) expect(manifests[name]).not.toHaveProperty('metrics');
});

it('an MLflow model folder is a model with the signature of its MLmodel file', async () => {
  const mlmodel = `flavors:\n  python_function:\n    loader_module: mlflow.sklearn\nmodel_uuid: m-1\nrun_id: ddf849\n`;
  await repositoryOf({ 'pricing/model/MLmodel': mlmodel, 'pricing/model/model.safetensors': weights(1) });
  expect(await initialised()).toMatchObject({
    pricing: { artifacts: ['/pricing/model'], interface: '/pricing/model/MLmodel' },
  });
});

it.each([
  ['another save of the same', { saved: 2 }, { next: null, bump: 'none' }],
  ['another release of the library', { sklearn: '1.9.2' }, { next: '1.0.1', bump: 'patch' }],
  [
    'a further input that may be left out',
    {
      inputs: [
        { type: 'double', name: 'x', required: true },
        { type: 'string', name: 'y', required: false },
      ],
    },
    { next: '1.1.0', bump: 'minor' },
  ],
  [
    'a further input that must be given',
    {
      inputs: [
        { type: 'double', name: 'x', required: true },
        { type: 'string', name: 'y', required: true },
      ],
    },
    { next: '2.0.0', bump: 'major' },
  ],
  ['an output that is gone', { outputs: [] }, { next: '2.0.0', bump: 'major' }],
])(
  'by the manifest that init writes for an MLflow model, %s is told by its signature',
  async (_, changed, expected) => {
    const path = 'churn/MLmodel';
    await repositoryOf({ [path]: mlmodelOf(), 'churn/model.safetensors': weights(1) });
    await runIn(built.root, 'init', { 'no-workflows': 'true' });
    built.git('add', '-A');
    built.git('commit', '--quiet', '-m', 'Govern');
    expect((await runIn(built.root, 'register')).json).toMatchObject({ models: [{ version: '1.0.0' }] });
    await writeFile(join(built.root, path), mlmodelOf({ saved: 2, ...changed }));
    expect((await runIn(built.root, 'version')).json).toMatchObject({ models: [{ current: '1.0.0', ...expected }] });
  },
);

it('an MLmodel file that is the interface and no artifact is the same content after another save', async () => {
  const repository = await makeGovernedRepository();
  built = repository.built;
  await repository.write(
    `${folder}/model.yaml`,
    'name: fraud\nkind: model\nartifacts: [model.safetensors]\ninterface: MLmodel\n',
  );
  await repository.write(`${folder}/MLmodel`, mlmodelOf());
  repository.commit('Describe');
  await repository.run('register');
  await repository.write(`${folder}/MLmodel`, mlmodelOf({ saved: 2, sklearn: '2.0.0' }));
  const saved = (await repository.run('version')).json;
  expect(saved).toMatchObject({ models: [{ next: null, because: ['The content is that of 1.0.0.'] }] });
  const inputs = [
    { type: 'double', name: 'x', required: true },
    { type: 'long', name: 'y', required: false },
  ];
  await repository.write(`${folder}/MLmodel`, mlmodelOf({ inputs }));
  expect((await repository.run('version')).json).toMatchObject({ models: [{ next: '1.1.0' }] });
});

it('a name that init is given is that of the one model that it recognises, and of several none gets it', async () => {
  const config = JSON.stringify({ model_type: 'bert' });
  await repositoryOf({ 'sentiment/config.json': config, 'sentiment/model.safetensors': weights(1) });
  const named = { name: 'moods', 'no-workflows': 'true' };
  const one = (await runIn(built.root, 'init', { ...named, 'dry-run': 'true' })).json;
  expect(one).toMatchObject({ models: ['moods'], layouts: [{ model: 'moods' }] });
  await mkdir(join(built.root, 'churn'));
  await writeFile(join(built.root, 'churn/model.safetensors'), weights(2));
  await expectCode(runIn(built.root, 'init', named), 'flow/name-of-several');
  expect((await runIn(built.root, 'init', { 'no-workflows': 'true' })).json).toMatchObject({
    models: ['sentiment', 'churn'],
  });
  // Whoever adds a model before there are weights of it may do so.
  expect((await runIn(built.root, 'init', named)).json).toMatchObject({ models: ['churn', 'sentiment', 'moods'] });
});

it('what runs logged is no model of the repository', async () => {
  await repositoryOf({
    'mlruns/0/ab12/artifacts/model/MLmodel': mlmodelOf(),
    'mlruns/0/ab12/artifacts/model/model.safetensors': weights(1),
    'wandb/run-1/files/config.json': JSON.stringify({ model_type: 'bert' }),
    'wandb/run-1/files/model.safetensors': weights(2),
    'churn/model.safetensors': weights(3),
  });
  expect(Object.keys(await initialised())).toEqual(['churn']);
});

it('the card of a Hugging Face folder names the base, when there is one', async () => {
  const config = JSON.stringify({ model_type: 'bert' });
  const card = (base: string) => `---\nlicense: mit\nbase_model: ${base}\n---\n# A model\n`;
  await repositoryOf({
    'tuned/config.json': config,
    'tuned/model.safetensors': weights(1),
    'tuned/README.md': card('acme/bert'),
    'merged/config.json': config,
    'merged/model.safetensors': weights(2),
    'merged/README.md': card('[acme/bert, acme/other]'),
    'broken/config.json': config,
    'broken/model.safetensors': weights(3),
    'broken/README.md': '---\nbase_model: [\n---\n',
  });
  await runIn(built.root, 'init', { 'no-workflows': 'true' });
  const baseOf = async (name: string) =>
    (parse(await readFile(join(built.root, `models/${name}/model.yaml`), 'utf8')) as WrittenManifest).base;
  expect(await baseOf('tuned')).toEqual({ model: 'hf://acme/bert' });
  expect(await baseOf('merged')).toBeUndefined();
  expect(await baseOf('broken')).toBeUndefined();
});

it('a folder that says nothing is named after the one above, checkpoints belong to what came of them, and init again adds nothing', async () => {
  const config = JSON.stringify({ model_type: 'bert', architectures: ['BertModel'] });
  await repositoryOf({
    'training/sentiment/out/checkpoint-500/config.json': config,
    'training/sentiment/out/checkpoint-500/model.safetensors': weights(1),
    'training/sentiment/out/config.json': config,
    'training/sentiment/out/model.safetensors': weights(2),
    'training/sentiment/final/config.json': config,
    'training/sentiment/final/model.safetensors': weights(3),
  });
  const artifactsIn = (path: string) => [`/${path}/config.json`, `/${path}/model.safetensors`];
  const manifests = await initialised();
  expect(Object.keys(manifests).sort()).toEqual(['sentiment', 'sentiment-out']);
  expect(manifests).toMatchObject({
    sentiment: { artifacts: artifactsIn('training/sentiment/final') },
    'sentiment-out': { artifacts: artifactsIn('training/sentiment/out') },
  });
  await mkdir(join(built.root, 'models/sentiment/more'), { recursive: true });
  await writeFile(join(built.root, 'models/sentiment/more/model.safetensors'), weights(4));
  const again = (await runIn(built.root, 'init', { 'no-workflows': 'true' })).json as { written: readonly string[] };
  expect(again.written).toEqual([]);
});
