import {
  compareDecimals,
  findMetric,
  type MetricDocument,
  parseExactDecimal,
  significantChange,
  splitMetricName,
} from '@weighbridge/formats';
import type { MetricBounds, VersioningPolicy } from '@weighbridge/manifest';
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
  for (const { metric, direction, threshold, capability = null } of policy.metrics) {
    const name = splitMetricName(metric, ids);
    if (name === null) continue;
    const [before, after] = [documentOf(previous, name.id), documentOf(candidate, name.id)];
    const gained =
      capability === null ? null : gainedCapability(before, after, { metric, key: name.key, bounds: capability });
    if (gained !== null) moves.push(gained);
    const { significant, from, to, delta, because } = significantChange(before, after, {
      metric,
      key: name.key,
      direction,
      threshold,
    });
    if (!significant || from === null || to === null || delta === null) continue;
    if (equalJson(before?.context, after?.context))
      moves.push({ kind: 'significant', metric, from, to, delta, because });
    else
      incomparable.push(
        `${metric} was measured under other circumstances (${from} to ${to}), so its move does not count.`,
      );
  }
  return { moves, incomparable };
}

/** A model that is within the bounds for the first time; null when it is not, or was before. */
function gainedCapability(
  before: MetricDocument | null,
  after: MetricDocument | null,
  { metric, key, bounds }: { readonly metric: string; readonly key: string; readonly bounds: MetricBounds },
): MetricMove | null {
  const [from, to] = [findMetric(before, key)?.value ?? null, findMetric(after, key)?.value ?? null];
  if (to === null || !isWithin(to, bounds) || (from !== null && isWithin(from, bounds))) return null;
  const limits = [
    bounds.min === null ? '' : `at least ${bounds.min}`,
    bounds.max === null ? '' : `at most ${bounds.max}`,
  ];
  const because = `${metric} is ${to}, ${limits.filter((limit) => limit !== '').join(' and ')} for the first time (before: ${from ?? 'not measured'}).`;
  return { kind: 'capability', metric, from, to, delta: null, because };
}

/** What is no number is within no bounds. */
function isWithin(value: string, { min, max }: MetricBounds): boolean {
  const number = parseExactDecimal(value);
  if (number === null) return false;
  const least = min === null ? null : parseExactDecimal(min);
  const most = max === null ? null : parseExactDecimal(max);
  return (
    (least === null || compareDecimals(number, least) >= 0) && (most === null || compareDecimals(number, most) <= 0)
  );
}

function documentOf({ metrics }: Snapshot, id: string): MetricDocument | null {
  return metrics.find((each: MetricsFacet) => each.id === id) ?? null;
}
