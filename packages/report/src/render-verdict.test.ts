import type { VerdictNode } from '@weighbridge/core';
import { describe, expect, it } from 'vitest';
import { renderVerdictMarkdown, renderVerdictText, whyNot } from './render-verdict.js';

const leaf = (id: string, verdict: VerdictNode['verdict']): VerdictNode => ({
  id,
  kind: 'metric',
  verdict,
  because: `${id} because`,
  remedy: `mend ${id}`,
});

describe('verdicts', () => {
  const tree: VerdictNode[] = [
    leaf('good', 'pass'),
    { ...leaf('group', 'fail'), children: [leaf('inner', 'fail'), leaf('soft', 'warn')] },
    leaf('late', 'pending'),
  ];

  it('show each requirement once, with what mends it unless it passed', () => {
    const text = renderVerdictText(tree);
    for (const id of ['good', 'group', 'inner', 'soft', 'late'])
      expect(text.match(new RegExp(` ${id}: `, 'g'))).toHaveLength(1);
    expect(text).toContain('mend inner');
    expect(text).not.toContain('mend good');
    expect(renderVerdictMarkdown(tree)).toContain('❌ **inner**');
  });

  it('name the first that blocks and count the others', () => {
    expect(whyNot(tree)).toEqual({ because: 'inner because (and 1 more)', remedy: 'mend inner' });
    expect(whyNot([leaf('good', 'pass')]).because).toBe('nothing blocks it');
    // What failed within a waived gate holds nothing back.
    const waived = { ...leaf('accuracy', 'waived'), children: [leaf('bound', 'fail')] };
    expect(whyNot([waived, leaf('people', 'pending')])).toEqual({ because: 'people because', remedy: 'mend people' });
    const open = { ...leaf('outer', 'pending'), children: [leaf('done', 'pass')] };
    expect(whyNot([open]).because).toBe('outer because');
  });
});
