import { createHash } from 'node:crypto';
import { type Digest, formatDigest } from '@weighbridge/core';
import { openFileSource } from './file-source.js';

/** 1 MiB: larger buffers hash no faster, smaller ones cost system calls. */
const chunkBytes = 1024 * 1024;

/** What one pass over a file tells of it. */
export interface Hashed {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** SHA-256 of a file in one pass, with one buffer whatever its size. @throws store/io */
export async function hashFile(path: string): Promise<Hashed> {
  const source = await openFileSource(path);
  try {
    const hash = createHash('sha256');
    const buffer = new Uint8Array(chunkBytes);
    let sizeBytes = 0;
    for (let filled = -1; filled !== 0; sizeBytes += filled) {
      filled = await source.readInto(buffer, sizeBytes);
      hash.update(buffer.subarray(0, filled));
    }
    return { digest: formatDigest(hash.digest()), sizeBytes };
  } finally {
    await source.close();
  }
}
