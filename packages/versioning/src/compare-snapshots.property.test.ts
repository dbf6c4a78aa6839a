import { type Bump, canonicalJson, compareBumps, largestBump } from '@weighbridge/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anySnapshot, shuffled } from '../test/any-snapshot.js';
import { pairs } from '../test/pairs/index.js';
import { buildSnapshot } from '../test/snapshot-builder.js';
import { type Change, compareSnapshots, identityOf, type Snapshot } from './index.js';

const run = { seed: 20261124, numRuns: 250 };
const policy = { preset: 'weights', rules: {} } as const;
const compare = (from: Snapshot, to: Snapshot): Change[] => compareSnapshots(from, to, { policy });
const bumpOf = (changes: readonly Change[]): Bump => largestBump(changes.map(({ bump }) => bump));

/** An order that has nothing to do with the content, the same for every run. */
const order = (salt: number) => (left: unknown, right: unknown) =>
  hash(canonicalJson(left), salt) - hash(canonicalJson(right), salt);

function hash(text: string, salt: number): number {
  let sum = salt;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return sum;
}

describe('any two snapshots', () => {
  test('are compared without an error, and each change has its rule', () => {
    fc.assert(
      fc.property(anySnapshot, anySnapshot, (from, to) => {
        for (const change of compare(from, to)) {
          expect(change.rule).toBe(`${change.facet}.${change.kind}`);
          expect(change.because.endsWith('.')).toBe(true);
          expect(canonicalJson(change)).not.toBe('');
        }
      }),
      run,
    );
  });

  test('do not differ from themselves', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        expect(compare(snapshot, structuredClone(snapshot))).toEqual([]);
      }),
      run,
    );
  });

  test('differ in the same whatever order their lists have', () => {
    fc.assert(
      fc.property(anySnapshot, anySnapshot, fc.nat(1000), fc.nat(1000), (from, to, one, other) => {
        const expected = compare(from, to);
        expect(compare(shuffled(from, order(one)), shuffled(to, order(other)))).toEqual(expected);
      }),
      run,
    );
  });

  test('keep their identity whatever order their lists have', () => {
    fc.assert(
      fc.property(anySnapshot, fc.nat(1000), (snapshot, salt) => {
        expect(canonicalJson(identityOf(shuffled(snapshot, order(salt))))).toBe(canonicalJson(identityOf(snapshot)));
      }),
      run,
    );
  });
});

describe('real pairs', () => {
  const built = pairs.map(({ from, to, ...rest }) => ({ ...rest, from: buildSnapshot(from), to: buildSnapshot(to) }));

  test.each(built)('$name: the order of lists says nothing', ({ from, to, options }) => {
    const all = { policy, ...options };
    const expected = compareSnapshots(from, to, all);
    for (const salt of [1, 2, 3]) {
      expect(compareSnapshots(shuffled(from, order(salt)), shuffled(to, order(salt + 7)), all)).toEqual(expected);
    }
  });

  const sameIdentity = built.filter(
    ({ from, to }) => canonicalJson(identityOf(from)) === canonicalJson(identityOf(to)),
  );
  test.each(sameIdentity)('$name: the same content moves no version', ({ from, to }) => {
    expect(bumpOf(compare(from, to))).toBe('none');
  });
  test('some of them have the same content', () => expect(sameIdentity.length).toBeGreaterThan(5));

  test('a further change never lowers the bump', () => {
    const index = fc.nat(pairs.length - 1);
    fc.assert(
      fc.property(index, index, (one, other) => {
        const [first, second] = [pairs[one], pairs[other]];
        fc.pre(first !== undefined && second !== undefined && areDisjoint(first, second));
        const both = bumpOf(
          compare(buildSnapshot({ ...first?.from, ...second?.from }), buildSnapshot({ ...first?.to, ...second?.to })),
        );
        const alone = [first, second].map((pair) =>
          bumpOf(compare(buildSnapshot(pair?.from), buildSnapshot(pair?.to))),
        );
        expect(compareBumps(both, largestBump(alone))).toBeGreaterThanOrEqual(0);
      }),
      { ...run, numRuns: 500 },
    );
  });
});

/** Two pairs that speak of different parts of a snapshot can be one. */
function areDisjoint(first: (typeof pairs)[number], second: (typeof pairs)[number]): boolean {
  const spoken = partsOf(first);
  return [...partsOf(second)].every((part) => !spoken.has(part));
}

function partsOf({ from, to, rules }: (typeof pairs)[number]): ReadonlySet<string> {
  // Of a base that stands in the manifest, too, the manifest is asked.
  const base = rules.includes('adapter.base-name') ? ['base'] : [];
  return new Set([...Object.keys(from), ...Object.keys(to), ...base]);
}
