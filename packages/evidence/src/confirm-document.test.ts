import type { MetricDocument } from '@weighbridge/formats';
import { describe, expect, it } from 'vitest';
import { confirmDocument, formatTolerance, parseTolerance } from './confirm-document.js';

const value = (key: string, text: string, parts: Partial<MetricDocument['values'][number]> = {}) => ({
  key,
  value: text,
  stderr: null,
  samples: null,
  slice: null,
  ...parts,
});
const document = (...values: MetricDocument['values']): MetricDocument => ({ format: 'plain', values, context: {} });
const compare = (claimed: MetricDocument, measured: MetricDocument, tolerance = '0.001') => {
  const parsed = parseTolerance(tolerance);
  if (parsed === null) throw new Error(tolerance);
  return confirmDocument(claimed, measured, parsed);
};

describe('a claim that was measured again', () => {
  it('is confirmed within the tolerance, ties too, whatever else was measured', () => {
    const claimed = document(value('accuracy', '0.951'));
    expect(compare(claimed, document(value('accuracy', '0.95'), value('f1', '0.2')))).toEqual([]);
    expect(compare(claimed, document(value('accuracy', '0.952')))).toEqual([]);
    expect(compare(claimed, document(value('accuracy', '0.9499')))).toEqual([
      'accuracy is 0.951, and 0.9499 was measured: 0.0011 apart, 0.001 is allowed',
    ]);
  });

  it('takes a percentage of what was measured', () => {
    const claimed = document(value('latency', '101'));
    expect(compare(claimed, document(value('latency', '100')), '1%')).toEqual([]);
    expect(compare(claimed, document(value('latency', '99.9')), '1%')).toHaveLength(1);
    expect(compare(document(value('loss', '-101')), document(value('loss', '-100')), '1%')).toEqual([]);
    expect(compare(document(value('x', '0')), document(value('x', '0')), '1%')).toEqual([]);
  });

  it('is not where a value, a slice or a sample is missing', () => {
    const slice = { language: 'de' };
    const claimed = document(value('accuracy', '0.9', { slice, samples: 300 }));
    expect(compare(claimed, document(value('accuracy', '0.9')))).toEqual(['accuracy of language=de was not measured']);
    expect(compare(claimed, document(value('accuracy', '0.9', { slice, samples: 299 })))).toEqual([
      'accuracy of language=de rests on 300 samples, and 299 were measured',
    ]);
    expect(compare(claimed, document(value('accuracy', '0.9', { slice, samples: 300 })))).toEqual([]);
  });

  it('needs standard errors that agree as well, and the same context', () => {
    const claimed = document(value('accuracy', '0.9', { stderr: '0.001' }));
    expect(compare(claimed, document(value('accuracy', '0.9')))).toEqual([
      'the standard error of accuracy was not measured',
    ]);
    expect(compare(claimed, document(value('accuracy', '0.9', { stderr: '0.01' })))).toHaveLength(1);
    const other = { ...claimed, context: { dataset: 'b' } };
    expect(compare(claimed, other)).toEqual(['its context (dataset, harness, shots) is another']);
  });

  it.each(['NaN', 'N/A', '1e999', ''])('is never confirmed as %j', (text) => {
    expect(compare(document(value('accuracy', text)), document(value('accuracy', text)))).toHaveLength(1);
  });
});

describe('a tolerance', () => {
  it.each(['0', '0.001', '0.5%', '12%'])('%s reads and writes', (text) => {
    const parsed = parseTolerance(text);
    expect(parsed === null ? null : formatTolerance(parsed)).toBe(text);
  });

  it.each(['', '-1', '1e3', '.5', '1 %', '%', '0.1.2', 'x'])('%j is none', (text) => {
    expect(parseTolerance(text)).toBeNull();
  });
});
