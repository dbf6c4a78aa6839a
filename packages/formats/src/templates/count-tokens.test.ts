import { describe, expect, test } from 'vitest';
import { openTokenizer } from './count-tokens.js';

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const tokenizer = (model: unknown, more: object = {}) =>
  bytes({
    version: '1.0',
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: null,
    ...more,
    model,
  });

describe('counting tokens', () => {
  test('by byte-pair merges', async () => {
    const model = {
      type: 'BPE',
      vocab: { l: 0, o: 1, w: 2, lo: 3, low: 4, e: 5, r: 6, er: 7, Ġ: 8 },
      merges: ['l o', 'lo w', 'e r'],
    };
    const count = await openTokenizer(tokenizer(model, { pre_tokenizer: { type: 'Whitespace' } }), 'tokenizer.json');
    expect(count('low lower')).toBe(3);
    expect(count('')).toBe(0);
  });
  test('by word pieces', async () => {
    const model = {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: { '[UNK]': 0, un: 1, '##able': 2, able: 3 },
    };
    const count = await openTokenizer(
      tokenizer(model, { pre_tokenizer: { type: 'BertPreTokenizer' } }),
      'tokenizer.json',
    );
    expect(count('unable able strange')).toBe(4);
  });
  test('by the likeliest pieces', async () => {
    const model = {
      type: 'Unigram',
      unk_id: 0,
      vocab: [
        ['<unk>', 0],
        ['▁', -3],
        ['▁a', -1],
        ['b', -2],
        ['ab', -1.5],
        ['▁ab', -1.2],
      ],
    };
    const more = { pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' } };
    const count = await openTokenizer(tokenizer(model, more), 'tokenizer.json');
    expect(count('ab a')).toBe(2);
  });
  test('special tokens of the post-processor are not counted', async () => {
    const model = { type: 'WordLevel', unk_token: '?', vocab: { '?': 0, a: 1, '<s>': 2 } };
    const more = {
      pre_tokenizer: { type: 'Whitespace' },
      post_processor: {
        type: 'TemplateProcessing',
        single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
        pair: [],
        special_tokens: { '<s>': { id: '<s>', ids: [2], tokens: ['<s>'] } },
      },
    };
    const count = await openTokenizer(tokenizer({ ...model, type: 'WordPiece' }, more), 'tokenizer.json');
    expect(count('a a')).toBe(2);
  });
  test('an unknown kind is an error that says so', async () => {
    await expect(openTokenizer(tokenizer({ type: 'Nonsense' }), 't.json')).rejects.toMatchObject({
      code: 'formats/document-malformed',
    });
    await expect(openTokenizer(bytes([]), 't.json')).rejects.toMatchObject({ code: 'formats/json-malformed' });
  });
});
