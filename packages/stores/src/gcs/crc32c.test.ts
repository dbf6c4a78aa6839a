import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32c } from './crc32c.js';

const hex = (sum: string) => Buffer.from(sum, 'base64').toString('hex');
const ramp = (from: number, step: number) => Uint8Array.from({ length: 32 }, (_, at) => from + step * at);

// RFC 3720, B.4, which writes the bytes in the other order; the check value is that of every catalogue of CRCs.
test.each([
  ['nothing', new Uint8Array(0), '00000000'],
  ['123456789', Buffer.from('123456789'), 'e3069283'],
  ['32 bytes of zero', new Uint8Array(32), '8a9136aa'],
  ['32 bytes of ones', new Uint8Array(32).fill(0xff), '62a8ab43'],
  ['0 to 31', ramp(0, 1), '46dd794e'],
  ['31 to 0', ramp(31, -1), '113fdb5c'],
])('%s', (_, bytes, expected) => {
  expect(hex(crc32c([bytes]))).toBe(expected);
});

test('it does not matter where a body is cut', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), fc.nat(100), (bytes, one, other) => {
      const [first, second] = [Math.min(one, other), Math.max(one, other)];
      const pieces = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)];
      expect(crc32c(pieces)).toBe(crc32c([bytes]));
    }),
    { seed: 1 },
  );
});

test('every bit counts', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(), (bytes, at) => {
      const other = bytes.slice();
      other[at % bytes.length] = (other[at % bytes.length] ?? 0) ^ (1 << (at % 8));
      expect(crc32c([other])).not.toBe(crc32c([bytes]));
    }),
    { seed: 2 },
  );
});
