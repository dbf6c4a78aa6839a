import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locateParts } from './locate.js';

test('a range inside one segment, over an edge, and of no bytes', () => {
  expect(locateParts([4, 10], { offset: 5, lengthBytes: 2 })).toEqual([{ index: 1, offset: 1, lengthBytes: 2 }]);
  expect(locateParts([4, 10], { offset: 3, lengthBytes: 2 })).toEqual([
    { index: 0, offset: 3, lengthBytes: 1 },
    { index: 1, offset: 0, lengthBytes: 1 },
  ]);
  expect(locateParts([4, 10], { offset: 4, lengthBytes: 0 })).toEqual([]);
});

test('property: the parts of any range are the bytes of that range', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { minLength: 1 }), fc.nat(), fc.nat(), (lengths, start, length) => {
      const segments: number[][] = [];
      let position = 0;
      for (const bytes of lengths) segments.push(Array.from({ length: bytes }, () => position++));
      const offset = start % (position + 1);
      const lengthBytes = length % (position - offset + 1);
      let end = 0;
      const ends = lengths.map((bytes) => (end += bytes));
      const read = locateParts(ends, { offset, lengthBytes }).flatMap((part) =>
        (segments[part.index] ?? []).slice(part.offset, part.offset + part.lengthBytes),
      );
      expect(read).toEqual(Array.from({ length: lengthBytes }, (_, index) => offset + index));
    }),
    { seed: 5, numRuns: 500 },
  );
});
