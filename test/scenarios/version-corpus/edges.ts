import { type GgufValue, writeGguf } from '@weighbridge/testkit';
import { bpe, but, type CorpusCase, json, type Tensors, weights } from './corpus-case.js';

const text = (value: string): GgufValue => ({ type: 'string', value });
const floats = (...values: readonly number[]): GgufValue => ({
  type: 'array',
  of: 'f32',
  values: values.map((value) => ({ type: 'f32', value })),
});
const gguf = (keyValues: Readonly<Record<string, GgufValue>>) => ({
  'w/model.gguf': writeGguf({
    keyValues: [['general.architecture', text('llama')], ...Object.entries(keyValues)],
    tensors: [{ name: 'w', ggmlType: 24, extents: [8], bytes: new Uint8Array(8).fill(3) }],
  }),
});
const chat = (template: string) => gguf({ 'tokenizer.chat_template': text(template) });

const words = ['a', 'b', 'c', 'ab', 'bc'];
const slow = (tokens: Readonly<Record<string, string>>) => ({
  'w/vocab.json': json({ a: 0, b: 1 }),
  'w/tokenizer_config.json': json({
    added_tokens_decoder: Object.fromEntries(
      Object.entries(tokens).map(([id, content]) => [id, { content, special: true }]),
    ),
  }),
});

const adapterConfig = { peft_type: 'LORA', r: 4, base_model_name_or_path: 'Qwen/Qwen3-8B', revision: null };
const lora: Tensors = { 'base_model.model.q_proj.lora_A.weight': ['F32', [4, 8], 1] };
const adapter = (over: object = {}) => ({
  'w/adapter_config.json': json(but(adapterConfig, over)),
  'w/adapter_model.safetensors': weights(lora),
});

const falcon = { model_type: 'falcon', hidden_size: 8, alibi: false, partial_rotary_factor: 0.5 };
const configured = (over: object = {}) => ({
  'w/config.json': json(but(falcon, over)),
  'w/model.safetensors': weights({ w: ['F32', [8]] }),
});

const retrieval = { from: 'kind: retrieval\nretrieval: r.yaml\n', to: 'kind: retrieval\nretrieval: r.yaml\n' };

/** Where a rule could be milder than what callers see. */
export const edgeCases: readonly CorpusCase[] = [
  {
    name: 'a token more, and the merges of all others in another order',
    from: { 'w/tokenizer.json': bpe(words, { merges: ['a b', 'b c'] }) },
    to: { 'w/tokenizer.json': bpe([...words, 'd'], { merges: ['b c', 'a b'] }) },
    bump: ['major', 'minor'],
    rules: ['tokenizer.segmentation', 'tokenizer.tokens-added'],
  },
  {
    name: 'a token more, with a merge of its own',
    from: { 'w/tokenizer.json': bpe(words, { merges: ['a b', 'b c'] }) },
    to: { 'w/tokenizer.json': bpe([...words, 'abc'], { merges: ['a b', 'b c', 'ab c'] }) },
    bump: 'minor',
    rules: ['tokenizer.tokens-added'],
  },
  {
    name: 'added tokens exchanged where there is no tokenizer.json',
    from: slow({ 2: '<s>', 3: '</s>' }),
    to: slow({ 2: '</s>', 3: '<s>' }),
    bump: 'major',
    rules: ['tokenizer.ids-moved'],
  },
  {
    name: 'an added token more where there is no tokenizer.json',
    from: slow({ 2: '<s>' }),
    to: slow({ 2: '<s>', 3: '</s>' }),
    bump: 'minor',
    rules: ['tokenizer.tokens-added'],
  },
  {
    name: 'the vocabulary gone, its merges left',
    from: { 'w/vocab.json': json({ a: 0, b: 1 }), 'w/merges.txt': 'a b\n' },
    to: { 'w/merges.txt': 'a b\n' },
    bump: 'major',
    rules: ['tokenizer.removed'],
  },
  {
    name: 'GGUF with another role in its chat template',
    from: chat("{% if m.role == 'user' %}<|user|>{% endif %}"),
    to: chat("{% if m.role == 'human' %}<|user|>{% endif %}"),
    bump: 'major',
    rules: ['tokenizer.chat-template-roles', 'weights.resaved'],
  },
  {
    name: 'GGUF with other words in its chat template',
    from: chat('<|user|>Be brief. {{ m }}'),
    to: chat('<|user|>Be kind. {{ m }}'),
    bump: ['minor', 'patch'],
    rules: ['tokenizer.chat-template', 'weights.resaved'],
  },
  {
    name: 'GGUF without its chat template',
    from: chat('<|user|>{{ m }}'),
    to: gguf({}),
    bump: 'major',
    rules: ['tokenizer.chat-template-removed', 'weights.resaved'],
  },
  {
    name: 'GGUF with other scores of its tokens',
    from: gguf({ 'tokenizer.ggml.scores': floats(0, -1.5, -2.5) }),
    to: gguf({ 'tokenizer.ggml.scores': floats(0, -2.5, -1.5) }),
    bump: ['major', 'minor'],
    rules: ['tokenizer.segmentation', 'weights.resaved'],
  },
  {
    name: 'an adapter that names another revision of its base',
    from: adapter(),
    to: adapter({ revision: '0e9e39f249a16976918f6564b8830bc894c89659' }),
    bump: ['minor', 'patch'],
    rules: ['adapter.base-revision'],
  },
  {
    name: 'an adapter that names a quantisation of its base',
    from: adapter(),
    to: adapter({ base_model_name_or_path: 'Qwen/Qwen3-8B-AWQ' }),
    bump: ['minor', 'patch'],
    rules: ['adapter.base-revision'],
  },
  {
    name: 'an adapter that names another base',
    from: adapter(),
    to: adapter({ base_model_name_or_path: 'Qwen/Qwen3-4B' }),
    bump: ['major', 'minor'],
    rules: ['adapter.base-name'],
  },
  {
    name: 'positions told to the attention instead of the embedding',
    from: configured(),
    to: configured({ alibi: true }),
    bump: ['major', 'minor'],
    rules: ['architecture.setting'],
  },
  {
    name: 'a larger part of each head rotated',
    from: configured(),
    to: configured({ partial_rotary_factor: 0.75 }),
    bump: 'minor',
    rules: ['architecture.context-length'],
  },
  {
    name: 'longer vectors of a collection',
    from: { 'r.yaml': 'vectors: { size: 768, on_disk: true }\n' },
    to: { 'r.yaml': 'vectors: { size: 1024, on_disk: true }\n' },
    bump: ['major', 'minor'],
    rules: ['retrieval.embedding'],
    manifest: retrieval,
  },
  {
    name: 'a model of which nothing else is said',
    from: { 'r.yaml': 'model: BAAI/bge-m3\nk: 8\n' },
    to: { 'r.yaml': 'model: BAAI/bge-small-en\nk: 8\n' },
    bump: ['major', 'minor'],
    rules: ['retrieval.embedding'],
    manifest: retrieval,
  },
];
