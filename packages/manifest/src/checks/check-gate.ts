import { isVersion } from '@weighbridge/core';
import { compareDecimalText, parseDecimalText } from '../decimal-text.js';
import type { Fault } from '../source/fault.js';
import type { Place } from '../source/place.js';
import { hintFor, showChoices, showText, showValue } from '../source/quoting.js';
import { checkConfidence, checkDecimal, checkDuration, checkRelative } from './check-numbers.js';
import { checkDistinct } from './place-checks.js';
import type { GateSurroundings } from './gate-surroundings.js';
import { checkReviewers } from './check-reviewers.js';
import { checkOrigins } from './policy-names.js';

/** What a schema cannot say of the gate of one stage. */
export function* checkGate(gate: Place, around: GateSurroundings): Generator<Fault> {
  yield* checkOrigins(gate.at('from'), { target: around.stage, stages: around.stages });
  yield* checkDuration(gate.at('soak'));
  yield* checkDuration(gate.at('evidence').at('max_age'));
  yield* checkSignature(gate.at('signature'), around);
  yield* checkDistinct(gate.at('checks').items());
  const metrics = gate.at('metrics').items();
  yield* checkDistinct(metrics.map((metric) => metric.at('id')));
  yield* checkDirections(metrics);
  for (const metric of metrics) yield* checkMetricGate(metric, around);
  for (const reviewers of gate.at('reviewers').items()) yield* checkReviewers(reviewers, gate, around);
}

/** What is registered is signed with that, so entering the first stage cannot ask for it; and somebody must be named. */
function* checkSignature(signature: Place, { root, stage, stages }: GateSurroundings): Generator<Fault> {
  if (signature.text() !== 'required') return;
  if (!root.at('signing').written) yield signature.fault('manifest/nobody-signs', { what: 'This gate' });
  if (stage === stages[0]) yield signature.fault('manifest/signature-too-early', { stage, next: stages[1] ?? 'none' });
}

/** One metric cannot be better both ways: one of the two gates would ask for a worse model. */
function* checkDirections(metrics: readonly Place[]): Generator<Fault> {
  const first = new Map<string, Place>();
  for (const metric of metrics) {
    const [name, direction] = [metric.at('metric').text(), metric.at('direction')];
    if (name === null || direction.text() === null) continue;
    const before = first.get(name) ?? direction;
    first.set(name, before);
    if (before.text() === direction.text()) continue;
    const fields = { metric: showText(name), direction: showValue(direction.value), firstLine: before.line };
    yield direction.fault('manifest/direction-contradicts', { ...fields, first: showValue(before.value) });
  }
}

function* checkMetricGate(metric: Place, around: GateSurroundings): Generator<Fault> {
  const [bounds, baseline, slices] = [metric.at('bounds'), metric.at('baseline'), metric.at('slices')];
  yield* checkBounds(bounds);
  const slicesCompare = slices.at('each').at('max_regression').written;
  yield* checkBaseline(baseline, { stages: around.stages, slicesCompare });
  yield* checkConfidence(metric.at('uncertainty').at('confidence'));
  const each = slices.at('each');
  yield* checkBounds(each.at('bounds'));
  yield* checkMargin(each.at('max_regression'), 'max_regression');
  yield* checkDistinct(slices.at('required').items());
  if (each.written && !each.at('bounds').written && !each.at('max_regression').written) {
    yield each.fault('manifest/gate-asks-nothing', { what: '"each"', hint: 'Add bounds or max_regression.' });
  }
  if (each.at('max_regression').written && !baseline.written) {
    const hint = 'Add "baseline: { ref: stage:production, … }" to the gate, or use bounds.';
    yield each
      .at('max_regression')
      .fault('manifest/gate-asks-nothing', { what: 'A regression without a baseline', hint });
  }
  if (metric.written && !bounds.written && !baseline.written && !slices.written) {
    const what = `The gate ${showValue(metric.at('id').value)}`;
    yield metric.fault('manifest/gate-asks-nothing', { what, hint: 'Add bounds, a baseline or slices.' });
  }
}

/** Bounds that ask for something, the least below the most. */
export function* checkBounds(bounds: Place): Generator<Fault> {
  if (!bounds.written) return;
  const [min, max] = [bounds.at('min'), bounds.at('max')];
  yield* checkDecimal(min);
  yield* checkDecimal(max);
  if (!min.written && !max.written)
    yield bounds.fault('manifest/gate-asks-nothing', { what: '"bounds"', hint: 'Add min or max.' });
  const [least, most] = [parseDecimalText(min.exact() ?? ''), parseDecimalText(max.exact() ?? '')];
  if (least !== null && most !== null && compareDecimalText(least, most) > 0) {
    yield bounds.fault('manifest/bounds-order', { min: showText(least), max: showText(most) });
  }
}

function* checkBaseline(
  baseline: Place,
  around: { readonly stages: readonly string[]; readonly slicesCompare: boolean },
): Generator<Fault> {
  if (!baseline.written) return;
  yield* checkBaselineRef(baseline.at('ref'), around.stages);
  yield* checkMargin(baseline.at('max_regression'), 'max_regression');
  yield* checkMargin(baseline.at('min_improvement'), 'min_improvement');
  const asks = baseline.at('max_regression').written || baseline.at('min_improvement').written;
  if (!asks && !around.slicesCompare) {
    const hint = 'Add max_regression ("max_regression: { absolute: 0 }" allows none) or min_improvement.';
    yield baseline.fault('manifest/gate-asks-nothing', { what: 'This baseline', hint });
  }
}

function* checkBaselineRef(place: Place, stages: readonly string[]): Generator<Fault> {
  const ref = place.text();
  if (ref === null || ref === 'previous' || isVersion(ref)) return;
  if (/^alias:[A-Za-z0-9]/.test(ref)) return;
  const stage = /^stage:(.*)$/s.exec(ref)?.[1];
  if (stage === undefined) {
    const expected = 'stage:<stage>, alias:<alias>, previous or a version';
    const example = stages.includes(ref) ? `stage:${ref}` : 'stage:production';
    yield place.fault('manifest/form', { expected, found: showValue(ref), example });
  } else if (!stages.includes(stage)) {
    const fields = { found: showValue(stage), stages: showChoices(stages), hint: hintFor(stage, stages) };
    yield place.fault('manifest/unknown-stage', fields);
  }
}

function* checkMargin(margin: Place, name: string): Generator<Fault> {
  if (!margin.written) return;
  yield* checkDecimal(margin.at('absolute'), { least: '0' });
  yield* checkRelative(margin.at('relative'));
  if (margin.at('absolute').written || margin.at('relative').written) return;
  yield margin.fault('manifest/gate-asks-nothing', { what: `"${name}"`, hint: 'Add absolute or relative.' });
}
