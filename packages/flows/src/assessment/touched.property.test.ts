import { createHash } from 'node:crypto';
import { canonicalJson, WeighbridgeError } from '@weighbridge/core';
import { parseManifest } from '@weighbridge/manifest';
import { bytesSource } from '@weighbridge/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Files } from '../reading/files.js';
import type { GovernedModel } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import { takeSnapshot } from '../snapshot/take-snapshot.js';
import { touchesModel } from './touched.js';

const surroundings = {
  sha256: (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  newHash: () => createHash('sha256'),
  progress: () => {},
} as unknown as Surroundings;

type Tree = ReadonlyMap<string, string>;

/** Files in memory that write down which of them were asked for, be they there or not. */
function recordedFiles(tree: Tree): { files: Files; asked: Set<string> } {
  const asked = new Set<string>();
  const bytesAt = (path: string): Uint8Array | null => {
    asked.add(path);
    const text = tree.get(path);
    return text === undefined ? null : new TextEncoder().encode(text);
  };
  const files: Files = {
    name: 'memory',
    commit: 'c',
    list: async (folder) => [...tree.keys()].filter((path) => folder === '' || path.startsWith(`${folder}/`)).sort(),
    read: async (path) => bytesAt(path),
    readAll: async (paths) =>
      new Map(
        paths.flatMap((path) => {
          const bytes = bytesAt(path);
          return bytes === null ? [] : [[path, bytes] as const];
        }),
      ),
    open: async (path) => {
      const bytes = bytesAt(path);
      return bytes === null ? null : { ...bytesSource(bytes, path), close: async () => {} };
    },
    ignored: async () => new Set(),
  };
  return { files, asked };
}

interface Taken {
  /** What the snapshot says, or the code that it ended in. */
  readonly outcome: string;
  readonly asked: ReadonlySet<string>;
  readonly model: GovernedModel;
}

async function take(folder: string, text: string, tree: Tree): Promise<Taken> {
  const manifestPath = folder === '' ? 'model.yaml' : `${folder}/model.yaml`;
  const parsed = parseManifest({ path: manifestPath, text });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed));
  const { files, asked } = recordedFiles(new Map([...tree, [manifestPath, text]]));
  const lockPath = manifestPath.replace('model.yaml', 'artifacts.lock');
  const model: GovernedModel = {
    manifest: parsed.value,
    manifestPath,
    folder,
    lock: null,
    lockPath,
    files,
    line: 1,
    locate: () => null,
  };
  try {
    const { snapshot } = await takeSnapshot(surroundings, model, { depth: 'bytes' });
    return { outcome: canonicalJson(snapshot), asked, model };
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.exitCode === 70) throw error;
    return { outcome: error.code, asked, model };
  }
}

/** Lines of a manifest that name files, each of which may be there or not. */
const lines = [
  'artifacts: [/out/weights.bin]',
  'artifacts: [/out]',
  'artifacts: ["/runs/*/weights.bin"]',
  'artifacts: [/out/run/tokenizer.json, weights.bin]',
  'artifacts: [/out/MLmodel, /out/run/weights.bin]',
  'data: [{ name: t, role: train, ref: /data/train.csv }, { name: f, role: eval, ref: /data/feats }]',
  'data: [{ name: t, role: train, ref: "dvc:/data/feats/a.csv" }]',
  'base: { model: /out/run }',
  'config: [/conf/a.yaml]',
  'config: ["/conf/*.yaml"]',
  'code: [/src/train]',
  'prompts: [/prompts/a.md]',
  'retrieval: /conf/retrieval.yaml',
  'interface: /conf/io.json',
  'metrics: [{ id: e, path: /out/eval.json, examples: ["/out/samples_*.jsonl"] }]',
  'training: { run: "/wandb/offline-run-1" }',
  'environment: { lock: /uv.lock }',
] as const;

const keyOf = (line: string): string => line.slice(0, line.indexOf(':'));
const manifests = fc
  .uniqueArray(fc.constantFrom(...lines), { selector: keyOf, minLength: 1, maxLength: 8 })
  .map((chosen) => ['name: fraud', 'kind: model', ...chosen, ''].join('\n'));

const paths = [
  ...['weights.bin', 'README.md', 'artifacts.lock', 'weights.bin.dvc'].map((name) => `models/fraud/${name}`),
  ...['weights.bin', 'weights.bin.dvc', 'MLmodel', 'eval.json', 'samples_1.jsonl', 'notes.md'].map((n) => `out/${n}`),
  ...['weights.bin', 'tokenizer.json', 'trainer_state.json', 'all_results.json'].map((name) => `out/run/${name}`),
  ...['weights.bin', 'weightsXbin', 'weights.bin.dvc', 'weighbridge-run.json'].map((name) => `runs/7/${name}`),
  ...['trainer_state.json', 'all_results.json', 'config.json', 'weighbridge-run.json'].map((name) => `out/${name}`),
  'out.dvc',
  'runs.dvc',
  'data.dvc',
  'dvc.lock',
  'out/dvc.lock',
  'out/run.dvc',
  'data/dvc.lock',
  'uv.lock',
  ...['train.csv', 'train.csv.dvc', 'feats.dvc', 'feats/a.csv', 'feats/a.csv.dvc'].map((name) => `data/${name}`),
  ...['a.yaml', 'b.yaml', 'retrieval.yaml', 'io.json'].map((name) => `conf/${name}`),
  'src/train/a.py',
  'src/other.py',
  'prompts/a.md',
  'prompts/b.md',
  'README.md',
  'models/other/model.yaml',
  'wandb/offline-run-1/files/config.yaml',
  'wandb/offline-run-1/files/requirements.txt',
  'wandb/latest',
];
const dvc = (md5: string) => `outs:\n- md5: ${md5.repeat(32)}\n  size: 3\n  hash: md5\n  path: weights.bin\n`;
const lock = (md5: string) =>
  `schema: '2.0'\nstages:\n  train:\n    cmd: python t.py\n    outs:\n    - path: out/weights.bin\n      md5: ${md5.repeat(32)}\n`;
const contents = fc.constantFrom(
  '1\n',
  '{"a": 1}\n',
  '{"a": 2, "framework": "x"}\n',
  '{"log_history": [], "global_step": 3, "train_runtime": 5}\n',
  '{"schema": 1, "framework": "pytorch", "framework_version": "2.9.0"}\n',
  'run_id: abc\nflavors: {}\n',
  dvc('a'),
  dvc('b'),
  lock('a'),
  lock('b'),
);
/** What the lines above need, so that most snapshots end in one. */
const needed: Tree = new Map([
  ...['out/weights.bin', 'out/run/weights.bin', 'runs/7/weights.bin', 'models/fraud/weights.bin', 'data/train.csv'].map(
    (path) => [path, 'x\n'] as const,
  ),
  ...['out/eval.json', 'conf/a.yaml', 'conf/retrieval.yaml', 'conf/io.json', 'src/train/a.py', 'uv.lock'].map(
    (path) => [path, '{"a": 1}\n'] as const,
  ),
  ...['prompts/a.md', 'out/samples_1.jsonl', 'data/feats/a.csv'].map((path) => [path, '{"a": 3}\n'] as const),
]);
const trees = fc
  .dictionary(fc.constantFrom(...paths), contents, { maxKeys: 6 })
  .map((entries): Tree => new Map([...needed, ...Object.entries(entries)]));

test('no file that a snapshot looks for can change without touching the model', async () => {
  await fc.assert(
    fc.asyncProperty(manifests, fc.constantFrom('models/fraud', ''), trees, async (text, folder, tree) => {
      const { asked, model } = await take(folder, text, tree);
      for (const path of asked) expect(touchesModel(model, [path]), path).toBe(true);
    }),
    { seed: 20_26, numRuns: 400 },
  );
});

test('whatever changes a snapshot touches the model', async () => {
  let differing = 0;
  await fc.assert(
    fc.asyncProperty(manifests, trees, fc.constantFrom(...paths), fc.option(contents), async (text, tree, path, to) => {
      const changed = new Map(tree);
      if (to === null) changed.delete(path);
      else changed.set(path, to);
      const [before, after] = [await take('models/fraud', text, tree), await take('models/fraud', text, changed)];
      if (before.outcome === after.outcome) return;
      differing += 1;
      expect(touchesModel(after.model, [path]), path).toBe(true);
    }),
    { seed: 20_26, numRuns: 1000 },
  );
  expect(differing).toBeGreaterThan(50);
});
