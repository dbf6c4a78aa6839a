import { utf8, WeighbridgeError } from '@weighbridge/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { metricLimits } from './metric-node.js';
import { parseMetricDocument } from './parse-metric-document.js';
import { isToml } from './scan-toml.js';

const parse = (text: string) => parseMetricDocument({ name: 'metrics.toml', bytes: utf8(text) });
const shown = (text: string) => parse(text).values.map(({ key, value }) => `${key}=${value}`);
const codeOf = (text: string): string | null => {
  try {
    parse(text);
    return null;
  } catch (error) {
    if (error instanceof WeighbridgeError) return error.code;
    throw error;
  }
};

describe('TOML', () => {
  test('tables, dotted and quoted names, inline tables', () => {
    const text = `# metrics of the run
acc = 0.92
train.loss = 0.3
"quoted.name" = 1
[test]
acc = 0.90
[test.slow]
p99 = { value = 12.5, n = 400 }
`;
    expect(shown(text)).toEqual(['acc=0.92', 'quoted.name=1', 'test.acc=0.90', 'test.slow.p99=12.5', 'train.loss=0.3']);
    expect(parse(text).format).toBe('plain');
    expect(parse(text).values.find(({ key }) => key === 'test.slow.p99')?.samples).toBe(400);
  });
  test.each(['0.92', '0.920', '1e400', '-1E-3', '9007199254740993', '+1.5', '0.1000000000000000055511151231257827'])(
    '%s stays the text it was',
    (text) => expect(shown(`a = ${text}\n`)).toEqual([`a=${text}`]),
  );
  test('other numbers, words, booleans, dates and lists', () => {
    expect(shown('a = 1_000\nb = 0x1F\nc = inf\nd = -nan\ne = true\nf = "N/A"\n')).toEqual([
      'a=1000',
      'b=31',
      'c=inf',
      'd=-nan',
      'e=true',
      'f=N/A',
    ]);
    expect(
      shown('a = 1\nb = 2026-01-01\nc = 07:32:00\nd = [1, 2]\ne = "text"\n[[runs]]\nacc = 1\n[runs.x]\ny = 1\n'),
    ).toEqual(['a=1']);
    expect(codeOf('[[runs]]\nacc = 1\n')).toBe('formats/metrics-none');
  });
  test('context and slices as in other plain documents', () => {
    const document = parse('acc = 0.9\n[context]\ndataset = "sha256:aa"\n[slices.language.en]\nacc = 0.95\nn = 400\n');
    expect(document.context).toEqual({ dataset: 'sha256:aa' });
    expect(document.values).toContainEqual({
      key: 'acc',
      value: '0.95',
      stderr: null,
      samples: 400,
      slice: { language: 'en' },
    });
  });
  test('is recognised by content', () => {
    for (const text of [
      'a = 1',
      '\n# x\n\n[a]\nb = 1',
      '[a.b]\nc=1',
      '[[a]]\nb=1',
      "'a b' = 1",
      '\t"a" = 1',
      'a.b = 1',
    ]) {
      expect([text, isToml(text)]).toEqual([text, true]);
    }
    for (const text of [
      'a: 1',
      '{"a": 1}',
      '[{"a": 1}]',
      '[1, 2]',
      '[\n1\n]',
      '- a = 1',
      'a',
      '',
      '# a = 1',
      '---\na = 1',
    ]) {
      expect([text, isToml(text)]).toEqual([text, false]);
    }
  });
});

describe('hostile TOML', () => {
  test.each([
    ['a = 1\na = 2\n', 'formats/metrics-syntax'],
    ['[a]\nb = 1\n[a]\nc = 1\n', 'formats/metrics-syntax'],
    ['a = 1\n[a]\nb = 1\n', 'formats/metrics-syntax'],
    ['a.b = 1\n"a.b" = 2\n', 'formats/metrics-duplicate'],
    ['a = \n', 'formats/metrics-syntax'],
    ['a = 1 2\n', 'formats/metrics-syntax'],
    ['a = "x\n', 'formats/metrics-syntax'],
    ['a = 01\n', 'formats/metrics-syntax'],
    ['a = .5\n', 'formats/metrics-syntax'],
    ['a = "\\ud800"\n', 'formats/metrics-syntax'],
    ['a = "text"\n', 'formats/metrics-none'],
    [`a = ${'['.repeat(50_000)}`, 'formats/metrics-syntax'],
    [`a = ${'['.repeat(metricLimits.depth + 1)}${']'.repeat(metricLimits.depth + 1)}`, 'formats/metrics-limit'],
    [`${'a.'.repeat(metricLimits.depth + 1)}b = 1\n`, 'formats/metrics-limit'],
    [`[${'a.'.repeat(metricLimits.depth + 1)}b]\nc = 1\n`, 'formats/metrics-limit'],
    [`a = ${'1'.repeat(metricLimits.textLength + 1)}\n`, 'formats/metrics-limit'],
    [`a = 1\n${'#'.repeat(metricLimits.yamlSizeBytes)}`, 'formats/metrics-limit'],
  ])('%#', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });
  test('names of Object are names', () => {
    expect(shown('__proto__ = 1\n[constructor]\nprototype = 2\n')).toEqual(['__proto__=1', 'constructor.prototype=2']);
  });
  test('a fault is told with its place', () => {
    try {
      parse('a = 1\nb = = 2\n');
    } catch (error) {
      expect((error as Error).message).toMatch(/^metrics\.toml:2:\d+: /);
      return;
    }
    expect.unreachable();
  });
  test('any edit of a document ends in a document or a code', () => {
    const base = 'a = 0.5\n[b]\nc = { value = 1, n = 2 }\nd = [1, 2]\n"e" = "x"\n';
    const piece = fc.constantFrom(
      '[',
      ']',
      '[[',
      '=',
      '.',
      '"',
      "'",
      '{',
      '}',
      ',',
      '\n',
      'nan',
      '1e999',
      '\\u0000',
      '#',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(60), fc.nat(5), piece), { minLength: 1, maxLength: 4 }), (edits) => {
        let text = base;
        for (const [at, length, put] of edits) text = text.slice(0, at) + put + text.slice(at + length);
        const code = codeOf(text);
        return code === null || code.startsWith('formats/metrics-');
      }),
      { seed: 20260601, numRuns: 1_000 },
    );
  });
  test('TOML and JSON of the same values are the same document', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => {
      const text = String(value);
      return /[.e]/.test(text) ? text.replace(/^(-?\d+)e/, '$1.0e') : `${text}.0`;
    });
    const key = fc.stringMatching(/^[a-z]{1,8}$/).filter((name) => !['context', 'slices'].includes(name));
    fc.assert(
      fc.property(fc.dictionary(key, number, { minKeys: 1, maxKeys: 8, noNullPrototype: true }), (values) => {
        const entries = Object.entries(values);
        const toml = entries.map(([name, value]) => `${name} = ${value}\n`).join('');
        const json = `{${entries.map(([name, value]) => `"${name}": ${value}`).join(', ')}}`;
        expect(parse(toml)).toEqual(parse(json));
      }),
      { seed: 20260601, numRuns: 200 },
    );
  });
});
