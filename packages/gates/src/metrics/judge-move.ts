import {
  type ExampleScores,
  goodness,
  type MetricDocument,
  findMetric,
  parseExactDecimal,
  decimalOf,
} from '@weighbridge/formats';
import type { MetricGate } from '@weighbridge/manifest';
import { compareGain } from './compare-gain.js';

/** A metric of two versions, and how chance is taken into account. */
export interface MoveQuestion {
  /** The key within the documents. */
  readonly key: string;
  readonly direction: 'higher' | 'lower';
  readonly before: MetricDocument & { readonly examples?: ExampleScores };
  readonly after: MetricDocument & { readonly examples?: ExampleScores };
  readonly uncertainty: MetricGate['uncertainty'];
  /** What a bootstrap begins with. */
  readonly seed: string;
}

/** Whether a move is more than chance: its interval lies on one side of zero. `note` says what was found. */
export function judgeMove(question: MoveQuestion): { readonly certain: boolean; readonly note: string } {
  const { key, direction, before, after, uncertainty, seed } = question;
  const [old, now] = [findMetric(before, key), findMetric(after, key)];
  const [from, to] = [parseExactDecimal(old?.value ?? ''), parseExactDecimal(now?.value ?? '')];
  if (old === null || now === null || from === null || to === null)
    return { certain: false, note: 'one of the values is no number' };
  // What got worse is what the earlier version was better by.
  const better = goodness(to, from, direction).isNegative() ? 'before' : 'after';
  const [winner, loser] = better === 'after' ? [after, before] : [before, after];
  const compared = compareGain({
    candidate: better === 'after' ? now : old,
    baseline: better === 'after' ? old : now,
    direction,
    gain: goodness(to, from, direction).abs(),
    threshold: decimalOf(0),
    candidateExamples: winner.examples?.[key] ?? null,
    baselineExamples: loser.examples?.[key] ?? null,
    uncertainty,
    seed,
  });
  const sided = compared.verdict === 'pass' && compared.facts['lower'] !== '0';
  return { certain: sided, note: compared.problem ?? compared.note ?? 'compared exactly' };
}
