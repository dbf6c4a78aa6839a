import type { Digest } from '@weighbridge/core';
import type { StoredObject } from '@weighbridge/ports';
import { digestOf } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { leastMovedBytes, type MoveFacts, planMoves, type Wanted } from './plan-moves.js';

const [file, other, object, shared] = ['file', 'other', 'object', 'shared'].map(digestOf) as [
  Digest,
  Digest,
  Digest,
  Digest,
];

const want = (tier: Wanted['tier'], version = 'fraud@1.0.0'): Wanted => ({ tier, version, sizeBytes: 1 });

function stored(about: Digest, more: Partial<StoredObject> = {}): StoredObject {
  const facts = { key: 'key', sizeBytes: leastMovedBytes, storedAt: '2026-01-01T00:00:00.000Z', revision: '1' };
  return { ...facts, object: about, isCompressed: false, storageClass: 'STANDARD', ...more };
}

const rule = (storageClass: string, compress = false) => {
  return { class: storageClass, compress, afterMs: null, archivedMs: 0 };
};

function plan(given: Partial<MoveFacts>) {
  const facts: MoveFacts = {
    files: new Map([[file, want('cold')]]),
    objectsOf: new Map([[file, [object]]]),
    stored: [stored(object)],
    restored: new Set(),
    tiers: { hot: 'STANDARD', warm: rule('STANDARD_IA'), cold: rule('DEEP_ARCHIVE') },
    isArchive: (storageClass) => ['GLACIER', 'DEEP_ARCHIVE'].includes(storageClass),
    ...given,
  };
  const { moves, kept } = planMoves(facts);
  return { kept, moves: moves.map(({ object: { object: about, isCompressed }, to }) => [about, isCompressed, to]) };
}

const hot = new Map([[file, want('hot')]]);
const warm = new Map([[file, want('warm')]]);

describe('an object is moved', () => {
  test('to the class of its tier, and stays when it is there', () => {
    expect(plan({})).toEqual({ kept: 0, moves: [[object, false, 'DEEP_ARCHIVE']] });
    expect(plan({ files: warm })).toEqual({ kept: 0, moves: [[object, false, 'STANDARD_IA']] });
    expect(plan({ stored: [stored(object, { storageClass: 'DEEP_ARCHIVE' })] })).toEqual({ kept: 1, moves: [] });
    const isThere = { storageClass: 'STANDARD', sizeBytes: 1 };
    expect(plan({ files: hot, stored: [stored(object, isThere)] })).toEqual({ kept: 1, moves: [] });
  });

  test('for the hottest version that has it, whichever comes first', () => {
    const objectsOf = new Map([
      [file, [object, shared]],
      [other, [shared]],
    ]);
    const files: readonly (readonly [Digest, Wanted])[] = [
      [file, want('cold')],
      [other, want('hot', 'fraud@2.0.0')],
    ];
    const here = [stored(object), stored(shared)];
    for (const some of [files, [...files].reverse()]) {
      expect(plan({ files: new Map(some), objectsOf, stored: here })).toEqual({
        kept: 1,
        moves: [[object, false, 'DEEP_ARCHIVE']],
      });
    }
    const cold = here.map((each) => ({ ...each, storageClass: 'DEEP_ARCHIVE' }));
    expect(plan({ files: new Map(files), objectsOf, stored: cold }).moves).toEqual([[shared, false, 'STANDARD']]);
  });

  test('compressed, where it lies so', () => {
    const tiers = { hot: 'STANDARD', warm: null, cold: rule('DEEP_ARCHIVE', true) };
    const compressed = [stored(object, { isCompressed: true })];
    expect(plan({ tiers, stored: compressed }).moves).toEqual([[object, true, 'DEEP_ARCHIVE']]);
  });

  test('out of an archive when it is hot, however small it is', () => {
    const small = stored(object, { storageClass: 'DEEP_ARCHIVE', sizeBytes: 1 });
    expect(plan({ files: hot, stored: [small] }).moves).toEqual([[object, false, 'STANDARD']]);
  });
});

describe('an object stays where it is', () => {
  test('when no version has it', () => {
    expect(plan({ stored: [stored(shared)] })).toEqual({ kept: 0, moves: [] });
  });

  test('when it is small, restored for now, or in another archive', () => {
    expect(plan({ stored: [stored(object, { sizeBytes: leastMovedBytes - 1 })] }).kept).toBe(1);
    expect(plan({ restored: new Set([file]) }).kept).toBe(1);
    expect(plan({ stored: [stored(object, { storageClass: 'GLACIER' })] }).kept).toBe(1);
  });

  test('when it is a whole file that tells its size itself, and would go into an archive', () => {
    const own = { objectsOf: new Map([[file, [file]]]), stored: [stored(file, { isCompressed: true })] };
    expect(plan(own).kept).toBe(1);
    expect(plan({ ...own, files: warm }).moves).toEqual([[file, true, 'STANDARD_IA']]);
  });
});

describe('of an object that has two forms', () => {
  const forms = (plain: string, compressed: string) => [
    stored(object, { storageClass: plain }),
    stored(object, { storageClass: compressed, isCompressed: true }),
  ];

  test('none is moved, because one of them is about to go', () => {
    expect(plan({ stored: forms('STANDARD', 'STANDARD') })).toEqual({ kept: 1, moves: [] });
    expect(plan({ files: hot, stored: forms('STANDARD', 'DEEP_ARCHIVE') })).toEqual({ kept: 1, moves: [] });
    expect(plan({ stored: forms('GLACIER', 'STANDARD') })).toEqual({ kept: 1, moves: [] });
  });

  test('the one as it is comes out of an archive, so that the other can go', () => {
    for (const compressed of ['STANDARD', 'DEEP_ARCHIVE']) {
      const here = forms('DEEP_ARCHIVE', compressed);
      expect(plan({ files: hot, stored: here })).toEqual({ kept: 0, moves: [[object, false, 'STANDARD']] });
      expect(plan({ files: warm, stored: here })).toEqual({ kept: 0, moves: [[object, false, 'STANDARD_IA']] });
    }
  });
});
