import { type Digest, formatDigest, type Sha256Stream } from '@weighbridge/core';
import type { ByteSource } from '@weighbridge/formats';

/** Reads that nobody asked for go through buffers of this size. */
const chunkBytes = 1024 * 1024;

/** A source that is hashed whole by the reads that come by. */
export interface HashedSource {
  /** Reads forwards are hashed; what lies between two of them is read for it. Reads backwards cost what they cost. */
  readonly source: ByteSource;
  /** SHA-256 of all bytes; reads what nobody asked for yet. */
  digest(): Promise<Digest>;
}

/** Hashes a whole source while something else reads it forwards, so that its bytes are read once. */
export function hashWhileReading(source: ByteSource, hash: Sha256Stream): HashedSource {
  const fed = feedWhileReading(source, hash);
  return {
    source: fed.source,
    async digest() {
      await fed.finish();
      return formatDigest(hash.digest());
    },
  };
}

/** Gives all bytes of a source to a hash, in their order, while something else reads it. */
export function feedWhileReading(
  source: ByteSource,
  hash: Pick<Sha256Stream, 'update'>,
): {
  readonly source: ByteSource;
  /** Reads what nobody asked for yet. */
  finish(): Promise<void>;
} {
  const { name, sizeBytes } = source;
  let hashed = 0;

  async function read(offset: number, lengthBytes: number): Promise<Uint8Array> {
    await hashUpTo(offset);
    const bytes = await source.read(offset, lengthBytes);
    if (offset + bytes.length > hashed) {
      hash.update(bytes.subarray(hashed - offset));
      hashed = offset + bytes.length;
    }
    return bytes;
  }

  async function hashUpTo(end: number): Promise<void> {
    while (hashed < end) {
      const bytes = await source.read(hashed, Math.min(chunkBytes, end - hashed));
      hash.update(bytes);
      hashed += bytes.length;
      // A source that ends early tells so itself; this only keeps its digest from waiting for ever.
      if (bytes.length === 0) return;
    }
  }

  return {
    source: { name, sizeBytes, read },
    finish: () => hashUpTo(sizeBytes),
  };
}
