import type { Reference, RemoteReference } from '@weighbridge/manifest';
import type { ForeignBucket } from '@weighbridge/ports';

/** A reference to an object. */
export type ObjectReference = Extract<RemoteReference, { readonly scheme: 's3' | 'gs' | 'az' }>;

/** How each kind of object store is asked, by the name of a bucket, `container@account` at Azure; absent: not at all. */
export type ForeignBuckets = Readonly<Partial<Record<ObjectReference['scheme'], (bucket: string) => ForeignBucket>>>;

/** Why nothing is asked, worded as in Pinning. */
export interface Unasked {
  readonly because: string;
  readonly remedy: string;
}

/** What each service calls the version of an object. */
export const versionWords = { s3: 'versionId', gs: 'generation', az: 'versionid' } as const;

/** The bucket of a reference; or why it is not asked. */
export function bucketOf(buckets: ForeignBuckets, reference: ObjectReference): ForeignBucket | Unasked {
  const { scheme, bucket, key } = reference;
  const open = buckets[scheme];
  if (open === undefined) {
    const remedy = `Write the ${versionWords[scheme]} of the object into the reference.`;
    return { because: `no ${scheme}:// service is asked here`, remedy };
  }
  if (scheme === 'az' && !/^[^@]+@[^@]+$/.test(bucket)) {
    return { because: 'it does not say in which account', remedy: 'Write az://container@account/blob.' };
  }
  // In an address these climb, and another object would be looked at.
  if (key.split('/').some((part) => part === '.' || part === '..')) {
    return { because: 'the key has a part "." or ".."', remedy: 'Correct the key.' };
  }
  return open(bucket);
}

/** Whether a reference is to an object. */
export function isObjectReference(reference: Reference): reference is ObjectReference {
  return reference.scheme === 's3' || reference.scheme === 'gs' || reference.scheme === 'az';
}
