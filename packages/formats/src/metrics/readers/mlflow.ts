import { contextObject, metricText } from '../metric-draft.js';
import { listAt, type MetricNode, mapAt, textAt } from '../metric-node.js';
import type { MetricReader } from './metric-reader.js';

/**
 * A run of MLflow, as `mlflow runs describe` and the REST call `runs/get` print it: `data.metrics` is a map, or a list
 * of `{key, value, step, timestamp}` with the last value of each. A flat `metrics.json` of `mlflow.evaluate` is
 * `plain`. Context: dataset = digests of the inputs that are tagged as evaluation data; training data may differ.
 */
export const mlflowRun: MetricReader = {
  format: 'mlflow-run',
  recognises: (root) => runOf(root) !== null,
  read(root, draft) {
    const run = runOf(root);
    const data = mapAt(run, 'data');
    for (const [key, node] of mapAt(data, 'metrics')?.entries ?? []) {
      const value = metricText(node);
      if (value !== null) draft.add({ key, value });
    }
    for (const item of listAt(data, 'metrics') ?? []) {
      const key = textAt(item, 'key');
      const value = metricText(item.kind === 'map' ? item.entries.get('value') : null);
      if (key !== null && value !== null) draft.add({ key, value });
    }
    const dataset = (listAt(mapAt(run, 'inputs'), 'dataset_inputs') ?? [])
      .filter(isEvaluationData)
      .map((input) => textAt(mapAt(input, 'dataset'), 'digest') ?? '');
    return contextObject([['dataset', dataset.length === 0 ? undefined : dataset.sort()]]);
  },
};

const evaluationContext = /^(?:eval|test|val|holdout)/i;

/** `tags` is a map as `runs describe` prints it, and a list of `{key, value}` in REST. */
function isEvaluationData(input: MetricNode): boolean {
  const listed = listAt(input, 'tags')?.find((tag) => textAt(tag, 'key') === 'mlflow.data.context');
  const context = textAt(mapAt(input, 'tags'), 'mlflow.data.context') ?? textAt(listed, 'value');
  return evaluationContext.test(context ?? '');
}

function runOf(root: MetricNode): MetricNode | null {
  const run = mapAt(root, 'run') ?? root;
  const data = mapAt(run, 'data');
  const hasMetrics = mapAt(data, 'metrics') !== null || listAt(data, 'metrics') !== null;
  return mapAt(run, 'info') !== null && hasMetrics ? run : null;
}
