import type { Comparison } from '../comparison.js';
import { countOf, type Difference } from '../difference.js';
import { equalJson } from '../json/key-differences.js';
import { sortedBy } from '../order.js';
import { pairItems } from '../pairing.js';
import type { MetricsFacet } from '../snapshot.js';

export type MetricsKind = 'significant' | 'capability' | 'values' | 'context' | 'added' | 'removed';

type Found = Difference<MetricsKind>;

/** Evidence. On its own it is never another version: compareSnapshots drops a significant move where nothing else moved. */
export function compareMetrics(comparison: Comparison): Found[] {
  const { previous, candidate, significant } = comparison;
  const inOrder = (metrics: readonly MetricsFacet[]): MetricsFacet[] => sortedBy(metrics, (each) => each.id);
  const { pairs, removed, added } = pairItems(inOrder(previous.metrics), inOrder(candidate.metrics), [
    { key: (each) => each.id },
  ]);
  const found: Found[] = [
    ...pairs.flatMap(({ from, to }) => comparePair(from, to)),
    ...removed.map(
      (each): Found => ({
        kind: 'removed',
        path: each.id,
        from: each.digest,
        to: null,
        because: `The metrics "${each.id}" were removed.`,
      }),
    ),
    ...added.map(
      (each): Found => ({
        kind: 'added',
        path: each.id,
        from: null,
        to: each.digest,
        because: `The metrics "${each.id}" are new.`,
      }),
    ),
  ];
  const moves = sortedBy(significant, (move) => move.metric);
  return [
    ...found,
    ...moves.map(({ kind, metric, from, to, because }): Found => ({ kind, path: metric, from, to, because })),
  ];
}

function comparePair(from: MetricsFacet, to: MetricsFacet): Found[] {
  const found: Found[] = [];
  if (!equalJson(from.context, to.context)) {
    found.push({
      kind: 'context',
      path: to.id,
      from: from.context,
      to: to.context,
      because: `"${to.id}" was measured under other circumstances.`,
    });
  }
  const before = new Map(from.values.map((value) => [keyOf(value), value.value]));
  const after = new Map(to.values.map((value) => [keyOf(value), value.value]));
  const moved = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
  if (moved.length > 0) {
    found.push({
      kind: 'values',
      path: to.id,
      from: from.digest,
      to: to.digest,
      because: `${countOf(moved.length, 'value')} of "${to.id}" changed.`,
    });
  }
  return found;
}

function keyOf({ key, slice }: MetricsFacet['values'][number]): string {
  return slice === null
    ? key
    : `${key} ${JSON.stringify(Object.entries(slice).sort(([left], [right]) => (left < right ? -1 : 1)))}`;
}
