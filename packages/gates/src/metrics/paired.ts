import { type ExactDecimal, decimalOf, type ExampleScore, goodness, parseExactDecimal } from '@weighbridge/formats';
import { bootstrapSums, resamplesFor, shareReaching } from '../statistics/paired-bootstrap.js';
import { mcnemarExact, pairedScoreInterval, pairedScoreStatistic } from '../statistics/paired-proportions.js';
import { centralQuantile, normalBelow } from '../statistics/normal.js';
import { seededIntegers } from '../statistics/random.js';
import { type Compared, type Comparison, judgeInterval, unjudged } from './interval.js';

/** Scores of the same examples under both versions, in the order of their ids. */
interface JoinedPair {
  readonly candidate: ExactDecimal;
  readonly baseline: ExactDecimal;
}

/**
 * Joins two lists by id. Only the same examples can be paired, and their mean must be what the document reports, or
 * they are not the examples of this metric. A text is the reason why they cannot be joined.
 */
export function joinExamples(
  comparison: Pick<Comparison, 'candidate' | 'baseline'>,
  candidates: readonly ExampleScore[],
  baselines: readonly ExampleScore[],
): readonly JoinedPair[] | string {
  const byId = new Map(baselines.map((example) => [example.id, example]));
  if (byId.size !== baselines.length || new Set(candidates.map(({ id }) => id)).size !== candidates.length) {
    return 'an example is scored twice, so that pairs cannot be told';
  }
  const strangers = candidates.filter((example) => !byId.has(example.id)).length;
  const missing = baselines.length - (candidates.length - strangers);
  if (strangers > 0 || missing > 0) {
    return `the examples are not the same: ${strangers} only in the candidate, ${missing} only in the baseline`;
  }
  if (candidates.length === 0) return 'there is no example to compare';
  const pairs: JoinedPair[] = [];
  for (const example of candidates) {
    const other = byId.get(example.id)?.score ?? '';
    const [candidate, baseline] = [parseExactDecimal(example.score), parseExactDecimal(other)];
    if (candidate === null || baseline === null) {
      return `example ${example.id.slice(0, 60)} has the score "${(candidate === null ? example.score : other).slice(0, 40)}"`;
    }
    pairs.push({ candidate, baseline });
  }
  return (
    whyOtherMean(
      'candidate',
      comparison.candidate.value,
      pairs.map((pair) => pair.candidate),
    ) ??
    whyOtherMean(
      'baseline',
      comparison.baseline.value,
      pairs.map((pair) => pair.baseline),
    ) ??
    pairs
  );
}

/** Reported values are often rounded: one unit of their last place is allowed, and what a double sum may lose. */
function whyOtherMean(side: string, reported: string, scores: readonly ExactDecimal[]): string | null {
  const value = parseExactDecimal(reported);
  if (value === null) return `the ${side} is "${reported.slice(0, 40)}"`;
  const sum = scores.reduce((total, score) => total.plus(score), decimalOf(0));
  const lastPlace = decimalOf(1).times(`1e-${value.decimalPlaces()}`);
  const floatLoss = value.abs().times('1e-9');
  const allowed = (lastPlace.gt(floatLoss) ? lastPlace : floatLoss).times(scores.length);
  if (sum.minus(value.times(scores.length)).abs().lte(allowed)) return null;
  const mean = decimalOf(sum.toNumber() / scores.length).toSignificantDigits(6);
  return `the examples of the ${side} average ${mean.toString()}, which is not the ${reported} reported`;
}

/** 0/1 scores under `paired` by the score interval, with McNemar's p beside it; everything else by resampling. */
export function judgePairs(
  pairs: readonly JoinedPair[],
  comparison: Comparison,
  options: { readonly use: 'paired' | 'bootstrap'; readonly confidence: number },
): Compared {
  const binary = pairs.every(({ candidate, baseline }) => isBinary(candidate) && isBinary(baseline));
  return options.use === 'paired' && binary
    ? judgeProportions(pairs, comparison, options.confidence)
    : judgeResampled(pairs, comparison, options.confidence);
}

function isBinary(score: ExactDecimal): boolean {
  return score.isZero() || score.eq(1);
}

function judgeProportions(pairs: readonly JoinedPair[], comparison: Comparison, confidence: number): Compared {
  const better = pairs.filter(({ candidate, baseline }) =>
    goodness(candidate, baseline, comparison.direction).gt(0),
  ).length;
  const worse = pairs.filter(({ candidate, baseline }) =>
    goodness(candidate, baseline, comparison.direction).lt(0),
  ).length;
  const counts = { pairs: pairs.length, gained: better, lost: worse };
  const interval = pairedScoreInterval(counts, centralQuantile(confidence));
  return judgeInterval(
    comparison,
    {
      lower: decimalOf(interval.lower),
      upper: decimalOf(interval.upper),
      pValue: normalBelow(pairedScoreStatistic(counts, comparison.threshold.toNumber())),
    },
    {
      method: 'paired score interval',
      confidence: comparison.uncertainty?.confidence ?? '',
      pairs: pairs.length,
      better,
      worse,
      mcnemar_p: decimalOf(mcnemarExact(counts)).toSignificantDigits(6).toString(),
    },
  );
}

function judgeResampled(pairs: readonly JoinedPair[], comparison: Comparison, confidence: number): Compared {
  const resamples = resamplesFor(pairs.length, confidence);
  if (resamples === null)
    return unjudged('error', `${pairs.length} pairs at a confidence of ${confidence} are too many to resample`);
  const gains = pairs.map(({ candidate, baseline }) => goodness(candidate, baseline, comparison.direction));
  const scale = scaleOf(gains);
  const scaled = Float64Array.from(gains, (gain) => gain.times(scale).round().toNumber());
  const sums = bootstrapSums(scaled, { confidence, resamples, random: seededIntegers(comparison.seed) });
  // A mean is sum / (pairs * scale); comparing needs it exact, so only the last step divides.
  const mean = (sum: number) => decimalOf(sum).div(scale.times(pairs.length)).toSignificantDigits(40);
  return judgeInterval(
    comparison,
    {
      lower: mean(sums.lower),
      upper: mean(sums.upper),
      pValue: shareReaching(sums.sorted, scale.times(pairs.length).times(comparison.threshold).toNumber()),
    },
    {
      method: 'paired bootstrap',
      confidence: comparison.uncertainty?.confidence ?? '',
      pairs: pairs.length,
      resamples,
      seed: comparison.seed,
    },
  );
}

/** The power of ten that makes the gains integers, as far as sums of them stay below 2^53. */
function scaleOf(gains: readonly ExactDecimal[]): ExactDecimal {
  let [places, largest] = [0, decimalOf(0)];
  for (const gain of gains) {
    places = Math.max(places, gain.decimalPlaces());
    if (gain.abs().gt(largest)) largest = gain.abs();
  }
  const room = 15 - Math.ceil(Math.log10(gains.length)) - (largest.e + 1);
  return decimalOf(1).times(`1e${Math.min(places, room)}`);
}
