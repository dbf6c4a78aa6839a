import { contextValue, type MetricDraft, metricText, sampleCount } from '../metric-draft.js';
import { type MetricMap, type MetricNode, mapAt, textAt } from '../metric-node.js';
import type { MetricReader } from './metric-reader.js';

/**
 * Plain nested JSON or YAML, as DVC metrics, `mlflow.evaluate` and most scripts write it: keys are dotted. Lists and
 * texts that stand for no number are left out. Beyond that it knows `{value, stderr, n}` as one metric, `x_stderr` as
 * the standard error of its neighbour `x`, `slices: {<column>: {<value>: {…, n}}}` and `context: {dataset, harness,
 * shots}` at the top.
 */
export const plainDocument: MetricReader = {
  format: 'plain',
  recognises: (root) => root.kind === 'map',
  read(root, draft) {
    if (root.kind !== 'map') return {};
    const context = mapAt(root, 'context');
    const slices = mapAt(root, 'slices');
    const rest = new Map([...root.entries].filter(([, node]) => node !== context && node !== slices));
    addFlattened({ kind: 'map', entries: rest }, draft);
    if (slices !== null) addSlices(slices, draft);
    const said = context === null ? {} : contextValue(context);
    return said !== null && typeof said === 'object' && !Array.isArray(said)
      ? (said as ReturnType<MetricReader['read']>)
      : {};
  },
};

interface Place {
  readonly samples: number | null;
  readonly slice: Readonly<Record<string, string>> | null;
}

/** Adds the metrics of a map by dotted key, below `prefix` when there is one. */
export function addFlattened(
  node: MetricNode,
  draft: MetricDraft,
  prefix = '',
  place: Place = { samples: null, slice: null },
): void {
  if (node.kind !== 'map') return;
  for (const [name, member] of node.entries) {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    if (member.kind === 'map') {
      if (!addMeasured(key, member, draft, place)) addFlattened(member, draft, key, place);
      continue;
    }
    const value = metricText(member);
    if (value === null || isStderrOfNeighbour(name, node)) continue;
    draft.add({ key, value, stderr: stderrOf(node, name), ...place });
  }
}

const measuredNames = new Set(['value', 'stderr', 'std_err', 'se', 'n', 'samples', 'unit']);

/** `{value: 0.9, stderr: 0.01, n: 500}` is one metric. */
function addMeasured(key: string, node: MetricMap, draft: MetricDraft, place: Place): boolean {
  const value = metricText(node.entries.get('value'));
  if (value === null || [...node.entries.keys()].some((name) => !measuredNames.has(name))) return false;
  const stderr = ['stderr', 'std_err', 'se']
    .map((name) => metricText(node.entries.get(name)))
    .find((text) => text !== null);
  const samples = sampleCount(textAt(node, 'n') ?? textAt(node, 'samples')) ?? place.samples;
  draft.add({ key, value, stderr: stderr ?? null, samples, slice: place.slice });
  return true;
}

function stderrOf(node: MetricMap, name: string): string | null {
  return metricText(node.entries.get(`${name}_stderr`));
}

function isStderrOfNeighbour(name: string, node: MetricMap): boolean {
  return name.endsWith('_stderr') && metricText(node.entries.get(name.slice(0, -'_stderr'.length))) !== null;
}

function addSlices(slices: MetricMap, draft: MetricDraft): void {
  for (const [column, values] of slices.entries) {
    for (const [value, metrics] of values.kind === 'map' ? values.entries : []) {
      if (metrics.kind !== 'map') continue;
      const samples = sampleCount(textAt(metrics, 'n') ?? textAt(metrics, 'samples'));
      const rest = new Map([...metrics.entries].filter(([name]) => name !== 'n' && name !== 'samples'));
      addFlattened({ kind: 'map', entries: rest }, draft, '', {
        samples,
        slice: Object.fromEntries([[column, value]]),
      });
    }
  }
}
