/** Counts of a 2x2 table of paired 0/1 outcomes: only the discordant pairs tell the two models apart. */
export interface PairedCounts {
  readonly pairs: number;
  /** Candidate 1, baseline 0. */
  readonly gained: number;
  /** Candidate 0, baseline 1. */
  readonly lost: number;
}

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Score interval of the difference of two paired proportions, (gained - lost) / pairs (Tango, Statistics in Medicine
 * 17, 1998): the differences that the score test does not reject at `z`. Exists for every table with a pair, also
 * where the outcomes agree throughout.
 */
export function pairedScoreInterval(counts: PairedCounts, z: number): Interval {
  const estimate = (counts.gained - counts.lost) / counts.pairs;
  return {
    lower: findEdge(-1, estimate, (difference) => pairedScoreStatistic(counts, difference) > z),
    upper: findEdge(1, estimate, (difference) => pairedScoreStatistic(counts, difference) < -z),
  };
}

/** Halves between a rejected end and the estimate, which is never rejected. */
function findEdge(end: number, estimate: number, rejects: (difference: number) => boolean): number {
  let [outside, inside] = [end, estimate];
  for (let step = 0; step < 80; step++) {
    const middle = (outside + inside) / 2;
    if (rejects(middle)) outside = middle;
    else inside = middle;
  }
  return inside;
}

/**
 * The score statistic of the hypothesis that the difference is `difference` (-1 to 1), standard normal under it; its
 * variance is estimated under it.
 */
export function pairedScoreStatistic({ pairs, gained, lost }: PairedCounts, difference: number): number {
  const a = 2 * pairs;
  const b = -gained - lost + (2 * pairs - gained + lost) * difference;
  const c = -lost * difference * (1 - difference);
  const lostUnder = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
  const variance = pairs * (2 * lostUnder + difference * (1 - difference));
  const distance = gained - lost - pairs * difference;
  if (variance <= 0) return distance === 0 ? 0 : Math.sign(distance) * Number.POSITIVE_INFINITY;
  return distance / Math.sqrt(variance);
}

/** Two-sided exact p of McNemar's test: discordant pairs fall either way with probability 1/2. */
export function mcnemarExact({ gained, lost }: PairedCounts): number {
  const total = gained + lost;
  const fewer = Math.min(gained, lost);
  // log C(total, fewer), then the smaller terms relative to it; the one after the last is zero.
  let logTerm = -total * Math.LN2;
  for (let k = 1; k <= fewer; k++) logTerm += Math.log((total - fewer + k) / k);
  let [sum, ratio] = [1, 1];
  for (let k = fewer; ratio > 1e-18; k--) {
    ratio *= k / (total - k + 1);
    sum += ratio;
  }
  return Math.min(1, 2 * Math.exp(logTerm) * sum);
}
