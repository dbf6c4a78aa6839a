import type { ModelKind } from './manifest.js';
import { parseDuration } from './duration.js';
import type {
  MetricCondition,
  MetricOutcome,
  Policy,
  ReviewerCondition,
  ReviewerGate,
  ReviewPolicy,
} from './policy.js';
import type { Place } from './source/place.js';

const defaultReasonLength = 10;

/** One reviewer requirement of a document that has no faults. */
export function readReviewers(reviewers: Place): ReviewerGate {
  return {
    from: reviewers.at('from').text() ?? 'owners',
    count: reviewers.at('count').integer() ?? 1,
    when: readCondition(reviewers.at('when')),
  };
}

function readCondition(when: Place): ReviewerCondition {
  const [impact, kind, waiver] = [when.at('impact').text(), when.at('kind').text(), when.at('waiver').text()];
  const [from, format, metric] = [when.at('from').text(), when.at('format').text(), when.at('metric')];
  return {
    ...(impact === null ? {} : { impact: impact as 'low' | 'high' }),
    ...(kind === null ? {} : { kind: kind as ModelKind }),
    ...(waiver === null ? {} : { waiver: waiver as 'used' | 'unused' }),
    ...(from === null ? {} : { from }),
    ...(format === null ? {} : { format }),
    ...(metric.written ? { metric: readMetricCondition(metric) } : {}),
  };
}

function readMetricCondition(metric: Place): MetricCondition {
  const one = metric.text();
  const outcomes = one === null ? metric.at('outcome').texts() : [one];
  return {
    outcomes: outcomes as readonly MetricOutcome[],
    gate: metric.at('gate').text(),
    slice: metric.at('slice').text(),
  };
}

/** `review:` with defaults filled in. */
export function readReview(review: Place): ReviewPolicy {
  const choose = <Choice extends string>(key: string, otherwise: Choice): Choice =>
    (review.at(key).text() as Choice | null) ?? otherwise;
  return {
    permission: choose<ReviewPolicy['permission']>('permission', 'write'),
    objections: choose<ReviewPolicy['objections']>('objections', 'rosters'),
    dismissals: choose<ReviewPolicy['dismissals']>('dismissals', 'anyone'),
    reRequest: choose<ReviewPolicy['reRequest']>('re_request', 'withdraws'),
    unknownContributors: choose<ReviewPolicy['unknownContributors']>('unknown_contributors', 'one-more'),
    commands: review.at('commands').value === true,
  };
}

/** `waiver_limits:` with defaults filled in. */
export function readWaiverLimits(limits: Place): Policy['waiverLimits'] {
  const longest = limits.at('max_duration').text();
  return {
    maxDurationMs: longest === null ? null : parseDuration(longest),
    minReason: limits.at('min_reason').integer() ?? defaultReasonLength,
  };
}
