import {
  compareDecimals,
  decimalOf,
  type ExactDecimal,
  formatExactDecimal,
  type MetricValue,
  parseExactDecimal,
} from '@weighbridge/formats';
import { centralQuantile, normalBelow } from '../statistics/normal.js';
import { type Compared, type Comparison, judgeInterval, unjudged } from './interval.js';
import { joinExamples, judgePairs } from './paired.js';

/**
 * Compares a gain with its threshold (non-inferiority): without uncertainty exactly, ties passing; with it
 * by the central interval of the gain: lower limit at or above the threshold passes, upper limit below it fails, and
 * between the two the evidence does not decide.
 */
export function compareGain(comparison: Comparison): Compared {
  const { uncertainty, candidateExamples, baselineExamples } = comparison;
  if (uncertainty === null || uncertainty.use === 'none') {
    const verdict = compareDecimals(comparison.gain, comparison.threshold) >= 0 ? 'pass' : 'fail';
    return { verdict, note: null, facts: {}, problem: null };
  }
  const { use } = uncertainty;
  const confidence = parseExactDecimal(uncertainty.confidence)?.toNumber() ?? Number.NaN;
  if (!(confidence > 0 && confidence < 1))
    return unjudged('error', `the confidence "${uncertainty.confidence}" is not between 0 and 1`);
  if (use === 'stderr') return compareWithErrors(comparison, uncertainty.confidence, centralQuantile(confidence));
  if (candidateExamples === null || baselineExamples === null) {
    const side = candidateExamples === null ? 'candidate' : 'baseline';
    return unjudged('fail', `${use} uncertainty needs the score of each example, and the ${side} has none`);
  }
  const joined = joinExamples(comparison, candidateExamples, baselineExamples);
  return typeof joined === 'string' ? unjudged('fail', joined) : judgePairs(joined, comparison, { use, confidence });
}

function compareWithErrors(comparison: Comparison, confidence: string, quantile: number): Compared {
  const [candidate, baseline] = [standardError(comparison.candidate), standardError(comparison.baseline)];
  if (candidate === null) return unjudged('fail', whyNoError('candidate', comparison.candidate));
  if (baseline === null) return unjudged('fail', whyNoError('baseline', comparison.baseline));
  const error = errorOfDifference(candidate, baseline);
  const half = error.times(quantile);
  const { gain, threshold } = comparison;
  // An error of zero leaves the comparison exact.
  const pValue = error.isZero() ? Number(gain.gte(threshold)) : normalBelow(inErrors(gain.minus(threshold), error));
  return judgeInterval(
    comparison,
    { lower: gain.minus(half), upper: gain.plus(half), pValue },
    {
      method: 'stderr',
      confidence,
      stderr: formatExactDecimal(candidate),
      baseline_stderr: formatExactDecimal(baseline),
    },
  );
}

/** Null where a value has none, or one that is no number or negative. */
function standardError(value: MetricValue): ExactDecimal | null {
  const error = parseExactDecimal(value.stderr ?? '');
  return error?.isNegative() === true ? null : error;
}

/** How many standard errors a distance is, as a double: the exact quotient would have thousands of digits. */
function inErrors(distance: ExactDecimal, error: ExactDecimal): number {
  const unit = `1e${-error.e}`;
  return distance.times(unit).toNumber() / error.times(unit).toNumber();
}

/** The standard error of a difference of independent values. */
function errorOfDifference(left: ExactDecimal, right: ExactDecimal): ExactDecimal {
  const variance = left.times(left).plus(right.times(right)).toSignificantDigits(30);
  // The root of the digits alone keeps errors of any size within what a double holds.
  const shift = Math.floor(variance.e / 2) * 2;
  const scaled = variance.times(`1e${-shift}`).toNumber();
  return decimalOf(Math.sqrt(scaled)).times(`1e${shift / 2}`);
}

function whyNoError(side: string, value: MetricValue): string {
  const found = value.stderr === null ? 'has none' : `has "${value.stderr.slice(0, 40)}"`;
  return `standard errors are asked for, and the ${side} ${found}`;
}
