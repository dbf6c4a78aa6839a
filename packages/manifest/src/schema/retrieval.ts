import type { JsonObject } from '@weighbridge/core';
import { choice, decimal, list, record, text, whole } from './fragments.js';
import { published } from './published.js';

const count = { minimum: 1, maximum: 1_000_000_000 };
const settings = (what: string): JsonObject => ({
  title: 'further settings',
  description: `Whatever else ${what} takes.`,
  examples: [{ batch_size: 64 }],
  type: 'object',
  additionalProperties: true,
});

const embedding = record(
  {
    title: 'embedding',
    description: 'What turns text into vectors. Vectors of another model cannot be searched with these.',
    examples: [{ model: 'BAAI/bge-m3', dimension: 1024 }],
  },
  {
    model: text({
      title: 'model',
      description: 'Name or reference of the model.',
      examples: ['BAAI/bge-m3', 'vendor:openai/text-embedding-3-small'],
    }),
    revision: text({
      title: 'revision',
      description: 'Commit or version of the model.',
      examples: ['5617a9f61b028005a4858fdac845db406aefb181'],
    }),
    dimension: whole(
      { title: 'dimension', description: 'Numbers in a vector.', examples: [1024] },
      { minimum: 1, maximum: 1_000_000 },
    ),
    normalize: {
      title: 'true or false',
      description: 'Whether vectors are brought to length 1.',
      examples: [true],
      type: 'boolean',
    },
    query_prefix: text({ title: 'text', description: 'What is put before a query.', examples: ['query: '] }),
    document_prefix: text({ title: 'text', description: 'What is put before a document.', examples: ['passage: '] }),
    settings: settings('the embedding'),
  },
  ['model'],
);

const chunking = record(
  { title: 'chunking', description: 'How documents are cut.', examples: [{ size: 512, overlap: 64, unit: 'tokens' }] },
  {
    strategy: text({
      title: 'strategy',
      description: 'Where it is cut.',
      examples: ['recursive', 'sentence', 'semantic'],
    }),
    size: whole({ title: 'size', description: 'The longest piece.', examples: [512] }, count),
    overlap: whole(
      { title: 'overlap', description: 'What neighbours share; less than the size.', examples: [64] },
      { minimum: 0, maximum: 1_000_000_000 },
    ),
    unit: choice({ title: 'unit', description: 'What sizes are counted in.', examples: ['tokens'] }, [
      'tokens',
      'characters',
      'words',
      'sentences',
    ]),
    separators: list(
      { title: 'separators', description: 'Where it is cut first.', examples: [['\n\n', '\n']] },
      { title: 'separator', description: 'A text.', examples: ['\n\n'], type: 'string' },
    ),
    settings: settings('the splitter'),
  },
);

const index = record(
  {
    title: 'index',
    description: 'Where vectors are kept and how they are compared.',
    examples: [{ kind: 'hnsw', distance: 'cosine' }],
  },
  {
    store: text({ title: 'store', description: 'The data base.', examples: ['qdrant', 'pgvector', 'faiss'] }),
    kind: text({ title: 'kind', description: 'The kind of index.', examples: ['hnsw', 'ivf', 'flat'] }),
    distance: text({ title: 'distance', description: 'How vectors are compared.', examples: ['cosine', 'dot', 'l2'] }),
    settings: settings('the index'),
  },
);

const query = record(
  { title: 'query', description: 'What is asked of the index.', examples: [{ top_k: 8, threshold: 0.4 }] },
  {
    top_k: whole({ title: 'top_k', description: 'How many hits are taken.', examples: [8] }, count),
    threshold: decimal({ title: 'threshold', description: 'The least score of a hit.', examples: [0.4] }),
    mode: choice({ title: 'mode', description: 'By vectors, by words, or both.', examples: ['hybrid'] }, [
      'vector',
      'keyword',
      'hybrid',
      'mmr',
    ]),
    alpha: decimal({ title: 'alpha', description: 'The weight of vectors in a hybrid search.', examples: [0.5] }),
    settings: settings('a query'),
  },
);

const reranker = record(
  {
    title: 'reranker',
    description: 'What orders the hits again.',
    examples: [{ model: 'BAAI/bge-reranker-v2-m3', top_n: 4 }],
  },
  {
    model: text({
      title: 'model',
      description: 'Name or reference of the model.',
      examples: ['BAAI/bge-reranker-v2-m3'],
    }),
    top_n: whole(
      { title: 'top_n', description: 'How many of the hits are kept; at most top_k.', examples: [4] },
      count,
    ),
    settings: settings('the reranker'),
  },
  ['model'],
);

/** The file that `retrieval:` of a manifest names, in the layout of this project. */
export const retrievalSchema: JsonObject = published('retrieval', {
  ...record(
    {
      title: 'retrieval settings',
      description: 'How passages are found: embedding, chunking, index, query and reranker.',
      examples: [
        {
          embedding: { model: 'BAAI/bge-m3', dimension: 1024 },
          chunking: { size: 512, overlap: 64 },
          query: { top_k: 8 },
        },
      ],
    },
    {
      embedding,
      chunking,
      index,
      query,
      reranker,
      corpus: {
        title: 'corpus',
        description: 'What is searched: references, as under data of a manifest.',
        examples: [['dvc:docs.dvc']],
        type: 'array',
        maxItems: 1000,
        items: {
          title: 'reference',
          description: 'A path or reference.',
          examples: ['dvc:docs.dvc'],
          type: 'string',
          minLength: 1,
        },
      },
    },
    ['embedding'],
  ),
});
