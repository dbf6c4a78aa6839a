import { metrics, modelDocument, opaqueFile, trainingData, weights } from '../snapshot-builder.js';
import type { Pair } from './pair.js';
import { layer, retrained, file } from './pieces.js';

export const weightsPairs: readonly Pair[] = [
  // Weights and their files.
  { name: 'retrained, same data', from: file(layer), to: file(retrained), bump: 'patch', rules: ['weights.tensors'] },
  {
    name: 'retrained on other data',
    from: { ...file(layer), data: [trainingData('tickets', 'a')] },
    to: { ...file(retrained), data: [trainingData('tickets', 'b')] },
    bump: ['minor', 'patch'],
    rules: ['data.training', 'weights.tensors'],
  },
  {
    name: 'saved again with other metadata',
    from: file(layer),
    to: file(layer, { wrapping: 'padding' }),
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'without tensor digests, file digests decide',
    from: file(layer, { hashed: false }),
    to: file(retrained, { hashed: false }),
    bump: 'patch',
    rules: ['weights.file'],
  },
  {
    name: 'renamed',
    from: file(layer),
    to: { artifacts: [weights('out/final.safetensors', layer)] },
    bump: 'none',
    rules: ['weights.renamed'],
  },
  {
    name: 'sharded',
    from: file(layer),
    to: {
      artifacts: [
        weights('model-00001-of-00002.safetensors', Object.fromEntries(Object.entries(layer).slice(0, 2))),
        weights('model-00002-of-00002.safetensors', Object.fromEntries(Object.entries(layer).slice(2))),
        modelDocument('model.safetensors.index.json', {
          metadata: { total_size: 1 },
          weight_map: { 'lm_head.weight': 'model-00002-of-00002.safetensors' },
        }),
      ],
    },
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'sharded under names of their own, and retrained',
    from: file(layer),
    to: {
      artifacts: [
        weights('part_a.safetensors', Object.fromEntries(Object.entries(retrained).slice(0, 2))),
        weights('part_b.safetensors', Object.fromEntries(Object.entries(retrained).slice(2))),
      ],
    },
    bump: 'patch',
    rules: ['weights.tensors'],
  },
  {
    name: 'an unknown format',
    from: { artifacts: [opaqueFile('trees.txt', 'a')] },
    to: { artifacts: [opaqueFile('trees.txt', 'b')] },
    bump: 'patch',
    rules: ['weights.file'],
  },
  {
    name: 'an unknown file came',
    from: file(layer),
    to: { artifacts: [weights('model.safetensors', layer), opaqueFile('stopwords.txt', 'a')] },
    bump: 'patch',
    rules: ['weights.file-added'],
  },
  {
    name: 'an unknown file went',
    from: { artifacts: [weights('model.safetensors', layer), opaqueFile('stopwords.txt', 'a')] },
    to: file(layer),
    bump: 'minor',
    rules: ['weights.file-removed'],
  },
  { name: 'only headers were read', from: file(layer), to: file(retrained, { read: false }), bump: 'none', rules: [] },

  // Metrics.
  {
    name: 'metrics alone',
    from: { metrics: [metrics({ accuracy: '0.91' })] },
    to: { metrics: [metrics({ accuracy: '0.97' })] },
    bump: 'none',
    rules: ['metrics.values'],
    options: {
      significant: [
        { kind: 'significant', metric: 'eval.accuracy', from: '0.91', to: '0.97', delta: '0.06', because: 'it did' },
      ],
    },
  },
  {
    name: 'metrics with other weights',
    from: { ...file(layer), metrics: [metrics({ accuracy: '0.91' })] },
    to: { ...file(retrained), metrics: [metrics({ accuracy: '0.97' })] },
    bump: 'minor',
    rules: ['metrics.significant', 'metrics.values', 'weights.tensors'],
    options: {
      significant: [
        { kind: 'significant', metric: 'eval.accuracy', from: '0.91', to: '0.97', delta: '0.06', because: 'it did' },
      ],
    },
  },
];
