import type { VerdictNode } from '@weighbridge/core';
import { describe, expect, it } from 'vitest';
import { renderVerdictMarkdown, renderVerdictText } from './render-checklist.js';

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
});
