import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitSections, type Section } from './fit-sections.js';

const budget = (limit: number) => ({ limit, lengthOf: (text: string) => text.length, elsewhere: 'Elsewhere.' });
const section = (name: string, length: number, rank: number | null): Section => ({
  name,
  markdown: name.repeat(length),
  rank,
});

describe('a report that is too long', () => {
  it('stays as it is while it fits', () => {
    const sections = [section('a', 10, null), section('b', 10, 1)];
    expect(fitSections(sections, budget(24))).toBe(`${'a'.repeat(10)}\n\n${'b'.repeat(10)}`);
  });

  it('loses whole sections, the lowest rank first and the last of equals first, and says which', () => {
    const sections = [section('a', 10, null), section('b', 100, 2), section('c', 100, 1), section('d', 100, 1)];
    expect(fitSections(sections, budget(300))).toBe(
      `${'a'.repeat(10)}\n\n${'b'.repeat(100)}\n\n${'c'.repeat(100)}\n\n_Left out for length: d. Elsewhere._`,
    );
    expect(fitSections(sections, budget(200))).toContain('Left out for length: d, c.');
  });

  it('keeps every section whole or not at all and never exceeds its limit, whatever the sections', () => {
    const sizes = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 4 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 400, max: 3_000 }), (list, limit) => {
        const sections = [
          section('head', 1, null),
          ...list.map(([length, rank], place) => ({
            name: `s${place}`,
            markdown: `<${place}>${'x'.repeat(length)}</${place}>`,
            rank,
          })),
        ];
        const text = fitSections(sections, budget(limit));
        expect(text.length).toBeLessThanOrEqual(limit);
        expect(text.startsWith('head')).toBe(true);
        const kept = sections.filter(({ markdown }) => text.includes(markdown));
        expect(text.match(/<\d+>/g) ?? []).toHaveLength(kept.length - 1);
        expect(text.includes('Left out for length')).toBe(kept.length < sections.length);
        const ranks = (list: readonly Section[]) => list.flatMap(({ rank }) => rank ?? []);
        const lost = ranks(sections.filter((each) => !kept.includes(each)));
        expect(Math.max(-1, ...lost)).toBeLessThanOrEqual(Math.min(9, ...ranks(kept)));
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
