import type { JsonObject } from '@weighbridge/core';
import { contextObject, type MetricDraft, metricText } from '../metric-draft.js';
import { listAt, type MetricNode, mapAt, nodeAt, textAt } from '../metric-node.js';
import type { MetricReader } from './metric-reader.js';

/**
 * `model-index` of a Hugging Face model card (huggingface/hub-docs, modelcard.md). Keys are
 * `<dataset type>[.<config>][.<split>].<metric type>`; where that names two values, `.<metric name>` is added to both.
 * Context: dataset = revision by dataset type.
 */
export const modelIndex: MetricReader = {
  format: 'hf-model-index',
  recognises: (root) => listAt(root, 'model-index') !== null,
  read(root, draft) {
    const found = (listAt(root, 'model-index') ?? []).flatMap((model) =>
      (listAt(model, 'results') ?? []).flatMap(resultValues),
    );
    const uses = new Map<string, number>();
    for (const { key } of found) uses.set(key, (uses.get(key) ?? 0) + 1);
    for (const { key, name, value } of found) {
      draft.add({ key: (uses.get(key) ?? 0) > 1 && name !== null ? `${key}.${name}` : key, value });
    }
    return datasetContext(found);
  },
};

interface IndexedValue {
  readonly key: string;
  readonly name: string | null;
  readonly value: string;
  readonly dataset: string;
  readonly revision: string | null;
}

function resultValues(result: MetricNode): IndexedValue[] {
  const dataset = mapAt(result, 'dataset');
  const type = textAt(dataset, 'type') ?? textAt(dataset, 'name');
  if (type === null) return [];
  const place = [type, textAt(dataset, 'config'), textAt(dataset, 'split')].filter((part) => part !== null).join('.');
  return (listAt(result, 'metrics') ?? []).flatMap((metric) => {
    const value = metricText(nodeAt(metric, 'value'));
    const measure = textAt(metric, 'type') ?? textAt(metric, 'name');
    if (value === null || measure === null) return [];
    return [
      {
        key: `${place}.${measure}`,
        name: textAt(metric, 'name'),
        value,
        dataset: place,
        revision: textAt(dataset, 'revision'),
      },
    ];
  });
}

/**
 * `.eval_results/*.yaml` of a Hugging Face repository (huggingface/hub-docs, eval_results.yaml): a list of
 * `{dataset: {id, task_id, revision}, value}`. Keys are `<id>.<task_id>`.
 */
export const evalResults: MetricReader = {
  format: 'hf-eval-results',
  recognises(root) {
    if (root.kind !== 'list' || root.items.length === 0) return false;
    return root.items.every((item) => textAt(mapAt(item, 'dataset'), 'id') !== null && nodeAt(item, 'value') !== null);
  },
  read(root, draft) {
    const found = root.kind === 'list' ? root.items.flatMap((item) => evalResult(item, draft)) : [];
    return datasetContext(found);
  },
};

function evalResult(
  item: MetricNode,
  draft: MetricDraft,
): { readonly dataset: string; readonly revision: string | null }[] {
  const dataset = mapAt(item, 'dataset');
  const key = [textAt(dataset, 'id'), textAt(dataset, 'task_id')].filter((part) => part !== null).join('.');
  const value = metricText(nodeAt(item, 'value'));
  if (value === null) return [];
  draft.add({ key, value });
  return [{ dataset: key, revision: textAt(dataset, 'revision') }];
}

function datasetContext(found: readonly { readonly dataset: string; readonly revision: string | null }[]): JsonObject {
  const revisions = contextObject(found.map(({ dataset, revision }) => [dataset, revision]));
  return contextObject([['dataset', Object.keys(revisions).length > 0 ? revisions : undefined]]);
}
