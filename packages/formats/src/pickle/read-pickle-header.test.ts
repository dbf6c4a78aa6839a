import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { JsonObject } from '@weighbridge/core';
import { bytesSource } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import type { ArtifactHeader } from '../header.js';
import { looksLikePickle } from './looks-like-pickle.js';
import { readPickleHeader } from './read-pickle-header.js';

// Written by Python itself: packages/formats/fixtures/make.py.
const folder = new URL('../../fixtures/', import.meta.url);
const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, folder)));
const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Record<string, string[]>;
const context = {
  sha256: (input: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(input).digest()),
  openBeside: async () => null,
};
const read = (file: string): Promise<ArtifactHeader> =>
  readPickleHeader(bytesSource(bytesOf(file), `models/${file}`), context);
const stored = (file: string, { tensors }: ArtifactHeader, name: string): Uint8Array => {
  const location = tensors.find((tensor) => tensor.name === name)?.location;
  return bytesOf(file).slice(location?.startByte, location?.endByte);
};

describe.each([0, 1, 2, 3, 4, 5])('a pickle of protocol %i', (protocol) => {
  const file = `values-${protocol}.pkl`;

  test('lists the imports that pickletools finds', async () => {
    expect((await read(file)).imports).toEqual(expected[file]);
    expect(looksLikePickle(bytesOf(file).subarray(0, 512))).toBe(true);
  });

  test('tells dtype and shape of the arrays in it, and their place when their bytes stand as they are', async () => {
    const header = await read(file);
    expect(header.tensors.map(({ name, dtype, shape }) => [name, dtype, shape])).toEqual([
      ['layer.bias', '<i8', [2]],
      ['layer.weight', '<f4', [2, 3]],
      ['nested.deep.mask', '|b1', [2]],
    ]);
    expect(header.attributes).toEqual({ protocol: protocol === 1 ? 0 : protocol, object: 'dict' });
    // Before protocol 3 bytes are written as text, which is not what the array holds.
    const found = header.tensors.map(({ location }) => location !== null);
    expect(found).toEqual([protocol >= 3, protocol >= 3, protocol >= 3]);
    const whole =
      protocol >= 3
        ? stored(file, header, 'layer.weight')
        : new Uint8Array(new Float32Array([0, 1, 2, 3, 4, 5]).buffer);
    expect([...new Float32Array(whole.buffer)]).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('fitted estimators', () => {
  test.each(['forest.pkl', 'regression.pkl'])('%s: imports as pickletools finds them, no tensors', async (file) => {
    const header = await read(file);
    expect(header.imports).toEqual(expected[file]);
    expect(header.tensors).toEqual([]);
    expect(header.attributes['sklearn_version']).toMatch(/^1\./);
  });

  test('tell class, features, classes and outputs', async () => {
    expect((await read('forest.pkl')).attributes['estimator']).toMatchObject({
      class: 'sklearn.ensemble._forest.RandomForestClassifier',
      input_features: 3,
      classes: ['cat', 'dog', 'owl'],
      outputs: [1],
      hyperparameters: { bootstrap: true, criterion: 'gini', max_depth: 1, n_estimators: 1, random_state: 0 },
    });
    const { hyperparameters, ...regression } = (await read('regression.pkl')).attributes['estimator'] as JsonObject;
    expect(regression).toEqual({
      class: 'sklearn.linear_model._base.LinearRegression',
      input_features: 3,
      outputs: [2],
    });
    expect(hyperparameters).toMatchObject({ fit_intercept: true, n_jobs: null, positive: false });
    expect(Object.keys(hyperparameters as JsonObject).filter((name) => /^_|_$/.test(name))).toEqual([]);
    expect((await read('logistic.joblib')).attributes['estimator']).toMatchObject({
      class: 'sklearn.linear_model._logistic.LogisticRegression',
      input_features: 3,
      feature_names: ['age', 'height', 'weight'],
      classes: ['cat', 'dog', 'owl'],
      outputs: [3],
    });
    expect((await read('pipeline.joblib')).attributes['estimator']).toMatchObject({
      class: 'sklearn.pipeline.Pipeline',
      parts: [
        { in: 'steps', name: 'scale', class: 'sklearn.preprocessing._data.StandardScaler', input_features: 3 },
        { in: 'steps', name: 'skip', class: 'passthrough' },
        { in: 'steps', name: 'model', classes: ['cat', 'dog', 'owl'] },
      ],
    });
  });
});

describe('joblib', () => {
  test('arrays are found behind their wrappers', async () => {
    const header = await read('arrays.joblib');
    expect(header.format).toBe('joblib');
    expect(header.tensors.map(({ name, dtype, shape }) => [name, dtype, shape])).toEqual([
      ['f', '<f4', [3, 3]],
      ['w', '<f8', [5, 104]],
    ]);
    expect([...new Float64Array(stored('arrays.joblib', header, 'w').buffer)]).toEqual(
      Array.from({ length: 520 }, (_, index) => index),
    );
    expect([...new Float32Array(stored('arrays.joblib', header, 'f').buffer)]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect(header.imports).toEqual(['joblib.numpy_pickle.NumpyArrayWrapper', 'numpy.dtype', 'numpy.ndarray']);
  });

  test('what a plain loader would import from the bytes of an array is listed too', async () => {
    const sound = bytesOf('arrays.joblib');
    // Behind the BUILD of the first wrapper stand the length of a padding and the padding. 99 of them are `c`, an import.
    const start = sound.slice(0, 240).findLastIndex((byte) => byte === 0x62) + 1;
    const padding = new Uint8Array(99);
    padding.set(new TextEncoder().encode('os\nsystem\n'));
    const array = sound.subarray(start + 1 + (sound[start] ?? 0));
    const bytes = Uint8Array.from([...sound.subarray(0, start), 0x63, ...padding, ...array]);
    const header = await readPickleHeader(bytesSource(bytes, 'x.joblib'), context);
    expect(header.imports).toContain('os.system');
    expect(header.tensors).toHaveLength(2);
  });
});

test('legacy torch: tensors with their places', async () => {
  const header = await read('legacy.pt');
  expect(header.attributes).toEqual({ torch: 'legacy', protocol: 2, byteorder: 'little' });
  expect(header.tensors.map(({ name, dtype, shape }) => [name, dtype, shape])).toEqual([
    ['state_dict.fc.bias', 'float32', [4]],
    ['state_dict.fc.transposed', 'float32', [4, 2]],
    ['state_dict.fc.weight', 'float32', [2, 4]],
    ['state_dict.steps', 'int64', []],
  ]);
  expect([...new Float32Array(stored('legacy.pt', header, 'state_dict.fc.bias').buffer)]).toEqual([8, 9, 10, 11]);
  expect([...new BigInt64Array(stored('legacy.pt', header, 'state_dict.steps').buffer)]).toEqual([7n]);
  expect(header.imports).toEqual([
    'collections.OrderedDict',
    'torch.FloatStorage',
    'torch.LongStorage',
    'torch._utils._rebuild_parameter',
    'torch._utils._rebuild_tensor_v2',
  ]);
});
