import { expect, test } from 'vitest';
import { expectCode } from '@weighbridge/testkit';
import { parseDvcFile, parseDvcLock } from './dvc.js';

const folder = '333e53b6720f182106a775cd5affdcb4.dir';

test('a .dvc file names the digest of what it tracks', () => {
  const text = `outs:\n- md5: ${folder}\n  size: 16\n  nfiles: 2\n  hash: md5\n  path: data\n`;
  expect(parseDvcFile(text, 'data.dvc')).toEqual([{ path: 'data', content: `dvc-md5:${folder}`, sizeBytes: 16 }]);
});

test('an import that was not downloaded is fixed by the commit that it locks, without the password of its address', () => {
  const commit = 'b'.repeat(40);
  const text = `deps:\n- path: data.csv\n  repo:\n    url: https://bob:secret@git.acme.example/data.git\n    rev_lock: ${commit}\nouts:\n- path: data.csv\n`;
  const [entry] = parseDvcFile(text, 'data.csv.dvc');
  expect(entry?.content).toBe(`dvc-import:https://git.acme.example/data.git@${commit}:data.csv`);
});

test('an output that nobody has made has no content', () => {
  expect(parseDvcFile('outs:\n- path: data\n', 'data.dvc')).toEqual([{ path: 'data', content: null, sizeBytes: null }]);
  expect(parseDvcFile('[]', 'data.dvc')).toEqual([]);
});

test('a dvc.lock tells command, dependencies, parameters and outputs of each stage', () => {
  const text = `schema: '2.0'\nstages:\n  train:\n    cmd:\n    - python train.py\n    - python eval.py\n    deps:\n    - {path: data, md5: ${folder}}\n    params:\n      params.yaml: {train.lr: 0.1}\n    outs:\n    - {path: m.pkl, md5: ${'a'.repeat(32)}, size: 8}\n`;
  expect(parseDvcLock(text, 'dvc.lock')).toEqual([
    {
      name: 'train',
      command: 'python train.py && python eval.py',
      deps: [{ path: 'data', content: `dvc-md5:${folder}`, sizeBytes: null }],
      outs: [{ path: 'm.pkl', content: `dvc-md5:${'a'.repeat(32)}`, sizeBytes: 8 }],
      params: { 'params.yaml': { 'train.lr': 0.1 } },
    },
  ]);
});

test('what is no YAML is a fault with its place', async () => {
  await expectCode((async () => parseDvcLock('stages: [', 'dvc.lock'))(), 'formats/yaml-malformed');
});
