import { parseModelName, parseVersion } from '@weighbridge/core';
import { describe, expect, test } from 'vitest';
import { bareRef, declaredDependencies, dependenciesOf } from './dependencies.js';

const path = 'models/fraud/model.yaml';
const manifest = {
  base: { model: 'registry:llama@^1.2', revision: null },
  data: [
    { name: 'train', role: 'train', ref: '../../data/train.csv' },
    { name: 'holdout', role: 'eval', ref: 's3://acme/holdout.csv?versionId=3HL4' },
  ],
  uses: [{ model: parseModelName('judge'), version: '~1.0' }],
} as const;

describe('dependencies', () => {
  test.each([
    ['../../data/train.csv', '/data/train.csv'],
    ['/data/train.csv', '/data/train.csv'],
    ['dvc:data/tickets.dvc', 'dvc:/models/fraud/data/tickets.dvc'],
    ['s3://acme/a.csv?versionId=1', 's3://acme/a.csv'],
    ['gs://acme/a.csv#17', 'gs://acme/a.csv'],
    ['hf://datasets/acme/tickets@main/a.csv', 'hf://datasets/acme/tickets/a.csv'],
    ['registry:llama@^1.2', 'registry:llama'],
    ['lakefs://lake/main/a.csv', 'lakefs://lake/a.csv'],
    ['wandb:acme/p/tickets:v3', 'wandb:acme/p/tickets'],
    ['vendor:openai/gpt-4.1', 'vendor:openai/gpt-4.1'],
  ])('%s is called %s, whatever its version', (written, bare) => {
    expect(bareRef(written, path)).toBe(bare);
  });

  test('of a snapshot have its pins, and the ranges of the manifest', () => {
    const version = parseVersion('1.3.0');
    const facets = {
      base: { model: 'registry:llama', revision: null, content: null, version },
      data: [
        { name: 'train', role: 'train', ref: '../../data/train.csv', pinned: 'sha256:aa' },
        { name: 'again', role: 'train', ref: '/data/train.csv', pinned: 'sha256:aa' },
      ],
      uses: [{ model: parseModelName('judge'), range: '~1.0', version: parseVersion('1.0.2'), identity: null }],
    } as const;
    expect(dependenciesOf(facets, { path, manifest })).toEqual([
      { kind: 'base', role: null, ref: 'registry:llama', pin: '1.3.0', range: '^1.2' },
      { kind: 'part', role: null, ref: 'registry:judge', pin: '1.0.2', range: '~1.0' },
      { kind: 'data', role: 'train', ref: '/data/train.csv', pin: 'sha256:aa', range: null },
    ]);
    expect(dependenciesOf(facets, { path })[0]).toMatchObject({ pin: '1.3.0', range: null });
  });

  test('of a manifest have what it writes and no more', () => {
    expect(declaredDependencies({ path, manifest })).toEqual([
      { kind: 'base', role: null, ref: 'registry:llama', pin: null, range: '^1.2' },
      { kind: 'part', role: null, ref: 'registry:judge', pin: null, range: '~1.0' },
      { kind: 'data', role: 'train', ref: '/data/train.csv', pin: null, range: null },
      { kind: 'data', role: 'eval', ref: 's3://acme/holdout.csv', pin: '3HL4', range: null },
    ]);
  });
});
