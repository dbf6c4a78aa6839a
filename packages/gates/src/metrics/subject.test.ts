import { parseExactDecimal } from '@weighbridge/formats';
import { expect, test } from 'vitest';
import { metricGate } from '../../test/gate-case.js';
import { nameBaseline, partId, readNumber, valueFacts } from './subject.js';

test('a baseline is called by the name of its ref and its version', () => {
  expect(nameBaseline('stage:production', '1.3.0')).toBe('production 1.3.0');
  expect(nameBaseline('alias:champion', '1.3.0')).toBe('champion 1.3.0');
  expect(nameBaseline('previous', '1.3.0')).toBe('previous 1.3.0');
  for (const ref of ['1.3.0', 'stage:', 'no-stage:x', 'stages:x']) {
    expect(nameBaseline(ref, '1.3.0')).toBe('version 1.3.0');
  }
});

test('a value that is no number, or too large to compare, says so in short', () => {
  expect(readNumber('eval.f1', '0.5')).toEqual(parseExactDecimal('0.5'));
  expect(readNumber('eval.f1', 'n/a')).toBe('eval.f1 is "n/a" and not a number');
  expect(readNumber('eval.f1', 'x'.repeat(41))).toBe(`eval.f1 is "${'x'.repeat(40)}" and not a number`);
  expect(readNumber('eval.f1', '1e999999')).toBe(
    'eval.f1 is 1e999999, which is beyond the size of numbers that are compared',
  );
  const long = `1.${'0'.repeat(50)}e999999`;
  expect(readNumber('eval.f1', long)).toBe(
    `eval.f1 is ${long.slice(0, 40)}, which is beyond the size of numbers that are compared`,
  );
});

test('the facts of a value are its exact number and its samples; a part is named below its gate', () => {
  const number = parseExactDecimal('0.930');
  if (number === null) throw new Error('no number');
  const value = { key: 'f1', value: '0.930', stderr: null, samples: 7, slice: null };
  expect(valueFacts({ name: 'eval.f1', value, number })).toEqual({ value: '0.93', samples: 7 });
  expect(partId(metricGate({ id: 'f1' }), 'bounds')).toBe('f1/bounds');
});
