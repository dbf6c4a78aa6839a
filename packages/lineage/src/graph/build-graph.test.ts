import { parseModelName, parseVersion } from '@weighbridge/core';
import { nodeSha256 } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { runEventsOf } from '../open-lineage/run-events.js';
import { buildLineage } from './build-graph.js';
import { neighbourhoodOf } from './neighbourhood.js';
import type { RecordedVersion } from './recorded-version.js';

const commit = 'c0ffee'.padEnd(40, '0');
const file = (path: string, hash: string | null = `md5:${path.length}`) => ({
  path,
  written: path,
  hash,
  sizeBytes: null,
  kept: null,
});
const pipeline = {
  path: 'pipeline/dvc.lock',
  stages: [
    { name: 'prepare', commands: ['prepare'], deps: [file('../raw/a.csv')], outs: [file('clean')], params: {} },
    { name: 'featurise', commands: ['featurise'], deps: [file('clean')], outs: [file('features')], params: {} },
    { name: 'train', commands: ['train'], deps: [file('features')], outs: [file('../models/fraud/out')], params: {} },
    { name: 'other', commands: ['other'], deps: [file('../raw/b.csv')], outs: [file('else')], params: {} },
  ],
};
const fraud: RecordedVersion = {
  model: parseModelName('fraud'),
  kind: 'model',
  version: parseVersion('1.2.0'),
  commit,
  time: '2026-05-01T12:00:00Z',
  tag: 'fraud@v1.2.0',
  dependencies: [
    { kind: 'base', role: null, ref: 'hf://acme/llama', pin: 'abc', range: null },
    { kind: 'data', role: 'eval', ref: 's3://acme/holdout', pin: 's3://acme/holdout?versionId=1', range: null },
    { kind: 'data', role: 'train', ref: '/pipeline/features', pin: 'tree:ff', range: null },
  ],
  artifacts: ['models/fraud/out/model.safetensors'],
  codeFiles: 3,
  environment: { image: null, lock: { path: 'uv.lock', digest: 'sha256:aa' }, framework: 'pytorch 2.9.0' },
  training: { run: 'mlflow:4f1c' },
  placements: [{ kind: 'stage', name: 'production', since: '2026-05-02T12:00:00Z', by: 'ada' }],
  pipelines: [pipeline],
};
const desk: RecordedVersion = {
  ...fraud,
  model: parseModelName('desk'),
  kind: 'system',
  version: parseVersion('2.0.0'),
  dependencies: [{ kind: 'part', role: null, ref: 'registry:fraud', pin: '1.2.0', range: '^1' }],
  artifacts: [],
  placements: [],
  pipelines: [],
};
const kinds = (versions: readonly RecordedVersion[]) =>
  Object.fromEntries(buildLineage(versions).nodes.map(({ id, kind }) => [id, kind]));

describe('a graph of lineage', () => {
  test('leads from raw data over pipelines and training to the version and where it stands', () => {
    expect(kinds([fraud])).toEqual({
      'base:hf://acme/llama@abc': 'base',
      [`code:${commit}`]: 'code',
      'data:/pipeline/clean@md5:5': 'processed-data',
      'data:/pipeline/features@md5:8': 'features',
      'data:/raw/a.csv@md5:12': 'raw-data',
      'data:s3://acme/holdout@s3://acme/holdout?versionId=1': 'evaluation-data',
      'environment:uv.lock@sha256:aa': 'environment',
      [`job:pipeline/dvc.lock#featurise@${commit}`]: 'processing',
      [`job:pipeline/dvc.lock#prepare@${commit}`]: 'processing',
      'model:fraud@1.2.0': 'model',
      'stage:fraud#production': 'deployment',
      'training:fraud@1.2.0': 'training',
    });
  });

  test('leaves out stages that lead nowhere near the version', () => {
    expect(JSON.stringify(buildLineage([fraud]))).not.toContain('b.csv');
  });

  test('joins versions that name each other, in any order', () => {
    const graph = buildLineage([fraud, desk]);
    expect(buildLineage([desk, fraud])).toEqual(graph);
    expect(graph.edges).toContainEqual({ from: 'model:fraud@1.2.0', relation: 'part', to: 'model:desk@2.0.0' });
    const down = neighbourhoodOf(graph, { start: 'data:/raw/a.csv@md5:12', direction: 'down', depth: null });
    expect(down.nodes.map(({ id }) => id)).toContain('model:desk@2.0.0');
  });

  test('is seen to a depth, and without turning round', () => {
    const graph = buildLineage([fraud, desk]);
    const near = neighbourhoodOf(graph, { start: 'model:fraud@1.2.0', direction: 'both', depth: 1 });
    expect(near.nodes.map(({ id }) => id).sort()).toEqual([
      'data:s3://acme/holdout@s3://acme/holdout?versionId=1',
      'model:desk@2.0.0',
      'model:fraud@1.2.0',
      'stage:fraud#production',
      'training:fraud@1.2.0',
    ]);
    const up = neighbourhoodOf(graph, { start: 'model:fraud@1.2.0', direction: 'up', depth: null });
    expect(up.nodes.some(({ id }) => id.includes('desk'))).toBe(false);
  });
});

describe('events of OpenLineage', () => {
  const events = runEventsOf(buildLineage([desk, fraud]), {
    repository: 'https://github.com/acme/models',
    producer: 'https://example.test/weighbridge',
    sha256: nodeSha256,
  });

  test('tell every job with what it read and made, twice', () => {
    const ended = events.filter(({ eventType }) => eventType === 'COMPLETE');
    expect(events.length).toBe(ended.length * 2);
    const jobs = Object.fromEntries(
      ended.map(({ job, inputs, outputs }) => [
        job.name,
        [inputs.map(({ name }) => name), outputs.map(({ name }) => name)],
      ]),
    );
    expect(jobs).toEqual({
      'pipeline/dvc.lock/prepare': [['raw/a.csv'], ['pipeline/clean']],
      'pipeline/dvc.lock/featurise': [['pipeline/clean'], ['pipeline/features']],
      'pipeline/dvc.lock/train': [['acme/llama', 'pipeline/features'], ['models/fraud']],
      'evaluation/fraud': [['models/fraud', 'holdout'], []],
      'training/desk': [['models/fraud'], ['models/desk']],
    });
  });

  test('have ids that are UUIDs of version 7, one for each job, the same every time', () => {
    const ids = new Set(events.map(({ run }) => run.runId));
    expect(ids.size).toBe(events.length / 2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    // The first 48 bits are the time, in milliseconds.
    const [first = ''] = ids;
    expect(Number.parseInt(first.replace('-', '').slice(0, 12), 16)).toBe(Date.parse('2026-05-01T12:00:00Z'));
  });

  test('name their schemas, and the commit that the code is at', () => {
    const train = events.find(({ job }) => job.name === 'pipeline/dvc.lock/train');
    expect(train?.schemaURL).toBe('https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent');
    expect(train?.job.facets['sourceCodeLocation']).toMatchObject({
      type: 'git',
      url: `https://github.com/acme/models/tree/${commit}`,
      version: commit,
    });
    for (const { inputs } of events)
      for (const { facets } of inputs)
        for (const facet of Object.values(facets))
          expect(facet._schemaURL).toMatch(/^https:\/\/openlineage\.io\/spec\/facets\//);
  });
});
