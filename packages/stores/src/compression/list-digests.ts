import type { Digest } from '@weighbridge/core';
import type { Bucket, HeldForm, ObjectFacts } from '@weighbridge/ports';
import { compressedKey, digestOfKey, objectKey } from '@weighbridge/storage';

/** What a bucket says of every key under a prefix that is about a digest, by that digest. */
export async function listDigests(bucket: Bucket, prefix: string): Promise<ReadonlyMap<Digest, ObjectFacts>> {
  const found = new Map<Digest, ObjectFacts>();
  for await (const facts of bucket.list(prefix)) {
    const digest = digestOfKey(facts.key);
    if (digest !== null) found.set(digest, facts);
  }
  return found;
}

/** Every object that lies there, as it is and then compressed; what is no object is left out. */
export async function* listForms(
  bucket: Bucket,
): AsyncGenerator<ObjectFacts & { readonly object: Digest; readonly isCompressed: boolean }> {
  for (const isCompressed of [false, true]) {
    const keyOf = isCompressed ? compressedKey : objectKey;
    for await (const facts of bucket.list(isCompressed ? 'compressed/' : 'sha256/')) {
      const object = digestOfKey(facts.key);
      if (object !== null && facts.key === keyOf(object)) yield { ...facts, object, isCompressed };
    }
  }
}

/** As StoreArranger.list. */
export async function* listHeld(bucket: Bucket): AsyncGenerator<HeldForm> {
  for await (const { object, isCompressed, sizeBytes, storageClass = null } of listForms(bucket)) {
    yield { object, isCompressed, sizeBytes, storageClass };
  }
}
