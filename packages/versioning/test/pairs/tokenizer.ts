import type { Pair } from './pair.js';
import { tokens, template, documents, gguf, tokenized } from './pieces.js';

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
];
