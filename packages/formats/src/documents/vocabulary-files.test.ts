import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type ErrorCode, WeighbridgeError } from '@weighbridge/core';
import { seededBytes } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { parseModelDocument } from './model-documents.js';
import type { TokenizerFacts } from './tokenizer.js';
import { compareVocabularies, digestVocabulary } from './vocabulary.js';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const text = (content: string) => new TextEncoder().encode(content);
const facts = (name: string, bytes: Uint8Array) =>
  parseModelDocument(`models/x/${name}`, bytes, { sha256 })?.facts as unknown as TokenizerFacts;
const vocabulary = (pairs: Iterable<readonly [number, string]>) =>
  digestVocabulary(pairs, { name: 'expected', sha256 });

function codeOf(run: () => unknown): ErrorCode | null {
  try {
    run();
    return null;
  } catch (cause) {
    if (cause instanceof WeighbridgeError) return cause.code;
    throw cause;
  }
}

describe('vocab.txt', () => {
  const relation = (from: string, to: string) =>
    compareVocabularies(facts('vocab.txt', text(from)).vocabulary, facts('vocab.txt', text(to)).vocabulary);

  test('is one token a line', () => {
    const { model, vocabulary: found } = facts('vocab.txt', text('[PAD]\n[UNK]\nthe\n##s\n'));
    expect(model).toBe('WordPiece');
    expect(found).toEqual(
      vocabulary([
        [0, '[PAD]'],
        [1, '[UNK]'],
        [2, 'the'],
        [3, '##s'],
      ]),
    );
    expect(facts('vocab.txt', text('[PAD]\n[UNK]\nthe\n##s')).vocabulary).toEqual(found);
  });

  test('tells growth from ids that moved', () => {
    expect(relation('a\nb\n', 'a\nb\nc\n')).toBe('added');
    expect(relation('a\nb\nc\n', 'a\nb\n')).toBe('removed');
    expect(relation('a\nb\n', 'b\na\n')).toBe('moved');
    expect(relation('a\nb\n', 'a\nb')).toBe('same');
  });

  test('keeps tokens of other white space apart', () => expect(relation('a\n\u2028\n', 'a\n\u0085\n')).toBe('moved'));
});

describe('vocab.json, added_tokens.json and merges.txt', () => {
  test('are what tokenizer.json would say', () => {
    const whole = facts(
      'tokenizer.json',
      text(JSON.stringify({ added_tokens: [], model: { type: 'BPE', vocab: { a: 0, b: 1, ab: 2 }, merges: ['a b'] } })),
    );
    expect(facts('vocab.json', text('{"ab":2,"a":0,"b":1}'))).toEqual({ vocabulary: whole.vocabulary });
    expect(facts('merges.txt', text('#version: 0.2\na b\n'))).toEqual({ merges: whole.merges });
    expect(facts('merges.txt', text('a b'))).toEqual({ merges: whole.merges });
    expect(facts('merges.txt', text('#version: 0.2\n#version: x\n')).merges?.count).toBe(1);
    expect(facts('added_tokens.json', text('{"<x>": 7}')).vocabulary).toEqual(vocabulary([[7, '<x>']]));
  });

  test('of other programs are no documents, and broken ones are refused', () => {
    for (const other of ['{"a": "b"}', '[1]', '{"a": -1}', '{"a": 0.5}', '{"vocab": {"a": 0}}'])
      expect(parseModelDocument('vocab.json', text(other), { sha256 }), other).toBeNull();
    expect(codeOf(() => facts('vocab.json', text('{')))).toBe('formats/json-malformed');
    expect(codeOf(() => facts('merges.txt', text('a b c\n')))).toBe('formats/document-malformed');
    expect(codeOf(() => facts('vocab.json', text('{"a": 1048576}')))).toBe('formats/document-too-large');
    expect(codeOf(() => facts('vocab.txt', Uint8Array.of(0xff)))).toBe('formats/document-malformed');
  });
});

test('special_tokens_map.json speaks as tokenizer_config.json does', () => {
  const map = text('{"eos_token": {"content": "</s>", "lstrip": false}, "additional_special_tokens": ["<a>"]}');
  expect(parseModelDocument('special_tokens_map.json', map, { sha256 })).toEqual({
    type: 'tokenizer-config',
    facts: {
      chatTemplates: {},
      settings: {},
      specialTokens: { 'additional_special_tokens.0': '<a>', eos_token: '</s>' },
    },
  });
});

describe('tokenizer.model', () => {
  // Written by SentencePiece itself: packages/formats/fixtures/make_sentencepiece.py.
  const folder = new URL('../../fixtures/', import.meta.url);
  const bytesOf = (file: string) => new Uint8Array(readFileSync(new URL(file, folder)));
  const said = JSON.parse(readFileSync(new URL('sentencepiece.json', folder), 'utf8')) as Record<
    string,
    { pieces: string[]; scores: number[]; special: number[]; user: number }
  >;

  test.each([
    ['unigram.tokenizer.model', 'Unigram'],
    ['bpe.tokenizer.model', 'BPE'],
  ])('%s has the pieces that SentencePiece finds', (file, model) => {
    const { pieces, scores, special } = said[file] ?? { pieces: [], scores: [], special: [] };
    const found = facts('tokenizer.model', bytesOf(file));
    expect(found.model).toBe(model);
    expect(found.vocabulary).toEqual(vocabulary(pieces.entries()));
    expect(found.scores).toBe(`sha256:${createHash('sha256').update(JSON.stringify(scores)).digest('hex')}`);
    expect(found.specialTokens).toEqual(Object.fromEntries(special.map((id) => [String(id), pieces[id]])));
    expect(found.addedTokenFlags.count).toBe(special.length + 1);
    expect(found.settings).toMatchObject({ 'normalizer.add_dummy_prefix': true, 'model.byte_fallback': false });
    expect(facts('spiece.model', bytesOf(file))).toEqual(found);
  });

  test('tells pieces that were appended from pieces that moved', () => {
    const bytes = bytesOf('bpe.tokenizer.model');
    const piece = (own: string) => Uint8Array.of(0x0a, own.length + 2, 0x0a, own.length, ...text(own));
    const grown = facts('tokenizer.model', Uint8Array.from([...bytes, ...piece('new')])).vocabulary;
    const shifted = facts('tokenizer.model', Uint8Array.from([...piece('new'), ...bytes])).vocabulary;
    const before = facts('tokenizer.model', bytes).vocabulary;
    expect(compareVocabularies(before, grown)).toBe('added');
    expect(compareVocabularies(before, shifted)).toBe('moved');
  });

  test('of tiktoken is a list of ranks', () => {
    const found = facts('tokenizer.model', text('IQ== 0\nIg== 1\n'));
    expect(found).toEqual({
      model: 'tiktoken',
      vocabulary: vocabulary([
        [0, 'IQ=='],
        [1, 'Ig=='],
      ]),
    });
  });

  test('any bytes give facts or a named error', () => {
    const sound = bytesOf('bpe.tokenizer.model');
    const codes = new Set<ErrorCode | null>();
    for (let seed = 1; seed <= 2000; seed++) {
      const noise = seededBytes(seed, 12);
      const broken = sound.slice(0, seed % 2 === 0 ? sound.length : ((noise[8] ?? 0) * sound.length) / 256);
      for (let place = 0; place < 4; place++) {
        const at = (((noise[2 * place] ?? 0) * 256 + (noise[2 * place + 1] ?? 0)) * broken.length) / 65536;
        broken[Math.floor(at)] = noise[8 + place] ?? 0;
      }
      codes.add(codeOf(() => facts('tokenizer.model', broken)));
    }
    expect(codes).toEqual(new Set(['formats/document-malformed', null]));
    expect(codeOf(() => facts('tokenizer.model', new Uint8Array()))).toBe('formats/document-malformed');
  });
});
