import { createHash } from 'node:crypto';
import type { Digest, ModelName, Sha256, Version } from '@weighbridge/core';
import { type Decision, decide, type GateFacts, type GateRequest, type PolicySlice } from '@weighbridge/gates';
import { defaultPolicy } from '@weighbridge/manifest';
import type { Assessment, Change } from '@weighbridge/versioning';
import type { PullReport } from '../src/pull-report.js';
import { commit, review, reviewFacts } from './review-case.js';

export const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();
export const identity: Digest = `sha256:${'1'.repeat(64)}`;
export const otherIdentity: Digest = `sha256:${'2'.repeat(64)}`;

type GatePolicy = NonNullable<PolicySlice['gate']>;
type MetricGate = GatePolicy['metrics'][number];
type EvidenceFacts = GateFacts['evidence'][string];

/** A gate that asks for an accuracy of 0.92, at most 0.005 below production, and for two of ml. */
export function strictGate(parts: Partial<GatePolicy> = {}): GatePolicy {
  return {
    from: null,
    soakMs: null,
    checks: ['ci / tests'],
    metadata: 'complete',
    formats: { allow: null, deny: ['pickle'] },
    evidence: null,
    metrics: [accuracyGate()],
    reviewers: [{ from: 'ml', count: 2, when: {} }],
    onInconclusive: 'block',
    multiplicity: 'none',
    ...parts,
  };
}

export function accuracyGate(parts: Partial<MetricGate> = {}): MetricGate {
  return {
    id: 'accuracy',
    metric: 'eval.accuracy',
    direction: 'higher',
    bounds: { min: '0.920', max: null },
    baseline: {
      ref: 'stage:production',
      maxRegression: { absolute: '0.005', relative: null },
      minImprovement: null,
      ifAbsent: 'bounds-only',
    },
    uncertainty: null,
    slices: null,
    severity: 'block',
    ...parts,
  };
}

/** A request for fraud 2.0.0 to enter development. */
export function requestFor(
  gate: GatePolicy | null,
  parts: Partial<GateRequest> & Partial<PolicySlice> = {},
): GateRequest {
  const { model = 'fraud' as ModelName, version = '2.0.0', transition = { from: null, to: 'development' } } = parts;
  return {
    model,
    version,
    transition,
    policy: {
      mode: 'enforce',
      stages: ['development', 'staging', 'production', 'archived'],
      gate,
      allowedFrom: [transition.from ?? 'none'],
      waivers: [],
      waiverLimits: defaultPolicy().waiverLimits,
      review: defaultPolicy().review,
      rosters: { ml: { users: ['alice', 'bob', 'carol'], teams: [] } },
      owners: ['alice'],
      ...parts,
    },
  };
}

export function evidenceOf(values: Readonly<Record<string, string>>): EvidenceFacts {
  const list = Object.entries(values).map(([key, value]) => ({ key, value, stderr: null, samples: null, slice: null }));
  return {
    document: { format: 'plain', values: list, context: {} },
    digest: otherIdentity,
    level: 'reported',
    levelChecked: true,
    time: '2026-05-31T12:00:00Z',
    context: {},
  };
}

/** A candidate with an accuracy, against 0.931 in production, in a pull request that alice approved at its head. */
export function factsWith(accuracy: string, parts: Partial<GateFacts> = {}): GateFacts {
  return {
    now: '2026-06-01T12:00:00Z',
    candidate: { identity, evidence: otherIdentity, kind: 'model', impact: 'low', owners: [] },
    evidence: { eval: evidenceOf({ accuracy }) },
    baselines: {
      'stage:production': {
        version: '1.3.2',
        identity: otherIdentity,
        evidence: { eval: evidenceOf({ accuracy: '0.931' }) },
      },
    },
    artifacts: [{ path: 'models/fraud/model.safetensors', format: 'safetensors', imports: [] }],
    metadata: {
      data: 'sha256:aa',
      commit,
      framework: 'pytorch',
      frameworkVersion: '2.9.0',
      duration: 'PT3H',
      hardware: '8xH100',
    },
    stagesEntered: {},
    frozen: [],
    waivers: [],
    checks: { 'ci / tests': { state: 'success', conclusion: 'success', commit, url: null } },
    review: reviewFacts({ reviews: [review('alice')] }),
    amendments: [],
    ...parts,
  };
}

export function decisionOf(request: GateRequest, facts: GateFacts): Decision {
  return decide(request, facts, sha256);
}

/** fraud 1.3.2 to 2.0.0: a column more, other weights. */
export function assessmentOf(parts: Partial<Assessment> = {}): Assessment {
  return {
    model: 'fraud' as ModelName,
    current: '1.3.2' as Version,
    next: '2.0.0' as Version,
    bump: 'major',
    because: [],
    changes: [
      changeOf({
        bump: 'patch',
        facet: 'weights',
        kind: 'tensors',
        rule: 'weights.tensors',
        path: 'model.safetensors',
        from: otherIdentity,
        to: identity,
        because: '12 of 14 tensors have other values.',
      }),
      changeOf({
        bump: 'major',
        facet: 'interface',
        kind: 'input-added',
        rule: 'interface.input-added',
        path: 'interface.json#/inputs/country',
        from: null,
        to: 'string',
        because: 'The input country is new and required.',
      }),
    ],
    sameAs: null,
    snapshot: identity,
    identity,
    evidence: otherIdentity,
    warnings: [],
    ...parts,
  };
}

export function changeOf(parts: Partial<Change>): Change {
  return {
    facet: 'config',
    kind: 'value',
    path: 'train.yaml',
    from: null,
    to: null,
    bump: 'patch',
    rule: 'config.value',
    because: 'It differs.',
    ...parts,
  };
}

export function reportOf(parts: Partial<PullReport> = {}): PullReport {
  return {
    commit,
    time: '2026-06-01T12:00:00Z',
    url: 'https://github.com/acme/models/actions/runs/17',
    governed: true,
    assessments: [],
    decisions: [],
    amendments: null,
    faults: [],
    forecast: [],
    notices: [],
    evidence: [],
    pull: null,
    setup: null,
    ...parts,
  };
}
