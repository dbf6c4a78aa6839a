import { parseModelName, parseVersion } from '@weighbridge/core';
import { describe, expect, test } from 'vitest';
import { bareRef } from './bare-ref.js';
import { declaredDependencies, dependenciesOf } from './dependencies.js';
import { isToldByRun, roleOf } from './told-data.js';

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

  test('of a snapshot have data that its runs told and no manifest names, marked as that', () => {
    const sets = [
      { name: 'a', role: 'train', digest: 'sha256:aa', source: 's3://a/b?versionId=1' },
      { name: 'b', role: 'Test', digest: 'b'.repeat(64), source: 'data/holdout.csv' },
      { name: 'named', digest: '3fa9' },
      { name: 'again', role: 'train', digest: '17', source: 'data/train.csv' },
      { name: 'odd', role: 'train', source: 'jdbc:x://y' },
      { name: 'a\nb', digest: 'x' },
      7,
    ];
    const runs = [
      { source: 'out/weighbridge-run.json', datasets: sets },
      { source: 'p/dvc.lock#train', datasets: sets },
      7,
    ];
    const named = [{ name: 'train', role: 'train', ref: '../../data/train.csv', pinned: 'sha256:aa' }] as const;
    const facets = { base: null, data: named, uses: [], training: { runs } };
    const told = dependenciesOf(facets, { path }).slice(1);
    expect(told.map(({ role, ref, pin }) => [role, ref, pin])).toEqual([
      ['run:train', 's3://a/b', 'sha256:aa'],
      ['run:eval', '/data/holdout.csv', `sha256:${'b'.repeat(64)}`],
      ['run:train', 'named', '3fa9'],
      ['run:train', 'jdbc:x://y', null],
    ]);
    expect(told.map(isToldByRun)).toEqual([true, true, true, true]);
    expect(told.map(roleOf)).toEqual(['train', 'eval', 'train', 'train']);
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
