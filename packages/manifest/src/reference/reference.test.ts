import { WeighbridgeError } from '@weighbridge/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isImmutableReference } from './immutable-reference.js';
import { parseReference } from './parse-reference.js';
import { formatReference, type Reference } from './reference.js';

const hex = 'a'.repeat(64);
const commit = '0e9e39f249a16976918f6564b8830bc894c89659';

const cases: readonly (readonly [string, Reference, boolean])[] = [
  ['data/train.csv', { scheme: 'path', path: 'data/train.csv' }, true],
  ['/data/a:b.csv', { scheme: 'path', path: '/data/a:b.csv' }, true],
  ['dvc:data/tickets.dvc', { scheme: 'dvc', path: 'data/tickets.dvc' }, true],
  ['s3://acme/a/b.parquet', { scheme: 's3', bucket: 'acme', key: 'a/b.parquet', version: null }, false],
  ['s3://acme/a#1.bin?versionId=3HL4', { scheme: 's3', bucket: 'acme', key: 'a#1.bin', version: '3HL4' }, true],
  ['gs://acme/a?b#1712', { scheme: 'gs', bucket: 'acme', key: 'a?b', version: '1712' }, true],
  ['gs://acme/a', { scheme: 'gs', bucket: 'acme', key: 'a', version: null }, false],
  [
    'az://data@acme/x?versionid=2024-01-01T00:00:00Z',
    { scheme: 'az', bucket: 'data@acme', key: 'x', version: '2024-01-01T00:00:00Z' },
    true,
  ],
  ['hf://org/name', { scheme: 'hf', type: 'model', repository: 'org/name', revision: null, path: null }, false],
  [
    `hf://org/name@${commit}`,
    { scheme: 'hf', type: 'model', repository: 'org/name', revision: commit, path: null },
    true,
  ],
  [
    'hf://org/name@0e9e39f',
    { scheme: 'hf', type: 'model', repository: 'org/name', revision: '0e9e39f', path: null },
    false,
  ],
  [
    `hf://datasets/org/name@${commit}/a/b.csv`,
    { scheme: 'hf', type: 'dataset', repository: 'org/name', revision: commit, path: 'a/b.csv' },
    true,
  ],
  ['hf://gpt2', { scheme: 'hf', type: 'model', repository: 'gpt2', revision: null, path: null }, false],
  ['lakefs://repo/main/a/b', { scheme: 'lakefs', repository: 'repo', ref: 'main', path: 'a/b' }, false],
  [`lakefs://repo/${hex}/a`, { scheme: 'lakefs', repository: 'repo', ref: hex, path: 'a' }, true],
  ['registry:llama', { scheme: 'registry', name: 'llama', range: null }, false],
  ['registry:llama@^1.2', { scheme: 'registry', name: 'llama', range: '^1.2' }, false],
  ['registry:llama@1.2.0', { scheme: 'registry', name: 'llama', range: '1.2.0' }, true],
  [`registry:llama@sha256:${hex}`, { scheme: 'registry', name: 'llama', range: `sha256:${hex}` }, true],
  ['vendor:openai/gpt-4.1', { scheme: 'vendor', provider: 'openai', model: 'gpt-4.1' }, false],
  ['vendor:openai/gpt-4.1-2025-04-14', { scheme: 'vendor', provider: 'openai', model: 'gpt-4.1-2025-04-14' }, true],
  ['mlflow:4f1c', { scheme: 'mlflow', run: '4f1c', path: null }, false],
  ['mlflow:4f1c/model/weights', { scheme: 'mlflow', run: '4f1c', path: 'model/weights' }, false],
  [
    'wandb:acme/fraud/model:v3',
    { scheme: 'wandb', entity: 'acme', project: 'fraud', artifact: 'model', version: 'v3' },
    true,
  ],
  [
    'wandb:acme/fraud/model:latest',
    { scheme: 'wandb', entity: 'acme', project: 'fraud', artifact: 'model', version: 'latest' },
    false,
  ],
  [`sha256:${hex}`, { scheme: 'sha256', digest: `sha256:${hex}` }, true],
];

function tryParse(text: string): Reference | null {
  try {
    return parseReference(text);
  } catch (cause) {
    if (cause instanceof WeighbridgeError) return null;
    throw cause;
  }
}

describe('references', () => {
  it.each(cases)('reads and writes %s', (text, expected, immutable) => {
    expect(parseReference(text)).toEqual(expected);
    expect(formatReference(expected)).toBe(text);
    expect(isImmutableReference(expected)).toBe(immutable);
  });

  it.each([
    [
      '',
      'ftp://x/y',
      'http://x',
      's3:',
      's3://bucket',
      's3://bucket/',
      's3:/b/k',
      's3://b/k?x=1',
      's3://user@b/k',
      'gs://b/k#x',
      'gs://b/k#',
    ],
    [
      'hf://',
      'hf:org/name',
      'hf://org/name@',
      'hf://../name',
      'hf://name/@x',
      'lakefs://repo/main',
      'registry:',
      'registry:Name',
      'registry:a@',
      'registry:a@newest',
    ],
    [
      'vendor:openai',
      'vendor:openai/',
      'mlflow:',
      'mlflow:a b',
      'wandb:a/b',
      'wandb:a/b/c:',
      'sha256:abc',
      `sha256:${'A'.repeat(64)}`,
      'dvc:',
      'a\nb',
    ],
    ['constructor:x', 'toString:x', 'a'.repeat(2049)],
  ])('refuses what is none', (...texts) => {
    for (const text of texts) {
      expect(() => parseReference(text), text).toThrow(expect.objectContaining({ code: 'manifest/reference' }));
    }
  });

  it.each([
    's3://a:b@c/d',
    's3://b/k?X-Amz-Signature=s',
    'az://c/d?sv=1&sig=s',
    'gs://b/k?x=1&Signature=s',
    'https://u:p@h/x',
  ])('refuses credentials without showing them: %s', (text) => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'manifest/reference-secret' }));
  });

  it('writes back whatever it reads', () => {
    const parts = [
      's3://',
      'gs://',
      'az://',
      'hf://',
      'lakefs://',
      'registry:',
      'vendor:',
      'mlflow:',
      'wandb:',
      'dvc:',
      'datasets',
      'a',
      'b-1',
      '/',
      '@',
      '?versionId=',
      '#',
      '7',
      ':',
      'v3',
      '.',
      '^1.2',
    ];
    const text = fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 8 }).map((all) => all.join(''));
    let read = 0;
    fc.assert(
      fc.property(text, (written) => {
        const reference = tryParse(written);
        if (reference === null) return;
        read++;
        expect(parseReference(formatReference(reference))).toEqual(reference);
        expect(formatReference(reference)).toBe(
          reference.scheme === 'az' ? written.replace('?versionId=', '?versionid=') : written,
        );
      }),
      { seed: 61, numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(2000);
  });
});
