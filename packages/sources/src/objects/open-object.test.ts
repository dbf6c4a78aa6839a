import type { ForeignBucket } from '@weighbridge/ports';
import { expectCode } from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import { openObject } from './open-object.js';

const reference = { scheme: 'gs', bucket: 'models', key: 'vocabulary.json', version: '7' } as const;

/** An object of so many bytes in a bucket that sends these for every range of it. */
function objectOf(sizeBytes: number, sent: Awaited<ReturnType<ForeignBucket['read']>>) {
  const bucket = { read: async () => sent } as Partial<ForeignBucket> as ForeignBucket;
  return openObject({ gs: () => bucket }, reference, sizeBytes);
}

test('a range of a whole that is longer than the object is none of the object', async () => {
  const sent = { bytes: new Uint8Array(4), revision: '7' };
  expect(await objectOf(4, { ...sent, wholeBytes: 4 }).read(0, 4)).toHaveLength(4);
  expect(await objectOf(4, sent).read(0, 4)).toHaveLength(4);
  await expectCode(objectOf(4, { ...sent, wholeBytes: 100 }).read(0, 4), 'source/changed');
});
