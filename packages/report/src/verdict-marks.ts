import { type Verdict, type VerdictNode, worstVerdict } from '@weighbridge/core';

/** One mark a verdict, for a terminal. */
export const textMark: Readonly<Record<Verdict, string>> = {
  pass: '✓',
  waived: '~',
  warn: '!',
  inconclusive: '?',
  pending: '…',
  fail: '✗',
  error: '✗',
};

/** The same for Markdown. */
export const markdownMark: Readonly<Record<Verdict, string>> = {
  pass: '✅',
  waived: '🟡',
  warn: '⚠️',
  inconclusive: '❔',
  pending: '⏳',
  fail: '❌',
  error: '⛔',
};

interface Tree {
  readonly requirements: readonly VerdictNode[];
}

/** The verdict of the requirements themselves, which mode `warn` softens in the decision. */
export function strictVerdict(decision: Tree & { readonly verdict: Verdict }): Verdict {
  const verdicts = decision.requirements.map((node) => node.verdict);
  return verdicts.length === 0 ? decision.verdict : worstVerdict(verdicts);
}

/** Requirements that keep a decision from passing, the worst first; equal ones in the policy's order. */
export function openRequirements(decision: Tree): readonly VerdictNode[] {
  const order: readonly Verdict[] = ['error', 'fail', 'inconclusive', 'pending'];
  return order.flatMap((verdict) => decision.requirements.filter((node) => node.verdict === verdict));
}
