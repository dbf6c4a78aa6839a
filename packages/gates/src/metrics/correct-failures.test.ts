import { describe, expect, test } from 'vitest';
import {
  baselineFacts,
  baselineRule,
  evidenceFacts,
  gateFacts,
  gatePolicy,
  gateRequest,
  metricDocument,
  metricGate,
} from '../../test/gate-case.js';
import { evaluate } from '../evaluate.js';
import { correctFailures } from './correct-failures.js';

/** Gates on metrics m0, m1, … whose candidate lies `losses` below the baseline 0.9, each with a standard error of 0.01. */
function judge(losses: readonly string[], policy: object = {}, gate: object = {}) {
  const names = losses.map((_, at) => `m${at}`);
  const document = (values: readonly string[]) =>
    metricDocument(
      Object.fromEntries(values.map((value, at) => [names[at] ?? '', { value, stderr: at === 0 ? '0.01' : '0.01' }])),
    );
  const candidate = losses.map((loss) => String((9000 - Number(loss) * 10_000) / 10_000));
  const metrics = names.map((name) =>
    metricGate({
      id: name,
      metric: `eval.${name}`,
      baseline: baselineRule({ maxRegression: { absolute: '0', relative: null } }),
      uncertainty: { use: 'stderr', confidence: '0.95' },
      ...gate,
    }),
  );
  const facts = gateFacts({
    evidence: { eval: evidenceFacts(document(candidate)) },
    baselines: { 'stage:production': baselineFacts(document(losses.map(() => '0.9'))) },
  });
  const tree = evaluate(gateRequest(gatePolicy({ metrics, multiplicity: 'holm', ...policy })), facts);
  return names.map((name) => tree.children?.find((child) => child.id === name));
}
const verdicts = (nodes: ReturnType<typeof judge>) => nodes.map((node) => node?.verdict);

describe('several comparisons under uncertainty', () => {
  // The error of a difference is 0.01 * sqrt(2) = 0.014142: a loss of 0.03 has p = 0.0169, of 0.05 p = 0.0002.
  test('a failure that several comparisons make likely is inconclusive', () => {
    expect(verdicts(judge(['0.03', '0'], { multiplicity: 'none' }))).toEqual(['fail', 'inconclusive']);
    const [first] = judge(['0.03', '0']);
    expect(first?.verdict).toBe('inconclusive');
    expect(first?.because).toContain(
      'Among 2 comparisons (Holm) that does not decide: p 0.0338948, and at most 0.025 would.',
    );
    expect(first?.remedy).toContain('Evaluate on more samples');
    expect(first?.children?.[0]?.facts).toMatchObject({ p_value: '0.0169474', p_holm: '0.0338948', comparisons: 2 });
  });
  test('a clear failure stays one among many', () => {
    expect(verdicts(judge(['0.05', '0', '0', '0', '0']))).toEqual([
      'fail',
      ...Array.from({ length: 4 }, () => 'inconclusive'),
    ]);
    // The clearest is judged among two, the next among what is left of them.
    expect(verdicts(judge(['0.05', '0.03']))).toEqual(['fail', 'fail']);
  });
  test('one comparison alone is as without it, and passes stay passes', () => {
    expect(verdicts(judge(['0.03']))).toEqual(['fail']);
    expect(verdicts(judge(['-0.05', '0.03']))).toEqual(['pass', 'inconclusive']);
  });
  test('exact comparisons are not counted', () => {
    const [first, second] = judge(['0.03', '0'], {}, { uncertainty: null });
    expect([first?.verdict, second?.verdict]).toEqual(['fail', 'pass']);
    expect(first?.children?.[0]?.facts).not.toHaveProperty('p_holm');
  });
  test('severity and on_inconclusive follow afterwards', () => {
    expect(verdicts(judge(['0.03', '0'], { onInconclusive: 'warn' }))).toEqual(['warn', 'warn']);
  });
  test('a gate that cannot be judged in parts keeps its reason', () => {
    const [first, second] = judge(['0.03', '0'], {}, { metric: 'eval.m0' });
    expect(second?.id).toBe('m1');
    expect(first?.verdict).toBe('inconclusive');
    const missing = judge(['0.03', '0'], {}, { metric: 'eval.gone' });
    expect(verdicts(missing)).toEqual(['fail', 'fail']);
    expect(missing[0]?.because).toContain('eval.gone is missing');
  });
});

describe('the limit itself', () => {
  const node = (pValue: string, confidence: string) => ({
    id: pValue,
    kind: 'metric',
    verdict: 'fail' as const,
    because: 'It fell.',
    facts: { p_value: pValue, confidence },
  });
  test('an adjusted p of exactly what is asked still fails', () => {
    // 0.125 twice is 0.25, which is (1 - 0.5) / 2.
    expect(correctFailures([[node('0.125', '0.5')], [node('0.9', '0.5')]])[0]?.[0]).toMatchObject({
      verdict: 'fail',
      because: 'It fell.',
      facts: { p_holm: '0.25', comparisons: 2 },
    });
    expect(correctFailures([[node('0.126', '0.5'), node('0.9', '0.5')]])[0]?.[0]?.verdict).toBe('inconclusive');
  });
  test('one comparison alone keeps the verdict of its interval, whose p may lie a resample above the limit', () => {
    expect(correctFailures([[node('0.2504', '0.5')]])[0]?.[0]?.verdict).toBe('fail');
  });
  test('nodes without facts, and with other facts, stay as they are', () => {
    const bare = { id: 'a', kind: 'metric', verdict: 'fail' as const, because: 'x' };
    const exact = { ...bare, facts: { value: '1' } };
    expect(correctFailures([[bare, exact], []])).toEqual([[bare, exact], []]);
  });
});
