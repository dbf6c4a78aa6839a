import { type VerdictNode, worstVerdict } from '@weighbridge/core';
import type { GateFacts } from './facts.js';
import type { GateRequest } from './request.js';
import { requirementKinds } from './rule.js';
import { ruleTable } from './rule-table.js';
import { requireNow } from './time.js';
import { applyWaivers, tellIdleWaivers } from './waivers.js';
import { nameCondition } from './review/condition.js';
import { nameCandidate } from './wording.js';

/**
 * Judges one transition: a root of kind `gate` with one child for each requirement, waivers applied, the policy's mode
 * not (see `decide`). Pure: the same request and facts give the same tree, byte for byte. The order of the children is
 * that of `requirementKinds`, then that of the policy; waivers that name nothing come last.
 * @throws gates/time when `facts.now` is no time
 */
export function evaluate(request: GateRequest, facts: GateFacts): VerdictNode {
  requireNow(facts.now);
  const judged: VerdictNode[] = [];
  for (const kind of requirementKinds) {
    const waiverUsed = judged.some((node) => node.verdict === 'waived');
    const nodes = ruleTable[kind].judge(request, facts, { waiverUsed, requirements: [...judged] });
    judged.push(...nodes.map((node) => applyWaivers(node, request, facts)));
  }
  return root(request, refuseTwins([...judged, ...tellIdleWaivers(request, facts, judged)]));
}

/** What no gate of the policy asked for. */
const unasked: ReadonlySet<string> = new Set(['transition', 'pointer', 'draft']);

function root(request: GateRequest, requirements: readonly VerdictNode[]): VerdictNode {
  const { to } = request.transition;
  // The move itself is always judged and is no gate that somebody set.
  const unset = requirements.every((node) => unasked.has(node.id));
  const note: VerdictNode = { id: 'gates', kind: 'gates', verdict: 'pass', because: tellUnasked(request) };
  const children = unset ? [...requirements, note] : requirements;
  const verdict = worstVerdict(children.map((node) => node.verdict));
  return { id: to, kind: 'gate', verdict, because: summarise(request, children), children };
}

/** That there is no gate, or that nothing it asks applies to this version: both are said, neither is silence. */
function tellUnasked({ policy, transition }: GateRequest): string {
  const conditional = (policy.gate?.reviewers ?? []).map((gate) =>
    ['reviewers', gate.from, ...nameCondition(gate.when)].join('/'),
  );
  if (conditional.length === 0) return `No gate is set for ${transition.to}.`;
  return `Nothing that the gate of ${transition.to} asks applies here (${conditional.join(', ')}).`;
}

function summarise(request: GateRequest, children: readonly VerdictNode[]): string {
  const open = children.filter((node) => node.verdict !== 'pass');
  const subject = `${nameCandidate(request)}, ${request.transition.from ?? 'none'} to ${request.transition.to}`;
  if (open.length === 0) {
    const note = children.find((node) => node.kind === 'gates');
    return `${subject}: ${note === undefined ? `all ${children.length} requirements are met.` : note.because}`;
  }
  const told = open.map((node) => `${node.id} (${node.verdict})`).join(', ');
  return `${subject}: ${children.length - open.length} of ${children.length} requirements are met; not so ${told}.`;
}

/** Two requirements of one id could not be told apart by a waiver or a reader: the later one is an error. */
function refuseTwins(nodes: readonly VerdictNode[]): readonly VerdictNode[] {
  const seen = new Set<string>();
  return nodes.map((node) => {
    if (!seen.has(node.id)) {
      seen.add(node.id);
      return node;
    }
    const because = `Two requirements of this stage are called ${node.id}.`;
    return {
      ...node,
      verdict: 'error',
      because,
      remedy: `Give the ${node.kind} ${node.id} another id in weighbridge.yaml.`,
    };
  });
}
