import { contextObject, metricText } from '../metric-draft.js';
import { mapAt, nodeAt, textAt } from '../metric-node.js';
import type { MetricReader } from './metric-reader.js';

/**
 * Summary of a k6 run (`handleSummary` data or `--summary-export`): keys `http_req_duration.p(95)`,
 * `http_req_failed.rate`.
 */
export const k6Summary: MetricReader = {
  format: 'k6',
  recognises: (root) => mapAt(root, 'metrics') !== null && mapAt(root, 'root_group') !== null,
  read(root, draft) {
    for (const [metric, node] of mapAt(root, 'metrics')?.entries ?? []) {
      const values = mapAt(node, 'values') ?? (node.kind === 'map' ? node : null);
      for (const [name, member] of values?.entries ?? []) {
        const value = metricText(member);
        if (value !== null && name !== 'type' && name !== 'contains') draft.add({ key: `${metric}.${name}`, value });
      }
    }
    return {};
  },
};

/**
 * Result of vLLM's serving benchmark: a flat object; what the load was goes to the context, request lists are left
 * out.
 */
export const vllmBenchmark: MetricReader = {
  format: 'vllm-benchmark',
  recognises: (root) => textAt(root, 'request_throughput') !== null && textAt(root, 'mean_ttft_ms') !== null,
  read(root, draft) {
    const load = [
      'backend',
      'endpoint_type',
      'model_id',
      'num_prompts',
      'request_rate',
      'burstiness',
      'max_concurrency',
      'dataset_name',
    ] as const;
    const isLoad = new Set<string>(load);
    for (const [key, node] of root.kind === 'map' ? root.entries : []) {
      const value = metricText(node);
      if (value !== null && !isLoad.has(key) && key !== 'date') draft.add({ key, value });
    }
    const harness = contextObject(load.map((name) => [name, textAt(root, name) ?? undefined]));
    return contextObject([
      ['harness', { ...harness, name: 'vllm-benchmark' }],
      ['dataset', nodeAt(root, 'dataset_name') === null ? undefined : (textAt(root, 'dataset_name') ?? undefined)],
    ]);
  },
};
