import { contextObject, type MetricDraft, metricText } from '../metric-draft.js';
import { type MetricNode, nodeAt, textAt } from '../metric-node.js';
import type { MetricReader } from './metric-reader.js';

/**
 * The array of github-action-benchmark (`customBiggerIsBetter`, `customSmallerIsBetter`): `{name, unit, value}`. The
 * key is the name; units go to the context. `range` is a spread of unknown kind and is not taken for a standard error.
 */
export const benchmarkArray: MetricReader = {
  format: 'github-action-benchmark',
  recognises(root) {
    if (root.kind !== 'list' || root.items.length === 0) return false;
    return root.items.every((item) => textAt(item, 'name') !== null && nodeAt(item, 'value') !== null);
  },
  read(root, draft) {
    const units = root.kind === 'list' ? root.items.map((item) => addBenchmark(item, draft)) : [];
    const known = contextObject(units);
    return contextObject([['unit', Object.keys(known).length > 0 ? known : undefined]]);
  },
};

function addBenchmark(item: MetricNode, draft: MetricDraft): readonly [string, string | undefined] {
  const key = textAt(item, 'name') ?? '';
  draft.add({ key, value: metricText(nodeAt(item, 'value')) ?? 'N/A' });
  return [key, textAt(item, 'unit') ?? undefined];
}
