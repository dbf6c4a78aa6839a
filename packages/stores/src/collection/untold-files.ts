import { type Digest, WeighbridgeError } from '@weighbridge/core';
import type { Bucket, CollectionOutcome } from '@weighbridge/ports';
import { sizeOfObject } from '../reading/read-object.js';

const readsAtOnce = 16;

/** What Store.describe says of a file whose one object cannot be read. */
const toldCodes: readonly string[] = ['store/archived', 'store/corrupt'];

/** Which of some files that are compressed objects do not tell how long they are, and why. */
export async function findUntold(bucket: Bucket, files: readonly Digest[]): Promise<CollectionOutcome['untold']> {
  const untold: CollectionOutcome['untold'][number][] = [];
  for (let start = 0; start < files.length; start += readsAtOnce) {
    const some = files.slice(start, start + readsAtOnce);
    const faults = await Promise.all(some.map((digest) => faultOf(bucket, digest)));
    for (const [index, digest] of some.entries()) {
      const fault = faults[index] ?? null;
      if (fault !== null) untold.push({ digest, fault });
    }
  }
  return untold;
}

async function faultOf(bucket: Bucket, digest: Digest): Promise<WeighbridgeError | null> {
  try {
    await sizeOfObject(bucket, digest);
    return null;
  } catch (cause) {
    if (cause instanceof WeighbridgeError && toldCodes.includes(cause.code)) return cause;
    throw cause;
  }
}
