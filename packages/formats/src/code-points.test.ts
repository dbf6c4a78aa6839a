import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareCodePoints } from './code-points.js';

test('texts are ordered as their UTF-8 bytes are', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\ue000', '\uffff', '😀', '😁', '\u{10ffff}') });
  fc.assert(
    fc.property(text, text, (left, right) => {
      expect(Math.sign(compareCodePoints(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
    }),
    { numRuns: 2000, seed: 11 },
  );
});
