import { type VerdictNode, worstVerdict } from '@weighbridge/core';
import { findMetric, type MetricValue, splitMetricName } from '@weighbridge/formats';
import type { GatePolicy, MetricGate } from '@weighbridge/manifest';
import type { GateFacts } from '../facts.js';
import { whyIncomplete, whyOtherDirection } from '../metrics/comparable.js';
import { compareSubjects } from '../metrics/compare-subjects.js';
import { correctFailures } from '../metrics/correct-failures.js';
import { judgeBounds } from '../metrics/judge-bounds.js';
import { judgeSlices } from '../metrics/judge-slices.js';
import { nearNames } from '../metrics/near-names.js';
import type { MetricSetting } from '../metrics/setting.js';
import { type Baseline, nameBaseline, partId, readNumber, type Subject } from '../metrics/subject.js';
import type { GateRequest } from '../request.js';
import { defineRule } from '../rule.js';
import { addressCandidate, listWords, offerWaiver } from '../wording.js';

type Facts = Pick<GateFacts, 'candidate' | 'evidence' | 'baselines'>;

/** One requirement for each metric gate. Changed by another model or evaluation, or by who owns the policy. */
export const metricRule = defineRule({
  kind: 'metric',
  needs: ['candidate', 'evidence', 'baselines'],
  judge(request, facts): readonly VerdictNode[] {
    const policy = request.policy.gate;
    return policy === null ? [] : judgeGates(request, policy, facts);
  },
});

function judgeGates(request: GateRequest, policy: GatePolicy, facts: Facts): readonly VerdictNode[] {
  const judged = policy.metrics.map((gate) => judgeGate(request, policy, gate, facts));
  const parts = judged.map((node) => ('verdict' in node ? [] : node.parts));
  const corrected = policy.multiplicity === 'holm' ? correctFailures(parts) : parts;
  return policy.metrics.map((gate, at) => {
    const node = judged[at];
    const whole =
      node !== undefined && 'verdict' in node
        ? node
        : gather(request, gate, corrected[at] ?? [], facts.candidate.identity);
    return soften(whole, gate, policy);
  });
}

/** The parts of one gate, or the reason why it cannot be judged in parts. */
function judgeGate(
  request: GateRequest,
  policy: GatePolicy,
  gate: MetricGate,
  facts: Facts,
): VerdictNode | { readonly parts: readonly VerdictNode[] } {
  const { identity } = facts.candidate;
  const node = { id: gate.id, kind: 'metric' };
  if (gate.bounds === null && gate.slices === null && marginsOf(gate).length === 0) {
    const because = `The gate ${gate.id} sets no bounds, no margin and no slices, so it judges nothing.`;
    return {
      ...node,
      verdict: 'error',
      because,
      remedy: `Set one of them, or remove the gate ${gate.id} from weighbridge.yaml.`,
    };
  }
  if (gate.baseline === null && (gate.uncertainty?.use ?? 'none') !== 'none') {
    const because = `The gate ${gate.id} asks for uncertainty and names no baseline, and only a comparison has one.`;
    return {
      ...node,
      verdict: 'error',
      because,
      remedy: `Set baseline of gate ${gate.id} in weighbridge.yaml, or remove uncertainty.`,
    };
  }
  const split = splitMetricName(gate.metric, Object.keys(facts.evidence));
  const evidence = split === null ? undefined : facts.evidence[split.id];
  const whole = evidence === undefined || split === null ? null : findMetric(evidence.document, split.key);
  const remedy = `Add it to a document under metrics in model.yaml, or run weighbridge evidence add ${addressCandidate(request, identity)} FILE.`;
  const slicesOnly = gate.bounds === null && marginsOf(gate).length === 0;
  if (split === null || evidence === undefined || (whole === null && !slicesOnly)) {
    return { ...node, verdict: 'fail', because: missing(gate.metric, facts.evidence), remedy };
  }
  const subject = whole === null ? null : readSubject(gate.metric, whole);
  if (typeof subject === 'string') {
    return {
      ...node,
      verdict: 'fail',
      because: `${subject}.`,
      remedy,
      facts: { metric: gate.metric, value: whole?.value ?? null },
    };
  }
  const contradicted = whyOtherDirection(gate, split.key, evidence);
  if (contradicted !== null) {
    const lift = `Correct direction of gate ${gate.id} in weighbridge.yaml, or the document.`;
    return { ...node, verdict: 'error', because: `${contradicted}.`, remedy: lift };
  }
  const incomplete = policy.evidence?.samples === 'any' ? null : whyIncomplete(split.key, evidence);
  if (incomplete !== null) {
    const lift = `Evaluate without a limit, or set evidence.samples: any, ${offerWaiver(request, gate.id, identity)}.`;
    return { ...node, verdict: 'fail', because: `${gate.metric} does not count: ${incomplete}.`, remedy: lift };
  }
  const same = policy.evidence?.same ?? [];
  const seed = `${identity}/${request.transition.to}`;
  const setting: MetricSetting = { gate, model: request.model, key: split.key, evidence, same, seed };
  return { parts: judgeParts(setting, split.id, subject, facts) };
}

function readSubject(name: string, value: MetricValue): Subject | string {
  const number = readNumber(name, value.value);
  return typeof number === 'string' ? number : { name, value, number };
}

function judgeParts(
  setting: MetricSetting,
  document: string,
  subject: Subject | null,
  facts: Facts,
): readonly VerdictNode[] {
  const { gate } = setting;
  const looked = gate.baseline === null ? null : lookUp(gate, document, facts);
  if (looked !== null && 'verdict' in looked) return [looked];
  const baseline = looked?.baseline ?? null;
  const nodes: VerdictNode[] = subject === null ? [] : [...judgeWhole(setting, subject, baseline)];
  if (gate.slices !== null) nodes.push(...judgeSlices(setting, gate.slices, baseline));
  // Without a baseline, `bounds-only` must leave bounds to judge.
  const each = gate.slices?.each ?? null;
  const vouched = gate.bounds !== null || baseline !== null || (each !== null && !onlyCompares(each));
  return vouched ? nodes : nodes.map((node) => (node.verdict === 'pass' ? nothingVouches(gate, node) : node));
}

function judgeWhole(setting: MetricSetting, subject: Subject, baseline: Baseline | null): readonly VerdictNode[] {
  const { gate, key } = setting;
  const before = findMetric(baseline?.evidence.document ?? null, key);
  const bounds = gate.bounds === null ? [] : [judgeBounds(partId(gate, 'bounds'), subject, gate.bounds)];
  const margins = marginsOf(gate).map(({ part, margin, use }) => {
    return compareSubjects(setting, subject, { id: partId(gate, part), baseline, before, margin, use, only: null });
  });
  return [...bounds, ...margins];
}

/** Whether slices are asked for nothing but not to be worse than the baseline's. */
function onlyCompares(each: NonNullable<MetricGate['slices']>['each']): boolean {
  return each.bounds === null && each.maxRegression !== null;
}

function nothingVouches(gate: MetricGate, node: VerdictNode): VerdictNode {
  const because = `${node.because} The gate sets no bounds either, so nothing vouches for ${gate.metric}.`;
  return { ...node, verdict: 'fail', because, remedy: `Set bounds for gate ${gate.id} in weighbridge.yaml.` };
}

function marginsOf(gate: MetricGate) {
  const { maxRegression = null, minImprovement = null } = gate.baseline ?? {};
  return [
    ...(maxRegression === null ? [] : [{ part: 'regression', margin: maxRegression, use: 'allowed' as const }]),
    ...(minImprovement === null ? [] : [{ part: 'improvement', margin: minImprovement, use: 'asked' as const }]),
  ];
}

/** The baseline a gate names; null where there is no version; a node where that was not looked for. */
function lookUp(
  gate: MetricGate,
  document: string,
  facts: Facts,
): VerdictNode | { readonly baseline: Baseline | null } {
  const ref = gate.baseline?.ref ?? '';
  const found = Object.hasOwn(facts.baselines, ref) ? facts.baselines[ref] : undefined;
  if (found === undefined) {
    const because = `The baseline ${ref} of gate ${gate.id} was not looked for.`;
    const remedy = 'Use stage:<name>, previous or a version as baseline.ref in weighbridge.yaml.';
    return { id: partId(gate, 'baseline'), kind: 'metric', verdict: 'error', because, remedy };
  }
  if (found === null) return { baseline: null };
  const evidence = Object.hasOwn(found.evidence, document) ? found.evidence[document] : undefined;
  const empty = { format: 'none', values: [], context: {} };
  const none = {
    document: empty,
    digest: null,
    level: 'reported',
    levelChecked: false,
    time: null,
    context: {},
  } as const;
  return { baseline: { facts: found, evidence: evidence ?? none, name: nameBaseline(ref, found.version) } };
}

function gather(
  request: GateRequest,
  gate: MetricGate,
  children: readonly VerdictNode[],
  identity: GateFacts['candidate']['identity'],
): VerdictNode {
  const verdict = worstVerdict(children.map((child) => child.verdict));
  const open = children.filter((child) => child.verdict !== 'pass');
  const because = (open.length === 0 ? children : open).map((child) => child.because).join(' ');
  const node = {
    id: gate.id,
    kind: 'metric',
    verdict,
    because,
    facts: { metric: gate.metric, direction: gate.direction },
  };
  if (open.length === 0) return { ...node, children };
  const named = [...new Set(open.flatMap((child) => child.remedy ?? []))];
  const general = verdict === 'inconclusive' ? 'Evaluate on more samples' : 'Improve the model and evaluate again';
  const first = named.length > 0 ? `${named.join(' ')} Otherwise improve the model` : general;
  const told = children.map((child) =>
    child.verdict === 'pass' || child.remedy !== undefined ? child : { ...child, remedy: `${general}.` },
  );
  // What could not be judged cannot be waived, and no better model mends it.
  const remedy = verdict === 'error' ? named.join(' ') : `${first}, ${offerWaiver(request, gate.id, identity)}.`;
  return { ...node, remedy, children: told };
}

/** What the gate or the policy says must not block becomes `warn`; what could not be judged stays what it is. */
function soften(node: VerdictNode, gate: MetricGate, policy: GatePolicy): VerdictNode {
  const soft =
    gate.severity === 'warn'
      ? 'its severity is warn'
      : policy.onInconclusive === 'warn'
        ? 'on_inconclusive is warn'
        : null;
  const open = node.verdict === 'inconclusive' || (node.verdict === 'fail' && gate.severity === 'warn');
  return soft === null || !open
    ? node
    : { ...node, verdict: 'warn', because: `${node.because} It does not block: ${soft}.` };
}

function missing(metric: string, evidence: GateFacts['evidence']): string {
  const ids = Object.keys(evidence);
  if (ids.length === 0) return `${metric} is missing: there is no metric document.`;
  const names = Object.entries(evidence).flatMap(([id, facts]) => {
    return facts.document.values.filter((value) => value.slice === null).map((value) => `${id}.${value.key}`);
  });
  const near = nearNames(metric, names);
  return `${metric} is missing${near.length === 0 ? `; the documents are ${listWords(ids)}` : `; near it are ${listWords(near)}`}.`;
}
