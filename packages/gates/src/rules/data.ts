import type { VerdictNode } from '@weighbridge/core';
import { defineRule } from '../rule.js';
import { listWords, nameCandidate, offerWaiver } from '../wording.js';

const shownSources = 20;

/**
 * Data and base model by references that name the same bytes tomorrow: what cannot be pinned is refused, one child for
 * each. Changed by naming a revision, a version or a digest, or by letting the job ask the service that keeps it.
 */
export const dataRule = defineRule({
  kind: 'data',
  needs: ['candidate', 'data'],
  judge(request, facts): readonly VerdictNode[] {
    if (request.policy.gate?.data !== 'pinned') return [];
    const node = { id: 'data', kind: 'data' };
    const { data } = facts;
    if (data === undefined) {
      const remedy = 'Run the gate again with this release of Weighbridge.';
      return [{ ...node, verdict: 'error', because: 'Nobody looked whether the data is pinned.', remedy }];
    }
    const moving = data.filter(({ pinned }) => pinned === null);
    const told = { sources: data.length, unpinned: moving.length };
    if (moving.length === 0) {
      const because = data.length === 0 ? 'It names no data and no base.' : `All ${data.length} sources are pinned.`;
      return [{ ...node, verdict: 'pass', because, facts: told }];
    }
    const children = moving.slice(0, shownSources).map(({ name, ref }): VerdictNode => {
      return {
        id: `data/${name}`,
        kind: 'data',
        verdict: 'fail',
        because: `${name} (${ref}) may change without a trace.`,
        remedy: `Name ${name} by an immutable revision, object version or digest; "weighbridge version" says why it cannot be pinned.`,
      };
    });
    const names = moving.slice(0, shownSources).map(({ name }) => name);
    const because = `${nameCandidate(request)} rests on what cannot be pinned: ${listWords(names)}.`;
    const remedy = `Name an immutable revision, object version or digest, or give the job what it needs to ask the service (docs/data.md), ${offerWaiver(request, 'data', facts.candidate.identity)}.`;
    return [{ ...node, verdict: 'fail', because, remedy, facts: told, children }];
  },
});
