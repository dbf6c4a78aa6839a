import type { VerdictNode } from '@weighbridge/core';
import type { ReviewerGate } from '@weighbridge/manifest';
import type { ApprovalFacts, CandidateFacts } from '../facts.js';
import { defineRule, type JudgedBefore } from '../rule.js';
import { listWords } from '../wording.js';

/**
 * Approvals by members of a roster. Reviews come in as facts in which authorship, staleness and identity were already
 * ruled on. Changed by the people it names.
 */
export const reviewersRule = defineRule({
  kind: 'reviewers',
  needs: ['candidate', 'approvals'],
  judge(request, facts, before): readonly VerdictNode[] {
    const asked = request.policy.gate?.reviewers ?? [];
    return asked.flatMap((gate) => {
      const applies = whetherApplies(gate, facts.candidate, before);
      const id = `reviewers/${[gate.from, ...conditions(gate)].join('/')}`;
      const node = { id, kind: 'reviewers', facts: { from: gate.from, count: gate.count, when: gate.when } };
      if (applies === 'no') return [];
      if (applies === 'unknown') {
        const because = `The reviewers from ${gate.from} depend on a condition that is not known: ${conditions(gate).join(', ')}.`;
        return [
          {
            ...node,
            verdict: 'error',
            because,
            remedy: 'Use when: {impact: high} or when: {waiver: used} in weighbridge.yaml.',
          },
        ];
      }
      if (facts.approvals === undefined) return [withoutForge(node, gate)];
      const found = Object.hasOwn(facts.approvals, gate.from) ? facts.approvals[gate.from] : undefined;
      return [judgeApprovals(node, gate, found)];
    });
  },
});

type Node = Pick<VerdictNode, 'id' | 'kind' | 'facts'>;

function withoutForge(node: Node, gate: ReviewerGate): VerdictNode {
  const because = `${gate.count} from ${gate.from} must approve; reviewers are judged on the forge, and this evaluation had no forge facts.`;
  return {
    ...node,
    verdict: 'pending',
    because,
    remedy: `Ask ${gate.from} to review the pull request; its status tells who is missing.`,
  };
}

function judgeApprovals(node: Node, gate: ReviewerGate, found: ApprovalFacts | undefined): VerdictNode {
  if (found === undefined) {
    const because = `No roster is called ${gate.from}, so nobody can approve for it.`;
    return { ...node, verdict: 'error', because, remedy: `Add ${gate.from} to reviewers in weighbridge.yaml.` };
  }
  if (found.objectionsBy.length > 0) {
    const names = listWords(found.objectionsBy);
    return {
      ...node,
      verdict: 'fail',
      because: `${names} of ${gate.from} asked for changes.`,
      remedy: `Settle it with ${names} and ask for a new review.`,
    };
  }
  // One person counts once, however their login is written.
  const approved = [...new Set(found.approvedBy.map((login) => login.toLowerCase()))];
  const told = `${approved.length} of ${gate.count} from ${gate.from} approved${approved.length > 0 ? ` (${listWords(approved)})` : ''}`;
  if (approved.length >= gate.count) return { ...node, verdict: 'pass', because: `${told}.` };
  if (found.cannotVerify !== null) {
    const because = `${told}, and who else belongs to it cannot be verified: ${found.cannotVerify}.`;
    return {
      ...node,
      verdict: 'error',
      because,
      remedy: `List the members of ${gate.from} under users in weighbridge.yaml, or give the job a token that reads teams.`,
    };
  }
  const missing = found.candidates.filter((login) => !approved.includes(login.toLowerCase()));
  const remedy = `Ask ${missing.length > 0 ? listWords(missing, 'or') : gate.from} to review.`;
  return { ...node, verdict: 'pending', because: `${told}.`, remedy };
}

function conditions(gate: ReviewerGate): readonly string[] {
  return Object.entries(gate.when).map(([fact, value]) => `${fact}=${value}`);
}

/** Every condition must hold. One that is not known is never taken for one that does not hold. */
function whetherApplies(gate: ReviewerGate, candidate: CandidateFacts, before: JudgedBefore): 'yes' | 'no' | 'unknown' {
  const actual: Readonly<Record<string, string>> = {
    impact: candidate.impact,
    waiver: before.waiverUsed ? 'used' : 'unused',
    kind: candidate.kind,
  };
  const entries = Object.entries(gate.when);
  if (entries.some(([fact]) => !Object.hasOwn(actual, fact))) return 'unknown';
  return entries.every(([fact, value]) => actual[fact] === value) ? 'yes' : 'no';
}
