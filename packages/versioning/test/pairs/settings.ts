import { digestOf, prompt, settings, trainingData } from '../snapshot-builder.js';
import type { Pair } from './pair.js';
import { file, layer, retrained, documents, retrieve } from './pieces.js';

export const settingsPairs: readonly Pair[] = [
  // Configuration, code, documentation.
  {
    name: 'a threshold',
    from: { config: [settings('vad.yaml', { vad: { threshold: 0.5, window: 512 } })] },
    to: { config: [settings('vad.yaml', { vad: { window: 512, threshold: 0.6 } })] },
    bump: 'patch',
    rules: ['config.value'],
  },
  {
    name: 'comments in a settings file',
    from: { config: [settings('vad.yaml', { a: 1 })] },
    to: { config: [settings('vad.yaml', { a: 1 }, '# why')] },
    bump: 'none',
    rules: ['config.layout'],
  },
  {
    name: 'a seed beyond what numbers tell apart',
    from: { config: [settings('a.yaml', { seed: 2 ** 60 })] },
    to: { config: [settings('a.yaml', { seed: 2 ** 60 }, '+1')] },
    bump: 'patch',
    rules: ['config.opaque'],
  },
  {
    name: 'code',
    from: { code: [{ path: 'train.py', digest: digestOf('a') }] },
    to: { code: [{ path: 'train.py', digest: digestOf('b') }] },
    bump: 'patch',
    rules: ['code.changed'],
  },
  {
    name: 'code moved',
    from: { code: [{ path: 'train.py', digest: digestOf('a') }] },
    to: { code: [{ path: 'src/train.py', digest: digestOf('a') }] },
    bump: 'none',
    rules: ['code.renamed'],
  },
  {
    name: 'words about the model',
    from: {},
    to: {
      documentation: {
        description: 'Finds fraud',
        owners: ['alice'],
        files: [{ path: 'README.md', digest: digestOf('a') }],
      },
      metadata: { fairness: 'x' },
      training: { hardware: '8xH100' },
    },
    bump: 'none',
    rules: [
      'documentation.description',
      'documentation.file',
      'documentation.metadata',
      'documentation.owners',
      'documentation.training',
    ],
  },
  {
    name: 'a model card among the artifacts',
    from: documents(['README.md', '---\nlicense: mit\n---\nA']),
    to: documents(['README.md', '---\nlicense: mit\n---\nB']),
    bump: 'none',
    rules: ['documentation.model-card'],
  },

  // Data.
  {
    name: 'other evaluation data',
    from: { data: [trainingData('holdout', 'a', { role: 'eval' })] },
    to: { data: [trainingData('holdout', 'b', { role: 'eval' })] },
    bump: 'none',
    rules: ['data.evaluation'],
  },
  {
    name: 'training data changed, weights did not',
    from: { ...file(layer), data: [trainingData('tickets', 'a')] },
    to: { ...file(layer), data: [trainingData('tickets', 'b')] },
    bump: 'patch',
    rules: ['data.training-only'],
  },
  {
    name: 'data renamed',
    from: { data: [trainingData('tickets', 'a')] },
    to: { data: [trainingData('support', 'a')] },
    bump: 'none',
    rules: ['data.renamed'],
  },
  {
    name: 'data moved, same content',
    from: { data: [trainingData('tickets', 'a')] },
    to: { data: [trainingData('tickets', 'a', { ref: 's3://bucket/tickets' })] },
    bump: 'none',
    rules: [],
  },
  {
    name: 'a second training set',
    from: { ...file(layer), data: [trainingData('a', 'a')] },
    to: { ...file(retrained), data: [trainingData('a', 'a'), trainingData('b', 'b')] },
    bump: ['minor', 'patch'],
    rules: ['data.training', 'weights.tensors'],
  },

  // Prompts.
  {
    name: 'a variable removed',
    from: { prompts: [prompt('answer.md', 'a', ['question', 'tone'])] },
    to: { prompts: [prompt('answer.md', 'b', ['question'])] },
    bump: 'major',
    rules: ['prompts.variable-removed'],
  },
  {
    name: 'a variable added',
    from: { prompts: [prompt('answer.md', 'a', ['question'])] },
    to: { prompts: [prompt('answer.md', 'b', ['language', 'question'])] },
    bump: 'major',
    rules: ['prompts.variable-added'],
  },
  {
    name: 'a new template',
    from: { prompts: [prompt('answer.md', 'a', [])] },
    to: { prompts: [prompt('answer.md', 'a', []), prompt('refuse.md', 'r', [])] },
    bump: 'minor',
    rules: ['prompts.template-added'],
  },
  {
    name: 'a template removed',
    from: { prompts: [prompt('answer.md', 'a', []), prompt('refuse.md', 'r', [])] },
    to: { prompts: [prompt('answer.md', 'a', [])] },
    bump: 'major',
    rules: ['prompts.template-removed'],
  },
  {
    name: 'wording beside weights',
    from: { prompts: [prompt('answer.md', 'a', [])] },
    to: { prompts: [prompt('answer.md', 'b', [])] },
    bump: 'patch',
    rules: ['prompts.wording'],
  },
  {
    name: 'wording of a prompt',
    from: { kind: 'prompt', prompts: [prompt('answer.md', 'a', [])] },
    to: { kind: 'prompt', prompts: [prompt('answer.md', 'b', [])] },
    bump: ['minor', 'patch'],
    rules: ['prompts.own-wording'],
  },

  // Retrieval.
  {
    name: 'another embedding',
    from: retrieve({}),
    to: retrieve({ embedding: { model: 'e5-large', dimension: 1024, batch_size: 8 } }),
    bump: ['major', 'minor'],
    rules: ['retrieval.embedding'],
  },
  {
    name: 'another batch size of the embedding',
    from: retrieve({}),
    to: retrieve({ embedding: { model: 'bge-m3', dimension: 1024, batch_size: 16 } }),
    bump: 'patch',
    rules: ['retrieval.embedding-setting'],
  },
  {
    name: 'other chunks',
    from: retrieve({}),
    to: retrieve({ chunking: { size: 256, overlap: 64 } }),
    bump: ['minor', 'patch'],
    rules: ['retrieval.chunking'],
  },
  {
    name: 'another kind of index',
    from: retrieve({}),
    to: retrieve({ index: { kind: 'ivf', metric: 'cosine' } }),
    bump: ['minor', 'patch'],
    rules: ['retrieval.index'],
  },
  {
    name: 'more hits',
    from: retrieve({}),
    to: retrieve({ query: { top_k: 8 } }),
    bump: 'patch',
    rules: ['retrieval.query'],
  },
];
