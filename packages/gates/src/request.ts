import type { ModelName } from '@weighbridge/core';
import type { GatePolicy, Policy, ReviewerGate, WaiverPolicy } from '@weighbridge/manifest';

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
  /** Those of this model. */
  readonly waivers: readonly WaiverPolicy[];
  /** The rosters that the gate's reviewers name. */
  readonly rosters: Policy['reviewers'];
  readonly owners: readonly string[];
}

/** What `allowedFrom` calls a version without a stage. */
export const noStage = 'none';

/**
 * Cuts the slice out of a policy. `from` of the gate overrides `transitions`; without either a stage is entered from
 * the one before it, the first from none, and the last (the archive) from everywhere.
 */
export function policySlice(
  policy: Policy,
  asked: { readonly model: ModelName; readonly transition: Transition },
): PolicySlice {
  const { to } = asked.transition;
  const gate = Object.hasOwn(policy.gates, to) ? (policy.gates[to] ?? null) : null;
  const declared = Object.hasOwn(policy.transitions, to) ? policy.transitions[to] : undefined;
  const named = new Set((gate?.reviewers ?? []).map((reviewer: ReviewerGate) => reviewer.from));
  return {
    mode: policy.mode,
    stages: policy.stages,
    gate,
    allowedFrom: gate?.from ?? declared ?? defaultFrom(policy.stages, to),
    waivers: policy.waivers.filter((waiver) => waiver.model === asked.model),
    rosters: Object.fromEntries(Object.entries(policy.reviewers).filter(([roster]) => named.has(roster))),
    owners: policy.owners,
  };
}

function defaultFrom(stages: readonly string[], to: string): readonly string[] {
  const place = stages.indexOf(to);
  if (place > 0 && place === stages.length - 1) return [noStage, ...stages.slice(0, -1)];
  return [place > 0 ? (stages[place - 1] ?? noStage) : noStage];
}
