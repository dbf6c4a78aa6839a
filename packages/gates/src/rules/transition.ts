import type { VerdictNode } from '@weighbridge/core';
import { noStage } from '../request.js';
import { defineRule } from '../rule.js';
import { addressCandidate, listWords, nameCandidate, nameOwners } from '../wording.js';

/** Whether the target may be entered from where the version is. Changed by the order of stages in the policy. */
export const transitionRule = defineRule({
  kind: 'transition',
  needs: ['candidate'],
  judge(request, facts): readonly VerdictNode[] {
    const { to } = request.transition;
    const from = request.transition.from ?? noStage;
    const { allowedFrom, stages } = request.policy;
    const node = { id: 'transition', kind: 'transition', facts: { from, to, allowed: allowedFrom } };
    if (!stages.includes(to)) {
      const because = `${to} is not a stage of the policy; its stages are ${listWords(stages)}.`;
      return [
        {
          ...node,
          verdict: 'error',
          because,
          remedy: `Name one of ${listWords(stages, 'or')}, or add ${to} to stages.`,
        },
      ];
    }
    if (allowedFrom.includes(from))
      return [{ ...node, verdict: 'pass', because: `${to} may be entered from ${from}.` }];
    const because = `${to} may be entered from ${listWords(allowedFrom, 'or') || 'nowhere'}, and ${nameCandidate(request)} is in ${from}.`;
    const before = allowedFrom.find((stage) => stage !== noStage);
    const address = addressCandidate(request, facts.candidate.identity);
    const remedy =
      before === undefined
        ? `Ask ${nameOwners(request)} to add ${from} to the transitions of ${to}.`
        : `Promote it there first: weighbridge promote ${address} --to ${before}.`;
    return [{ ...node, verdict: 'fail', because, remedy }];
  },
});
