import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunkLimits } from './chunk.js';
import { type ByteSpan, cutLimits, planCut } from './cut.js';

const limits = {
  maxSegmentBytes: 16,
  wholeFileBytes: 4,
  maxPieces: 40,
  minChunkBytes: 4,
  maxByContentBytes: 100,
  tableTailBytes: [8, 4],
};
const cut = (sizeBytes: number, ...spans: readonly (readonly [number, number])[]) =>
  plan(
    sizeBytes,
    spans.map(([startByte, endByte]) => ({ startByte, endByte })),
  );
const plan = (sizeBytes: number, spans: readonly ByteSpan[]) =>
  planCut(sizeBytes, spans, limits).map(({ offset, lengthBytes, byContent }) =>
    byContent ? [offset, lengthBytes, 'by content'] : [offset, lengthBytes],
  );

describe('planCut', () => {
  test('an empty file is one empty piece', () => expect(cut(0)).toEqual([[0, 0]]));

  test('a small file is one piece, whatever is in it', () => expect(cut(4, [1, 3])).toEqual([[0, 4]]));

  test('header, tensors and gaps are pieces', () =>
    expect(cut(30, [12, 20], [4, 12], [22, 28])).toEqual([
      [0, 4],
      [4, 8],
      [12, 8],
      [20, 2],
      [22, 6],
      [28, 2],
    ]));

  test('what lies between tensors is cut by its content, unless it is small', () =>
    expect(cut(40, [5, 10], [12, 20])).toEqual([
      [0, 5, 'by content'],
      [5, 5],
      [10, 2],
      [12, 8],
      [20, 20, 'by content'],
    ]));

  test('a file of which nothing is known is cut by its content, and a very large one at fixed places', () => {
    expect(cut(100)).toEqual([[0, 100, 'by content']]);
    expect(cut(101)).toEqual([...[0, 16, 32, 48, 64, 80].map((offset) => [offset, 16]), [96, 5]]);
  });

  test('spans that overlap cover what lies in any of them', () =>
    expect(cut(40, [0, 30], [5, 10])).toEqual([
      [0, 5],
      [5, 5],
      [10, 16],
      [26, 4],
      [30, 10, 'by content'],
    ]));

  test('the end of a table is cut in smaller steps, so that further rows leave most of it as it was', () => {
    const table = (endByte: number) => plan(60, [{ startByte: 3, endByte, isTable: true }]).slice(1, -1);
    expect(table(49)).toEqual([
      [3, 16],
      [19, 16],
      [35, 8],
      [43, 4],
      [47, 2],
    ]);
    expect(table(50).slice(0, 4)).toEqual(table(49).slice(0, 4));
  });

  test('large tensors are cut at multiples from their start', () =>
    expect(cut(60, [3, 43])).toEqual([
      [0, 3],
      [3, 16],
      [19, 16],
      [35, 8],
      [43, 17, 'by content'],
    ]));

  test('equal tensors at other places give equal pieces', () => {
    const lengths = (start: number) =>
      planCut(start + 50, [{ startByte: start, endByte: start + 50 }], limits)
        .filter(({ offset }) => offset >= start)
        .map(({ lengthBytes }) => lengthBytes);
    expect(lengths(5)).toEqual(lengths(23));
  });

  test('too many boundaries are none', () => {
    const spans = Array.from({ length: 100 }, (_, index): [number, number] => [index * 2, index * 2 + 1]);
    expect(cut(200, ...spans)).toEqual(cut(200));
  });

  test('what could have too many pieces by its content is cut at fixed places, between its tensors too', () => {
    // Two stretches of 80 bytes come to 40 pieces of 4 bytes at most, and the tensor between them is one more.
    expect(cut(160 + 8, [80, 88])).toEqual([
      ...[0, 16, 32, 48, 64].map((offset) => [offset, 16]),
      [80, 8],
      ...[88, 104, 120, 136, 152].map((offset) => [offset, 16]),
    ]);
    expect(cut(156 + 8, [80, 88])).toEqual([
      [0, 80, 'by content'],
      [80, 8],
      [88, 76, 'by content'],
    ]);
  });

  test('no content makes more pieces of a file than a recipe takes', () => {
    const gibibyte = 1024 ** 3;
    const spans = Array.from({ length: 30 }, (_, index) => {
      return { startByte: (index + 1) * gibibyte - 100, endByte: (index + 1) * gibibyte };
    });
    const most = planCut(30 * gibibyte, spans).reduce((sum, { byContent, lengthBytes }) => {
      return sum + (byContent ? Math.ceil(lengthBytes / chunkLimits.minBytes) : 1);
    }, 0);
    expect(most).toBeLessThanOrEqual(cutLimits.maxPieces);
  });

  test('property: pieces cover the file, in order, none too large, whatever the spans say', () => {
    const wild = fc.oneof(
      fc.integer({ min: -100, max: 700 }),
      fc.constantFrom(Number.NaN, Infinity, -Infinity, 1.5, 2 ** 60),
    );
    fc.assert(
      fc.property(fc.nat(600), fc.array(fc.tuple(wild, wild), { maxLength: 20 }), (sizeBytes, spans) => {
        const pieces = planCut(
          sizeBytes,
          spans.map(([startByte, endByte]) => ({ startByte, endByte })),
          { ...limits, maxPieces: 1000 },
        );
        let position = 0;
        for (const { offset, lengthBytes, byContent } of pieces) {
          expect(offset).toBe(position);
          expect(lengthBytes).toBeLessThanOrEqual(byContent ? limits.maxByContentBytes : limits.maxSegmentBytes);
          if (sizeBytes > 0) expect(lengthBytes).toBeGreaterThan(0);
          position += lengthBytes;
        }
        expect(position).toBe(sizeBytes);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('property: each end of a span is a boundary', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 600 }),
        fc.array(fc.tuple(fc.nat(600), fc.nat(600))),
        (sizeBytes, spans) => {
          const pieces = planCut(
            sizeBytes,
            spans.map(([startByte, endByte]) => ({ startByte, endByte })),
            { ...limits, maxPieces: 1000 },
          );
          const starts = new Set(pieces.map(({ offset }) => offset));
          for (const point of spans.flat()) if (point < sizeBytes) expect(starts.has(point)).toBe(true);
        },
      ),
      { seed: 2, numRuns: 200 },
    );
  });

  test('a file of 4 TiB is the largest that is cut within the bound', () => {
    expect(planCut(cutLimits.maxPieces * cutLimits.maxSegmentBytes, []).length).toBe(cutLimits.maxPieces);
  });
});
