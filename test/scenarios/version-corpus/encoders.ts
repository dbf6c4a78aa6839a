import { but, type CorpusCase, json, retrained, type Tensors, weights, withTensors } from './corpus-case.js';

const bert = {
  architectures: ['BertForSequenceClassification'],
  attention_probs_dropout_prob: 0.1,
  hidden_act: 'gelu',
  hidden_dropout_prob: 0.1,
  hidden_size: 8,
  id2label: { '0': 'negative', '1': 'positive' },
  initializer_range: 0.02,
  intermediate_size: 16,
  label2id: { negative: 0, positive: 1 },
  layer_norm_eps: 1e-12,
  max_position_embeddings: 512,
  model_type: 'bert',
  num_attention_heads: 2,
  num_hidden_layers: 1,
  pad_token_id: 0,
  position_embedding_type: 'absolute',
  transformers_version: '4.6.0',
  type_vocab_size: 2,
  vocab_size: 5,
};
const tensors: Tensors = {
  'bert.embeddings.word_embeddings.weight': ['F32', [5, 8], 1],
  'bert.pooler.dense.weight': ['F32', [8, 8], 2],
  'classifier.weight': ['F32', [2, 8], 3],
  'classifier.bias': ['F32', [2], 4],
};
const vocabulary = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'the'];
const own = {
  'w/config.json': json(bert),
  'w/model.safetensors': weights(tensors),
  'w/vocab.txt': `${vocabulary.join('\n')}\n`,
};
const withBert = (over: object) => ({ ...own, 'w/config.json': json(but(bert, over)) });

const t5 = {
  architectures: ['T5ForConditionalGeneration'],
  d_ff: 16,
  d_kv: 4,
  d_model: 8,
  decoder_start_token_id: 0,
  dropout_rate: 0.1,
  feed_forward_proj: 'relu',
  is_encoder_decoder: true,
  model_type: 't5',
  num_decoder_layers: 1,
  num_heads: 2,
  num_layers: 1,
  relative_attention_num_buckets: 32,
  vocab_size: 6,
};
const t5Tensors: Tensors = {
  'shared.weight': ['F32', [6, 8], 1],
  'encoder.block.0.layer.0.SelfAttention.q.weight': ['F32', [8, 8], 2],
};
const t5Own = { 'w/config.json': json(t5), 'w/model.safetensors': weights(t5Tensors) };
const withT5 = (over: object) => ({ ...t5Own, 'w/config.json': json(but(t5, over)) });

const whisper = {
  architectures: ['WhisperForConditionalGeneration'],
  activation_function: 'gelu',
  d_model: 8,
  decoder_attention_heads: 2,
  decoder_layers: 1,
  encoder_attention_heads: 2,
  encoder_layers: 1,
  max_source_positions: 1500,
  max_target_positions: 448,
  model_type: 'whisper',
  num_mel_bins: 80,
  suppress_tokens: [1, 2, 7],
  vocab_size: 6,
};
const whisperTensors: Tensors = {
  'model.encoder.conv1.weight': ['F32', [8, 80, 3], 1],
  'model.decoder.embed_tokens.weight': ['F32', [6, 8], 2],
};
const whisperOwn = { 'w/config.json': json(whisper), 'w/model.safetensors': weights(whisperTensors) };
const withWhisper = (over: object, changed = whisperTensors) => ({
  'w/config.json': json(but(whisper, over)),
  'w/model.safetensors': weights(changed),
});

export const encoderCases: readonly CorpusCase[] = [
  {
    name: 'BERT with one label more',
    from: own,
    to: {
      ...withBert({
        id2label: { '0': 'negative', '1': 'positive', '2': 'neutral' },
        label2id: { negative: 0, positive: 1, neutral: 2 },
      }),
      'w/model.safetensors': weights(
        withTensors(tensors, { 'classifier.weight': ['F32', [3, 8], 3], 'classifier.bias': ['F32', [3], 4] }),
      ),
    },
    bump: ['major', 'minor'],
    rules: ['architecture.tensor-reshaped', 'interface.label-added'],
  },
  {
    name: 'BERT with labels exchanged',
    from: own,
    to: withBert({ id2label: { '0': 'positive', '1': 'negative' }, label2id: { positive: 0, negative: 1 } }),
    bump: 'major',
    rules: ['interface.label-moved', 'interface.label-moved'],
  },
  {
    name: 'BERT with a label named otherwise',
    from: own,
    to: withBert({ id2label: { '0': 'negative', '1': 'good' }, label2id: { negative: 0, good: 1 } }),
    bump: 'major',
    rules: ['interface.label-added', 'interface.label-removed'],
  },
  {
    name: 'BERT with a vocabulary grown at its end',
    from: own,
    to: {
      ...withBert({ vocab_size: 6 }),
      'w/vocab.txt': `${[...vocabulary, 'cat'].join('\n')}\n`,
      'w/model.safetensors': weights(
        withTensors(tensors, { 'bert.embeddings.word_embeddings.weight': ['F32', [6, 8], 1] }),
      ),
    },
    bump: 'minor',
    rules: ['tokenizer.tokens-added'],
  },
  {
    name: 'BERT with words sorted anew',
    from: own,
    to: { ...own, 'w/vocab.txt': `${['[PAD]', '[UNK]', '[SEP]', '[CLS]', 'the'].join('\n')}\n` },
    bump: 'major',
    rules: ['tokenizer.ids-moved'],
  },
  {
    name: 'BERT with line ends of Windows in its vocabulary',
    from: own,
    to: { ...own, 'w/vocab.txt': `${vocabulary.join('\r\n')}\r\n` },
    bump: 'none',
    rules: [],
  },
  {
    name: 'BERT without its pooler',
    from: own,
    to: {
      ...own,
      'w/model.safetensors': weights(
        Object.fromEntries(Object.entries(tensors).filter(([name]) => !name.includes('pooler'))),
      ),
    },
    bump: ['major', 'minor'],
    rules: ['architecture.tensor-removed'],
  },
  {
    name: 'BERT with another activation',
    from: own,
    to: withBert({ hidden_act: 'gelu_new' }),
    bump: ['major', 'minor'],
    rules: ['architecture.setting'],
  },
  {
    name: 'BERT with less dropout',
    from: own,
    to: withBert({ hidden_dropout_prob: 0 }),
    bump: 'patch',
    rules: ['config.model-setting'],
  },
  {
    name: 'T5 to its gated kind',
    from: t5Own,
    to: withT5({ feed_forward_proj: 'gated-gelu' }),
    bump: ['major', 'minor'],
    rules: ['architecture.setting'],
  },
  {
    name: 'T5 with other buckets of positions',
    from: t5Own,
    to: withT5({ relative_attention_num_buckets: 64 }),
    bump: ['major', 'minor'],
    rules: ['architecture.setting'],
  },
  {
    name: 'T5 trained on',
    from: t5Own,
    to: { ...t5Own, 'w/model.safetensors': weights(retrained(t5Tensors)) },
    bump: 'patch',
    rules: ['weights.tensors'],
  },
  {
    name: 'T5 with task prefixes as its settings',
    from: t5Own,
    to: withT5({ task_specific_params: { summarization: { prefix: 'summarize: ' } } }),
    bump: 'patch',
    rules: ['config.model-setting'],
  },
  {
    name: 'Whisper v2 to v3: more mel bins',
    from: whisperOwn,
    to: withWhisper(
      { num_mel_bins: 128 },
      withTensors(whisperTensors, { 'model.encoder.conv1.weight': ['F32', [8, 128, 3], 1] }),
    ),
    bump: ['major', 'minor'],
    rules: ['architecture.setting', 'architecture.tensor-reshaped'],
  },
  {
    name: 'Whisper turbo: fewer layers of the decoder',
    from: withWhisper({ decoder_layers: 2 }),
    to: whisperOwn,
    bump: ['major', 'minor'],
    rules: ['architecture.setting'],
  },
  {
    name: 'Whisper with other suppressed tokens',
    from: whisperOwn,
    to: withWhisper({ suppress_tokens: [] }),
    bump: 'patch',
    rules: ['config.model-setting'],
  },
];
