import { type MetricDraft, metricText } from '../metric-draft.js';
import { listAt, type MetricNode, mapAt, nodeAt, textAt } from '../metric-node.js';
import type { MetricReader } from './metric-reader.js';
import { addFlattened } from './plain.js';

/**
 * An Evidently report as `report.dict()` or `json()` writes it. Keys: the metric's id (`metric_name` of 0.7, `metric_id` or `metric` of
 * older ones) with the dotted names of its value below it; `tests.<STATUS>` counts the tests of each status.
 */
export const evidentlyReport: MetricReader = {
  format: 'evidently',
  recognises(root) {
    const metrics = listAt(root, 'metrics');
    if (metrics === null || metrics.length === 0) return false;
    return metrics.every((metric) => nameOf(metric) !== null && valueOf(metric) !== null);
  },
  read(root, draft) {
    for (const metric of listAt(root, 'metrics') ?? []) addMetric(metric, draft);
    const counts = new Map<string, number>();
    for (const test of listAt(root, 'tests') ?? []) {
      const status = textAt(test, 'status') ?? 'UNKNOWN';
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    for (const [status, count] of counts) draft.add({ key: `tests.${status}`, value: String(count) });
    return {};
  },
};

function addMetric(metric: MetricNode, draft: MetricDraft): void {
  const name = nameOf(metric) ?? '';
  const value = valueOf(metric);
  const text = metricText(value);
  if (text !== null) draft.add({ key: name, value: text });
  else if (value?.kind === 'map') addFlattened(value, draft, name);
}

function nameOf(metric: MetricNode): string | null {
  return textAt(metric, 'metric_name') ?? textAt(metric, 'metric_id') ?? textAt(metric, 'metric');
}

function valueOf(metric: MetricNode): MetricNode | null {
  return nodeAt(metric, 'value') ?? mapAt(metric, 'result');
}
