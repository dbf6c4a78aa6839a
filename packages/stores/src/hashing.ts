import { createHash } from 'node:crypto';
import { type Digest, formatDigest, weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '@weighbridge/formats';
import { type FileSource, openFileSource } from './file-source.js';

/** 1 MiB: larger buffers hash no faster, smaller ones cost system calls. */
const chunkBytes = 1024 * 1024;

export interface Hashed {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** SHA-256 of a file in one pass, with two buffers whatever its size. @throws store/io, store/source-changed */
export async function hashFile(path: string): Promise<Hashed> {
  const source = await openFileSource(path);
  try {
    return await hashSource(source);
  } finally {
    await source.close();
  }
}

/**
 * SHA-256 of a source in one pass. `visit` sees every chunk in order; the chunk's buffer is used again as soon as the
 * returned promise settles. @throws store/source-changed when the source ends early or goes on past its size.
 */
export async function hashSource(
  source: ByteSource,
  visit?: (chunk: Uint8Array, offset: number) => Promise<void>,
): Promise<Hashed> {
  const hash = createHash('sha256');
  const readChunk = chunkReader(source);
  let offset = 0;
  let chunk = await readChunk(0);
  while (chunk.length > 0 && offset + chunk.length <= source.sizeBytes) {
    const following = offset + chunk.length;
    // The next chunk is on its way from the disk while this one is hashed and written.
    [chunk] = await Promise.all([readChunk(following), take(chunk, offset)]);
    offset = following;
  }
  if (chunk.length > 0 || offset !== source.sizeBytes) throw changed(source, offset + chunk.length);
  return { digest: formatDigest(hash.digest()), sizeBytes: offset };

  async function take(bytes: Uint8Array, at: number): Promise<void> {
    hash.update(bytes);
    await visit?.(bytes, at);
  }
}

/** Reads chunk after chunk into two alternating buffers where the source can, and answers no bytes at the end. */
function chunkReader(source: ByteSource): (offset: number) => Promise<Uint8Array> {
  if (!isFileSource(source)) {
    return async (offset) => {
      const lengthBytes = Math.min(chunkBytes, source.sizeBytes - offset);
      return lengthBytes > 0 ? source.read(offset, lengthBytes) : new Uint8Array(0);
    };
  }
  // One byte more than a small file has, so that growth shows.
  const bufferBytes = Math.min(chunkBytes, source.sizeBytes + 1);
  const buffers = [Buffer.allocUnsafeSlow(bufferBytes), Buffer.allocUnsafeSlow(bufferBytes)];
  let turn = 0;
  return async (offset) => {
    const buffer = buffers[turn++ % 2] as Uint8Array;
    return buffer.subarray(0, await source.readInto(buffer, offset));
  };
}

function isFileSource(source: ByteSource): source is FileSource {
  return 'readInto' in source && typeof source.readInto === 'function';
}

function changed(source: ByteSource, actualBytes: number) {
  return weighbridgeError('store/source-changed', {
    source: source.name,
    expectedBytes: source.sizeBytes,
    actualBytes,
  });
}
