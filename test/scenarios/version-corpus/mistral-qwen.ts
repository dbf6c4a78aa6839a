import { bpe, but, type CorpusCase, json, type Tensors, weights } from './corpus-case.js';

const mistral = {
  architectures: ['MistralForCausalLM'],
  hidden_act: 'silu',
  hidden_size: 8,
  intermediate_size: 16,
  max_position_embeddings: 32768,
  model_type: 'mistral',
  num_attention_heads: 2,
  num_hidden_layers: 1,
  num_key_value_heads: 1,
  rms_norm_eps: 1e-5,
  rope_theta: 10000.0,
  sliding_window: 4096,
  tie_word_embeddings: false,
  torch_dtype: 'bfloat16',
  transformers_version: '4.34.0.dev0',
  vocab_size: 4,
};
const tensors: Tensors = { 'model.embed_tokens.weight': ['BF16', [4, 8], 1], 'lm_head.weight': ['BF16', [4, 8], 2] };
const own = { 'w/config.json': json(mistral), 'w/model.safetensors': weights(tensors) };
const withMistral = (over: object) => ({ ...own, 'w/config.json': json(but(mistral, over)) });

const qwen = {
  ...mistral,
  architectures: ['Qwen2ForCausalLM'],
  model_type: 'qwen2',
  use_sliding_window: false,
  max_window_layers: 1,
  sliding_window: 131072,
};
const words = ['Ġa', 'Ġb', 'Ġc'];
const markers = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'];
const template =
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";
const tokenizerConfig = {
  add_prefix_space: false,
  bos_token: null,
  chat_template: template,
  clean_up_tokenization_spaces: false,
  eos_token: '<|im_end|>',
  model_max_length: 131072,
  pad_token: '<|endoftext|>',
  tokenizer_class: 'Qwen2Tokenizer',
  unk_token: null,
};
const chat = {
  'w/config.json': json(qwen),
  'w/model.safetensors': weights(tensors),
  'w/tokenizer.json': bpe(words, { added: markers }),
  'w/tokenizer_config.json': json(tokenizerConfig),
};
const withTokenizer = (over: object) => ({ ...chat, 'w/tokenizer_config.json': json(but(tokenizerConfig, over)) });

export const mistralQwenCases: readonly CorpusCase[] = [
  {
    name: 'Mistral v0.1 to v0.2: no window, other rope',
    from: own,
    to: withMistral({ sliding_window: null, rope_theta: 1000000.0 }),
    bump: 'minor',
    rules: ['architecture.context-length', 'architecture.context-length'],
  },
  {
    name: 'a head of another count',
    from: own,
    to: withMistral({ num_key_value_heads: 2 }),
    bump: ['major', 'minor'],
    rules: ['architecture.setting'],
  },
  {
    name: 'another class of model',
    from: own,
    to: withMistral({ architectures: ['MistralForSequenceClassification'], model_type: 'mistral' }),
    bump: ['major', 'minor'],
    rules: ['architecture.setting'],
  },
  {
    name: 'quantised by bitsandbytes',
    from: own,
    to: withMistral({
      quantization_config: {
        quant_method: 'bitsandbytes',
        load_in_4bit: true,
        bnb_4bit_quant_type: 'nf4',
        bnb_4bit_compute_dtype: 'bfloat16',
      },
    }),
    bump: 'minor',
    rules: ['architecture.quantisation'],
  },
  {
    name: 'the same quantisation, written by another version',
    from: withMistral({
      quantization_config: { quant_method: 'bitsandbytes', load_in_4bit: true, _load_in_4bit: true },
    }),
    to: withMistral({
      quantization_config: { _load_in_8bit: false, load_in_4bit: true, quant_method: 'bitsandbytes' },
    }),
    bump: 'none',
    rules: [],
  },
  {
    name: 'AWQ in place of GPTQ',
    from: withMistral({ quantization_config: { quant_method: 'gptq', bits: 4, group_size: 128 } }),
    to: withMistral({ quantization_config: { quant_method: 'awq', bits: 4, group_size: 128, zero_point: true } }),
    bump: 'minor',
    rules: ['architecture.quantisation', 'architecture.quantisation'],
  },
  {
    name: 'the chat template in a file of its own',
    from: chat,
    to: { ...withTokenizer({ chat_template: undefined }), 'w/chat_template.jinja': template },
    bump: 'none',
    rules: [],
  },
  {
    name: 'white space between the statements of the chat template',
    from: chat,
    to: withTokenizer({
      chat_template: template.replace('{% for message in messages %}', '{%for message in messages%}'),
    }),
    bump: 'none',
    rules: [],
  },
  {
    name: 'a default system message in the chat template',
    from: chat,
    to: withTokenizer({ chat_template: `{% if not messages %}{{ 'You are helpful.' }}{% endif %}${template}` }),
    bump: ['minor', 'patch'],
    rules: ['tokenizer.chat-template'],
  },
  {
    name: 'other markers in the chat template',
    from: chat,
    to: withTokenizer({ chat_template: template.replaceAll('<|im_start|>', '<|turn|>') }),
    bump: 'major',
    rules: ['tokenizer.chat-template-roles'],
  },
  {
    name: 'a chat template for the first time',
    from: withTokenizer({ chat_template: undefined }),
    to: chat,
    bump: 'minor',
    rules: ['tokenizer.chat-template-added'],
  },
  {
    name: 'no chat template any more',
    from: chat,
    to: withTokenizer({ chat_template: undefined }),
    bump: 'major',
    rules: ['tokenizer.chat-template-removed'],
  },
  {
    name: 'another end of sequence',
    from: chat,
    to: withTokenizer({ eos_token: '<|endoftext|>' }),
    bump: 'major',
    rules: ['tokenizer.special-token-changed'],
  },
  {
    name: 'tokens for tools after all others',
    from: chat,
    to: { ...chat, 'w/tokenizer.json': bpe(words, { added: [...markers, '<tool_call>', '</tool_call>'] }) },
    bump: 'minor',
    rules: ['tokenizer.tokens-added'],
  },
  {
    name: 'tokens for tools in between',
    from: chat,
    to: { ...chat, 'w/tokenizer.json': bpe(words, { added: ['<tool_call>', ...markers] }) },
    bump: 'major',
    rules: ['tokenizer.ids-moved'],
  },
  {
    name: 'a token less',
    from: chat,
    to: { ...chat, 'w/tokenizer.json': bpe(words, { added: markers.slice(0, 2) }) },
    bump: 'major',
    rules: ['tokenizer.tokens-removed'],
  },
  {
    name: 'padding and truncation of the last training run',
    from: chat,
    to: {
      ...chat,
      'w/tokenizer.json': bpe(words, {
        added: markers,
        more: { truncation: { direction: 'Right', max_length: 512, strategy: 'LongestFirst', stride: 0 } },
      }),
    },
    bump: 'none',
    rules: [],
  },
  {
    name: 'other merges',
    from: { ...chat, 'w/tokenizer.json': bpe(words, { added: markers, merges: ['Ġ a'] }) },
    to: { ...chat, 'w/tokenizer.json': bpe(words, { added: markers, merges: ['Ġ b'] }) },
    bump: ['major', 'minor'],
    rules: ['tokenizer.segmentation'],
  },
];
