import { describe, expect, test } from 'vitest';
import type { ExampleScore } from '@weighbridge/formats';
import { judgeMove, type MoveQuestion } from './judge-move.js';

const document = (
  value: string,
  stderr: string | null,
  scores: readonly number[] | null = null,
): MoveQuestion['before'] => ({
  format: 'plain',
  context: {},
  values: [{ key: 'accuracy', value, stderr, samples: null, slice: null }],
  ...(scores === null
    ? {}
    : {
        examples: {
          accuracy: scores.map(
            (score, place): ExampleScore => ({ id: `e${place}`, score: String(score), slice: null }),
          ),
        },
      }),
});
const question = {
  key: 'accuracy',
  direction: 'higher',
  uncertainty: { use: 'stderr', confidence: '0.95' },
  seed: 's',
} as const;

describe('a move of a metric', () => {
  test.each([
    ['far outside its standard errors', '0.90', '0.95', '0.005', true],
    ['within them', '0.90', '0.91', '0.02', false],
    ['for the worse, far outside', '0.95', '0.90', '0.005', true],
    ['for the worse, within', '0.91', '0.90', '0.02', false],
  ] as const)('%s', (_, before, after, stderr, certain) => {
    for (const direction of ['higher', 'lower'] as const)
      expect(
        judgeMove({ ...question, direction, before: document(before, stderr), after: document(after, stderr) }).certain,
      ).toBe(certain);
  });

  test('by pairs of examples, of which few differ or many', () => {
    const paired = { ...question, uncertainty: { use: 'paired', confidence: '0.95' } } as const;
    const scores = (right: number) => Array.from({ length: 100 }, (_, place) => (place < right ? 1 : 0));
    const of = (right: number) => document(String(right / 100), null, scores(right));
    expect(judgeMove({ ...paired, before: of(60), after: of(90) }).certain).toBe(true);
    expect(judgeMove({ ...paired, before: of(90), after: of(60) }).certain).toBe(true);
    expect(judgeMove({ ...paired, before: of(60), after: of(61) }).certain).toBe(false);
  });

  test('without what the statistics need is not certain, and says so', () => {
    const { certain, note } = judgeMove({ ...question, before: document('0.1', null), after: document('0.9', '0.01') });
    expect(certain).toBe(false);
    expect(note).toContain('standard errors');
    expect(judgeMove({ ...question, before: document('N/A', '0.1'), after: document('0.9', '0.01') }).certain).toBe(
      false,
    );
  });
});
