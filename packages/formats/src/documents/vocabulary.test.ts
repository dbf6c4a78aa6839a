import { createHash } from 'node:crypto';
import { type ErrorCode, utf8 } from '@weighbridge/core';
import { expectCode } from '@weighbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareVocabularies, digestVocabulary, type VocabularyRelation, vocabularyWindowIds } from './vocabulary.js';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const digest = (pairs: Iterable<readonly [number, string]>) => digestVocabulary(pairs, { name: 'v', sha256 });
const dense = (tokens: readonly string[]) => digest(tokens.map((token, id) => [id, token] as const));
const numbered = (size: number, from = 0) => Array.from({ length: size }, (_, id) => `token ${from + id}`);

/** The definition, on the vocabularies themselves. */
function relationOf(previous: ReadonlyMap<number, string>, next: ReadonlyMap<number, string>): VocabularyRelation {
  let relation: VocabularyRelation = next.size > previous.size ? 'added' : 'same';
  for (const [id, token] of previous) {
    if (next.has(id) && next.get(id) !== token) return 'moved';
    if (!next.has(id)) relation = 'removed';
  }
  return relation;
}

const compare = (previous: ReadonlyMap<number, string>, next: ReadonlyMap<number, string>) =>
  compareVocabularies(digest(previous), digest(next));

describe('what became of a vocabulary', () => {
  test('is decided exactly for vocabularies with holes and edits of every kind', () => {
    const vocabulary = fc.array(fc.option(fc.constantFrom<string>('a', 'b', 'c'), { nil: null, freq: 8 }), {
      maxLength: 300,
    });
    const edit = fc.record({ id: fc.nat(320), token: fc.option(fc.constantFrom('a', 'b', 'd'), { nil: null }) });
    let seen = new Set<VocabularyRelation>();
    fc.assert(
      fc.property(vocabulary, fc.array(edit, { maxLength: 4 }), (tokens, edits) => {
        const previous = new Map<number, string>(
          tokens.flatMap((token, id) => (token === null ? [] : [[id, token] as const])),
        );
        const next = new Map(previous);
        for (const { id, token } of edits) {
          if (token === null) next.delete(id);
          else next.set(id, token);
        }
        const relation = relationOf(previous, next);
        seen = seen.add(relation);
        expect(compare(previous, next)).toBe(relation);
        expect(compare(previous, previous)).toBe('same');
      }),
      { numRuns: 800, seed: 5 },
    );
    expect([...seen].sort()).toEqual(['added', 'moved', 'removed', 'same']);
  });

  test('is decided exactly for long vocabularies without holes', () => {
    const tokens = numbered(vocabularyWindowIds + 6000);
    const sizes = fc.integer({ min: tokens.length - 16_256, max: tokens.length });
    fc.assert(
      fc.property(sizes, sizes, fc.option(fc.nat(tokens.length - 1)), (before, after, changed) => {
        const previous = tokens.slice(0, before);
        const next = tokens.slice(0, after);
        if (changed !== null && changed < next.length) next[changed] = 'another';
        const bothHave = changed !== null && changed < Math.min(before, after);
        const grown = after > before ? 'added' : after < before ? 'removed' : 'same';
        expect(compareVocabularies(dense(previous), dense(next))).toBe(bothHave ? 'moved' : grown);
      }),
      { numRuns: 25, seed: 6 },
    );
  });

  test('an old size on a boundary of blocks is decided however much was added', () => {
    const tokens = numbered(vocabularyWindowIds + 5000);
    const grown = dense(tokens);
    expect(compareVocabularies(dense(tokens.slice(0, 640)), grown)).toBe('added');
    expect(compareVocabularies(grown, dense(tokens.slice(0, 640)))).toBe('removed');
    expect(compareVocabularies(dense([...numbered(639), 'x']), grown)).toBe('moved');
  });

  test('is never milder than the truth where the evidence ends', () => {
    const tokens = numbered(vocabularyWindowIds + 5000);
    expect(compareVocabularies(dense(tokens.slice(0, 1001)), dense(tokens))).toBe('moved');
    expect(compareVocabularies(dense([...numbered(1000), 'x']), dense(tokens))).toBe('moved');
  });

  test('two tokens that change places have moved, also at the end', () => {
    const tokens = numbered(1000);
    expect(compareVocabularies(dense(tokens), dense([...tokens.slice(0, 998), 'token 999', 'token 998']))).toBe(
      'moved',
    );
    expect(compareVocabularies(dense(tokens), dense(['x', ...tokens]))).toBe('moved');
  });

  test('several tokens of one id count in any order', () => {
    expect(
      digest([
        [0, 'a'],
        [0, 'b'],
      ]),
    ).toEqual(
      digest([
        [0, 'b'],
        [0, 'a'],
      ]),
    );
    expect(
      compareVocabularies(
        digest([[0, 'a']]),
        digest([
          [0, 'b'],
          [0, 'a'],
        ]),
      ),
    ).toBe('moved');
  });
});

describe('the facts of a vocabulary', () => {
  test('do not hang on the order of its pairs', () => {
    const pairs = numbered(200).map((token, id) => [id, token] as const);
    expect(digest([...pairs].reverse())).toEqual(digest(pairs));
  });

  test('stay small for the largest in use', () => {
    const facts = dense(numbered(262_144));
    expect(facts).toMatchObject({ count: 262_144, size: 262_144 });
    expect(utf8(JSON.stringify(facts)).length).toBeLessThan(400 * 1024);
  });

  test('are empty without tokens', () => {
    expect(digest([])).toMatchObject({ count: 0, size: 0, blocks: '', tokens: '' });
    expect(compareVocabularies(digest([]), digest([[0, 'a']]))).toBe('added');
    expect(compareVocabularies(digest([[0, 'a']]), digest([]))).toBe('removed');
  });

  test.each([
    [-1, 'formats/document-malformed'],
    [0.5, 'formats/document-malformed'],
    [2 ** 20, 'formats/document-too-large'],
  ])('refuse the id %d', async (id, code) => {
    await expectCode(
      Promise.resolve().then(() => digest([[id, 'a']])),
      code as ErrorCode,
    );
  });
});
