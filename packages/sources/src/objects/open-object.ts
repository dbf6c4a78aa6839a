import { WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { formatReference } from '@weighbridge/manifest';
import type { ByteRange, ForeignBucket, RemoteFiles } from '@weighbridge/ports';
import { bucketOf, type ForeignBuckets, type ObjectReference } from './foreign-buckets.js';

type OpenRemote = Awaited<ReturnType<RemoteFiles['open']>>;

/** An object by ranges, all of one revision. @throws source/unread, and in a read source/gone, source/changed, store/* */
export function openObject(buckets: ForeignBuckets, reference: ObjectReference, sizeBytes: number): OpenRemote {
  const address = formatReference(reference);
  const bucket = bucketOf(buckets, reference);
  if ('because' in bucket) throw weighbridgeError('source/unread', { reference: address, ...bucket });
  let revision: string | null = null;
  return {
    name: address,
    sizeBytes,
    async read(offset, lengthBytes) {
      if (lengthBytes === 0) return new Uint8Array(0);
      const found = await readInside(bucket, reference, { offset, lengthBytes });
      if (found === null) throw weighbridgeError('source/gone', { address });
      // A range of what the service made of the object, such as its content decompressed, is none of the object.
      if (found !== 'outside' && found.wholeBytes !== undefined && found.wholeBytes !== sizeBytes) {
        const what = `the service sent ${found.wholeBytes} bytes as the whole, which has ${sizeBytes}`;
        throw weighbridgeError('source/changed', { address, what });
      }
      revision ??= found === 'outside' ? null : found.revision;
      if (found !== 'outside' && revision === found.revision) return found.bytes;
      throw weighbridgeError('source/changed', { address, what: 'it was written over while it was read' });
    },
    close: async () => {},
  };
}

/** A range that was inside when the object was looked at can be outside of what was written since. */
async function readInside(bucket: ForeignBucket, { key, version }: ObjectReference, range: ByteRange) {
  try {
    return await bucket.read(key, version, range);
  } catch (error) {
    if (error instanceof WeighbridgeError && error.code === 'core/invariant') return 'outside' as const;
    throw error;
  }
}
