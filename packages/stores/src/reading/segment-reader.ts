import { createHash } from 'node:crypto';
import { type Digest, formatDigest, weighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { objectKey, packLimits } from '@weighbridge/storage';
import { openBudget } from '../buffers.js';
import { corruptObject, readObject, sizeOfObject } from './read-object.js';
import type { StoredSegment } from './stored-file.js';

/** Files refer to packs of a few older files at a time, in the order in which they were written. */
const maxPacks = 4;

/** Requests of one reader that run at once. */
const maxRequests = 16;

/** Reads segments of one file from a bucket; packs are fetched once for all the pieces in them that follow soon. */
export interface SegmentReader {
  /**
   * Its bytes, not compared with its digest; they may lie in `into`, which is as long as the segment.
   * @throws store/missing, store/corrupt when there are too few
   */
  read(segment: StoredSegment, into?: Uint8Array): Promise<Uint8Array>;
  /** The same, compared. @throws store/corrupt besides */
  readVerified(segment: StoredSegment): Promise<Uint8Array>;
}

/** Opens a reader; what it keeps is four packs at most. */
export function openSegmentReader(bucket: Bucket): SegmentReader {
  const packs = new Map<Digest, Promise<Uint8Array>>();
  const requests = openBudget(maxRequests);

  async function inTurn(run: () => Promise<Uint8Array>): Promise<Uint8Array> {
    await requests.take(1);
    try {
      return await run();
    } finally {
      requests.give(1);
    }
  }

  async function readPack(pack: Digest): Promise<Uint8Array> {
    const known = packs.get(pack);
    packs.delete(pack);
    const reading = known ?? inTurn(() => readPackObject(bucket, pack));
    packs.set(pack, reading);
    for (const oldest of [...packs.keys()].slice(0, -maxPacks)) packs.delete(oldest);
    try {
      return await reading;
    } catch (cause) {
      // What failed is asked for again by the next read: a service that was out of reach comes back.
      if (packs.get(pack) === reading) packs.delete(pack);
      throw cause;
    }
  }

  async function read(segment: StoredSegment, into?: Uint8Array): Promise<Uint8Array> {
    const { object, objectOffset: offset, lengthBytes, digest } = segment;
    if (segment.isWholeObject || digest === null) {
      return inTurn(() => readObject(bucket, object, { offset, lengthBytes }, into));
    }
    const pack = await readPack(object);
    return pack.subarray(offset, offset + lengthBytes);
  }

  return {
    read,
    async readVerified(segment) {
      const bytes = await read(segment);
      if (segment.digest !== null) checkBytes(bucket, segment, createHash('sha256').update(bytes).digest());
      return bytes;
    },
  };
}

/** @throws store/corrupt when the digest is not that of the segment */
export function checkBytes(bucket: Bucket, segment: StoredSegment, sha256: Uint8Array): void {
  const actual = formatDigest(sha256);
  if (segment.digest === null || actual === segment.digest) return;
  throw weighbridgeError('store/corrupt', { path: pathOf(bucket, segment.object), expected: segment.digest, actual });
}

/** A pack is read whole, unless it is larger than packs are: then somebody else put it there. */
async function readPackObject(bucket: Bucket, pack: Digest): Promise<Uint8Array> {
  const sizeBytes = await sizeOfObject(bucket, pack);
  if (sizeBytes === null) throw weighbridgeError('store/missing', { address: bucket.address, digest: pack });
  if (sizeBytes > packLimits.maxBytes) {
    const actual = `${sizeBytes} bytes, more than a pack has`;
    throw corruptObject(bucket, objectKey(pack), { digest: pack, actual });
  }
  return readObject(bucket, pack, { offset: 0, lengthBytes: sizeBytes });
}

function pathOf(bucket: Bucket, object: Digest): string {
  return `${bucket.address}/${objectKey(object)}`;
}
