import { weighbridgeError } from '@weighbridge/core';
import { formatReference } from '@weighbridge/manifest';
import { bucketOf, type ForeignBuckets, type ObjectReference } from './foreign-buckets.js';

/** An address that lets its holder read an object for so long; null where nobody can make one. @throws source/unread, store/* */
export async function presignObject(
  buckets: ForeignBuckets,
  reference: ObjectReference,
  options: { readonly expiresInSeconds: number },
): Promise<string | null> {
  const bucket = bucketOf(buckets, reference);
  if ('because' in bucket)
    throw weighbridgeError('source/unread', { reference: formatReference(reference), ...bucket });
  return bucket.presign(reference.key, reference.version, options);
}
