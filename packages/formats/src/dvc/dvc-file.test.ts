import { expect, test } from 'vitest';
import { expectCode } from '@weighbridge/testkit';
import { dvcEntryOf, isDvcFolder, parseDvcFile } from './dvc-file.js';

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

test('a file of a dvc.lock is named as one that is tracked by itself', () => {
  const entry = dvcEntryOf({ path: 'data', hash: `md5:${folder}`, sizeBytes: 16 });
  expect(entry).toEqual({ path: 'data', content: `dvc-md5:${folder}`, sizeBytes: 16 });
  expect(isDvcFolder(entry.content ?? '')).toBe(true);
  expect(dvcEntryOf({ path: 'raw', hash: null, sizeBytes: null }).content).toBeNull();
});

test('what is no YAML is a fault with its place', async () => {
  await expectCode((async () => parseDvcFile('outs: [', 'data.dvc'))(), 'formats/yaml-malformed');
});
