import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareDecimals,
  decimalLimits,
  decimalOf,
  displayDecimal,
  formatExactDecimal,
  goodness,
  isDecimalText,
  parseExactDecimal,
} from './exact-decimal.js';

const read = (text: string) => {
  const value = parseExactDecimal(text);
  if (value === null) throw new Error(`${text} is no decimal`);
  return value;
};

describe('parseExactDecimal', () => {
  test.each([
    ['0.92', '0.92'],
    ['0.920', '0.92'],
    ['+1.5', '1.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-0', '0'],
    ['-0.000e9', '0'],
    ['1e400', '1e+400'],
    ['1E-3', '0.001'],
    ['0e999999', '0'],
    ['007', '7'],
    ['9007199254740993', '9007199254740993'],
  ])('%s reads as %s', (text, shown) => {
    expect(formatExactDecimal(read(text))).toBe(shown);
  });
  test.each([
    '',
    ' ',
    'NaN',
    'Infinity',
    '-inf',
    '0x10',
    '1_000',
    '1,5',
    '1e',
    '.',
    '-',
    'e5',
    '1e9999999',
    '1 ',
    '١',
    'true',
    '1e5.5',
    '--1',
  ])('"%s" is no decimal', (text) => {
    expect(parseExactDecimal(text)).toBe(null);
    expect(isDecimalText(text)).toBe(false);
  });
  test('a decimal beyond the bounds keeps its form and is not read', () => {
    const digits = (count: number) => `0.${'1'.repeat(count)}`;
    expect(parseExactDecimal(digits(decimalLimits.digits))).not.toBe(null);
    for (const text of [
      '1e401',
      '1e-401',
      '1e999999',
      digits(decimalLimits.digits + 1),
      '1'.repeat(decimalLimits.textLength),
    ]) {
      expect(parseExactDecimal(text)).toBe(null);
      expect(isDecimalText(text)).toBe(true);
    }
    expect(parseExactDecimal(`${'0'.repeat(decimalLimits.textLength)}1`)).toBe(null);
    expect(isDecimalText('1'.repeat(5_000))).toBe(false);
  });
});

describe('arithmetic is that of integers', () => {
  const scaled = fc.tuple(fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }), fc.integer({ min: -300, max: 0 }));
  test('formatting and reading again is the same number', () => {
    fc.assert(
      fc.property(scaled, ([digits, exponent]) => {
        const value = read(`${digits}e${exponent}`);
        return compareDecimals(read(formatExactDecimal(value)), value) === 0;
      }),
      { seed: 3, numRuns: 500 },
    );
  });
  test('comparison and difference', () => {
    fc.assert(
      fc.property(scaled, fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }), ([left, exponent], right) => {
        const [a, b] = [read(`${left}e${exponent}`), read(`${right}e${exponent}`)];
        expect(Math.sign(compareDecimals(a, b))).toBe(left < right ? -1 : left > right ? 1 : 0);
        expect(compareDecimals(goodness(a, b, 'higher'), read(`${left - right}e${exponent}`))).toBe(0);
        expect(compareDecimals(goodness(a, b, 'lower'), read(`${right - left}e${exponent}`))).toBe(0);
      }),
      { seed: 5, numRuns: 500 },
    );
  });
  test('the largest and the smallest together lose nothing', () => {
    const both = read('1e400').plus(read('1e-400'));
    expect(both.minus(read('1e400')).eq(read('1e-400'))).toBe(true);
    const product = read('1e400').times(read('3e-400'));
    expect(formatExactDecimal(product)).toBe('3');
  });
});

test('displayDecimal cuts what nobody reads', () => {
  expect(displayDecimal(read('0.013'))).toBe('0.013');
  expect(displayDecimal(read(`0.${'123456789'.repeat(5)}`))).toBe('0.12345678912345679…');
  expect(displayDecimal(decimalOf(0.1))).toBe('0.1');
});
