import type { JsonObject, JsonValue } from '@weighbridge/core';
import type { EvidenceFacts } from '@weighbridge/gates';
import { hubId, type ModelFacts } from './model-facts.js';
import type { VersionRecord } from './version-record.js';

const maxMetrics = 200;

/**
 * The results of a version as a `model-index` (hub-docs, modelcard.md): one result for each metric document, with the
 * values of the whole, not of slices. Null where the task is not known, because the format cannot be without one, and
 * where nothing was measured.
 */
export function modelIndex(record: VersionRecord, { task }: Pick<ModelFacts, 'task'>): readonly JsonObject[] | null {
  if (task === null) return null;
  const results = Object.entries(record.evidence).flatMap(([id, facts]) => resultOf(record, { task, id, facts }));
  return results.length === 0 ? null : [{ name: record.model, results }];
}

function resultOf(
  record: VersionRecord,
  { task, id, facts }: { readonly task: string; readonly id: string; readonly facts: EvidenceFacts },
): readonly JsonObject[] {
  const metrics = facts.document.values
    .filter(({ slice, value }) => slice === null && isNumber(value))
    .slice(0, maxMetrics)
    .map(({ key, value }) => ({ type: key, value: Number(value), name: key }));
  if (metrics.length === 0) return [];
  const url = facts.signer?.run ?? record.run;
  return [
    {
      task: { type: task },
      dataset: datasetOf(record, id),
      metrics,
      ...(url === null || url === undefined ? {} : { source: { name: 'Weighbridge', url } }),
    },
  ];
}

/** The evaluation data where the manifest has just one; else the evaluation by the name that the manifest gives it. */
function datasetOf({ snapshot }: VersionRecord, id: string): JsonObject {
  const evaluated = snapshot.data.filter(({ role }) => role === 'eval');
  const [only] = evaluated;
  if (only === undefined || evaluated.length > 1) return { type: id, name: id };
  return {
    type: hubId(only.ref, 'dataset') ?? only.name,
    name: only.name,
    ...(only.pinned === null ? {} : { revision: only.pinned }),
  };
}

/** Words such as NaN are no value that a card could compare. */
function isNumber(text: string): boolean {
  return /^[+-]?(?:\d|\.\d)/.test(text) && Number.isFinite(Number(text));
}

/** One measured value of a `model-index`, as cards are compared. */
export interface IndexedMetric {
  readonly dataset: string;
  readonly metric: string;
  readonly value: JsonValue;
}

/** Every value of a `model-index`; what is not in its form is passed over. */
export function indexedMetrics(index: JsonValue | undefined): readonly IndexedMetric[] {
  return listOf(index).flatMap((model) =>
    listOf(memberOf(model, 'results')).flatMap((result) => {
      const dataset = memberOf(memberOf(result, 'dataset'), 'type');
      return listOf(memberOf(result, 'metrics')).flatMap((metric) => {
        const type = memberOf(metric, 'type');
        const value = memberOf(metric, 'value');
        if (typeof type !== 'string' || typeof dataset !== 'string' || value === undefined) return [];
        return [{ dataset, metric: type, value }];
      });
    }),
  );
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined;
}
