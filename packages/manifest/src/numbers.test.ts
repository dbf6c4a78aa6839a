import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimalText, parseDecimalText, parseFractionText } from './decimal-text.js';
import { formatDuration, parseDuration } from './duration.js';

describe('decimal text', () => {
  it.each([
    ['0.10', '0.10'],
    ['007', '007'],
    ['5.', '5'],
    ['-.5e-3', '-0.5e-3'],
    ['1e0', '1'],
    ['+1.50', '1.50'],
  ])('reads %s as %s', (text, expected) => expect(parseDecimalText(text)).toBe(expected));

  it.each([
    '',
    '.',
    '-',
    'e5',
    '1e',
    '1e99999',
    '1e309',
    'NaN',
    'Infinity',
    '.inf',
    '0x10',
    '1_000',
    '1,5',
    ' 1',
    '1 ',
    '1%',
    '1'.repeat(101),
  ])('refuses %s', (text) => expect(parseDecimalText(text)).toBeNull());

  it.each([
    ['1%', '0.01'],
    ['0.5%', '0.005'],
    ['12.50%', '0.1250'],
    ['100%', '1.00'],
    ['150 %', '1.50'],
    ['-2%', '-0.02'],
    ['1e-3%', '1e-5'],
    ['0.01', '0.01'],
  ])('reads the fraction %s as %s', (text, expected) => expect(parseFractionText(text)).toBe(expected));

  it.each(['%', '1%%', 'x%', '1  %'])('refuses the fraction %s', (text) => expect(parseFractionText(text)).toBeNull());

  const decimal = fc.tuple(
    fc.integer({ min: -99_999, max: 99_999 }),
    fc.integer({ min: 0, max: 8 }),
    fc.integer({ min: -6, max: 6 }),
  );
  const textOf = ([digits, places, exponent]: readonly [number, number, number]) => {
    const padded = String(Math.abs(digits)).padStart(places + 1, '0');
    const whole = padded.slice(0, padded.length - places);
    return `${digits < 0 ? '-' : ''}${whole}.${padded.slice(padded.length - places)}e${exponent}`;
  };
  const exact = ([digits, places, exponent]: readonly [number, number, number]) =>
    BigInt(digits) * 10n ** BigInt(20 - places + exponent);

  it('keeps the value of every number, as numbers see it', () => {
    fc.assert(
      fc.property(decimal, (parts) => {
        const text = textOf(parts);
        const read = parseDecimalText(text);
        expect(read).not.toBeNull();
        expect(Number(read)).toBe(Number(text));
        expect(parseDecimalText(read ?? '')).toBe(read);
      }),
      { seed: 41 },
    );
  });

  it('makes a hundredth of a percentage, exactly', () => {
    fc.assert(
      fc.property(decimal, (parts) => {
        const [digits, places, exponent] = parts;
        const hundredth = parseFractionText(`${textOf(parts)}%`) ?? '';
        expect(compareDecimalText(hundredth, parseDecimalText(textOf([digits, places, exponent - 2])) ?? '')).toBe(0);
      }),
      { seed: 42 },
    );
  });

  it('compares exactly', () => {
    fc.assert(
      fc.property(decimal, decimal, (left, right) => {
        const expected = exact(left) < exact(right) ? -1 : exact(left) > exact(right) ? 1 : 0;
        expect(compareDecimalText(textOf(left), textOf(right))).toBe(expected);
      }),
      { seed: 43 },
    );
    expect(compareDecimalText('0.1', '0.10')).toBe(0);
    expect(compareDecimalText('0.30000000000000001', '0.3')).toBe(1);
    expect(compareDecimalText('1e-308', '0')).toBe(1);
  });
});

describe('durations', () => {
  it.each([
    ['90m', 5_400_000],
    ['24h', 86_400_000],
    ['30d', 2_592_000_000],
    ['2w', 1_209_600_000],
    ['45s', 45_000],
    ['0s', 0],
  ])('reads %s', (text, expected) => expect(parseDuration(text)).toBe(expected));

  it.each(['', '24', '1.5h', '-1h', '1 h', '1H', '1y', 'PT1H', '9999999w', '99999999s'])('refuses %s', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  it('writes what it reads', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999 }), (seconds) => {
        expect(parseDuration(formatDuration(seconds * 1000))).toBe(seconds * 1000);
      }),
      { seed: 44 },
    );
    expect(formatDuration(86_400_000)).toBe('1d');
    expect(formatDuration(5_400_000)).toBe('90m');
  });
});
