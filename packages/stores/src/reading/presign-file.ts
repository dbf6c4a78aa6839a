import { type Digest, weighbridgeError } from '@weighbridge/core';
import type { Bucket, PresignedPart } from '@weighbridge/ports';
import { objectKey } from '@weighbridge/storage';
import { eachQuestion, findListed } from './find-listed.js';
import { describeHeld } from './read-object.js';
import type { StoredFile, StoredSegment } from './stored-file.js';

type Part = Pick<StoredSegment, 'object' | 'objectOffset' | 'lengthBytes'>;

/** Addresses of a file's parts in order; null where the bucket has none. @throws store/missing, store/compressed */
export async function presignFile(
  bucket: Bucket,
  file: StoredFile,
  options: { readonly expiresInSeconds: number },
): Promise<readonly PresignedPart[] | null> {
  const addresses = new Map<Digest, string>();
  const parts: PresignedPart[] = [];
  for (const { object, objectOffset, lengthBytes } of joinNeighbours(file.segments)) {
    const url = addresses.get(object) ?? (await bucket.presign(objectKey(object), options));
    if (url === null) return null;
    addresses.set(object, url);
    parts.push({ url, offset: objectOffset, lengthBytes });
  }
  if (parts.length === 0) {
    throw weighbridgeError('store/missing', { address: bucket.address, digest: file.digest });
  }
  await requirePlain(bucket, new Set(addresses.keys()));
  return parts;
}

/** An address answers what lies under a key, and that has to be the bytes. */
async function requirePlain(bucket: Bucket, objects: ReadonlySet<Digest>): Promise<void> {
  const listed = await findListed(bucket, 'sha256/', objects);
  await eachQuestion(
    [...objects].filter((object) => !listed.has(object)),
    (object) => askPlain(bucket, object),
  );
}

async function askPlain(bucket: Bucket, object: Digest): Promise<void> {
  const held = await describeHeld(bucket, object);
  if (held === null) throw weighbridgeError('store/missing', { address: bucket.address, digest: object });
  if (held.key !== objectKey(object)) {
    throw weighbridgeError('store/compressed', { path: `${bucket.address}/${held.key}` });
  }
}

/** Pieces that lie behind one another in one pack are one part. */
function joinNeighbours(segments: readonly StoredSegment[]): readonly Part[] {
  const parts: Part[] = [];
  for (const { object, objectOffset, lengthBytes } of segments) {
    const last = parts.at(-1);
    const follows = last?.object === object && last.objectOffset + last.lengthBytes === objectOffset;
    if (last !== undefined && follows) {
      parts[parts.length - 1] = { ...last, lengthBytes: last.lengthBytes + lengthBytes };
    } else {
      parts.push({ object, objectOffset, lengthBytes });
    }
  }
  return parts;
}
