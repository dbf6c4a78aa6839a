// needs: training
import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject, Version } from '@weighbridge/core';
import { filesOfWorkTree, readGovernance, selectModels, takeSnapshot } from '@weighbridge/flows';
import { defaultPolicy } from '@weighbridge/manifest';
import { assess, type Snapshot } from '@weighbridge/versioning';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type GovernedRepository, makeGovernedRepository, openSurroundings } from '../scenarios/governed-repository.js';
import { askPeer } from './ask-python.js';

/** What PyTorch itself says of what was saved. */
interface Trained {
  readonly tensors: Readonly<Record<string, Tensors>>;
  readonly runs: Readonly<Record<'run' | 'run-pickled', Run>>;
  readonly versions: { readonly transformers: string };
}
type Tensors = Readonly<Record<string, readonly [dtype: string, shape: readonly number[]]>>;
interface Run {
  readonly metrics: Readonly<Record<string, number>>;
  readonly tensors: Tensors;
  readonly steps: number;
}

const policy = 'gates: { development: { formats: { deny: [pickle] } } }\n';
const base = 'base: { model: "hf://acme/tiny-llama", revision: 0e9e39f249a16976918f6564b8830bc894c89659 }\n';
const loaderWords: Readonly<Record<string, string>> = { F32: 'float32', BF16: 'bfloat16' };

let repository: GovernedRepository;
let trained: Trained;
let surroundings: Awaited<ReturnType<typeof openSurroundings>>;
const snapshots = new Map<string, Snapshot>();

beforeAll(async () => {
  repository = await makeGovernedRepository({ policy });
  const models = join(repository.root, 'models');
  await mkdir(models, { recursive: true });
  trained = askPeer('training', 'train_models.py', { words: [models] }) as Trained;
  for (const name of Object.keys({ ...trained.tensors, ...trained.runs })) {
    const isAdapter = readdirSync(join(models, name, 'w')).includes('adapter_config.json');
    const kind = isAdapter ? `kind: adapter\n${base}` : 'kind: model\n';
    await repository.write(`models/${name}/model.yaml`, `name: ${name}\n${kind}artifacts: [w]\n`);
  }
  const weights = 'artifacts: [/models/run/w/model.safetensors, /models/run/w/config.json]\n';
  await repository.write('models/weights/model.yaml', `name: weights\nkind: model\n${weights}`);
  repository.commit('Train');
  surroundings = await openSurroundings(repository.root);
  const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  for (const model of selectModels(governance, [])) {
    const taken = await takeSnapshot(surroundings, model, { depth: 'bytes' });
    snapshots.set(model.manifest.name, taken.snapshot);
  }
}, 300_000);
afterAll(() => repository.dispose());

function snapshotOf(name: string): Snapshot {
  const found = snapshots.get(name);
  if (found === undefined) throw new Error(`nothing was saved as ${name}`);
  return found;
}

function readTensors(name: string, isWeights: (path: string) => boolean = () => true): Tensors {
  const headers = snapshotOf(name).artifacts.flatMap(({ path, header }) =>
    header !== null && isWeights(path) ? [header] : [],
  );
  return Object.fromEntries(
    headers.flatMap(({ tensors }) =>
      tensors.map(([tensor, dtype, shape]) => [tensor, [loaderWords[dtype] ?? dtype, [...shape]]] as const),
    ),
  );
}

describe('what PyTorch saved', () => {
  it('has the tensors that PyTorch has, whole, in shards, pickled and as adapters', () => {
    expect(Object.keys(trained.tensors)).toHaveLength(20);
    for (const [name, tensors] of Object.entries(trained.tensors)) expect(readTensors(name), name).toEqual(tensors);
    for (const [name, { tensors }] of Object.entries(trained.runs))
      expect(
        readTensors(name, (path) => /^w\/(?:pytorch_)?model\./.test(path)),
        name,
      ).toEqual(tensors);
  });

  it('is known file by file, what a Trainer keeps to go on included', () => {
    for (const name of Object.keys(trained.tensors)) {
      const unknown = snapshotOf(name).artifacts.filter(({ header, document }) => header === null && document === null);
      // A loader takes its shards from the map of this one, so that it counts by its bytes, as other weights do.
      const index = snapshotOf(name).artifacts.filter(({ path }) => path.endsWith('.bin.index.json'));
      expect(unknown, name).toEqual(index);
    }
    const formats = (name: string) =>
      Object.fromEntries(snapshotOf(name).artifacts.map(({ path, header }) => [path, header?.format]));
    expect(formats('run')).toMatchObject({
      'w/model.safetensors': 'safetensors',
      'w/training_args.bin': 'pytorch-zip',
      'w/checkpoint-8/optimizer.pt': 'pytorch-zip',
      'w/checkpoint-8/scheduler.pt': 'pytorch-zip',
      'w/checkpoint-8/rng_state.pth': 'pytorch-zip',
    });
    expect(formats('run-pickled')).toMatchObject({ 'w/pytorch_model.bin': 'pytorch-zip' });
  });
});

/** From one saving to another: the bump, and the rules that move a version. */
const changes: readonly (readonly [from: string, to: string, bump: string, rules: readonly string[]])[] = [
  ['base', 'sharded', 'none', []],
  ['base', 'pickled', 'minor', ['architecture.format']],
  ['sharded', 'sharded-pickled', 'minor', ['architecture.format', 'weights.file-added']],
  ['base', 'half', 'minor', ['architecture.dtype']],
  ['base', 'resized', 'major', ['architecture.setting', 'architecture.tensor-reshaped']],
  ['base', 'merged', 'patch', ['weights.tensors']],
  ['lora', 'lora-retrained', 'patch', ['weights.tensors']],
  ['lora', 'lora-alpha', 'patch', ['adapter.scaling', 'weights.tensors']],
  ['lora', 'rslora', 'patch', ['adapter.scaling', 'weights.tensors']],
  ['lora', 'lora-rank', 'major', ['adapter.rank', 'architecture.tensor-reshaped']],
  ['lora', 'lora-rank-pattern', 'major', ['adapter.rank', 'architecture.tensor-reshaped', 'weights.tensors']],
  ['lora', 'dora', 'major', ['adapter.type', 'architecture.tensor-added']],
  ['lora', 'bias', 'major', ['adapter.type']],
  ['lora', 'pattern', 'major', ['adapter.target-modules', 'weights.tensors']],
  ['lora', 'linear', 'major', ['adapter.target-modules', 'architecture.tensor-added', 'weights.tensors']],
  ['lora', 'saved', 'major', ['adapter.target-modules', 'architecture.tensor-added', 'weights.tensors']],
  ['lora', 'tokens', 'major', ['adapter.target-modules', 'architecture.tensor-added', 'weights.tensors']],
  ['lora', 'embedding', 'major', ['adapter.target-modules', 'architecture.tensor-added', 'weights.tensors']],
];

test.each(changes)('from %s to %s is %s', (from, to, bump, rules) => {
  const candidate = snapshotOf(to);
  const assessed = assess({
    previous: { version: '1.0.0' as Version, snapshot: { ...snapshotOf(from), model: candidate.model } },
    candidate,
    policy: defaultPolicy().versioning,
    existing: [],
    declared: null,
    sha256: surroundings.sha256,
  });
  expect(assessed.bump).toBe(bump);
  const moving = assessed.changes.filter((change) => change.bump !== 'none').map(({ rule }) => rule);
  expect([...new Set(moving)].sort()).toEqual(rules);
});

describe('a run of the Trainer', () => {
  it('is captured with the settings and the metrics that it told itself', () => {
    const { metrics, steps } = trained.runs.run;
    const training = snapshotOf('weights').training as JsonObject & { readonly runs: readonly JsonObject[] };
    expect(training).toMatchObject({
      framework: 'transformers',
      framework_version: trained.versions.transformers,
      duration: expect.stringMatching(/^PT\d+S$/),
    });
    expect(training.runs[0]).toMatchObject({
      source: 'models/run/w/trainer_state.json',
      params: { num_train_epochs: 2, train_batch_size: 4, max_steps: steps },
      metrics: { eval_loss: metrics['eval_loss'], train_loss: metrics['train_loss'], global_step: steps, epoch: 2 },
    });
  });

  it('does not pass where pickles may not, and each of them is named with what loading it imports', async () => {
    const decisionOf = async (model: string) => {
      const outcome = await repository.run('gate', { models: model });
      const { decisions } = outcome.json as { decisions: { requirements: Requirement[] }[] };
      return decisions[0]?.requirements.find(({ id }) => id === 'formats');
    };
    const pickled = (await decisionOf('run')) as Requirement;
    expect(pickled.verdict).toBe('fail');
    const refused = (pickled.children ?? []).map(({ id }) => id.replace('formats/w/', ''));
    const kept = ['optimizer.pt', 'rng_state.pth', 'scheduler.pt', 'training_args.bin'];
    const inCheckpoints = ['checkpoint-4', 'checkpoint-8'].flatMap((each) => kept.map((name) => `${each}/${name}`));
    expect(refused.sort()).toEqual([...inCheckpoints, 'training_args.bin'].sort());
    expect(pickled.because).toContain('transformers.training_args.TrainingArguments');
    expect((await decisionOf('weights'))?.verdict).toBe('pass');
    expect((await decisionOf('pickled'))?.because).toContain('torch._utils._rebuild_tensor_v2');
  });
});

interface Requirement {
  readonly id: string;
  readonly verdict: string;
  readonly because: string;
  readonly children?: readonly { readonly id: string }[];
}
