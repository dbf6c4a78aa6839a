import { displayDecimal, formatExactDecimal, goodness, parseExactDecimal } from './exact-decimal.js';
import { findMetric } from './find-metric.js';
import type { MetricDocument } from './metric-document.js';

/**
 * Which metric of a document, which way is better, and the least difference that counts (exact decimal text,
 * inclusive).
 */
export interface SignificanceRule {
  /** What people call it, such as `eval.accuracy`. */
  readonly metric: string;
  /** The key within the document, such as `accuracy`; the metric's name when absent. */
  readonly key?: string;
  readonly direction: 'higher' | 'lower';
  readonly threshold: string;
}

/** How one metric moved between two documents. Numbers are exact decimal text. */
export interface MetricChange {
  readonly metric: string;
  readonly from: string | null;
  readonly to: string | null;
  /** `to - from`; null when one of the two is no number. */
  readonly delta: string | null;
  readonly improved: boolean;
  readonly significant: boolean;
  /** One sentence for people. */
  readonly because: string;
}

/**
 * Whether a metric moved by at least the threshold, either way. Exact, so that a difference of exactly the threshold
 * counts. What is no number on one side, and a threshold that is none, is never significant and says why.
 */
export function significantChange(
  before: MetricDocument | null,
  after: MetricDocument | null,
  rule: SignificanceRule,
): MetricChange {
  const key = rule.key ?? rule.metric;
  const from = findMetric(before, key)?.value ?? null;
  const to = findMetric(after, key)?.value ?? null;
  const unjudged = (because: string): MetricChange => {
    return { metric: rule.metric, from, to, delta: null, improved: false, significant: false, because };
  };
  const threshold = parseExactDecimal(rule.threshold);
  if (threshold === null)
    return unjudged(`The threshold "${rule.threshold.slice(0, 40)}" of ${rule.metric} is not a number.`);
  if (from === null || to === null) {
    return unjudged(`${rule.metric} is missing in the ${from === null ? 'earlier' : 'later'} evidence.`);
  }
  const [old, now] = [parseExactDecimal(from), parseExactDecimal(to)];
  if (old === null || now === null) {
    return unjudged(
      `${rule.metric} is "${(old === null ? from : to).slice(0, 40)}" and not a number that can be compared.`,
    );
  }
  const gain = goodness(now, old, rule.direction);
  const significant = gain.abs().gte(threshold) && !gain.isZero();
  const verb = gain.isZero()
    ? 'did not change'
    : `${gain.gt(0) ? 'improved' : 'got worse'} by ${displayDecimal(gain.abs())}`;
  const span = gain.isZero() ? `(${from})` : `(${from} to ${to})`;
  const measure = significant ? 'at least' : 'less than';
  const because = `${rule.metric} ${verb} ${span}, ${measure} the threshold ${rule.threshold}.`;
  return {
    metric: rule.metric,
    from,
    to,
    delta: formatExactDecimal(now.minus(old)),
    improved: gain.gt(0),
    significant,
    because,
  };
}
