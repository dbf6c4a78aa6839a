import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinChunks } from './chunked-body.js';

const chunk = (bytes: Uint8Array) =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
const last = Buffer.from('0\r\n\r\n');

test('property: any chunks are the body that they were cut from, and no beginning of them is one', () => {
  const bodies = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 4 });
  fc.assert(
    fc.property(bodies, fc.nat(), (pieces, cut) => {
      const sent = Buffer.concat([...pieces.map(chunk), last]);
      const whole = { body: Buffer.concat(pieces), lengthBytes: sent.length };
      expect(joinChunks(sent)).toEqual(whole);
      expect(joinChunks(Buffer.concat([sent, Buffer.from('HTTP/1.1')]))).toEqual(whole);
      expect(joinChunks(sent.subarray(0, cut % sent.length))).toBeNull();
    }),
    { seed: 3, numRuns: 300 },
  );
});

test.each([
  '3;a=b\r\nabc\r\n0\r\n\r\n',
  '0\r\nX: y\r\n\r\n',
  '-1\r\n',
  ' 3\r\nabc\r\n',
  '3\nabc\n',
  '3\r\nabcd\r\n',
  '123456789\r\n',
  '\r\n',
  'x',
])('leaves a doubt: %j', (text) => expect(joinChunks(Buffer.from(text))).toBe('unusual'));
