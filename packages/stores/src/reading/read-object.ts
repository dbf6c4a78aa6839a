import { type Digest, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { Bucket, ByteRange, ObjectFacts } from '@weighbridge/ports';
import {
  compressedHeaderBytes,
  compressedKey,
  compressionLimits,
  expandObject,
  objectKey,
  readCompressedHeader,
} from '@weighbridge/storage';
import { inflate } from '../compression/deflating.js';

/**
 * Asks for an object, then for its compressed form, then for the object again: whoever moves between the two writes the
 * one before the other goes. Where the object is in an archive and its compressed form is not, that one is taken.
 */
export async function underEither<Result>(
  digest: Digest,
  plain: (key: string) => Promise<Result | null>,
  compressed: (key: string) => Promise<Result | null>,
): Promise<Result | null> {
  const key = objectKey(digest);
  const other = () => compressed(compressedKey(digest));
  try {
    return (await plain(key)) ?? (await other()) ?? (await plain(key));
  } catch (cause) {
    if (!(cause instanceof WeighbridgeError) || cause.code !== 'store/archived') throw cause;
    const found = await other();
    if (found === null) throw cause;
    return found;
  }
}

/** What a bucket says of an object, as it is or compressed; null when it has neither. The size is that of what lies there. */
export function describeHeld(bucket: Bucket, digest: Digest): Promise<ObjectFacts | null> {
  const ask = (key: string) => bucket.describe(key);
  return underEither(digest, ask, ask);
}

/** How many bytes an object has, or would have if it were not compressed. @throws store/corrupt */
export function sizeOfObject(bucket: Bucket, digest: Digest): Promise<number | null> {
  return underEither(
    digest,
    async (key) => (await bucket.describe(key))?.sizeBytes ?? null,
    () => readPlainSize(bucket, digest),
  );
}

/** How many bytes an object has by the head of its compressed form; null when there is none. @throws store/corrupt */
export async function readPlainSize(bucket: Bucket, digest: Digest): Promise<number | null> {
  const key = compressedKey(digest);
  const facts = await bucket.describe(key);
  if (facts === null) return null;
  const lengthBytes = Math.min(compressedHeaderBytes, facts.sizeBytes);
  const read = await bucket.read(key, { offset: 0, lengthBytes });
  return read === null ? null : readCompressedHeader(read.bytes, { digest, path: pathOf(bucket, key) }).sizeBytes;
}

/**
 * A range of an object and never more, whatever it has become. What is compressed is read whole, and has at most 16 MiB.
 * The bytes are not compared with the digest. They may lie in `into`, which is as long as the range.
 * @throws store/missing, store/corrupt when there are too few, or the compressed form is none
 */
export async function readObject(
  bucket: Bucket,
  digest: Digest,
  range: ByteRange,
  into?: Uint8Array,
): Promise<Uint8Array> {
  const end = range.offset + range.lengthBytes;
  const found = await underEither(
    digest,
    async (key) => {
      try {
        return (await bucket.read(key, range, into))?.bytes ?? null;
      } catch (cause) {
        const facts = await bucket.describe(key);
        if (facts === null || facts.sizeBytes >= end) throw cause;
        throw corruptObject(bucket, key, { digest, actual: `${facts.sizeBytes} bytes in all` });
      }
    },
    async (key) => {
      const whole = await readCompressed(bucket, digest);
      if (whole === null || whole.length >= end) return whole?.subarray(range.offset, end) ?? null;
      throw corruptObject(bucket, key, { digest, actual: `${whole.length} bytes in all` });
    },
  );
  if (found !== null) return found;
  throw weighbridgeError('store/missing', { address: bucket.address, digest });
}

/** The bytes that the compressed form of an object holds; null when there is none. @throws store/corrupt */
export async function readCompressed(bucket: Bucket, digest: Digest): Promise<Uint8Array | null> {
  const key = compressedKey(digest);
  const facts = await bucket.describe(key);
  if (facts !== null && facts.sizeBytes > compressionLimits.maxBytes) {
    throw corruptObject(bucket, key, { digest, actual: `${facts.sizeBytes} bytes, more than an object has` });
  }
  const read = facts === null ? null : await bucket.read(key);
  return read === null ? null : expandObject(read.bytes, { digest, path: pathOf(bucket, key) }, inflate);
}

/** The error of an object whose bytes are wrong. */
export function corruptObject(
  bucket: Bucket,
  key: string,
  { digest, actual }: { readonly digest: Digest; readonly actual: string },
) {
  return weighbridgeError('store/corrupt', { path: pathOf(bucket, key), expected: digest, actual });
}

function pathOf(bucket: Bucket, key: string): string {
  return `${bucket.address}/${key}`;
}
