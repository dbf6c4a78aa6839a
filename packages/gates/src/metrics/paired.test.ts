import { expect, test } from 'vitest';
import { joinExamples } from './paired.js';

const reportedAs = (value: string) => ({ key: 'accuracy', value, stderr: null, samples: null, slice: null });
const scored = (...scores: string[]) => scores.map((score, index) => ({ id: `e${index}`, score, slice: null }));
const join = (candidates: ReturnType<typeof scored>, baselines: ReturnType<typeof scored>, reported = ['1', '1']) =>
  joinExamples(
    { candidate: reportedAs(reported[0] ?? ''), baseline: reportedAs(reported[1] ?? '') },
    candidates,
    baselines,
  );

test('examples are joined by their ids, in whatever order the baseline lists them', () => {
  const pairs = join(scored('1', '0'), scored('1', '1').reverse(), ['0.5', '1']);
  expect(typeof pairs === 'string' ? pairs : pairs.map((pair) => [pair.candidate, pair.baseline].map(String))).toEqual([
    ['1', '1'],
    ['0', '1'],
  ]);
});

test('what cannot be joined says why, in short', () => {
  expect(join([], [])).toBe('there is no example to compare');
  expect(join(scored('1'), scored('1'), ['n'.repeat(50), '1'])).toBe(`the candidate is "${'n'.repeat(40)}"`);
  expect(join(scored('1'), scored('1'), ['1', '0.2'])).toBe(
    'the examples of the baseline average 1, which is not the 0.2 reported',
  );
  const long = [{ id: 'i'.repeat(70), score: 's'.repeat(50), slice: null }];
  expect(join(long, [{ id: 'i'.repeat(70), score: '1', slice: null }])).toBe(
    `example ${'i'.repeat(60)} has the score "${'s'.repeat(40)}"`,
  );
});
