import type { VerdictNode } from '@weighbridge/core';
import type { ExampleScore, MetricValue } from '@weighbridge/formats';
import type { MetricMargin } from '@weighbridge/manifest';
import type { EvidenceFacts } from '../facts.js';
import { whyNotComparable } from './comparable.js';
import { judgeBaseline } from './judge-baseline.js';
import type { MetricSetting } from './setting.js';
import { type Baseline, readNumber, type Subject } from './subject.js';

/** What a candidate's value is compared with. */
export interface ComparedWith {
  readonly id: string;
  /** Null: the ref stands for no version. */
  readonly baseline: Baseline | null;
  /** The baseline's value; null when its document has none. */
  readonly before: MetricValue | null;
  readonly margin: MetricMargin;
  readonly use: 'allowed' | 'asked';
  /** For a slice: the examples that belong to it. */
  readonly only: { readonly column: string; readonly value: string } | null;
}

/**
 * Compares one value with the baseline's. A ref without a version follows `if_absent`, as does a slice that the
 * baseline did not have; a metric that the baseline lacks is a failure that names how to supply it.
 */
export function compareSubjects(setting: MetricSetting, subject: Subject, other: ComparedWith): VerdictNode {
  const { gate, key, evidence, same } = setting;
  const { id, baseline, before } = other;
  const node = { id, kind: 'metric' };
  const rule = gate.baseline;
  if (rule === null) {
    const because = `${subject.name} is to be compared with a baseline, and the gate names none.`;
    return { ...node, verdict: 'error', because, remedy: `Set baseline.ref of gate ${gate.id} in weighbridge.yaml.` };
  }
  if (baseline === null || (before === null && other.only !== null)) {
    const absent = baseline === null ? `${rule.ref} stands for no version` : `${baseline.name} has no such slice`;
    if (rule.ifAbsent === 'bounds-only')
      return {
        ...node,
        verdict: 'pass',
        because: `${absent}, so ${subject.name} is not compared (if_absent: bounds-only).`,
      };
    const remedy = 'Set if_absent: bounds-only with bounds in weighbridge.yaml, or name a baseline that exists.';
    return { ...node, verdict: 'fail', because: `${absent}, so ${subject.name} cannot be compared.`, remedy };
  }
  const supply = `Add it to the baseline: weighbridge evidence add ${setting.model}@${baseline.facts.version} FILE.`;
  if (before === null)
    return {
      ...node,
      verdict: 'fail',
      because: `${baseline.name} has no ${gate.metric} to compare with.`,
      remedy: supply,
    };
  const number = readNumber(`${gate.metric} of ${baseline.name}`, before.value);
  if (typeof number === 'string') return { ...node, verdict: 'fail', because: `${number}.`, remedy: supply };
  const different = whyNotComparable(key, evidence, baseline.evidence, same);
  if (different !== null) {
    const because = `${subject.name} is not comparable with ${baseline.name}: ${different}.`;
    return { ...node, verdict: 'fail', because, remedy: `Evaluate both on the same terms. ${supply}` };
  }
  return judgeBaseline({
    id,
    candidate: subject,
    baseline: { name: baseline.name, value: before, number },
    baselineName: baseline.name,
    direction: gate.direction,
    margin: other.margin,
    use: other.use,
    uncertainty: gate.uncertainty,
    candidateExamples: examplesOf(evidence, key, other.only),
    baselineExamples: examplesOf(baseline.evidence, key, other.only),
    seed: `${setting.seed}/${id}`,
  });
}

function examplesOf(evidence: EvidenceFacts, key: string, only: ComparedWith['only']): readonly ExampleScore[] | null {
  const { examples } = evidence;
  if (examples === undefined || !Object.hasOwn(examples, key)) return null;
  const scores = examples[key] ?? [];
  return only === null ? scores : scores.filter((example) => example.slice?.[only.column] === only.value);
}
