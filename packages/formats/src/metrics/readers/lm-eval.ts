import { contextObject, contextValue, metricText, sampleCount } from '../metric-draft.js';
import { type MetricMap, type MetricNode, mapAt, nodeAt, textAt } from '../metric-node.js';
import type { MetricReader } from './metric-reader.js';

/**
 * Results of lm-evaluation-harness (EleutherAI, lm_eval/result_schema.py): `results` and `groups` by task, names
 * `metric,filter` with `metric_stderr,filter` beside them. Keys are `task.metric,filter`; samples are the effective
 * ones. Context: dataset = task hashes, harness = task versions, shots, samples, all by task, and the direction in which
 * each metric gets better by key.
 */
export const lmEval: MetricReader = {
  format: 'lm-eval',
  recognises(root) {
    const results = mapAt(root, 'results');
    const companions = ['versions', 'n-shot', 'n-samples', 'task_hashes', 'configs', 'config'];
    return results !== null && companions.some((name) => mapAt(root, name) !== null);
  },
  read(root, draft) {
    const directions: (readonly [string, string])[] = [];
    for (const section of ['results', 'groups']) {
      for (const [task, metrics] of mapAt(root, section)?.entries ?? []) {
        if (metrics.kind !== 'map') continue;
        const samples = sampleCount(textAt(mapAt(mapAt(root, 'n-samples'), task), 'effective'));
        for (const [name, node] of metrics.entries) {
          const key = `${task}.${name}`;
          const value = metricText(node);
          // Newer harnesses repeat each group under results.
          if (value === null || isNoMetric(name) || (section === 'groups' && draft.has(key))) continue;
          draft.add({ key, value, stderr: metricText(metrics.entries.get(stderrName(name))), samples });
          const direction = directionOf(root, task, name);
          if (direction !== null) directions.push([key, direction]);
        }
      }
    }
    return contextObject([
      ...Object.entries(readContext(root)),
      ['direction', directions.length === 0 ? undefined : Object.fromEntries(directions)],
    ]);
  },
};

/** `higher_is_better` names the metric without its filter; null there means that nobody said. */
function directionOf(root: MetricNode, task: string, name: string): 'higher' | 'lower' | null {
  const said = textAt(mapAt(mapAt(root, 'higher_is_better'), task), name.split(',')[0] ?? '');
  if (said === 'true') return 'higher';
  return said === 'false' ? 'lower' : null;
}

const notMetrics = new Set(['alias', 'name', 'sample_len', 'sample_count']);

function isNoMetric(name: string): boolean {
  return notMetrics.has(name) || (name.split(',')[0] ?? '').endsWith('_stderr');
}

function stderrName(name: string): string {
  const comma = name.indexOf(',');
  return comma < 0 ? `${name}_stderr` : `${name.slice(0, comma)}_stderr${name.slice(comma)}`;
}

function readContext(root: MetricNode): ReturnType<MetricReader['read']> {
  const member = (from: MetricNode | null, key: string) => {
    const node = nodeAt(from, key);
    return node === null ? undefined : contextValue(node);
  };
  const config = mapAt(root, 'config');
  const hashes = mapAt(root, 'task_hashes');
  return contextObject([
    ['dataset', hashes !== null && hashes.entries.size > 0 ? contextValue(hashes) : datasetsOf(root)],
    ['harness', harnessOf(root)],
    ['shots', member(root, 'n-shot')],
    ['samples', member(root, 'n-samples')],
    ['limit', member(config, 'limit')],
    ['chat_template', member(root, 'chat_template_sha')],
    ['harness_commit', member(root, 'git_hash')],
    ['fewshot_seed', member(config, 'fewshot_seed')],
  ]);
}

/** `lm-eval task <version>` for each task, so that results of another harness are never taken for the same. */
function harnessOf(root: MetricNode): Readonly<Record<string, string>> | undefined {
  const versions = mapAt(root, 'versions');
  if (versions === null) return undefined;
  const named = [...versions.entries].map(([task]) => [task, `lm-eval task ${textAt(versions, task) ?? '?'}`] as const);
  return Object.fromEntries(named);
}

/** Without hashes (they are written with --log_samples only) the configured data sets must do. */
function datasetsOf(root: MetricNode): Readonly<Record<string, string>> | undefined {
  const configs: MetricMap | null = mapAt(root, 'configs');
  if (configs === null) return undefined;
  const named = [...configs.entries].flatMap(([task, config]) => {
    const parts = ['dataset_path', 'dataset_name', 'test_split', 'validation_split'].map((key) => textAt(config, key));
    const words = parts.filter((part) => part !== null && part !== 'null');
    return words.length > 0 ? [[task, words.join(' ')] as const] : [];
  });
  return named.length > 0 ? Object.fromEntries(named) : undefined;
}
