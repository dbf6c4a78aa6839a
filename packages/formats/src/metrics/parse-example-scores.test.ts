import { utf8 } from '@weighbridge/core';
import { describe, expect, test } from 'vitest';
import { exampleLimits, parseExampleScores } from './parse-example-scores.js';

const parse = (lines: readonly unknown[], name = 'scores.jsonl') =>
  parseExampleScores({
    name,
    bytes: utf8(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')),
  });
const fails = (code: string, lines: readonly unknown[]) =>
  expect(() => parse(lines)).toThrowError(expect.objectContaining({ code }));

describe('parseExampleScores', () => {
  test('samples of lm-eval', () => {
    const line = (id: number, acc: string, hash?: string) =>
      `{"doc_id": ${id}, ${hash === undefined ? '' : `"doc_hash": "${hash}", `}"filter": "none", "metrics": ["acc", "gone"], "acc": ${acc}, "doc": {"q": "x"}}`;
    const scores = parse(
      [line(1, '1.0', 'h1'), line(0, '0.0')],
      'out/samples_hellaswag_2026-05-01T10-00-00.123456.jsonl',
    );
    expect(scores).toEqual({
      'hellaswag.acc,none': [
        { id: '0', score: '0.0', slice: null },
        { id: '1:h1', score: '1.0', slice: null },
      ],
    });
    expect(Object.keys(parse([line(1, '1')], 'samples_a_b.jsonl'))).toEqual(['a_b.acc,none']);
    expect(Object.keys(parse([line(1, '1')], 'other.jsonl'))).toEqual(['acc,none']);
    expect(Object.keys(parse([{ doc_id: 1, metrics: ['acc'], acc: true }]))).toEqual(['acc']);
  });
  test('plain lines with slices', () => {
    expect(
      parse([
        { id: 'b', scores: { f1: 0.5, note: 'x' }, slice: { language: 'en', odd: [1] } },
        '',
        { id: 'a', scores: { f1: 'NaN' } },
      ]),
    ).toEqual({
      f1: [
        { id: 'a', score: 'NaN', slice: null },
        { id: 'b', score: '0.5', slice: { language: 'en' } },
      ],
    });
  });
  test('keys are safe and sorted', () => {
    const scores = parse(['{"id": "a", "scores": {"z": 1, "__proto__": 2}}']);
    expect(Object.keys(scores)).toEqual(['__proto__', 'z']);
  });
  test('faults', () => {
    fails('formats/metrics-none', []);
    fails('formats/metrics-none', [{ scores: { a: 1 } }, { id: 'x' }, 1]);
    fails('formats/metrics-duplicate', [
      { id: 'a', scores: { x: 1 } },
      { id: 'a', scores: { x: 1 } },
    ]);
    fails('formats/metrics-syntax', ['{"id": ']);
    fails('formats/metrics-limit', [
      {
        id: 'a',
        scores: Object.fromEntries(Array.from({ length: exampleLimits.metrics + 1 }, (_, at) => [`k${at}`, 1])),
      },
    ]);
    fails(
      'formats/metrics-limit',
      Array.from({ length: exampleLimits.examples + 1 }, () => '{}'),
    );
    expect(() => parseExampleScores({ name: 'x', bytes: new Uint8Array([0xff]) })).toThrowError(
      expect.objectContaining({ code: 'formats/metrics-encoding' }),
    );
  });
});
