import type { VerdictNode } from '@weighbridge/core';
import type { FactSection, GateFacts } from './facts.js';
import type { GateRequest } from './request.js';

/** The kinds of requirement. Each is one file of `rules/`. */
export const requirementKinds = [
  'transition',
  'pointer',
  'freeze',
  'soak',
  'checks',
  'metadata',
  'data',
  'formats',
  'evidence',
  'signature',
  'metric',
  'reviewers',
  'amendment',
] as const;
export type RequirementKind = (typeof requirementKinds)[number];

/**
 * One kind of requirement. It sees only the sections of the facts that it lists; reading another does not compile.
 * It returns a node for each requirement that the policy sets, none when the policy asks nothing of its kind, with the
 * true verdict: waivers and the policy's mode are applied afterwards, by `evaluate`.
 */
export interface Rule<Kind extends RequirementKind = RequirementKind, Need extends FactSection = FactSection> {
  readonly kind: Kind;
  readonly needs: readonly Need[];
  judge(request: GateRequest, facts: Pick<GateFacts, Need>, before: JudgedBefore): readonly VerdictNode[];
}

/** What the rules before this one came to, for requirements that depend on it. */
export interface JudgedBefore {
  /** Whether a waiver carries one of them. */
  readonly waiverUsed: boolean;
  /** Those requirements themselves, waivers applied. */
  readonly requirements: readonly VerdictNode[];
}

/** Fixes the kind and the needs of a rule from what it says of itself. */
export function defineRule<Kind extends RequirementKind, const Need extends FactSection>(
  rule: Rule<Kind, Need>,
): Rule<Kind, Need> {
  return rule;
}
