import { openMemoryWorkTree } from '@weighbridge/testkit';
import { expect, it } from 'vitest';
import { filesOfWorkTree } from '../../reading/files.js';
import { trackedOutputs } from './tracked-outputs.js';

const mib = 1024 * 1024;
const out = (path: string) => `{path: ${path}, md5: ${'a1'.repeat(16)}, hash: md5, size: 8}`;
const lockOf = (path: string, sizeBytes = 0) =>
  `# ${'x'.repeat(sizeBytes)}\nschema: '2.0'\nstages:\n  train:\n    cmd: make\n    outs:\n    - ${out(path)}\n`;
const filesOf = (files: Record<string, string>) =>
  filesOfWorkTree(openMemoryWorkTree({ files: { '.dvc/config': '', ...files } }));

it('of a record that is too large are not known, and that is told', async () => {
  const files = filesOf({
    'a/dvc.lock': lockOf('model.bin', 8 * mib),
    'a/other.bin.dvc': `outs:\n- ${out('other.bin')}\n`,
    'b/dvc.lock': lockOf('model.bin'),
    'b/dvc.yaml': 'stages: {train: {cmd: make, outs: [{model.bin: {push: false}}]}}\n',
  });
  const { outputs, unread } = await trackedOutputs(files, ['a', 'b']);
  expect(outputs).toMatchObject([
    { path: 'a/other.bin', record: 'a/other.bin.dvc', elsewhere: null },
    { path: 'b/model.bin', record: 'b/dvc.lock', elsewhere: 'unpushed' },
  ]);
  expect(unread.map(({ record }) => record)).toEqual(['a/dvc.lock']);
});

it('are read up to a bound for all records that may speak of a model, and for each model alike', async () => {
  const records = ['a', 'b', 'c', 'd'].map((name) => [`${name}/dvc.lock`, lockOf('model.bin', 5 * mib)] as const);
  const files = filesOf(Object.fromEntries(records));
  for (let time = 0; time < 2; time++) {
    const { outputs, unread } = await trackedOutputs(files, ['a', 'b', 'c', 'd']);
    expect(outputs.map(({ path }) => path)).toEqual(['a/model.bin', 'b/model.bin', 'c/model.bin']);
    expect(unread.map(({ record }) => record)).toEqual(['d/dvc.lock']);
  }
  expect((await trackedOutputs(files, ['d'])).outputs.map(({ path }) => path)).toEqual(['d/model.bin']);
});

it('are parsed once for all models', async () => {
  const files = filesOf({ 'dvc.lock': lockOf('model.bin') });
  const [first] = (await trackedOutputs(files, ['model.bin'])).outputs;
  const [second] = (await trackedOutputs(files, ['model.bin', 'other.bin'])).outputs;
  expect(first?.path).toBe('model.bin');
  expect(second).toBe(first);
});
