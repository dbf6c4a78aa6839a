import type { RandomIntegers } from './random.js';

/** Resamples drawn, and the most draws (pairs times resamples) that one interval may cost. */
export const bootstrapLimits = { resamples: 2_000, mostResamples: 20_000, draws: 400_000_000 } as const;

/** How many resamples a confidence needs so that each tail holds 20 of them; null when that is beyond the bounds. */
export function resamplesFor(pairs: number, confidence: number): number | null {
  const resamples = Math.max(bootstrapLimits.resamples, Math.ceil(40 / (1 - confidence)));
  return resamples > bootstrapLimits.mostResamples || resamples * pairs > bootstrapLimits.draws ? null : resamples;
}

/** A percentile interval of resampled sums, and all of them, in rising order. */
export interface ResampledSums {
  readonly lower: number;
  readonly upper: number;
  readonly sorted: Float64Array;
}

/**
 * One-sided p of the hypothesis that the sum reaches `threshold`: the share of resampled sums that do, themselves
 * counted among them, so that it is never zero (Davison and Hinkley, 1997, section 4.2).
 */
export function shareReaching(sorted: Float64Array, threshold: number): number {
  const below = sorted.findIndex((sum) => sum >= threshold);
  const reaching = below < 0 ? 0 : sorted.length - below;
  return (reaching + 1) / (sorted.length + 1);
}

/**
 * Percentile interval of the sum of paired differences (Efron), by resampling pairs. Differences are integers whose sum
 * stays below 2^53, so that sums are exact and the order of drawing cannot round them.
 */
export function bootstrapSums(
  differences: Float64Array,
  options: { readonly confidence: number; readonly resamples: number; readonly random: RandomIntegers },
): ResampledSums {
  const { confidence, resamples, random } = options;
  const sums = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    let sum = 0;
    for (let draw = 0; draw < differences.length; draw++) sum += differences[random(differences.length)] ?? 0;
    sums[resample] = sum;
  }
  sums.sort();
  const tail = Math.floor(((1 - confidence) / 2) * resamples);
  return { lower: sums[tail] ?? 0, upper: sums[resamples - 1 - tail] ?? 0, sorted: sums };
}
