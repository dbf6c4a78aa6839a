import {
  bpe,
  but,
  cast,
  type CorpusCase,
  json,
  retrained,
  sharded,
  type Tensors,
  weights,
  withTensors,
} from './corpus-case.js';

const config = {
  architectures: ['LlamaForCausalLM'],
  attention_bias: false,
  attention_dropout: 0.0,
  bos_token_id: 128000,
  eos_token_id: 128001,
  hidden_act: 'silu',
  hidden_size: 16,
  initializer_range: 0.02,
  intermediate_size: 32,
  max_position_embeddings: 131072,
  mlp_bias: false,
  model_type: 'llama',
  num_attention_heads: 4,
  num_hidden_layers: 1,
  num_key_value_heads: 2,
  pretraining_tp: 1,
  rms_norm_eps: 1e-5,
  rope_scaling: {
    factor: 8.0,
    low_freq_factor: 1.0,
    high_freq_factor: 4.0,
    original_max_position_embeddings: 8192,
    rope_type: 'llama3',
  },
  rope_theta: 500000.0,
  tie_word_embeddings: false,
  torch_dtype: 'bfloat16',
  transformers_version: '4.43.0.dev0',
  use_cache: true,
  vocab_size: 8,
};
const layer = 'model.layers.0.';
const tensors: Tensors = {
  'model.embed_tokens.weight': ['BF16', [8, 16], 1],
  [`${layer}self_attn.q_proj.weight`]: ['BF16', [16, 16], 2],
  [`${layer}self_attn.k_proj.weight`]: ['BF16', [8, 16], 3],
  [`${layer}self_attn.v_proj.weight`]: ['BF16', [8, 16], 4],
  [`${layer}mlp.gate_proj.weight`]: ['BF16', [32, 16], 5],
  'model.norm.weight': ['BF16', [16], 6],
  'lm_head.weight': ['BF16', [8, 16], 8],
};
const words = ['a', 'b', 'c', 'd', 'e', 'f'];
const special = ['<|begin_of_text|>', '<|eot_id|>'];
const tokenizer = bpe(words, { added: special });
const base = { 'w/config.json': json(config), 'w/model.safetensors': weights(tensors), 'w/tokenizer.json': tokenizer };
const withConfig = (over: object) => ({ ...base, 'w/config.json': json(but(config, over)) });
const withWeights = (changed: Tensors) => ({ ...base, 'w/model.safetensors': weights(changed) });

export const llamaCases: readonly CorpusCase[] = [
  {
    name: 'saved again by a newer Transformers',
    from: base,
    to: withConfig({
      torch_dtype: undefined,
      dtype: 'bfloat16',
      transformers_version: '4.57.1',
      _name_or_path: '/tmp/out',
    }),
    bump: 'none',
    rules: [],
  },
  {
    name: 'rope settings moved into rope_parameters',
    from: base,
    to: withConfig({
      rope_theta: undefined,
      rope_scaling: undefined,
      rope_parameters: { rope_theta: 500000.0, ...config.rope_scaling },
    }),
    bump: 'none',
    rules: [],
  },
  {
    name: 'keys of the configuration in another order',
    from: base,
    to: { ...base, 'w/config.json': JSON.stringify(Object.fromEntries(Object.entries(config).reverse())) },
    bump: 'none',
    rules: [],
  },
  {
    name: 'tensors in another order, with other metadata',
    from: base,
    to: {
      ...base,
      'w/model.safetensors': weights(tensors, { metadata: { format: 'pt', producer: 'mergekit' }, reversed: true }),
    },
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'one file becomes two shards',
    from: base,
    to: { 'w/config.json': base['w/config.json'], 'w/tokenizer.json': tokenizer, ...sharded(tensors, 2) },
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'two shards become three',
    from: { 'w/config.json': base['w/config.json'], ...sharded(tensors, 2) },
    to: { 'w/config.json': base['w/config.json'], ...sharded(tensors, 3) },
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'fine-tuned, the same everywhere else',
    from: base,
    to: withWeights(retrained(tensors)),
    bump: 'patch',
    rules: ['weights.tensors'],
  },
  {
    name: 'context extended by rope scaling',
    from: base,
    to: withConfig({ rope_scaling: { ...config.rope_scaling, factor: 16.0 }, max_position_embeddings: 262144 }),
    bump: 'minor',
    rules: ['architecture.context-length', 'architecture.context-length'],
  },
  {
    name: 'another rope theta',
    from: base,
    to: withConfig({ rope_theta: 10000.0 }),
    bump: 'minor',
    rules: ['architecture.context-length'],
  },
  {
    name: 'a pad token beyond the vocabulary, with a row for it',
    from: base,
    to: {
      'w/config.json': json(but(config, { vocab_size: 9, pad_token_id: 8 })),
      'w/tokenizer.json': bpe(words, { added: [...special, '<pad>'] }),
      'w/model.safetensors': weights(
        withTensors(tensors, {
          'model.embed_tokens.weight': ['BF16', [9, 16], 1],
          'lm_head.weight': ['BF16', [9, 16], 8],
        }),
      ),
    },
    bump: 'minor',
    rules: ['config.model-setting', 'tokenizer.tokens-added'],
  },
  {
    name: 'rows of the embedding without tokens for them',
    from: base,
    to: {
      ...withConfig({ vocab_size: 16 }),
      'w/model.safetensors': weights(
        withTensors(tensors, {
          'model.embed_tokens.weight': ['BF16', [16, 16], 1],
          'lm_head.weight': ['BF16', [16, 16], 8],
        }),
      ),
    },
    bump: ['major', 'minor'],
    rules: ['architecture.setting', 'architecture.tensor-reshaped'],
  },
  {
    name: 'one layer more',
    from: base,
    to: {
      ...withConfig({ num_hidden_layers: 2 }),
      'w/model.safetensors': weights(
        withTensors(tensors, { 'model.layers.1.self_attn.q_proj.weight': ['BF16', [16, 16], 2] }),
      ),
    },
    bump: ['major', 'minor'],
    rules: ['architecture.setting', 'architecture.tensor-added'],
  },
  {
    name: 'wider feed-forward layers',
    from: base,
    to: {
      ...withConfig({ intermediate_size: 64 }),
      'w/model.safetensors': weights(withTensors(tensors, { [`${layer}mlp.gate_proj.weight`]: ['BF16', [64, 16], 5] })),
    },
    bump: ['major', 'minor'],
    rules: ['architecture.setting', 'architecture.tensor-reshaped'],
  },
  {
    name: 'embeddings tied, the head left out',
    from: base,
    to: {
      ...withConfig({ tie_word_embeddings: true }),
      'w/model.safetensors': weights(
        Object.fromEntries(Object.entries(tensors).filter(([name]) => name !== 'lm_head.weight')),
      ),
    },
    bump: ['major', 'minor'],
    rules: ['architecture.setting', 'architecture.tensor-removed'],
  },
  {
    name: 'keys renamed, every tensor equal',
    from: base,
    to: withWeights(
      Object.fromEntries(
        Object.entries(tensors).map(([name, tensor]) => [name.replace(/^model\./, 'language_model.model.'), tensor]),
      ),
    ),
    bump: ['major', 'minor'],
    rules: ['architecture.tensor-renamed'],
  },
  {
    name: 'cast to float16',
    from: base,
    to: { ...withConfig({ torch_dtype: 'float16' }), 'w/model.safetensors': weights(cast(tensors, 'F16')) },
    bump: 'minor',
    rules: ['architecture.dtype', 'architecture.dtype'],
  },
  {
    name: 'quantised to fp8',
    from: base,
    to: {
      ...withConfig({
        quantization_config: { quant_method: 'fp8', activation_scheme: 'dynamic', weight_block_size: [128, 128] },
      }),
      'w/model.safetensors': weights(
        withTensors(tensors, { [`${layer}mlp.gate_proj.weight`]: ['F8_E4M3', [32, 16], 5] }),
      ),
    },
    bump: 'minor',
    rules: ['architecture.quantisation', 'architecture.quantisation'],
  },
  {
    name: 'another end of sequence in the generation defaults',
    from: {
      ...base,
      'w/generation_config.json': json({ eos_token_id: 128001, temperature: 0.6, transformers_version: '4.42.3' }),
    },
    to: {
      ...base,
      'w/generation_config.json': json({
        eos_token_id: [128001, 128009],
        temperature: 0.6,
        transformers_version: '4.45.0',
      }),
    },
    bump: 'patch',
    rules: ['config.generation'],
  },
  {
    name: 'an attention dropout for the next training',
    from: base,
    to: withConfig({ attention_dropout: 0.1 }),
    bump: 'patch',
    rules: ['config.model-setting'],
  },
];
