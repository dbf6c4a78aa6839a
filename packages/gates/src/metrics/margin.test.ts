import { parseExactDecimal } from '@weighbridge/formats';
import { describe, expect, test } from 'vitest';
import { resolveMargin } from './margin.js';

const resolve = (
  margin: { readonly absolute?: string; readonly relative?: string },
  baseline = '0.92',
  use: 'allowed' | 'asked' = 'allowed',
) => {
  const number = parseExactDecimal(baseline);
  if (number === null) throw new Error(baseline);
  const found = resolveMargin({ absolute: margin.absolute ?? null, relative: margin.relative ?? null }, number, use);
  return found.kind === 'margin' ? [found.value.toString(), found.words] : found;
};

describe('a margin against one baseline', () => {
  test('of an allowed loss the smaller part counts, of an asked gain the larger', () => {
    const both = { absolute: '0.005', relative: '0.01' };
    expect(resolve(both)).toEqual(['0.005', '0.005']);
    expect(resolve(both, '0.92', 'asked')).toEqual(['0.0092', '0.0092 (1% of 0.92)']);
    expect(resolve(both, '-0.1')).toEqual(['0.001', '0.001 (1% of 0.1)']);
  });
  test('of two equal parts the absolute one is told', () => {
    expect(resolve({ absolute: '0.0092', relative: '0.01' })).toEqual(['0.0092', '0.0092']);
    expect(resolve({ absolute: '0.0092', relative: '0.01' }, '0.92', 'asked')).toEqual(['0.0092', '0.0092']);
  });
  test('of a baseline of zero the absolute part alone counts', () => {
    expect(resolve({ absolute: '0.1', relative: '0.5' }, '0')).toEqual(['0.1', '0.1']);
    expect(resolve({ relative: '0.5' }, '0')).toEqual({
      kind: 'undefined',
      because: 'the baseline is 0, of which a relative margin is undefined; an absolute one is needed',
    });
  });
  test.each([
    [{ absolute: 'x' }, 'the margin "x" is not a number'],
    [{ absolute: 'x', relative: '0.1' }, 'the margin "x" is not a number'],
    [{ absolute: '0.1', relative: 'y' }, 'the margin "y" is not a number'],
    [{ absolute: 'z'.repeat(50) }, `the margin "${'z'.repeat(40)}" is not a number`],
    [{}, 'the policy gives neither an absolute nor a relative margin'],
    [{ absolute: '-0.1' }, 'a margin is negative'],
    [{ absolute: '0.1', relative: '-0.1' }, 'a margin is negative'],
  ])('%j is none', (margin, because) => {
    expect(resolve(margin)).toEqual({ kind: 'undefined', because });
  });
});
