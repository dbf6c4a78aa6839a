import { describe, expect, test } from 'vitest';
import { parseManifest } from '../parse-manifest.js';
import { nameBehind, remoteReferenceOf, type RemoteReference, selectRemote } from './artifact-reference.js';

const [commit, other] = ['1'.repeat(40), '2'.repeat(40)];
const lake = 'c'.repeat(64);

function remote(text: string): RemoteReference {
  const reference = remoteReferenceOf(text);
  if (reference === null) throw new Error(`${text} is not remote`);
  return reference;
}

describe('what a path selects', () => {
  test.each([
    ['', { 'a.onnx': 'a.onnx', 'b/c.txt': 'b/c.txt' }],
    ['runs/42/', { 'runs/42/a.onnx': 'a.onnx', 'runs/42/b/c': 'b/c', 'runs/42/': null, 'runs/421/a': null }],
    ['runs/*/a.onnx', { 'runs/1/a.onnx': '1/a.onnx', 'runs/1/b.onnx': null, 'runs/1/2/a.onnx': null }],
    ['runs/**', { 'runs/1/a': '1/a', 'runs/b': 'b', 'other/b': null }],
    ['runs/*/', { 'runs/1/a': '1/a', 'runs/1/b/c': '1/b/c', 'runs/a': null }],
    ['*.safetensors', { 'm.safetensors': 'm.safetensors', 'x/m.safetensors': null }],
  ] as const)('%j', (path, expected: Readonly<Record<string, string | null>>) => {
    const selection = selectRemote(path);
    if (selection.kind !== 'files') throw new Error('one file');
    for (const [found, name] of Object.entries(expected)) expect(selection.nameOf(found), found).toBe(name);
  });

  test('a path without signs is one file', () => {
    expect(selectRemote('runs/42/a.onnx')).toEqual({ kind: 'file', path: 'runs/42/a.onnx' });
  });
});

test.each(['model.onnx', './out/', 'vendor:openai/gpt-4.1'])('%s is no remote artifact', (text) => {
  expect(remoteReferenceOf(text)).toBeNull();
});

describe('what lies behind a reference', () => {
  test.each([
    ['s3://b/runs/', 's3://b/runs/x/m.onnx?versionId=v1', 'x/m.onnx'],
    ['s3://b/runs/', 's3://b/runs/m.onnx', 'm.onnx'],
    ['s3://b/runs/m.onnx?versionId=v1', 's3://b/runs/m.onnx?versionId=v1', 'm.onnx'],
    ['gs://b/*.onnx', 'gs://b/m.onnx#7', 'm.onnx'],
    ['az://c@acme/m.onnx', 'az://c@acme/m.onnx?versionid=2026-11-20T08:15:30.1234567Z', 'm.onnx'],
    ['hf://acme/bert', `hf://acme/bert@${commit}/onnx/m.onnx`, 'onnx/m.onnx'],
    [`hf://acme/bert@${commit}/onnx/`, `hf://acme/bert@${commit}/onnx/m.onnx`, 'm.onnx'],
    ['lakefs://lake/main/m/', `lakefs://lake/${lake}/m/x`, 'x'],
  ])('%s and %s', (reference, address, name) => {
    expect(nameBehind(remote(reference), remote(address))).toBe(name);
  });

  test.each([
    ['another bucket', 's3://b/runs/', 's3://c/runs/m.onnx?versionId=v1'],
    ['another service', 's3://b/runs/', 'gs://b/runs/m.onnx#7'],
    ['another prefix', 's3://b/runs/', 's3://b/other/m.onnx'],
    ['another version', 's3://b/m.onnx?versionId=v1', 's3://b/m.onnx?versionId=v2'],
    ['no version where one is meant', 's3://b/m.onnx?versionId=v1', 's3://b/m.onnx'],
    ['a whole prefix', 's3://b/runs/', 's3://b/runs/x/'],
    ['a pattern', 's3://b/runs/', 's3://b/runs/*.onnx'],
    ['a branch', 'hf://acme/bert', 'hf://acme/bert@main/m.onnx'],
    ['another commit', `hf://acme/bert@${commit}`, `hf://acme/bert@${other}/m.onnx`],
    ['a repository of another type', 'hf://acme/bert', `hf://datasets/acme/bert@${commit}/m.onnx`],
    ['a branch of lakeFS', 'lakefs://lake/main/m/', 'lakefs://lake/main/m/x'],
    ['another repository of lakeFS', 'lakefs://lake/main/m/', `lakefs://sea/${lake}/m/x`],
  ])('and %s does not', (_name, reference, address) => {
    expect(nameBehind(remote(reference), remote(address))).toBeNull();
  });
});

test.each(['dvc:a.dvc', 'registry:llama@^1', 'vendor:openai/gpt-4.1', 'mlflow:4f1c', `sha256:${'a'.repeat(64)}`])(
  'whoever names %s as an artifact is told what can be one, and not that kind',
  (text) => {
    const parsed = parseManifest({ path: 'm/model.yaml', text: `name: m\nkind: model\nartifacts: ['${text}']\n` });
    const [fault] = parsed.ok ? [] : parsed.faults;
    expect(fault?.code).toBe('manifest/artifact-reference');
    expect(fault?.remedy).toContain('lakefs://');
    expect(fault?.remedy).not.toContain(text.slice(0, text.indexOf(':') + 1));
  },
);
