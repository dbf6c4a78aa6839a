import { type VerdictNode, worstVerdict } from '@weighbridge/core';
import type { MetricCondition, ReviewerCondition } from '@weighbridge/manifest';
import type { ArtifactFacts, CandidateFacts } from '../facts.js';
import { noStage, type Transition } from '../request.js';
import type { JudgedBefore } from '../rule.js';
import { formatNames } from '../rules/formats.js';

/** What the conditions of reviewer requirements speak of. */
export interface ConditionSetting {
  readonly candidate: CandidateFacts;
  readonly artifacts: readonly ArtifactFacts[];
  readonly transition: Transition;
  readonly before: JudgedBefore;
}

/**
 * Whether a requirement is asked for: every part of its condition must hold. A part that is not known is never taken
 * for one that does not hold. Nothing here looks at reviewers, so no condition depends on itself.
 */
export function whetherApplies(when: ReviewerCondition, setting: ConditionSetting): 'yes' | 'no' | 'unknown' {
  const parts = Object.entries(when).map(([part, value]) => {
    const holds = Object.hasOwn(conditionParts, part) ? conditionParts[part as keyof ReviewerCondition] : undefined;
    return holds === undefined ? null : holds(value as never, setting);
  });
  if (parts.includes(null)) return 'unknown';
  return parts.every((part) => part === true) ? 'yes' : 'no';
}

type Part<Key extends keyof ReviewerCondition> = (
  value: NonNullable<ReviewerCondition[Key]>,
  setting: ConditionSetting,
) => boolean | null;

const conditionParts: { readonly [Key in keyof Required<ReviewerCondition>]: Part<Key> } = {
  impact: (impact, { candidate }) => candidate.impact === impact,
  kind: (kind, { candidate }) => candidate.kind === kind,
  waiver: (waiver, { before }) => before.waiverUsed === (waiver === 'used'),
  from: (stage, { transition }) => (transition.from ?? noStage) === stage,
  format: (format, { artifacts }) => artifacts.some((artifact) => formatNames(artifact).has(format)),
  metric: (metric, { before }) => metricHolds(metric, before.requirements),
};

/** Null when no such metric gate was judged. */
function metricHolds(condition: MetricCondition, requirements: readonly VerdictNode[]): boolean | null {
  const gates = requirements.filter((node) => {
    return node.kind === 'metric' && (condition.gate === null || node.id === condition.gate);
  });
  if (gates.length === 0) return null;
  return gates.some((gate) => condition.outcomes.some((outcome) => outcome === outcomeOf(gate, condition.slice)));
}

/** What a gate came to on a slice: the worst of its nodes; where it never came to slices, what the gate came to. */
function outcomeOf(gate: VerdictNode, slice: string | null): VerdictNode['verdict'] {
  if (slice === null) return gate.verdict;
  const id = `${gate.id}/${slice}`;
  const nodes = descendants(gate).filter((node) => node.id === id || node.id.startsWith(`${id}/`));
  return nodes.length === 0 ? gate.verdict : worstVerdict(nodes.map((node) => node.verdict));
}

function descendants(node: VerdictNode): readonly VerdictNode[] {
  return (node.children ?? []).flatMap((child) => [child, ...descendants(child)]);
}

/** The condition as part of a requirement's id: `impact=high`, `metric=accuracy:waived`. */
export function nameCondition(when: ReviewerCondition): readonly string[] {
  return Object.entries(when).map(([part, value]) => {
    if (typeof value !== 'object') return `${part}=${value}`;
    const { gate, slice, outcomes } = value as MetricCondition;
    return `${part}=${[gate, slice, outcomes.join('|')].filter((word) => word !== null).join(':')}`;
  });
}
