import { modelDocument, weights } from '../snapshot-builder.js';
import type { Pair } from './pair.js';
import { layer, hfConfig, file, documents, gguf, pickled } from './pieces.js';

export const architecturePairs: readonly Pair[] = [
  // Architecture.
  {
    name: 'a layer was added',
    from: file(layer),
    to: file({ ...layer, 'model.layers.1.mlp.up_proj.weight': ['BF16', [256, 64], 'e'] }),
    bump: ['major', 'minor'],
    rules: ['architecture.tensor-added'],
  },
  {
    name: 'a tensor was removed',
    from: file(layer),
    to: file(Object.fromEntries(Object.entries(layer).slice(1))),
    bump: ['major', 'minor'],
    rules: ['architecture.tensor-removed'],
  },
  {
    name: 'a tensor has another name',
    from: file({ a: ['F32', [2, 2], 'x'], b: ['F32', [2, 2], 'y'] }),
    to: file({ a: ['F32', [2, 2], 'x'], 'module.b': ['F32', [2, 2], 'y'] }),
    bump: ['major', 'minor'],
    rules: ['architecture.tensor-renamed'],
  },
  {
    name: 'reshaped',
    from: file(layer),
    to: file({ ...layer, 'model.layers.0.mlp.up_proj.weight': ['BF16', [512, 64], 'c'] }),
    bump: ['major', 'minor'],
    rules: ['architecture.tensor-reshaped'],
  },
  {
    name: 'half precision',
    from: file({ a: ['F32', [2, 2], 'x'] }),
    to: file({ a: ['F16', [2, 2], 'x'] }),
    bump: 'minor',
    rules: ['architecture.dtype'],
  },
  {
    name: 'quantised by GPTQ',
    from: file({ 'a.weight': ['F16', [64, 64], 'x'], 'norm.weight': ['F16', [64], 'n'] }),
    to: file({
      'a.qweight': ['I32', [8, 64], 'q'],
      'a.qzeros': ['I32', [1, 8], 'z'],
      'a.scales': ['F16', [1, 64], 's'],
      'a.g_idx': ['I32', [64], 'g'],
      'norm.weight': ['F16', [64], 'n'],
    }),
    bump: 'minor',
    rules: ['architecture.quantisation'],
  },
  {
    name: 'quantised by bitsandbytes, with its configuration',
    from: {
      artifacts: [
        weights('model.safetensors', { 'a.weight': ['F16', [64, 64], 'x'] }),
        modelDocument('config.json', hfConfig),
      ],
    },
    to: {
      artifacts: [
        weights('model.safetensors', {
          'a.weight': ['U8', [2048, 1], 'q'],
          'a.weight.absmax': ['F32', [64], 's'],
          'a.weight.quant_state.bitsandbytes__nf4': ['U8', [90], 'm'],
        }),
        modelDocument('config.json', { ...hfConfig, quantization_config: { load_in_4bit: true } }),
      ],
    },
    bump: 'minor',
    rules: ['architecture.quantisation', 'architecture.quantisation'],
  },
  {
    name: 'GGUF in another quantisation',
    from: gguf({ 'blk.0.attn_q.weight': ['Q4_K', [64, 64], 'x'] }, { 'general.file_type': 15 }),
    to: gguf({ 'blk.0.attn_q.weight': ['Q8_0', [64, 64], 'x'] }, { 'general.file_type': 7 }),
    bump: 'minor',
    rules: ['architecture.quantisation', 'architecture.quantisation'],
  },
  {
    name: 'GGUF with another title',
    from: gguf({ a: ['F32', [1], 'x'] }, { 'general.name': 'a' }),
    to: gguf({ a: ['F32', [1], 'x'] }, { 'general.name': 'b' }),
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'GGUF with more blocks',
    from: gguf({ a: ['F32', [1], 'x'] }, { 'llama.block_count': 1 }),
    to: gguf({ a: ['F32', [1], 'x'] }, { 'llama.block_count': 2 }),
    bump: ['major', 'minor'],
    rules: ['architecture.setting', 'weights.resaved'],
  },
  {
    name: 'from PyTorch to safetensors',
    from: { artifacts: [weights('model.bin', { a: ['float32', [2], 'x'] }, { format: 'pytorch-zip', hashed: false })] },
    to: { artifacts: [weights('model.safetensors', { a: ['F32', [2], 'x'] }, { hashed: false })] },
    bump: 'minor',
    rules: ['architecture.format', 'weights.file'],
  },
  {
    name: 'further weights',
    from: file(layer),
    to: {
      artifacts: [
        weights('model.safetensors', layer),
        weights('gguf/model-q4.gguf', { a: ['Q4_K', [32], 'x'] }, { format: 'gguf' }),
      ],
    },
    bump: 'minor',
    rules: ['architecture.artifact-added'],
  },
  {
    name: 'one of two weights went',
    from: {
      artifacts: [
        weights('model.safetensors', layer),
        weights('gguf/model-q4.gguf', { a: ['Q4_K', [32], 'x'] }, { format: 'gguf' }),
      ],
    },
    to: file(layer),
    bump: 'major',
    rules: ['architecture.artifact-removed'],
  },
  {
    name: 'config.json: more layers',
    from: documents(['config.json', hfConfig]),
    to: documents(['config.json', { ...hfConfig, num_hidden_layers: 2 }]),
    bump: ['major', 'minor'],
    rules: ['architecture.setting'],
  },
  {
    name: 'config.json: longer context',
    from: documents(['config.json', hfConfig]),
    to: documents(['config.json', { ...hfConfig, max_position_embeddings: 8192 }]),
    bump: 'minor',
    rules: ['architecture.context-length'],
  },
  {
    name: 'config.json: dtype',
    from: documents(['config.json', hfConfig]),
    to: documents(['config.json', { ...hfConfig, torch_dtype: 'float16' }]),
    bump: 'minor',
    rules: ['architecture.dtype'],
  },
  {
    name: 'config.json: dropout',
    from: documents(['config.json', hfConfig]),
    to: documents(['config.json', { ...hfConfig, attention_dropout: 0.1 }]),
    bump: 'patch',
    rules: ['config.model-setting'],
  },
  {
    name: 'config.json: saved by a newer library',
    from: documents(['config.json', hfConfig]),
    to: documents(['config.json', { ...hfConfig, transformers_version: '5.0.0' }]),
    bump: 'none',
    rules: [],
  },
  {
    name: 'generation_config.json: temperature',
    from: documents(['generation_config.json', { temperature: 0.6 }]),
    to: documents(['generation_config.json', { temperature: 0.7 }]),
    bump: 'patch',
    rules: ['config.generation'],
  },
  {
    name: 'an estimator of another class',
    from: pickled('sklearn.ensemble._forest.RandomForestClassifier', 'numpy.core.multiarray._reconstruct'),
    to: pickled('sklearn.ensemble._gb.GradientBoostingClassifier', 'numpy.core.multiarray._reconstruct'),
    bump: ['major', 'minor'],
    rules: ['architecture.estimator', 'weights.file'],
  },
  {
    name: 'an estimator saved by newer libraries',
    from: pickled('sklearn.ensemble.forest.RandomForestClassifier', 'numpy.core.multiarray._reconstruct'),
    to: pickled(
      'sklearn.ensemble._forest.RandomForestClassifier',
      'numpy._core.multiarray._reconstruct',
      'sklearn.tree._tree.Tree',
    ),
    bump: 'patch',
    rules: ['weights.file'],
  },
];
