// needs: statistics
import { beforeAll, describe, expect, test } from 'vitest';
import { holmAdjusted } from '../../packages/gates/src/statistics/holm.js';
import { centralQuantile, normalBelow } from '../../packages/gates/src/statistics/normal.js';
import { bootstrapSums } from '../../packages/gates/src/statistics/paired-bootstrap.js';
import {
  mcnemarExact,
  pairedScoreInterval,
  pairedScoreStatistic,
} from '../../packages/gates/src/statistics/paired-proportions.js';
import { seededIntegers } from '../../packages/gates/src/statistics/random.js';
import { askPeer } from './ask-python.js';

const random = seededIntegers('differential tests of the statistics');
const list = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

/** A table of paired outcomes that is neither empty nor without discordant pairs. */
const tables = list(60, () => {
  const gained = random(60) + 1;
  const lost = random(60) + 1;
  const pairs = gained + lost + random(2_000);
  return {
    pairs,
    gained,
    lost,
    confidence: [0.8, 0.9, 0.95, 0.99][random(4)] ?? 0.95,
    at: (random(201) - 100) / 1_000,
  };
});

const cases = {
  normal: list(200, () => ({ x: (random(16_001) - 8_000) / 1_000, confidence: (random(9_998) + 1) / 10_000 })),
  mcnemar: [...tables, { gained: 0, lost: 1 }, { gained: 4_000, lost: 3_800 }, { gained: 300, lost: 0 }],
  score_interval: tables,
  holm: list(60, () => ({ p: list(1 + random(30), () => random(1_001) / 1_000) })),
  bootstrap: list(8, () => {
    const spread = 1 + random(400);
    return { differences: list(60 + random(200), () => random(2 * spread) - spread + random(30)), confidence: 0.9 };
  }),
};

/** What SciPy and statsmodels answer: one list of numbers a case. */
let answers: Readonly<Record<keyof typeof cases, readonly (readonly number[])[]>>;
beforeAll(() => {
  answers = askPeer('statistics', 'answer_statistics.py', { input: cases }) as typeof answers;
});

/** Calls `check` with each case and its answer, and fails where one of them is missing. */
function compare<About extends keyof typeof cases>(
  about: About,
  check: (one: (typeof cases)[About][number], answer: readonly number[]) => void,
): void {
  expect(answers[about]).toHaveLength(cases[about].length);
  cases[about].forEach((one, at) => check(one, answers[about][at] ?? []));
}

describe('against SciPy and statsmodels', () => {
  test('normal distribution and its central quantiles', () => {
    compare('normal', ({ x, confidence }, [below = Number.NaN, quantile = Number.NaN]) => {
      expect(Math.abs(normalBelow(x) - below)).toBeLessThan(1e-14);
      expect(Math.abs(centralQuantile(confidence) - quantile)).toBeLessThan(1e-10 * Math.max(1, quantile));
    });
  });

  test('exact McNemar: statsmodels and the binomial test of SciPy', () => {
    compare('mcnemar', ({ gained, lost }, [statsmodels = Number.NaN, scipy = Number.NaN]) => {
      const p = mcnemarExact({ pairs: gained + lost, gained, lost });
      expect(Math.abs(p / statsmodels - 1)).toBeLessThan(1e-9);
      expect(Math.abs(p / scipy - 1)).toBeLessThan(1e-9);
    });
  });

  test('score interval and p of a paired difference: the likelihood maximised by SciPy', () => {
    compare('score_interval', (table, [lower = Number.NaN, upper = Number.NaN, p = Number.NaN]) => {
      const interval = pairedScoreInterval(table, centralQuantile(table.confidence));
      expect(Math.abs(interval.lower - lower)).toBeLessThan(1e-6);
      expect(Math.abs(interval.upper - upper)).toBeLessThan(1e-6);
      expect(Math.abs(normalBelow(pairedScoreStatistic(table, table.at)) - p)).toBeLessThan(1e-5);
    });
  });

  test('Holm: statsmodels', () => {
    compare('holm', (one, adjusted) => {
      const ours = holmAdjusted(one.p);
      expect(ours).toHaveLength(adjusted.length);
      ours.forEach((p, place) => expect(Math.abs(p - (adjusted[place] ?? Number.NaN))).toBeLessThan(1e-12));
    });
  });

  test('percentile bootstrap: SciPy, as near as two sources of chance can be', () => {
    compare('bootstrap', ({ differences, confidence }, [low = Number.NaN, high = Number.NaN]) => {
      const options = { confidence, resamples: 20_000, random: seededIntegers(differences.join()) };
      const { lower, upper } = bootstrapSums(Float64Array.from(differences), options);
      expect(Math.abs(lower - low) / (high - low)).toBeLessThan(0.03);
      expect(Math.abs(upper - high) / (high - low)).toBeLessThan(0.03);
    });
  });
});
