import { utf8 } from '@weighbridge/core';
import { expectCode } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { parseDvcLock } from './dvc-lock.js';
import { parseDvcStages } from './dvc-yaml.js';

const lock = `schema: '2.0'
stages:
  train:
    cmd: python src/train.py data/features
    deps:
    - path: data/features
      hash: md5
      md5: 153aad06d376b6595932470e459ef42a.dir
      size: 8437363
      nfiles: 2
    params:
      params.yaml:
        train.n_est: 50
    outs:
    - path: models/model.pkl
      hash: md5
      md5: 46865edbf3d62fc5c039dd9d2b0567a4
      size: 1763725
  import:
    cmd:
    - wget it
    - tar xf it
    deps:
    - path: s3://acme/raw.tar
      etag: '"9b2cf535f27731c974343645a3985328"'
    outs:
    - path: data/raw
`;

describe('a dvc.lock', () => {
  test('gives its stages by name, with what holds each file still', () => {
    expect(parseDvcLock(utf8(lock), 'dvc.lock')).toEqual([
      {
        name: 'import',
        commands: ['wget it', 'tar xf it'],
        deps: [
          {
            path: 's3://acme/raw.tar',
            written: 's3://acme/raw.tar',
            hash: 'etag:9b2cf535f27731c974343645a3985328',
            sizeBytes: null,
          },
        ],
        outs: [{ path: 'data/raw', written: 'data/raw', hash: null, sizeBytes: null, kept: null }],
        params: {},
      },
      {
        name: 'train',
        commands: ['python src/train.py data/features'],
        deps: [
          {
            path: 'data/features',
            written: 'data/features',
            hash: 'md5:153aad06d376b6595932470e459ef42a.dir',
            sizeBytes: 8437363,
          },
        ],
        outs: [
          {
            path: 'models/model.pkl',
            written: 'models/model.pkl',
            hash: 'md5:46865edbf3d62fc5c039dd9d2b0567a4',
            sizeBytes: 1763725,
            kept: {
              md5: '46865edbf3d62fc5c039dd9d2b0567a4',
              isFolder: false,
              sizeBytes: 1763725,
              isLegacy: false,
              remote: null,
              elsewhere: null,
            },
          },
        ],
        params: { 'params.yaml': { 'train.n_est': 50 } },
      },
    ]);
  });

  test('has the paths of a stage from its own folder on, where the dvc.yaml says which that is', () => {
    const yaml = `stages:
  train: { wdir: ../src/, cmd: x, deps: [data.csv], outs: [m.bin] }
  each: { foreach: [a], do: { wdir: sub, cmd: x, outs: [m.bin] } }
  away: { wdir: '\${d}', cmd: x, outs: [m.bin] }
`;
    const file = '- path: m.bin\n';
    const text = `train: { deps: [{ path: data.csv }, { path: 's3://acme/raw' }, { path: /srv/raw }], outs: [{ path: m.bin }] }
each@a:\n  outs:\n  ${file}away:\n  outs:\n  ${file}other:\n  outs:\n  ${file}`;
    const stages = parseDvcLock(utf8(text), 'a/dvc.lock', parseDvcStages(utf8(yaml), 'a/dvc.yaml'));
    const paths = stages.map(({ name, deps, outs }) => [name, ...[...deps, ...outs].map(({ path }) => path)]);
    expect(paths).toEqual([
      ['away', 'm.bin'],
      ['each@a', 'sub/m.bin'],
      ['other', 'm.bin'],
      ['train', '../src/data.csv', 's3://acme/raw', '/srv/raw', '../src/m.bin'],
    ]);
    expect(stages.at(-1)?.outs[0]?.written).toBe('m.bin');
  });

  test('of schema 1.0 has its stages at the top', () => {
    expect(parseDvcLock(utf8('prepare:\n  cmd: make\n'), 'dvc.lock')).toMatchObject([
      { name: 'prepare', commands: ['make'], deps: [], outs: [] },
    ]);
  });

  test.each([
    ['a list', '- 1\n'],
    ['a stage that is text', 'stages: { a: b }\nschema: "2.0"\n'],
    ['stages that are a list', 'schema: "2.0"\nstages: []\n'],
    ['a file without a path', 'a: { cmd: x, deps: [{ md5: 1 }] }\n'],
    ['files that are no list', 'a: { cmd: x, outs: { path: x } }\n'],
  ])('that is %s is refused by name', async (_, text) => {
    await expectCode((async () => parseDvcLock(utf8(text), 'dvc.lock'))(), 'formats/document-malformed');
  });

  test('with nothing in it has no stages', () => {
    expect(parseDvcLock(utf8(''), 'dvc.lock')).toEqual([]);
    expect(parseDvcLock(utf8("schema: '2.0'\n"), 'dvc.lock')).toEqual([]);
  });
});
