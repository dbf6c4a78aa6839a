import { utf8 } from '@weighbridge/core';
import { describe, expect, test } from 'vitest';
import { parseBase64Text } from '../base64-text.js';
import { findMetric, findSlices } from '../find-metric.js';
import { parseMetricDocument } from '../parse-metric-document.js';

const parse = (value: unknown) => parseMetricDocument({ name: 'm.json', bytes: utf8(JSON.stringify(value)) });

describe('the eval-result predicate proposed to in-toto', () => {
  const statement = (predicate: object) => ({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'model', digest: { sha256: 'aa' } }],
    predicateType: 'https://in-toto.io/attestation/eval-result/v0.1',
    predicate,
  });
  const claim = {
    metric: 'directional_hit_rate_24h',
    comparator: '>=',
    threshold: '0.50',
    passed: true,
    sampleSize: 1181,
    harness: { name: 'judge', digest: { sha256: 'bb' } },
    commitments: { model: 'cc', dataset: 'dd' },
  };
  test('its verdict and what it was made of', () => {
    const document = parse(statement(claim));
    expect(document.values).toEqual([
      { key: 'directional_hit_rate_24h.passed', value: '1', stderr: null, samples: 1181, slice: null },
      { key: 'directional_hit_rate_24h.threshold', value: '0.50', stderr: null, samples: 1181, slice: null },
    ]);
    expect(document.context).toEqual({ dataset: 'dd', harness: { name: 'judge', digest: { sha256: 'bb' } } });
  });
  test('a verdict that is none is not taken for a pass', () => {
    const passed = (value: unknown) =>
      findMetric(parse(statement({ ...claim, passed: value })), 'directional_hit_rate_24h.passed')?.value;
    expect(passed(false)).toBe('0');
    expect(passed('yes')).toBe('yes');
    expect(passed(null)).toBe('null');
  });
});

describe('results of TFMA', () => {
  const double = (value: unknown) => ({ doubleValue: value });
  const entry = (name: string, value: unknown, more: object = {}) => ({ key: { name, ...more }, value });
  const all = {
    sliceKey: {},
    metricKeysAndValues: [
      entry('example_count', double(1000)),
      {
        ...entry('auc', { boundedValue: { value: 0.91, lowerBound: 0.9, upperBound: 0.92 } }),
        confidenceInterval: { standardError: double(0.005) },
      },
      entry('auc', double(0.8), { modelName: 'candidate', outputName: 'click' }),
      entry('precision', double('NaN'), { subKey: { classId: 2 } }),
      entry('recall', double(0.5), { subKey: { topK: { value: 3 } } }),
      entry('plot', { confusionMatrixAtThresholds: {} }),
      { value: double(1) },
    ],
  };
  const women = {
    slice_key: { single_slice_keys: [{ column: 'sex', bytes_value: 'Zg==' }] },
    metric_keys_and_values: [
      { key: { name: 'auc' }, value: { double_value: { value: 0.88 } } },
      { key: { name: 'example_count' }, value: { double_value: { value: 400 } } },
    ],
  };
  const crossed = {
    sliceKey: {
      singleSliceKeys: [
        { column: 'sex', bytesValue: 'Zg==' },
        { column: 'age', int64Value: '30' },
      ],
    },
    metricKeysAndValues: [entry('auc', double(0.7))],
  };
  test('metrics of the whole', () => {
    const { format, values } = parse([all, women, crossed]);
    expect(format).toBe('tfma-results');
    const whole = values.filter(({ slice }) => slice === null);
    expect(whole.map(({ key, value, stderr, samples }) => [key, value, stderr, samples])).toEqual([
      ['auc', '0.91', '0.005', 1000],
      ['candidate.click.auc', '0.8', null, 1000],
      ['example_count', '1000', null, 1000],
      ['precision.class_id=2', 'NaN', null, 1000],
      ['recall.top_k=3', '0.5', null, 1000],
    ]);
  });
  test('slices by column, with their samples', () => {
    const document = parse([all, women, crossed]);
    expect([...findSlices(document, 'auc', 'sex')]).toEqual([
      ['f', { key: 'auc', value: '0.88', stderr: null, samples: 400, slice: { sex: 'f' } }],
    ]);
    expect(document.values).toContainEqual({
      key: 'auc',
      value: '0.7',
      stderr: null,
      samples: null,
      slice: { sex: 'f', age: '30' },
    });
  });
  test('one slice alone is a document too', () => {
    expect(parse(all).format).toBe('tfma-results');
    expect(() => parse([all, { other: 1 }])).toThrowError(expect.objectContaining({ code: 'formats/metrics-none' }));
    expect(() => parse([women, women])).toThrowError(expect.objectContaining({ code: 'formats/metrics-duplicate' }));
  });
});

test('base64 of protocol buffers', () => {
  for (const text of ['', 'f', 'fr', 'fra', 'f r,ä', '東京', 'x'.repeat(1000)]) {
    expect(parseBase64Text(Buffer.from(text).toString('base64'))).toBe(text);
  }
  for (const broken of ['Z', 'Zg', 'Zg=', 'Z===', 'Zg-_', 'Z g=', '/w==', 'Zg==Zg==']) {
    expect([broken, parseBase64Text(broken)]).toEqual([broken, null]);
  }
});
