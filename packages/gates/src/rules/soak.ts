import type { VerdictNode } from '@weighbridge/core';
import { defineRule } from '../rule.js';
import { addressCandidate, nameCandidate, nameDuration } from '../wording.js';
import { readTime, requireNow } from '../time.js';

/** Least time in the stage before. Changed by waiting; exactly the time asked is enough. */
export const soakRule = defineRule({
  kind: 'soak',
  needs: ['now', 'candidate', 'stagesEntered'],
  judge(request, facts): readonly VerdictNode[] {
    const soakMs = request.policy.gate?.soakMs ?? null;
    if (soakMs === null) return [];
    const { from, to } = request.transition;
    const name = nameCandidate(request);
    const entered =
      from !== null && Object.hasOwn(facts.stagesEntered, from) ? (facts.stagesEntered[from] ?? null) : null;
    const node = { id: 'soak', kind: 'soak', facts: { stage: from, entered, now: facts.now, soak_ms: soakMs } };
    if (from === null || entered === null) {
      const because = `${to} asks for ${nameDuration(soakMs)} in the stage before, and ${name} is ${from === null ? 'in no stage' : `not in ${from}`}.`;
      const address = addressCandidate(request, facts.candidate.identity);
      const remedy = `Promote it to the stage before ${to} first: weighbridge promote ${address} --to ${from ?? '<stage>'}.`;
      return [{ ...node, verdict: 'fail', because, remedy }];
    }
    const enteredMs = readTime(entered);
    const spentMs = requireNow(facts.now) - (enteredMs ?? Number.POSITIVE_INFINITY);
    if (enteredMs === null || spentMs < 0) {
      const because = `The ledger says that ${name} entered ${from} at "${entered}", which is no time before now (${facts.now}).`;
      return [
        {
          ...node,
          verdict: 'error',
          because,
          remedy: 'Check the clock of this machine, then run weighbridge audit verify.',
        },
      ];
    }
    const remainingMs = soakMs - spentMs;
    const spent = `${name} has been in ${from} for ${nameDuration(spentMs)}`;
    if (remainingMs <= 0)
      return [{ ...node, verdict: 'pass', because: `${spent}; ${nameDuration(soakMs)} are asked.` }];
    const because = `${spent}, ${nameDuration(remainingMs, 'up')} less than the ${nameDuration(soakMs)} asked.`;
    const until = new Date(enteredMs + soakMs).toISOString();
    return [
      {
        ...node,
        verdict: 'pending',
        because,
        remedy: `Wait until ${until}, then evaluate again: weighbridge gate ${request.model}.`,
      },
    ];
  },
});
