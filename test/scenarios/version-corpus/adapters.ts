import { but, type CorpusCase, json, type Tensors, weights } from './corpus-case.js';

const config = {
  alpha_pattern: {},
  auto_mapping: null,
  base_model_name_or_path: 'meta-llama/Llama-3.1-8B',
  bias: 'none',
  fan_in_fan_out: false,
  inference_mode: true,
  init_lora_weights: true,
  layers_pattern: null,
  layers_to_transform: null,
  lora_alpha: 32,
  lora_dropout: 0.05,
  modules_to_save: null,
  peft_type: 'LORA',
  r: 4,
  rank_pattern: {},
  revision: null,
  target_modules: ['q_proj', 'v_proj'],
  task_type: 'CAUSAL_LM',
  use_dora: false,
  use_rslora: false,
};
const lora = (rank = 4, modules = ['q_proj', 'v_proj'], content = 1): Tensors =>
  Object.fromEntries(
    modules.flatMap((name) => [
      [`base_model.model.model.layers.0.self_attn.${name}.lora_A.weight`, ['F32', [rank, 8], content]] as const,
      [`base_model.model.model.layers.0.self_attn.${name}.lora_B.weight`, ['F32', [8, rank], content]] as const,
    ]),
  );
const tree = (over: object = {}, tensors: Tensors = lora()) => ({
  'w/adapter_config.json': json(but(config, over)),
  'w/adapter_model.safetensors': weights(tensors),
});
const own = tree();
const hub = (revision: string, name = 'meta-llama/Llama-3.1-8B') =>
  `kind: adapter\nbase: { model: "hf://${name}", revision: "${revision}" }\n`;
const [oldest, newest] = ['0e9e39f249a16976918f6564b8830bc894c89659', 'd04e592bb4f6aa9cfee91e2e20afa771667e1d4b'];
const same = { from: hub(oldest), to: hub(oldest) };

export const adapterCases: readonly CorpusCase[] = [
  {
    name: 'an adapter saved by a newer PEFT',
    from: own,
    to: tree({
      peft_version: '0.18.0',
      target_modules: ['v_proj', 'q_proj'],
      exclude_modules: null,
      corda_config: null,
      use_qalora: false,
      qalora_group_size: 16,
      lora_bias: false,
    }),
    bump: 'none',
    rules: [],
    manifest: same,
  },
  {
    name: 'a path of the training machine as the name of the base',
    from: own,
    to: tree({ base_model_name_or_path: '/mnt/scratch/llama' }),
    bump: 'none',
    rules: [],
    manifest: same,
  },
  {
    name: 'an adapter trained on',
    from: own,
    to: tree({}, lora(4, undefined, 2)),
    bump: 'patch',
    rules: ['weights.tensors'],
    manifest: same,
  },
  {
    name: 'a higher rank',
    from: own,
    to: tree({ r: 8 }, lora(8)),
    bump: ['major', 'minor'],
    rules: ['adapter.rank', 'architecture.tensor-reshaped'],
    manifest: same,
  },
  {
    name: 'more layers are changed',
    from: own,
    to: tree({ target_modules: ['k_proj', 'q_proj', 'v_proj'] }, lora(4, ['k_proj', 'q_proj', 'v_proj'])),
    bump: ['major', 'minor'],
    rules: ['adapter.target-modules', 'architecture.tensor-added'],
    manifest: same,
  },
  {
    name: 'another alpha',
    from: own,
    to: tree({ lora_alpha: 16 }),
    bump: 'patch',
    rules: ['adapter.scaling'],
    manifest: same,
  },
  {
    name: 'rank-stabilised scaling',
    from: own,
    to: tree({ use_rslora: true }),
    bump: 'patch',
    rules: ['adapter.scaling'],
    manifest: same,
  },
  {
    name: 'DoRA',
    from: own,
    to: tree({ use_dora: true }),
    bump: ['major', 'minor'],
    rules: ['adapter.type'],
    manifest: same,
  },
  {
    name: 'a rank of its own for one layer',
    from: own,
    to: tree({ rank_pattern: { q_proj: 8 } }),
    bump: ['major', 'minor'],
    rules: ['adapter.rank'],
    manifest: same,
  },
  {
    name: 'the head is trained whole',
    from: own,
    to: tree({ modules_to_save: ['lm_head'] }),
    bump: ['major', 'minor'],
    rules: ['adapter.target-modules'],
    manifest: same,
  },
  {
    name: 'another revision of the base',
    from: own,
    to: own,
    bump: ['minor', 'patch'],
    rules: ['base.revision'],
    manifest: { from: hub(oldest), to: hub(newest) },
  },
  {
    name: 'another base',
    from: own,
    to: tree({ base_model_name_or_path: 'Qwen/Qwen3-8B' }),
    bump: ['major', 'minor'],
    rules: ['base.model'],
    manifest: { from: hub(oldest), to: hub(newest, 'Qwen/Qwen3-8B') },
  },
  {
    name: 'a quantisation of the same base, as QLoRA trains on',
    from: own,
    to: own,
    bump: ['minor', 'patch'],
    rules: ['base.quantisation'],
    manifest: { from: hub(oldest, 'Qwen/Qwen3-8B'), to: hub(newest, 'Qwen/Qwen3-8B-AWQ') },
  },
];
