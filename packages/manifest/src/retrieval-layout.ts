import type { JsonObject, JsonValue } from '@weighbridge/core';

/** Who gave a retrieval file its keys; `other` for a layout that nobody here knows. */
export type RetrievalLayout = 'weighbridge' | 'langchain' | 'llamaindex' | 'haystack' | 'other';

/** What the layouts say in common, by the names of the documented one; absent where a file does not say it. */
export interface RetrievalSettings {
  readonly 'embedding.model'?: JsonValue;
  readonly 'embedding.dimension'?: JsonValue;
  readonly 'chunking.size'?: JsonValue;
  readonly 'chunking.overlap'?: JsonValue;
  readonly 'index.store'?: JsonValue;
  readonly 'index.kind'?: JsonValue;
  readonly 'index.distance'?: JsonValue;
  readonly 'query.top_k'?: JsonValue;
  readonly 'query.threshold'?: JsonValue;
  readonly 'reranker.model'?: JsonValue;
  readonly 'reranker.top_n'?: JsonValue;
}

type Setting = keyof RetrievalSettings;
type Paths = Readonly<Record<Setting, readonly string[]>>;

const ownKeys = ['embedding', 'chunking', 'index', 'query', 'reranker', 'corpus'];

/** Dotted keys by which each layout says a setting; the first that is there counts. */
const paths: Readonly<Record<Exclude<RetrievalLayout, 'haystack' | 'other'>, Paths>> = {
  weighbridge: Object.fromEntries(
    [
      'embedding.model',
      'embedding.dimension',
      'chunking.size',
      'chunking.overlap',
      'index.store',
      'index.kind',
      'index.distance',
      'query.top_k',
      'query.threshold',
      'reranker.model',
      'reranker.top_n',
    ].map((name) => [name, [name]]),
  ) as unknown as Paths,
  langchain: {
    'embedding.model': ['embeddings.model_name', 'embeddings.model', 'embeddings'],
    'embedding.dimension': ['embeddings.dimensions', 'embeddings.dimension', 'vectorstore.dimension'],
    'chunking.size': ['text_splitter.chunk_size', 'splitter.chunk_size'],
    'chunking.overlap': ['text_splitter.chunk_overlap', 'splitter.chunk_overlap'],
    'index.store': ['vectorstore._type', 'vectorstore.type', 'vectorstore'],
    'index.kind': ['vectorstore.index_type', 'vectorstore.index'],
    'index.distance': ['vectorstore.distance_strategy', 'vectorstore.distance'],
    'query.top_k': ['retriever.search_kwargs.k', 'retriever.k'],
    'query.threshold': ['retriever.search_kwargs.score_threshold'],
    'reranker.model': ['reranker.model', 'compressor.model', 'reranker.model_name', 'compressor.model_name'],
    'reranker.top_n': ['reranker.top_n', 'compressor.top_n'],
  },
  llamaindex: {
    'embedding.model': ['embed_model.model_name', 'embed_model.model', 'embed_model'],
    'embedding.dimension': ['embed_model.dimensions', 'vector_store.dim', 'vector_store.embed_dim'],
    'chunking.size': ['node_parser.chunk_size', 'chunk_size'],
    'chunking.overlap': ['node_parser.chunk_overlap', 'chunk_overlap'],
    'index.store': ['vector_store.class_name', 'vector_store.type', 'vector_store'],
    'index.kind': ['vector_store.index_type', 'index_type'],
    'index.distance': ['vector_store.distance', 'vector_store.metric'],
    'query.top_k': ['similarity_top_k', 'retriever.similarity_top_k', 'query_engine.similarity_top_k'],
    'query.threshold': ['similarity_cutoff', 'postprocessor.similarity_cutoff'],
    'reranker.model': ['reranker.model', 'rerank.model'],
    'reranker.top_n': ['reranker.top_n', 'rerank.top_n'],
  },
};

/** What one component of a Haystack pipeline says, by the last words of its type and its `init_parameters`. */
const haystack: readonly (readonly [type: RegExp, setting: Setting, parameter: string])[] = [
  [/Embedder$/, 'embedding.model', 'model'],
  [/Embedder$/, 'embedding.dimension', 'dimensions'],
  [/DocumentStore$/, 'embedding.dimension', 'embedding_dim'],
  [/DocumentStore$/, 'embedding.dimension', 'embedding_dimension'],
  [/Splitter$/, 'chunking.size', 'split_length'],
  [/Splitter$/, 'chunking.overlap', 'split_overlap'],
  [/DocumentStore$/, 'index.distance', 'similarity'],
  [/DocumentStore$/, 'index.distance', 'embedding_similarity_function'],
  [/Retriever$/, 'query.top_k', 'top_k'],
  [/Ranker$/, 'reranker.model', 'model'],
  [/Ranker$/, 'reranker.top_n', 'top_k'],
];

/** Recognises the layout of a retrieval file by its keys. */
export function retrievalLayout(content: JsonValue): RetrievalLayout {
  if (!isMap(content)) return 'other';
  const has = (...keys: readonly string[]) => keys.some((key) => Object.hasOwn(content, key));
  if (
    isMap(content['components']) &&
    Object.values(content['components']).some((each) => isMap(each) && typeof each['type'] === 'string')
  )
    return 'haystack';
  if (has('embed_model', 'node_parser', 'similarity_top_k')) return 'llamaindex';
  if (has('embeddings', 'text_splitter', 'vectorstore')) return 'langchain';
  const own = ownKeys.filter((key) => has(key));
  return isMap(content['embedding']) || (own.length >= 2 && own.length === Object.keys(content).length)
    ? 'weighbridge'
    : 'other';
}

/** What a file of a known layout says in the words of the documented one; null for one of another. */
export function retrievalSettings(content: JsonValue): RetrievalSettings | null {
  const layout = retrievalLayout(content);
  if (layout === 'other') return null;
  const found: Record<string, JsonValue> = {};
  if (layout === 'haystack') for (const [setting, value] of haystackSettings(content)) found[setting] ??= value;
  else
    for (const [setting, keys] of Object.entries(paths[layout])) {
      const value = keys.map((key) => valueAt(content, key)).find((each) => each !== null && typeof each !== 'object');
      if (value !== undefined) found[setting] = value;
    }
  return found;
}

function* haystackSettings(content: JsonValue): Generator<readonly [Setting, JsonValue]> {
  for (const { type, parameters } of componentsIn(content, 0)) {
    if (type.endsWith('DocumentStore')) yield ['index.store', type.split('.').at(-1) ?? type];
    for (const [pattern, setting, name] of haystack) {
      const value = pattern.test(type) ? (parameters[name] ?? null) : null;
      if (value !== null && typeof value !== 'object') yield [setting, value];
    }
  }
}

/** Components, and those that are parameters of others, such as the document store of a retriever. */
function* componentsIn(
  value: JsonValue,
  depth: number,
): Generator<{ readonly type: string; readonly parameters: JsonObject }> {
  if (!isMap(value) || depth > 16) return;
  const { type, init_parameters: parameters } = value;
  if (typeof type === 'string') yield { type, parameters: isMap(parameters) ? parameters : {} };
  for (const member of Object.values(value)) yield* componentsIn(member, depth + 1);
}

function valueAt(content: JsonValue, key: string): JsonValue {
  let value: JsonValue = content;
  for (const name of key.split('.')) {
    if (!isMap(value) || !Object.hasOwn(value, name)) return null;
    value = value[name] ?? null;
  }
  return value;
}

function isMap(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
