import { describe, expect, test } from 'vitest';
import { findMetric, findSlices, splitMetricName } from './find-metric.js';
import type { MetricDocument } from './metric-document.js';
import { significantChange } from './significant-change.js';

const document = (value: string | null): MetricDocument => {
  const whole = { key: 'accuracy', stderr: null, samples: null, slice: null };
  const sliced = { ...whole, value: '0.1', slice: { language: 'en' } };
  return { format: 'plain', context: {}, values: value === null ? [sliced] : [sliced, { ...whole, value }] };
};
const rule = { metric: 'eval.accuracy', key: 'accuracy', direction: 'higher', threshold: '0.01' } as const;

describe('significantChange', () => {
  test.each([
    ['0.92', '0.93', 'higher', true, true, '0.01'],
    ['0.92', '0.9299999999999999999', 'higher', false, true, '0.0099999999999999999'],
    ['0.93', '0.92', 'higher', true, false, '-0.01'],
    ['0.3', '0.29', 'lower', true, true, '-0.01'],
    ['0.3', '0.31', 'lower', true, false, '0.01'],
    ['0.92', '0.920', 'higher', false, false, '0'],
    ['-2', '-1', 'higher', true, true, '1'],
    ['-2', '-4', 'higher', true, false, '-2'],
  ] as const)('%s to %s, %s is better', (from, to, direction, significant, improved, delta) => {
    expect(significantChange(document(from), document(to), { ...rule, direction })).toMatchObject({
      from,
      to,
      significant,
      improved,
      delta,
    });
  });
  test('no change is never significant, not even against a threshold of 0', () => {
    expect(significantChange(document('1'), document('1'), { ...rule, threshold: '0' }).significant).toBe(false);
    expect(significantChange(document('1'), document('1.0000001'), { ...rule, threshold: '0' }).significant).toBe(true);
  });
  test('says why', () => {
    const because = (from: string | null, to: string | null, threshold = '0.01') =>
      significantChange(from === null ? null : document(from), document(to), { ...rule, threshold }).because;
    expect(because('0.92', '0.935')).toBe(
      'eval.accuracy improved by 0.015 (0.92 to 0.935), at least the threshold 0.01.',
    );
    expect(because('0.92', '0.915')).toBe(
      'eval.accuracy got worse by 0.005 (0.92 to 0.915), less than the threshold 0.01.',
    );
    expect(because('0.92', '0.92')).toBe('eval.accuracy did not change (0.92), less than the threshold 0.01.');
    expect(because(null, '0.92')).toBe('eval.accuracy is missing in the earlier evidence.');
    expect(because('0.92', null)).toBe('eval.accuracy is missing in the later evidence.');
    expect(because('NaN', '0.92')).toContain('"NaN"');
    expect(because('0.92', 'N/A')).toContain('"N/A"');
    expect(because('0.92', '0.93', 'much')).toContain('"much"');
  });
  test('what is no number is never significant', () => {
    for (const [from, to] of [
      ['NaN', '1'],
      ['1', 'Infinity'],
      ['true', 'false'],
    ] as const) {
      expect(significantChange(document(from), document(to), rule)).toMatchObject({
        significant: false,
        delta: null,
        improved: false,
      });
    }
  });
  test('without a key the metric is the key', () => {
    expect(
      significantChange(document('1'), document('2'), { metric: 'accuracy', direction: 'higher', threshold: '1' })
        .significant,
    ).toBe(true);
  });
});

describe('finding', () => {
  test('a whole is not a slice', () => {
    expect(findMetric(document(null), 'accuracy')).toBe(null);
    expect(findMetric(document('1'), 'accuracy')?.value).toBe('1');
    expect(findMetric(null, 'accuracy')).toBe(null);
  });
  test('slices of exactly one column', () => {
    const value = { key: 'a', value: '1', stderr: null, samples: null };
    const values = [
      { ...value, slice: { x: 'p' } },
      { ...value, slice: { x: 'q', y: 'r' } },
      { ...value, slice: { y: 'r' } },
      { ...value, key: 'b', slice: { x: 's' } },
      { ...value, slice: null },
    ];
    expect([...findSlices({ format: 'plain', context: {}, values }, 'a', 'x').keys()]).toEqual(['p']);
    expect(findSlices(null, 'a', 'x').size).toBe(0);
  });
  test('names are taken apart at the longest id', () => {
    expect(splitMetricName('eval.a.b', ['eval', 'eval.a', 'ev'])).toEqual({ id: 'eval.a', key: 'b' });
    expect(splitMetricName('eval.a', ['eval.a', 'eval'])).toEqual({ id: 'eval', key: 'a' });
    expect(splitMetricName('evala', ['eval'])).toBe(null);
    expect(splitMetricName('eval.', ['eval'])).toBe(null);
    expect(splitMetricName('eval', [])).toBe(null);
  });
});
