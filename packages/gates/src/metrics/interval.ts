import type { JsonObject, Verdict } from '@weighbridge/core';
import {
  compareDecimals,
  decimalOf,
  displayDecimal,
  type ExactDecimal,
  type ExampleScore,
  type MetricValue,
} from '@weighbridge/formats';
import type { MetricGate } from '@weighbridge/manifest';

/** Two values to be compared with a threshold. */
export interface Comparison {
  readonly candidate: MetricValue;
  readonly baseline: MetricValue;
  readonly direction: 'higher' | 'lower';
  /** Exact goodness of the candidate over the baseline. */
  readonly gain: ExactDecimal;
  /** The least gain that passes; negative where a loss is allowed. */
  readonly threshold: ExactDecimal;
  readonly candidateExamples: readonly ExampleScore[] | null;
  readonly baselineExamples: readonly ExampleScore[] | null;
  readonly uncertainty: MetricGate['uncertainty'];
  readonly seed: string;
}

/** What a comparison came to. `note` completes a sentence; `facts` are the interval and what it was made from. */
export interface Compared {
  readonly verdict: Extract<Verdict, 'pass' | 'fail' | 'inconclusive' | 'error'>;
  readonly note: string | null;
  readonly facts: JsonObject;
  /** Set where the comparison could not be made at all. */
  readonly problem: string | null;
}

/** A central interval of the gain, with the one-sided p of the hypothesis that the gain reaches the threshold. */
export interface GainInterval {
  readonly lower: ExactDecimal;
  readonly upper: ExactDecimal;
  readonly pValue: number;
}

/** The verdict of an interval of the gain. */
export function judgeInterval(
  comparison: Pick<Comparison, 'threshold'>,
  interval: GainInterval,
  facts: JsonObject & { readonly confidence: string },
): Compared {
  const [lower, upper] = [interval.lower.toSignificantDigits(6), interval.upper.toSignificantDigits(6)];
  const decided = compareDecimals(interval.lower, comparison.threshold) >= 0 ? 'pass' : 'inconclusive';
  const verdict = compareDecimals(interval.upper, comparison.threshold) < 0 ? 'fail' : decided;
  const percent = displayDecimal(decimalOf(100).times(facts.confidence));
  const note = `${percent}% interval of the gain ${displayDecimal(lower)} to ${displayDecimal(upper)}`;
  const limits = { lower: lower.toString(), upper: upper.toString() };
  const pValue = decimalOf(interval.pValue).toSignificantDigits(6).toString();
  return { verdict, note, facts: { ...facts, ...limits, p_value: pValue }, problem: null };
}

/** A comparison that could not be made. */
export function unjudged(verdict: 'fail' | 'error', problem: string): Compared {
  return { verdict, note: null, facts: {}, problem };
}
