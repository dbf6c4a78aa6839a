import { createHash } from 'node:crypto';
import type { Sha256Stream } from '@weighbridge/core';

/** SHA-256 of one buffer, by node:crypto. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

/** MD5 of a stream, by which DVC names what it tracks; nothing is trusted for it. */
export function newMd5(): Sha256Stream {
  const hash = createHash('md5');
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
}

/** SHA-256 of a stream, by node:crypto. */
export function newHash(): Sha256Stream {
  const hash = createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
}
