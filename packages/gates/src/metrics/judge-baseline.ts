import type { VerdictNode } from '@weighbridge/core';
import {
  displayDecimal,
  type ExactDecimal,
  type ExampleScore,
  formatExactDecimal,
  goodness,
} from '@weighbridge/formats';
import type { MetricGate, MetricMargin } from '@weighbridge/manifest';
import { compareGain } from './compare-gain.js';
import type { Compared } from './interval.js';
import { resolveMargin } from './margin.js';
import { type Subject, valueFacts } from './subject.js';

/** Everything one comparison with a baseline needs. */
export interface BaselineComparison {
  /** Of the node, without the part that says which margin. */
  readonly id: string;
  readonly candidate: Subject;
  readonly baseline: Subject;
  /** `production 1.3.2`. */
  readonly baselineName: string;
  readonly direction: MetricGate['direction'];
  readonly margin: MetricMargin;
  /** `allowed`: the margin is a loss that is allowed; `asked`: a gain that is asked. */
  readonly use: 'allowed' | 'asked';
  readonly uncertainty: MetricGate['uncertainty'];
  readonly candidateExamples: readonly ExampleScore[] | null;
  readonly baselineExamples: readonly ExampleScore[] | null;
  readonly seed: string;
}

/** Judges a regression or an improvement and says by how much. */
export function judgeBaseline(comparison: BaselineComparison): VerdictNode {
  const { id, candidate, baseline, direction, use, uncertainty, seed } = comparison;
  const node = { id, kind: 'metric' };
  const margin = resolveMargin(comparison.margin, baseline.number, use);
  const opening = `${candidate.name} ${displayDecimal(candidate.number)}`;
  const against = `${comparison.baselineName} (${displayDecimal(baseline.number)})`;
  const gain = goodness(candidate.number, baseline.number, direction);
  const told = {
    ...valueFacts(candidate),
    baseline: {
      name: comparison.baselineName,
      value: formatExactDecimal(baseline.number),
      samples: baseline.value.samples,
    },
    gain: formatExactDecimal(gain),
    direction,
  };
  if (margin.kind === 'undefined') {
    const because = `${opening} cannot be compared with ${against}: ${margin.because}.`;
    return {
      ...node,
      verdict: 'fail',
      because,
      facts: told,
      remedy: 'Set an absolute margin for this gate in weighbridge.yaml.',
    };
  }
  const threshold = use === 'allowed' ? margin.value.neg() : margin.value;
  const { candidateExamples, baselineExamples } = comparison;
  const compared = compareGain({
    candidate: candidate.value,
    baseline: baseline.value,
    direction,
    gain,
    threshold,
    candidateExamples,
    baselineExamples,
    uncertainty,
    seed,
  });
  const facts = {
    ...told,
    [use === 'allowed' ? 'max_regression' : 'min_improvement']: formatExactDecimal(margin.value),
    ...compared.facts,
  };
  if (compared.problem !== null) {
    const because = `${opening} cannot be compared with ${against}: ${compared.problem}.`;
    const remedy = 'Evaluate both versions with what the gate asks for, or set uncertainty to what the evidence has.';
    return { ...node, verdict: compared.verdict, because, facts, remedy };
  }
  const because = `${opening} ${describeGain(gain)} ${against}${describeMargin(gain, margin, use, compared)}`;
  return { ...node, verdict: compared.verdict, because, facts };
}

function describeGain(gain: ExactDecimal): string {
  if (gain.isZero()) return 'equals';
  return `${gain.isNegative() ? 'regressed' : 'improved'} by ${displayDecimal(gain.abs())} against`;
}

type KnownMargin = Extract<ReturnType<typeof resolveMargin>, { readonly kind: 'margin' }>;

function describeMargin(gain: ExactDecimal, margin: KnownMargin, use: 'allowed' | 'asked', compared: Compared): string {
  const excess = displayDecimal((use === 'allowed' ? gain.plus(margin.value) : gain.minus(margin.value)).abs());
  const asked = use === 'allowed' ? `the allowed ${margin.words}` : `the asked ${margin.words}`;
  // The interval decides where there is one; the point value alone would contradict it.
  if (compared.note !== null) {
    const reach = {
      pass: 'wholly within',
      fail: 'wholly beyond',
      inconclusive: 'on both sides of',
      error: 'not comparable with',
    };
    return `; ${compared.note}, ${reach[compared.verdict]} ${asked}.`;
  }
  if (compared.verdict === 'fail') return `, ${excess} ${use === 'allowed' ? 'more' : 'less'} than ${asked}.`;
  return gain.isNegative() ? `, within ${asked}.` : use === 'asked' ? `; ${asked} is reached.` : '.';
}
