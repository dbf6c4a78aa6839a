import type { Digest } from '@weighbridge/core';
import type { Bucket, ObjectFacts } from '@weighbridge/ports';
import { compressedKey, digestOfKey } from '@weighbridge/storage';

/** What a bucket says of every key under a prefix that is about a digest, by that digest. */
export async function listDigests(bucket: Bucket, prefix: string): Promise<ReadonlyMap<Digest, ObjectFacts>> {
  const found = new Map<Digest, ObjectFacts>();
  for await (const facts of bucket.list(prefix)) {
    const digest = digestOfKey(facts.key);
    if (digest !== null) found.set(digest, facts);
  }
  return found;
}

/** As StoreArranger.listCompressed. */
export async function* listCompressed(
  bucket: Bucket,
): AsyncGenerator<{ readonly object: Digest; readonly sizeBytes: number }> {
  for await (const { key, sizeBytes } of bucket.list('compressed/')) {
    const object = digestOfKey(key);
    if (object !== null && key === compressedKey(object)) yield { object, sizeBytes };
  }
}
