import type { ModelName } from '@weighbridge/core';
import type {
  EvidenceTrust,
  GatePolicy,
  Policy,
  ReviewerGate,
  SigningPolicy,
  WaiverPolicy,
} from '@weighbridge/manifest';
import type { AmendmentFact } from './facts.js';

/** A move between stages; `from` is null for a version that holds no stage yet. */
export interface Transition {
  readonly from: string | null;
  readonly to: string;
}

/** What is asked: may this version of this model make this move? */
export interface GateRequest {
  readonly model: ModelName;
  /** The version, provisional on a pull request; null where none was computed. */
  readonly version: string | null;
  readonly transition: Transition;
  readonly policy: PolicySlice;
}

/**
 * The part of the policy that this model and transition rest on: its digest says whether an approval or an earlier
 * decision still stands. Plain JSON.
 */
export interface PolicySlice {
  readonly mode: Policy['mode'];
  readonly stages: readonly string[];
  /** The requirements of the target stage; null when none are set. */
  readonly gate: GatePolicy | null;
  /** Stages the target may be entered from; `none` stands for no stage. */
  readonly allowedFrom: readonly string[];
  /** Those of this model, but for waivers of what only other stages ask. */
  readonly waivers: readonly WaiverPolicy[];
  readonly waiverLimits: Policy['waiverLimits'];
  /** The rosters that the gate's reviewers, the owners and what is amended name. */
  readonly rosters: Policy['reviewers'];
  readonly review: Policy['review'];
  readonly owners: readonly string[];
  /** Whose word counts; absent where the gate asks for no more than reported documents. */
  readonly trust?: EvidenceTrust;
  /** Whose signatures count; absent where the gate asks for none. */
  readonly signing?: SigningPolicy;
}

/** What `allowedFrom` calls a version without a stage. */
export const noStage = 'none';

/**
 * Cuts the slice out of a policy. `from` of the gate overrides `transitions`; without either a stage is entered from
 * the one before it, the first from none, and the last (the archive) from everywhere. What a change amends may name
 * further rosters, so that it is judged with those of the base.
 */
export function policySlice(
  policy: Policy,
  asked: {
    readonly model: ModelName;
    readonly transition: Transition;
    readonly amendments?: readonly AmendmentFact[];
  },
): PolicySlice {
  const { to } = asked.transition;
  const gate = Object.hasOwn(policy.gates, to) ? (policy.gates[to] ?? null) : null;
  const declared = Object.hasOwn(policy.transitions, to) ? policy.transitions[to] : undefined;
  const named = (gate?.reviewers ?? []).map((reviewer: ReviewerGate) => reviewer.from);
  return {
    mode: policy.mode,
    stages: policy.stages,
    gate,
    allowedFrom: gate?.from ?? declared ?? defaultFrom(policy.stages, to),
    waivers: policy.waivers.filter((waiver) => waiver.model === asked.model && concerns(waiver, policy, gate)),
    waiverLimits: policy.waiverLimits,
    rosters: pickRosters(policy, [...named, ...amendmentRosters(policy, asked.amendments ?? [])]),
    review: policy.review,
    owners: policy.owners,
    ...((gate?.evidence?.level ?? 'reported') === 'reported' ? {} : { trust: policy.evidence }),
    ...(gate?.signature === undefined || policy.signing === undefined ? {} : { signing: policy.signing }),
  };
}

/** The rosters of these names, in the order of the policy. */
export function pickRosters(policy: Policy, names: readonly string[]): Policy['reviewers'] {
  const wanted = new Set(names);
  return Object.fromEntries(Object.entries(policy.reviewers).filter(([roster]) => wanted.has(roster)));
}

/** Names that answer for the policy itself and for what a change amends of it. Those of logins are among them. */
export function amendmentRosters(policy: Policy, amendments: readonly AmendmentFact[]): readonly string[] {
  return [...policy.owners, ...amendments.flatMap(({ rule, takesOver }) => [rule ?? [], takesOver].flat())];
}

/** A waiver of a requirement that other stages have and this one has not says nothing here; one of none is a slip. */
function concerns(waiver: WaiverPolicy, policy: Policy, gate: GatePolicy | null): boolean {
  if (gate !== null && gateAsks(gate, waiver.gate)) return true;
  return !Object.values(policy.gates).some((other) => gateAsks(other, waiver.gate));
}

/** Whether the gate of a stage has a requirement of this id, as waivers name it. Reviewers cannot be waived. */
export function gateAsks(gate: GatePolicy, id: string): boolean {
  if (id.startsWith('checks/')) return gate.checks.includes(id.slice('checks/'.length));
  const parts: Readonly<Record<string, boolean>> = {
    soak: gate.soakMs !== null,
    metadata: gate.metadata === 'complete',
    data: gate.data === 'pinned',
    formats: gate.formats.allow !== null || gate.formats.deny.length > 0,
    evidence: gate.evidence !== null,
    signature: gate.signature === 'required',
  };
  return (Object.hasOwn(parts, id) && parts[id] === true) || gate.metrics.some((metric) => metric.id === id);
}

function defaultFrom(stages: readonly string[], to: string): readonly string[] {
  const place = stages.indexOf(to);
  if (place > 0 && place === stages.length - 1) return [noStage, ...stages.slice(0, -1)];
  return [place > 0 ? (stages[place - 1] ?? noStage) : noStage];
}
