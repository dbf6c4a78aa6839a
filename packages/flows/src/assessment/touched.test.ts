import { parseManifest } from '@weighbridge/manifest';
import { describe, expect, test } from 'vitest';
import type { GovernedModel } from '../governing/governance.js';
import { touchesModel } from './touched.js';

function modelOf(...lines: readonly string[]): GovernedModel {
  const path = 'models/fraud/model.yaml';
  const parsed = parseManifest({ path, text: ['name: fraud', 'kind: model', ...lines, ''].join('\n') });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed));
  return { folder: 'models/fraud', manifestPath: path, manifest: parsed.value } as unknown as GovernedModel;
}

const artifacts = modelOf('artifacts: [/out/model.safetensors]');
const globbed = modelOf('artifacts: ["/runs/*/model.safetensors"]');
const trained = modelOf(
  'artifacts: [model.safetensors]',
  'data: [{ name: t, role: train, ref: /data/feats/train.csv }]',
);
const base = modelOf('artifacts: [model.safetensors]', 'base: { model: /base/llama }');

describe('a change touches a model', () => {
  test.each([
    ['in its folder', artifacts, 'models/fraud/README.md'],
    ['at a path that it names', artifacts, 'out/model.safetensors'],
    ['where the run beside its weights is told', artifacts, 'out/weighbridge-run.json'],
    ['where the trainer beside its weights is told', artifacts, 'out/trainer_state.json'],
    ['in the lock of the pipeline that puts its weights out', artifacts, 'dvc.lock'],
    ['in what DVC says of its weights', artifacts, 'out/model.safetensors.dvc'],
    ['in what DVC says of the folder of its weights', artifacts, 'out.dvc'],
    ['where the run beside weights of a pattern is told', globbed, 'runs/7/weighbridge-run.json'],
    ['in what DVC says of weights of a pattern', globbed, 'runs/7/model.safetensors.dvc'],
    ['in what DVC says of its data', trained, 'data/feats/train.csv.dvc'],
    ['in what DVC says of a folder of its data', trained, 'data/feats.dvc'],
    ['in the lock above its data', trained, 'data/dvc.lock'],
    ['in where DVC keeps what it tracks', artifacts, '.dvc/config'],
    ['in where DVC keeps what it tracks in a part of the repository', artifacts, 'out/.dvc/config'],
    ['in the base that lies in the repository', base, 'base/llama/config.json'],
  ])('%s', (_, model, path) => {
    expect(touchesModel(model, [path])).toBe(true);
  });

  test.each([
    ['beside what it names', artifacts, 'out/notes.md'],
    ['in a run of others', artifacts, 'other/weighbridge-run.json'],
    ['in data of others', trained, 'data/other.csv.dvc'],
    ['in a remote of others', artifacts, 'other/.dvc/config'],
    ['in a pipeline of others', trained, 'other/dvc.lock'],
  ])('but not %s', (_, model, path) => {
    expect(touchesModel(model, [path])).toBe(false);
  });
});
