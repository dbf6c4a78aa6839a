import type { VerdictNode } from '@weighbridge/core';
import { defineRule } from '../rule.js';

/**
 * Whether the stage still asks for the version that the change replaces, so that of two changes of one stage only one
 * can win. Changed by bringing the branch up to date.
 */
export const pointerRule = defineRule({
  kind: 'pointer',
  needs: ['pointer'],
  judge(_request, { pointer }): readonly VerdictNode[] {
    if (pointer === undefined) return [];
    const { stage, expected, found } = pointer;
    const node = { id: 'pointer', kind: 'pointer', facts: { stage, expected, found } };
    const named = (version: string | null) => version ?? 'no version';
    if (expected === found) {
      return [{ ...node, verdict: 'pass', because: `${stage} asks for ${named(found)}, which this change replaces.` }];
    }
    const because = `This change replaces ${named(expected)} in ${stage}, and the base asks for ${named(found)} there since another change was merged.`;
    const remedy = `Bring the branch up to date with its base, and decide again whether ${stage} should move.`;
    return [{ ...node, verdict: 'fail', because, remedy }];
  },
});
