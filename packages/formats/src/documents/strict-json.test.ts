import { canonicalJson, type ErrorCode, WeighbridgeError } from '@weighbridge/core';
import { expectCode, seededBytes } from '@weighbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseStrictJson, type StrictJsonOptions } from './strict-json.js';

function codeOf(text: string, options?: StrictJsonOptions): ErrorCode | null {
  try {
    parseStrictJson(text, options);
    return null;
  } catch (cause) {
    if (cause instanceof WeighbridgeError) return cause.code;
    throw cause;
  }
}

describe('strict JSON', () => {
  test('is what JSON.parse reads, for every value', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(0, 2, '\t'), (compact, indent) => {
        const text = JSON.stringify(JSON.parse(compact), null, indent);
        expect(canonicalJson(parseStrictJson(text))).toBe(canonicalJson(JSON.parse(text)));
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test('refuses what JSON.parse refuses', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"b"',
        '1',
        '-',
        '0',
        '.5',
        'e3',
        'true',
        'nul',
        ' ',
        '\\',
        '\u0001',
        '"\\u00e9"',
        '"\\x"',
      ),
      { maxLength: 9 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        expect(codeOf(text) === null, text).toBe(isJson(text) && !hasTwins(text));
      }),
      { numRuns: 5000, seed: 2 },
    );
  });

  test('has no prototype behind its objects', () => {
    const value = parseStrictJson('{"__proto__":{"admin":true},"a":{}}') as Record<string, Record<string, unknown>>;
    expect(Object.keys(value)).toEqual(['__proto__', 'a']);
    expect(value['a']?.['admin']).toBeUndefined();
    expect(value['a']?.['constructor']).toBeUndefined();
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  test.each(['{"a":1,"a":1}', '{"a":1,"\\u0061":2}', '{"__proto__":1,"__proto__":2}', '{"a":{"b":1,"c":{},"b":1}}'])(
    'refuses a name that stands twice: %s',
    (text) => {
      expect(codeOf(text)).toBe('formats/json-malformed');
    },
  );

  test.each(['NaN', 'Infinity', '-Infinity', '[1,NaN]'])('takes %s as text only when asked', (text) => {
    expect(codeOf(text)).toBe('formats/json-malformed');
    expect(JSON.stringify(parseStrictJson(text, { nonFinite: 'keep-as-text' }))).toContain('"');
  });

  test.each([
    '1e999',
    '-1e999',
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '\ufeff{}',
    '01',
    '+1',
    '1.',
    '.5',
    "{'a':1}",
    '[1,]',
    '{"a":1,}',
    '// x\n1',
    '',
    ' ',
    '"a',
    '"\n"',
    '-',
    '[',
    '{"a"',
  ])('refuses %j', (text) => {
    expect(codeOf(text)).toBe('formats/json-malformed');
  });

  test('says line and column', async () => {
    const twice = Promise.resolve().then(() => parseStrictJson('{\n  "a": 1,\n  "a": 2\n}', { name: 'x.json' }));
    const error = await expectCode(twice, 'formats/json-malformed');
    expect(error.fields).toMatchObject({ name: 'x.json', line: 3, column: 3 });
  });

  test('gives numbers as they stand when asked', () => {
    const asText = (text: string) => `#${text}`;
    expect(parseStrictJson('[0.10,-0,1E5,12345678901234567890]', { reviveNumber: asText })).toEqual([
      '#0.10',
      '#-0',
      '#1E5',
      '#12345678901234567890',
    ]);
  });

  test('is bounded in size, depth and count', () => {
    expect(codeOf('['.repeat(64) + ']'.repeat(64))).toBe(null);
    expect(codeOf('['.repeat(65) + ']'.repeat(65))).toBe('formats/document-too-large');
    expect(codeOf('['.repeat(1_000_000))).toBe('formats/document-too-large');
    expect(codeOf('{"a":'.repeat(1_000_000))).toBe('formats/document-too-large');
    expect(codeOf('"abc"', { maxCharacters: 4 })).toBe('formats/document-too-large');
    expect(codeOf('[1,2,3]', { maxValues: 3 })).toBe('formats/document-too-large');
  });

  test('ends in a value or a named error for mutated text', () => {
    const text = '{"a":[1,2.5e3,true,null,"\\u00e9\\n"],"b":{"c":"d","😀":-0}}';
    const random = seededBytes(3, 40_000);
    for (let run = 0; run < 10_000; run++) {
      const at = (random[(4 * run) % 40_000] ?? 0) % text.length;
      const mutant =
        text.slice(0, at) +
        String.fromCharCode(random[(4 * run + 1) % 40_000] ?? 0) +
        text.slice(at + ((random[(4 * run + 2) % 40_000] ?? 0) % 3));
      const code = codeOf(mutant);
      expect([null, 'formats/json-malformed']).toContain(code);
    }
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Of JSON made from the pieces: whether an object has a name twice. Nine pieces leave room for one object with members. */
function hasTwins(text: string): boolean {
  const names = text.match(/"[^"]*"(?=\s*:)/g) ?? [];
  return text.includes('{') && new Set(names).size < names.length;
}
