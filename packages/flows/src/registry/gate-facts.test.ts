import type { Version } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import { describe, expect, test } from 'vitest';
import { resolveBaseline } from './gate-facts.js';

const catalogue = (
  versions: readonly string[],
  parts: { readonly deprecated?: readonly string[]; readonly stages?: Record<string, string | null> } = {},
): ModelCatalogue => {
  const listed = versions.map((version) => ({ version, deprecated: parts.deprecated?.includes(version) === true }));
  const pointers = { stages: parts.stages ?? {}, aliases: { champion: versions[0] } };
  return { versions: listed as unknown as CatalogueVersion[], ...pointers } as unknown as ModelCatalogue;
};
const resolve = (known: ModelCatalogue | null, ref: string, candidate: string | null) =>
  resolveBaseline(known, ref, candidate as Version | null)?.version ?? null;

describe('the baseline called previous', () => {
  const known = catalogue(['1.2.0', '1.2.1', '1.3.0-rc.1', '1.3.0', '1.10.0', '2.0.0']);
  test.each([
    [null, '2.0.0'],
    ['2.1.0', '2.0.0'],
    ['2.0.0', '1.10.0'],
    ['1.10.0', '1.3.0'],
    // A hotfix of an old line is compared with that line, and a final version not with its own candidates.
    ['1.2.2', '1.2.1'],
    ['1.3.0', '1.2.1'],
    ['1.3.0-rc.2', '1.2.1'],
    ['2.0.0-pr.17.3', '1.10.0'],
    ['1.2.0', null],
    ['1.0.0', null],
  ])('of %s is %s', (candidate, previous) => {
    expect(resolve(known, 'previous', candidate)).toBe(previous);
  });
  test('is never a deprecated one, and none where there is no catalogue', () => {
    expect(resolve(catalogue(['1.0.0', '1.1.0'], { deprecated: ['1.1.0'] }), 'previous', '1.2.0')).toBe('1.0.0');
    expect(resolve(catalogue(['1.0.0'], { deprecated: ['1.0.0'] }), 'previous', '1.2.0')).toBe(null);
    expect(resolve(null, 'previous', '1.2.0')).toBe(null);
  });
});

test('other refs', () => {
  const known = catalogue(['1.0.0', '1.1.0'], { stages: { production: '1.0.0', staging: null } });
  expect(resolve(known, 'stage:production', '1.2.0')).toBe('1.0.0');
  expect(resolve(known, 'stage:staging', '1.2.0')).toBe(null);
  expect(resolve(known, 'stage:other', '1.2.0')).toBe(null);
  expect(resolve(known, 'alias:champion', '1.2.0')).toBe('1.0.0');
  expect(resolve(known, '1.1.0', '1.2.0')).toBe('1.1.0');
  expect(resolve(known, '3.0.0', '1.2.0')).toBe(null);
});
