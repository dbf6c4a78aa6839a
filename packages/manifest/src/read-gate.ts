import { parseDecimalText, parseFractionText } from './decimal-text.js';
import { parseDuration } from './duration.js';
import type { GatePolicy, MetricBounds, MetricGate, MetricMargin } from './policy.js';
import { readReviewers } from './read-review.js';
import type { Place } from './source/place.js';

const defaultConfidence = '0.95';

/** The gate of a document that has no faults, with defaults filled in. */
export function readGate(gate: Place): GatePolicy {
  const [from, formats] = [gate.at('from'), gate.at('formats')];
  return {
    from: from.written ? from.texts() : null,
    soakMs: durationOf(gate.at('soak')),
    checks: gate.at('checks').texts(),
    metadata: gate.at('metadata').text() === 'complete' ? 'complete' : 'optional',
    ...(gate.at('data').text() === 'pinned' ? { data: 'pinned' as const } : {}),
    formats: {
      allow: formats.at('allow').written ? formats.at('allow').texts() : null,
      deny: formats.at('deny').texts(),
    },
    evidence: readEvidence(gate.at('evidence')),
    ...(gate.at('signature').text() === 'required' ? { signature: 'required' as const } : {}),
    metrics: gate.at('metrics').items().map(readMetricGate),
    reviewers: gate.at('reviewers').items().map(readReviewers),
    onInconclusive: gate.at('on_inconclusive').text() === 'warn' ? 'warn' : 'block',
    multiplicity: gate.at('multiplicity').text() === 'holm' ? 'holm' : 'none',
  };
}

function readEvidence(evidence: Place): GatePolicy['evidence'] {
  if (!evidence.written) return null;
  return {
    level: (evidence.at('level').text() ?? 'reported') as NonNullable<GatePolicy['evidence']>['level'],
    maxAgeMs: durationOf(evidence.at('max_age')),
    same: evidence.at('same').texts(),
    samples: evidence.at('samples').text() === 'any' ? 'any' : 'complete',
  };
}

function readMetricGate(metric: Place): MetricGate {
  return {
    id: metric.at('id').text() ?? '',
    metric: metric.at('metric').text() ?? '',
    direction: metric.at('direction').text() === 'lower' ? 'lower' : 'higher',
    bounds: readBounds(metric.at('bounds')),
    baseline: readBaseline(metric.at('baseline')),
    uncertainty: readUncertainty(metric.at('uncertainty')),
    slices: readSlices(metric.at('slices')),
    severity: metric.at('severity').text() === 'warn' ? 'warn' : 'block',
  };
}

/** Bounds of a metric; null where none are written. */
export function readBounds(bounds: Place): MetricBounds | null {
  return bounds.written ? { min: decimalOf(bounds.at('min')), max: decimalOf(bounds.at('max')) } : null;
}

function readMargin(margin: Place): MetricMargin | null {
  return margin.written
    ? { absolute: decimalOf(margin.at('absolute')), relative: fractionOf(margin.at('relative')) }
    : null;
}

function readBaseline(baseline: Place): MetricGate['baseline'] {
  if (!baseline.written) return null;
  return {
    ref: baseline.at('ref').text() ?? '',
    maxRegression: readMargin(baseline.at('max_regression')),
    minImprovement: readMargin(baseline.at('min_improvement')),
    ifAbsent: baseline.at('if_absent').text() === 'bounds-only' ? 'bounds-only' : 'fail',
  };
}

/** How chance is taken into account; null where nothing is said. */
export function readUncertainty(uncertainty: Place): MetricGate['uncertainty'] {
  if (!uncertainty.written) return null;
  return {
    use: (uncertainty.at('use').text() ?? 'none') as NonNullable<MetricGate['uncertainty']>['use'],
    confidence: fractionOf(uncertainty.at('confidence')) ?? defaultConfidence,
  };
}

function readSlices(slices: Place): MetricGate['slices'] {
  if (!slices.written) return null;
  const each = slices.at('each');
  return {
    by: slices.at('by').text() ?? '',
    minSamples: slices.at('min_samples').integer(),
    required: slices.at('required').texts(),
    onMissing: slices.at('on_missing').text() === 'warn' ? 'warn' : 'fail',
    each: { bounds: readBounds(each.at('bounds')), maxRegression: readMargin(each.at('max_regression')) },
  };
}

function durationOf(place: Place): number | null {
  const text = place.text();
  return text === null ? null : parseDuration(text);
}

function decimalOf(place: Place): string | null {
  const text = place.exact();
  return text === null ? null : parseDecimalText(text);
}

function fractionOf(place: Place): string | null {
  const text = place.exact();
  return text === null ? null : parseFractionText(text);
}
