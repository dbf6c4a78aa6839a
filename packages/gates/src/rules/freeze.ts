import type { VerdictNode } from '@weighbridge/core';
import { defineRule } from '../rule.js';
import { nameCandidate, offerWaiver } from '../wording.js';

/**
 * Content that was rolled back from enters no stage but the archive. Lifted by an unexpired waiver of gate `freeze` for
 * the identity, or by other content.
 */
export const freezeRule = defineRule({
  kind: 'freeze',
  needs: ['candidate', 'frozen'],
  judge(request, facts): readonly VerdictNode[] {
    const { identity } = facts.candidate;
    const freeze = facts.frozen.find((frozen) => frozen.identity === identity);
    const toArchive = request.transition.to === request.policy.stages.at(-1) && request.policy.stages.length > 1;
    if (freeze === undefined || toArchive) return [];
    const reason = freeze.justification === null ? 'no reason was recorded' : freeze.justification;
    const because = `The content of ${nameCandidate(request)} is frozen since ${freeze.since}, as version ${freeze.version} (${reason}).`;
    const remedy = `Release changed content as a new version, ${offerWaiver(request, 'freeze', identity)}.`;
    const told = { identity, version: freeze.version, since: freeze.since, justification: freeze.justification };
    return [{ id: 'freeze', kind: 'freeze', verdict: 'fail', because, remedy, facts: told }];
  },
});
