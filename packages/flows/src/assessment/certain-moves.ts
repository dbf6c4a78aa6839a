import { judgeMove } from '@weighbridge/gates';
import { splitMetricName } from '@weighbridge/formats';
import type { VersioningPolicy } from '@weighbridge/manifest';
import { type MetricMove, type Snapshot, significantMoves } from '@weighbridge/versioning';

/** Metric moves that count for the version, and sentences on those that may be chance or could not be compared. */
export interface CertainMoves {
  readonly moves: readonly MetricMove[];
  readonly told: readonly string[];
}

/**
 * The significant moves of the policy's metrics, without those that chance explains where the policy asks for it. The
 * statistics are those of the metric gates.
 */
export function certainMoves(
  previous: Snapshot,
  candidate: Snapshot,
  policy: Pick<VersioningPolicy, 'metrics'>,
): CertainMoves {
  const { moves, incomparable } = significantMoves(previous, candidate, policy);
  const told = [...incomparable];
  const certain = moves.filter((move) => {
    const doubt = doubtOf(move, previous, candidate, policy);
    if (doubt !== null) told.push(`${move.because.replace(/\.$/, '')}, but that may be chance: ${doubt}.`);
    return doubt === null;
  });
  return { moves: certain, told };
}

/** Why a move may be chance; null where it is not, and where nobody asks. */
function doubtOf(
  move: MetricMove,
  previous: Snapshot,
  candidate: Snapshot,
  policy: Pick<VersioningPolicy, 'metrics'>,
): string | null {
  const rule = policy.metrics.find(({ metric }) => metric === move.metric);
  const uncertainty = rule?.uncertainty ?? null;
  if (move.kind !== 'significant' || rule === undefined || uncertainty === null || uncertainty.use === 'none')
    return null;
  const name = splitMetricName(
    move.metric,
    candidate.metrics.map(({ id }) => id),
  );
  const [before, after] = [previous, candidate].map(({ metrics }) => metrics.find(({ id }) => id === name?.id));
  if (name === null || before === undefined || after === undefined) return null;
  const seed = `${before.digest}/${after.digest}/${move.metric}`;
  const { certain, note } = judgeMove({ key: name.key, direction: rule.direction, before, after, uncertainty, seed });
  return certain ? null : note;
}
