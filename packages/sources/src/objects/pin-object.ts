import { WeighbridgeError } from '@weighbridge/core';
import { formatReference } from '@weighbridge/manifest';
import type { Pinning } from '@weighbridge/ports';
import { bucketOf, type ForeignBuckets, type ObjectReference, versionWords } from './foreign-buckets.js';

/**
 * An object by its version where the bucket keeps versions, else by a checksum over all its bytes that the service has
 * (SHA-256, or MD5). Cloud Storage gives every object a generation, which is its version here. An object that is neither
 * versioned nor summed up that way cannot be pinned: its ETag changes with the way it was uploaded, or is none of its
 * bytes.
 */
export async function pinObject(buckets: ForeignBuckets, reference: ObjectReference): Promise<Pinning> {
  const bucket = bucketOf(buckets, reference);
  if ('because' in bucket) return { pinned: null, ...bucket };
  try {
    const found = await bucket.describe(reference.key, reference.version);
    if (found === null) return unpinned('there is no such object', 'Correct the bucket and the key.');
    if (found.version !== null) return { pinned: formatReference({ ...reference, version: found.version }) };
    if (found.sha256 !== null) return { pinned: `sha256:${found.sha256}` };
    if (found.md5 !== null) return { pinned: `md5:${found.md5}` };
    return unpinned(
      'its bucket keeps no versions and no checksum of the whole object',
      `Turn on versioning of the bucket and write the ${versionWords[reference.scheme]}, or upload it with a SHA-256 checksum.`,
    );
  } catch (error) {
    return { pinned: null, ...refusalOf(error) };
  }
}

/** An error of a service as an answer; mistakes of our own are thrown again. */
export function refusalOf(error: unknown): { readonly because: string; readonly remedy: string } {
  if (!(error instanceof WeighbridgeError) || error.exitCode === 70) throw error;
  return { because: error.message.replace(/\.$/, ''), remedy: error.remedy };
}

function unpinned(because: string, remedy: string): Pinning {
  return { pinned: null, because, remedy };
}
