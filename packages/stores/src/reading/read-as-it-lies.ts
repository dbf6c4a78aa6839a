import { WeighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';

/** Whether a service was asked for bytes, however often, and none came that it vouches for: its disk or its checksum says so. */
export function isUnreadable({ code, fields }: WeighbridgeError): boolean {
  return code === 'store/io' && fields['action'] === 'read';
}

/**
 * The whole object, also where its bytes are not those of the checksum that the service keeps with them: a range is
 * compared with nothing. For whoever looks at the bytes themselves, or keeps them for people to look at. Null when there
 * is no object. @throws as Bucket.read, where not even that can be read
 */
export async function readAsItLies(bucket: Bucket, key: string): ReturnType<Bucket['read']> {
  try {
    return await bucket.read(key);
  } catch (cause) {
    if (!(cause instanceof WeighbridgeError) || !isUnreadable(cause)) throw cause;
    const facts = await bucket.describe(key);
    return facts === null ? null : bucket.read(key, { offset: 0, lengthBytes: facts.sizeBytes });
  }
}
