import type { JsonValue } from '@weighbridge/core';
import { describe, expect, it } from 'vitest';
import { describeMove, describeValue } from './describe-value.js';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const short = (digit: string) => `sha256:${digit.repeat(12)}…`;

describe('what was before and what is now', () => {
  it('names the largest of the tensors that differ, and counts the rest', () => {
    const side = (digit: string, differing = 28, compared = 36): JsonValue => ({
      differing,
      compared,
      largest: ['fc1.weight', 'fc2.weight'].map((tensor) => ({ tensor, digest: digest(digit) })),
    });
    expect(describeMove(side('1'), side('2'))).toBe(
      `28 of 36 tensors differ: fc1.weight ${short('1')} → ${short('2')} and 27 more`,
    );
    expect(describeMove(side('1', 1, 1), side('2', 1, 1))).toBe(
      `1 of 1 tensor differs: fc1.weight ${short('1')} → ${short('2')}`,
    );
    const unnamed = { differing: 2, compared: 3, largest: [] };
    expect(describeMove(unnamed, unnamed)).toBe('2 of 3 tensors differ');
  });

  it('goes thing by thing where both sides list the same', () => {
    const shapes = (rows: number): JsonValue => ['a', 'b'].map((tensor) => ({ tensor, is: [rows, 4] }));
    expect(describeMove(shapes(3), shapes(5))).toBe('a [3, 4] → [5, 4], b [3, 4] → [5, 4]');
    const files = (digit: string): JsonValue => [{ path: 'model.bin', sha256: digest(digit) }];
    expect(describeMove(files('a'), files('b'))).toBe(`model.bin ${short('a')} → ${short('b')}`);
    expect(describeMove(files('a'), null)).toBe(`model.bin ${short('a')} → none`);
  });

  it.each<[JsonValue, string]>([
    [null, 'none'],
    ['gelu', 'gelu'],
    [0.5, '0.5'],
    [true, 'true'],
    [digest('c'), short('c')],
    [[], 'nothing'],
    [{}, 'nothing'],
    [{ model: null }, 'nothing'],
    [[768, 1024], '[768, 1024]'],
    [['a', 'b', 'c', 'd'], 'a, b, c, d'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
    [{ model: 'hf://acme/phi', revision: '0e9e39f', version: null }, 'model hf://acme/phi, revision 0e9e39f'],
    [{ rows: [1, 2], names: ['a', 'b'], inner: { a: 1 } }, 'rows [1, 2], names of 2, inner of 1'],
    [[{ tensor: 'a', is: { dtype: 'F32' } }], 'a of 1'],
    [[{ other: 'a', is: 1 }], 'other a, is 1'],
    ['a\nb', 'a b'],
  ])('%j reads %s', (value, told) => expect(describeValue(value)).toBe(told));
});
