import type { Pair } from './pair.js';
import { modelDocument, tokenizerJson, weights } from '../snapshot-builder.js';
import { layer, tokens, template, documents, gguf, tokenized } from './pieces.js';

const relaidTemplate = template.replaceAll("m['", 'm[ "').replaceAll("']", '" ]').replaceAll('{% for', '{%for');

export const tokenizerPairs: readonly Pair[] = [
  // Tokenizer.
  {
    name: 'tokens added, embedding grown with them',
    from: tokenized(tokens, 1000),
    to: tokenized([...tokens, '<tool>', '</tool>'], 1002),
    bump: 'minor',
    rules: ['tokenizer.tokens-added'],
  },
  {
    name: 'tokens added, embedding grown by more',
    from: tokenized(tokens, 1000),
    to: tokenized([...tokens, '<tool>'], 1064),
    bump: ['major', 'minor'],
    rules: ['architecture.setting', 'architecture.tensor-reshaped', 'tokenizer.tokens-added'],
  },
  {
    name: 'two tokens changed places',
    from: tokenized(tokens, 1000),
    to: tokenized(['t1', 't0', ...tokens.slice(2)], 1000),
    bump: 'major',
    rules: ['tokenizer.ids-moved'],
  },
  {
    name: 'text is cut otherwise',
    from: tokenized(tokens, 1000),
    to: tokenized(tokens, 1000, { normalizer: { type: 'Lowercase' } }),
    bump: ['major', 'minor'],
    rules: ['tokenizer.segmentation'],
  },
  {
    name: 'chat template worded otherwise',
    from: documents(['tokenizer_config.json', { chat_template: template }]),
    to: documents(['tokenizer_config.json', { chat_template: `${template}Be kind.` }]),
    bump: ['minor', 'patch'],
    rules: ['tokenizer.chat-template'],
  },
  {
    name: 'chat template laid out otherwise, rendering the same',
    from: documents(['tokenizer_config.json', { chat_template: template }]),
    to: documents(['tokenizer_config.json', { chat_template: `{# roles #}${relaidTemplate}` }]),
    bump: 'none',
    rules: [],
  },
  {
    name: 'chat template with another role',
    from: documents(['tokenizer_config.json', { chat_template: template }]),
    to: documents(['tokenizer_config.json', { chat_template: template.replace("== 'user'", "== 'human'") }]),
    bump: 'major',
    rules: ['tokenizer.chat-template-roles'],
  },
  {
    name: 'chat template moved to a file of its own',
    from: documents(['tokenizer_config.json', { chat_template: template }]),
    to: documents(['tokenizer_config.json', {}], ['chat_template.jinja', template]),
    bump: 'none',
    rules: [],
  },
  {
    name: 'another end token',
    from: documents(['tokenizer_config.json', { eos_token: '</s>' }]),
    to: documents(['tokenizer_config.json', { eos_token: '<|end|>' }]),
    bump: 'major',
    rules: ['tokenizer.special-token-changed'],
  },
  {
    name: 'GGUF vocabulary',
    from: gguf({ a: ['F32', [1], 'x'] }, { 'tokenizer.ggml.tokens': { type: 'string', count: 9, digest: 'a' } }),
    to: gguf({ a: ['F32', [1], 'x'] }, { 'tokenizer.ggml.tokens': { type: 'string', count: 9, digest: 'b' } }),
    bump: 'major',
    rules: ['tokenizer.vocabulary-replaced', 'weights.resaved'],
  },
  {
    name: 'vocab.txt grew',
    from: documents(['vocab.txt', '[PAD]\nthe\ncat\n']),
    to: documents(['vocab.txt', '[PAD]\nthe\ncat\ndog\n']),
    bump: 'minor',
    rules: ['tokenizer.tokens-added'],
  },
  {
    name: 'vocab.txt in another order',
    from: documents(['vocab.txt', '[PAD]\nthe\ncat\n']),
    to: documents(['vocab.txt', '[PAD]\ncat\nthe\n']),
    bump: 'major',
    rules: ['tokenizer.ids-moved'],
  },
  {
    name: 'other merges beside the same vocabulary',
    from: documents(['vocab.json', { a: 0, b: 1, c: 2, ab: 3, bc: 4 }], ['merges.txt', 'a b\nb c\n']),
    to: documents(['vocab.json', { a: 0, b: 1, c: 2, ab: 3, bc: 4 }], ['merges.txt', 'b c\na b\n']),
    bump: ['major', 'minor'],
    rules: ['tokenizer.segmentation'],
  },
  {
    name: 'merges grew with the vocabulary',
    from: documents(['vocab.json', { a: 0, b: 1, ab: 2 }], ['merges.txt', 'a b\n']),
    to: documents(['vocab.json', { a: 0, b: 1, ab: 2, abb: 3 }], ['merges.txt', 'a b\nab b\n']),
    bump: 'minor',
    rules: ['tokenizer.tokens-added'],
  },
  {
    name: 'saved by a library that writes tokenizer.json alone',
    from: documents(['tokenizer.json', tokenizerJson(tokens)], ['vocab.txt', `${tokens.join('\n')}\n`]),
    to: documents(['tokenizer.json', tokenizerJson(tokens)]),
    bump: 'minor',
    rules: ['tokenizer.part-removed'],
  },
  {
    name: 'a SentencePiece model went',
    from: { artifacts: [weights('model.safetensors', layer), modelDocument('tokenizer.model', 'IQ== 0\n')] },
    to: { artifacts: [weights('model.safetensors', layer)] },
    bump: 'major',
    rules: ['tokenizer.removed'],
  },
  {
    name: 'special_tokens_map.json: another end token',
    from: documents(['special_tokens_map.json', { eos_token: '</s>' }]),
    to: documents(['special_tokens_map.json', { eos_token: '<|end|>' }]),
    bump: 'major',
    rules: ['tokenizer.special-token-changed'],
  },
];
