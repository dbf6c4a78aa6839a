import type { JsonValue } from './json.js';

/**
 * What a requirement came to. `pending` waits for somebody, `fail` will not change by waiting, `error` means that it
 * could not be judged, `inconclusive` that the evidence does not decide, `warn` that it fails but does not block.
 */
export type Verdict = 'pass' | 'waived' | 'warn' | 'inconclusive' | 'pending' | 'fail' | 'error';

/** A tree of judged requirements; comment, status, summary, audit and terminal all render from it. */
export interface VerdictNode {
  /** Stable within its parent, such as `accuracy` or `accuracy/bounds`. */
  readonly id: string;
  /** What kind of requirement, such as `metric`, `metadata`, `soak`, `formats`. */
  readonly kind: string;
  readonly verdict: Verdict;
  /** One sentence: what was needed, what was found. */
  readonly because: string;
  /** Who or what can change the verdict: a command or a person; absent on a pass. */
  readonly remedy?: string;
  /** The numbers and digests that it rests on, as plain data. */
  readonly facts?: JsonValue;
  readonly children?: readonly VerdictNode[];
}

const severity: Readonly<Record<Verdict, number>> = {
  pass: 0,
  waived: 1,
  warn: 2,
  inconclusive: 3,
  pending: 4,
  fail: 5,
  error: 6,
};

/** The worst of several verdicts; of none, `pass`. Callers decide beforehand whether nothing to judge is an error. */
export function worstVerdict(verdicts: Iterable<Verdict>): Verdict {
  let worst: Verdict = 'pass';
  for (const verdict of verdicts) if (severity[verdict] > severity[worst]) worst = verdict;
  return worst;
}

/** Whether a transition may go ahead: pass, waived and warn do not block. */
export function permits(verdict: Verdict): boolean {
  return verdict === 'pass' || verdict === 'waived' || verdict === 'warn';
}
