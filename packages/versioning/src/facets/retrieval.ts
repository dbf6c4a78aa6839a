import type { Comparison } from '../comparison.js';
import { type Difference, showValue } from '../difference.js';
import { documentDifferences } from '../documents.js';
import { type KeyDifference, keyDifferences } from '../json/key-differences.js';
import type { JsonObject, JsonValue } from '@weighbridge/core';
import { retrievalLayout, type RetrievalSettings, retrievalSettings } from '@weighbridge/manifest';

export type RetrievalKind =
  | 'embedding'
  | 'embedding-setting'
  | 'chunking'
  | 'index'
  | 'corpus'
  | 'reranker'
  | 'query'
  | 'opaque'
  | 'added'
  | 'removed'
  | 'layout';

type Found = Difference<RetrievalKind>;

/** How passages are found: vectors of another embedding cannot be searched with the old ones, the rest is degree. */
export function compareRetrieval({ previous, candidate }: Comparison): Found[] {
  const [from, to] = [previous.retrieval, candidate.retrieval];
  if (from === null && to === null) return [];
  if (from === null || to === null) {
    const path = (from ?? to)?.path ?? '';
    return [
      {
        kind: from === null ? 'added' : 'removed',
        path,
        from: from?.digest ?? null,
        to: to?.digest ?? null,
        because: `Retrieval (${path}) was ${from === null ? 'added' : 'removed'}.`,
      },
    ];
  }
  if (from.digest === to.digest) return [];
  const sides = { path: to.path, from: from.digest, to: to.digest };
  const settings = otherLayout(from.content, to.content);
  if (settings !== null) return settingDifferences(settings, sides);
  const differences = documentDifferences(from, to);
  if (differences === null)
    return [{ kind: 'opaque', ...sides, because: `The bytes of ${to.path} differ; its keys could not be compared.` }];
  if (differences.length === 0)
    return [{ kind: 'layout', ...sides, because: `${to.path} says the same in another layout.` }];
  return differences.map((each) => keyDifference(each, to.path));
}

interface Settings {
  readonly from: RetrievalSettings;
  readonly to: RetrievalSettings;
  readonly step: string;
}

/** Two known layouts have no keys in common; what both say can be compared. Null where both sides have one layout. */
function otherLayout(from: JsonValue, to: JsonValue): Settings | null {
  const [before, after] = [retrievalLayout(from), retrievalLayout(to)];
  const [old, now] = [retrievalSettings(from), retrievalSettings(to)];
  if (before === after || old === null || now === null) return null;
  return { from: old, to: now, step: `${before} to ${after}` };
}

function settingDifferences(
  { from, to, step }: Settings,
  sides: { readonly path: string; readonly from: string; readonly to: string },
): Found[] {
  const differences = keyDifferences(from as JsonObject, to as JsonObject).filter(
    // What one side leaves to its library cannot be compared with what the other says.
    (each) => each.from !== undefined && each.to !== undefined,
  );
  if (differences.length > 0) return differences.map((each) => keyDifference(each, sides.path));
  return [{ kind: 'layout', ...sides, because: `${sides.path} says the same in another layout (${step}).` }];
}

function keyDifference({ key, from, to }: KeyDifference, path: string): Found {
  return {
    kind: kindOfKey(key),
    path: `${path}#${key}`,
    from: from ?? null,
    to: to ?? null,
    because: `${key} ${showValue(from ?? null)} -> ${showValue(to ?? null)} in ${path}.`,
  };
}

/** By the words in a dotted key; what none names is a query parameter. */
export function kindOfKey(key: string): RetrievalKind {
  const name = key.toLowerCase().replaceAll('-', '_');
  if (/embed|encoder|vectori[sz]er/.test(name) && !/rerank|ranker|cross_encoder/.test(name)) {
    const last =
      name
        .replace(/\[\d+\]$/, '')
        .split('.')
        .at(-1) ?? '';
    return /batch|timeout|retries|device|threads|concurrency|cache|url|endpoint|api_key/.test(last)
      ? 'embedding-setting'
      : 'embedding';
  }
  if (/(?:^|[._])(?:n|num)?_?dim(?:s|ension|ensions)?$|vectors?[._](?:size|length)$/.test(name)) return 'embedding';
  if (/chunk|split|overlap|segment/.test(name)) return 'chunking';
  if (/rerank|ranker|cross_encoder|compressor|postprocessor/.test(name)) return 'reranker';
  // A model that nothing else is said of makes the vectors.
  if (/(?:^|[._])model(?:_name|_id)?$/.test(name) && !/llm|generat|chat|answer/.test(name)) return 'embedding';
  if (/document_store|vector_?store/.test(name)) return 'index';
  if (/query|search|retriev|top_k|(?:^|[._])k$|threshold|ef_search|nprobe|probes/.test(name)) return 'query';
  if (/corpus|document|source|dataset/.test(name)) return 'corpus';
  if (/index|store|collection|distance|metric|similarity|hnsw|ivf|backend/.test(name)) return 'index';
  return 'query';
}
