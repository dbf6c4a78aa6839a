import { describe, expect, test } from 'vitest';
import type { JsonValue } from '@weighbridge/core';
import { parse } from 'yaml';
import { findRetrievalFaults } from './parse-retrieval.js';
import { retrievalLayout, retrievalSettings } from './retrieval-layout.js';

const faultsOf = (text: string, path = 'models/docs/retrieval.yaml') =>
  findRetrievalFaults({ path, bytes: new TextEncoder().encode(text) });
const own = `embedding: { model: BAAI/bge-m3, dimension: 1024 }
chunking: { strategy: recursive, size: 512, overlap: 64 }
index: { store: qdrant, distance: cosine }
query: { top_k: 8, threshold: 0.4 }
reranker: { model: BAAI/bge-reranker-v2-m3, top_n: 4 }
`;
/** The same settings, as each library's own files have them. */
const others = {
  langchain: `embeddings: { _type: huggingface, model_name: BAAI/bge-m3, dimension: 1024 }
text_splitter: { _type: recursive, chunk_size: 512, chunk_overlap: 64 }
vectorstore: { _type: qdrant, distance: cosine }
retriever: { search_kwargs: { k: 8, score_threshold: 0.4 } }
compressor: { model: BAAI/bge-reranker-v2-m3, top_n: 4 }
`,
  llamaindex: `embed_model: { model_name: BAAI/bge-m3, dimensions: 1024 }
node_parser: { chunk_size: 512, chunk_overlap: 64 }
vector_store: { type: qdrant, distance: cosine }
similarity_top_k: 8
similarity_cutoff: 0.4
rerank: { model: BAAI/bge-reranker-v2-m3, top_n: 4 }
`,
  haystack: `components:
  splitter: { type: haystack.components.preprocessors.DocumentSplitter, init_parameters: { split_length: 512, split_overlap: 64 } }
  embedder: { type: haystack.components.embedders.SentenceTransformersTextEmbedder, init_parameters: { model: BAAI/bge-m3 } }
  retriever:
    type: haystack_integrations.components.retrievers.qdrant.QdrantEmbeddingRetriever
    init_parameters:
      top_k: 8
      document_store: { type: QdrantDocumentStore, init_parameters: { embedding_dim: 1024, similarity: cosine } }
  ranker: { type: haystack.components.rankers.TransformersSimilarityRanker, init_parameters: { model: BAAI/bge-reranker-v2-m3, top_k: 4 } }
connections: []
`,
};

describe('retrieval files', () => {
  test('a sound one has no faults, in YAML and JSON', () => {
    expect(faultsOf(own)).toEqual({ layout: 'weighbridge', faults: [] });
    expect(faultsOf(JSON.stringify(parse(own)), 'r.json')).toEqual({ layout: 'weighbridge', faults: [] });
  });

  test('every fault is told with its place', () => {
    const text =
      'embedding: { dimension: big }\nchunking: { size: 100, overlap: 100, overlp: 3 }\nquery: { top_k: 2 }\nreranker: { model: m, top_n: 3 }\n';
    const { faults } = faultsOf(text);
    expect(faults.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual([
      '1:1 manifest/missing-key',
      '1:25 manifest/wrong-type',
      '2:33 manifest/range',
      '2:38 manifest/unknown-key',
      '4:30 manifest/range',
    ]);
  });

  test('a broken file of any layout is told with its place', () => {
    expect(faultsOf('embeddings: [a\n').faults).toMatchObject([
      { file: 'models/docs/retrieval.yaml', line: expect.any(Number), column: expect.any(Number) },
    ]);
  });

  test.each(Object.entries(others))('the layout of %s is recognised, and left to its owners', (layout, text) => {
    expect(faultsOf(text)).toEqual({ layout, faults: [] });
    const {
      'index.store': store,
      'query.threshold': threshold,
      ...settings
    } = retrievalSettings(parse(own) as JsonValue) ?? {};
    expect(retrievalSettings(parse(text) as JsonValue)?.['index.store']).toBe(
      layout === 'haystack' ? 'QdrantDocumentStore' : store,
    );
    expect(retrievalSettings(parse(text) as JsonValue)).toMatchObject(settings);
    if (layout !== 'haystack') expect(retrievalSettings(parse(text) as JsonValue)?.['query.threshold']).toBe(threshold);
  });

  test('others are not known', () => {
    for (const content of [null, [], 'text', {}, { top_k: 3 }, { index: { a: 1 }, mine: 2 }] as JsonValue[]) {
      expect(retrievalLayout(content)).toBe('other');
      expect(retrievalSettings(content)).toBeNull();
    }
  });
});
