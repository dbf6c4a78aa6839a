import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dvcHash } from './md5-while-reading.js';

const md5 = (bytes: Uint8Array | string) => createHash('md5').update(bytes).digest('hex');
const newMd5 = () => {
  const hash = createHash('md5');
  return { update: (bytes: Uint8Array) => void hash.update(bytes), digest: () => hash.digest() };
};

it('is that of the bytes and, for earlier releases, that with Unix line ends, however the bytes come', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.constantFrom(0x0d, 0x0a, 0x61), { maxLength: 4 })), fc.boolean(), (parts, old) => {
      const hash = dvcHash(newMd5, old);
      for (const part of parts) hash.update(Uint8Array.from(part));
      const whole = Buffer.from(parts.flat());
      const unix = whole.toString('latin1').replaceAll('\r\n', '\n');
      expect(hash.digests()).toEqual([md5(whole), ...(old ? [md5(Buffer.from(unix, 'latin1'))] : [])]);
    }),
  );
});
