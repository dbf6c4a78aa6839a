import { type MetricDocument, significantChange, splitMetricName } from '@weighbridge/formats';
import type { VersioningPolicy } from '@weighbridge/manifest';
import type { MetricMove } from './comparison.js';
import { equalJson } from './json/key-differences.js';
import { unionOf } from './order.js';
import type { MetricsFacet, Snapshot } from './snapshot.js';

/** Metrics that the policy watches and that moved enough, and those that could not be compared. */
export interface SignificantMoves {
  readonly moves: readonly MetricMove[];
  /** One sentence each. */
  readonly incomparable: readonly string[];
}

/**
 * Which of the policy's metrics moved by at least their threshold between two snapshots. Measurements under other
 * circumstances (another dataset, harness or number of shots) are no comparison, and are told instead. A metric that
 * neither side has is another model's.
 */
export function significantMoves(
  previous: Snapshot,
  candidate: Snapshot,
  policy: Pick<VersioningPolicy, 'metrics'>,
): SignificantMoves {
  const moves: MetricMove[] = [];
  const incomparable: string[] = [];
  const ids = unionOf(
    previous.metrics.map(({ id }) => id),
    candidate.metrics.map(({ id }) => id),
  );
  for (const { metric, direction, threshold } of policy.metrics) {
    const name = splitMetricName(metric, ids);
    if (name === null) continue;
    const [before, after] = [documentOf(previous, name.id), documentOf(candidate, name.id)];
    const { significant, from, to, delta, because } = significantChange(before, after, {
      metric,
      key: name.key,
      direction,
      threshold,
    });
    if (!significant || from === null || to === null || delta === null) continue;
    if (equalJson(before?.context, after?.context)) moves.push({ metric, from, to, delta, because });
    else
      incomparable.push(
        `${metric} was measured under other circumstances (${from} to ${to}), so its move does not count.`,
      );
  }
  return { moves, incomparable };
}

function documentOf({ metrics }: Snapshot, id: string): MetricDocument | null {
  return metrics.find((each: MetricsFacet) => each.id === id) ?? null;
}
