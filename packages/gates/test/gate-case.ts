import type { Digest, ModelName, VerdictNode } from '@weighbridge/core';
import type { MetricDocument, MetricValue } from '@weighbridge/formats';
import type { GatePolicy, MetricGate, ReviewPolicy } from '@weighbridge/manifest';
import { evaluate } from '../src/evaluate.js';
import type { BaselineFacts, EvidenceFacts, GateFacts } from '../src/facts.js';
import type { GateRequest, PolicySlice } from '../src/request.js';

export const identity: Digest = `sha256:${'1'.repeat(64)}`;
export const otherIdentity: Digest = `sha256:${'2'.repeat(64)}`;
export const now = '2026-06-01T12:00:00Z';

/** A gate policy that asks nothing, with the given parts. */
export function gatePolicy(parts: Partial<GatePolicy> = {}): GatePolicy {
  return {
    from: null,
    soakMs: null,
    checks: [],
    metadata: 'optional',
    formats: { allow: null, deny: [] },
    evidence: null,
    metrics: [],
    reviewers: [],
    onInconclusive: 'block',
    multiplicity: 'none',
    ...parts,
  };
}

/** The review options of a policy that sets none, with the given parts. */
export function reviewPolicy(parts: Partial<ReviewPolicy> = {}): ReviewPolicy {
  return {
    permission: 'write',
    objections: 'rosters',
    dismissals: 'anyone',
    reRequest: 'withdraws',
    unknownContributors: 'one-more',
    commands: false,
    ...parts,
  };
}

export function metricGate(parts: Partial<MetricGate> = {}): MetricGate {
  return {
    id: 'accuracy',
    metric: 'eval.accuracy',
    direction: 'higher',
    bounds: null,
    baseline: null,
    uncertainty: null,
    slices: null,
    severity: 'block',
    ...parts,
  };
}

export function baselineRule(
  parts: Partial<NonNullable<MetricGate['baseline']>> = {},
): NonNullable<MetricGate['baseline']> {
  return { ref: 'stage:production', maxRegression: null, minImprovement: null, ifAbsent: 'fail', ...parts };
}

/** A request for fraud 1.4.0, staging to production. */
export function gateRequest(gate: GatePolicy | null, slice: Partial<PolicySlice> = {}): GateRequest {
  return {
    model: 'fraud' as ModelName,
    version: '1.4.0',
    transition: { from: 'staging', to: 'production' },
    policy: {
      mode: 'enforce',
      stages: ['development', 'staging', 'production', 'archived'],
      gate,
      allowedFrom: ['staging'],
      waivers: [],
      waiverLimits: { maxDurationMs: null, minReason: 10 },
      rosters: {},
      review: reviewPolicy(),
      owners: ['alice'],
      ...slice,
    },
  };
}

/** A metric value; a text is the value of the whole. */
export type ValueParts = Partial<MetricValue> & { readonly value: string };

export function metricDocument(
  values: Readonly<Record<string, string | ValueParts>>,
  context: MetricDocument['context'] = {},
): MetricDocument {
  const list = Object.entries(values).map(([name, parts]) => {
    const given = typeof parts === 'string' ? { value: parts } : parts;
    return { key: name, stderr: null, samples: null, slice: null, ...given };
  });
  return { format: 'plain', values: list, context };
}

export function evidenceFacts(document: MetricDocument, parts: Partial<EvidenceFacts> = {}): EvidenceFacts {
  return {
    document,
    digest: null,
    level: 'reported',
    levelChecked: false,
    time: '2026-05-31T12:00:00Z',
    context: {},
    ...parts,
  };
}

export function baselineFacts(document: MetricDocument, parts: Partial<EvidenceFacts> = {}): BaselineFacts {
  return { version: '1.3.0', identity: otherIdentity, evidence: { eval: evidenceFacts(document, parts) } };
}

/** Facts of a complete candidate whose eval.accuracy is 0.93. */
export function gateFacts(parts: Partial<GateFacts> = {}): GateFacts {
  return {
    now,
    candidate: { identity, evidence: otherIdentity, kind: 'model', impact: 'low', owners: [] },
    evidence: { eval: evidenceFacts(metricDocument({ accuracy: '0.93' })) },
    baselines: {},
    artifacts: [{ path: 'model.safetensors', format: 'safetensors', imports: [] }],
    metadata: {
      data: 'sha256:aa',
      commit: 'c0ffee',
      framework: 'pytorch',
      frameworkVersion: '2.9.0',
      duration: 'PT3H',
      hardware: '8xH100',
    },
    stagesEntered: { staging: '2026-05-01T00:00:00Z' },
    frozen: [],
    waivers: [],
    ...parts,
  };
}

/** The requirement of an id in the evaluated tree. */
export function judged(request: GateRequest, facts: GateFacts, id: string): VerdictNode {
  const node = evaluate(request, facts).children?.find((child) => child.id === id);
  if (node === undefined) throw new Error(`no requirement ${id}`);
  return node;
}

/** Judges one metric gate alone. */
export function judgeMetric(
  gate: Partial<MetricGate>,
  facts: Partial<GateFacts> = {},
  policy: Partial<GatePolicy> = {},
): VerdictNode {
  return judged(
    gateRequest(gatePolicy({ ...policy, metrics: [metricGate(gate)] })),
    gateFacts(facts),
    gate.id ?? 'accuracy',
  );
}

/** Judges a candidate's value against production's, with an allowed regression. */
export function judgeRegression(
  values: { readonly candidate: string | ValueParts; readonly baseline: string | ValueParts },
  margin: { readonly absolute?: string; readonly relative?: string },
  gate: Partial<MetricGate> = {},
): VerdictNode {
  const maxRegression = { absolute: margin.absolute ?? null, relative: margin.relative ?? null };
  return judgeMetric(
    { baseline: baselineRule({ maxRegression }), ...gate },
    {
      evidence: { eval: evidenceFacts(metricDocument({ accuracy: values.candidate })) },
      baselines: { 'stage:production': baselineFacts(metricDocument({ accuracy: values.baseline })) },
    },
  );
}
