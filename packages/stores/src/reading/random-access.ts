import type { ByteSource } from '@weighbridge/formats';
import { invariant } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { locateParts } from '@weighbridge/storage';
import { openSegmentReader } from './segment-reader.js';
import type { StoredFile, StoredSegment } from './stored-file.js';

/** Whoever walks through a file reads the same segment again and again. */
const maxKept = 2;

/**
 * A stored file as a source. A read fetches the segments that it touches, compares them with their digests and keeps
 * the last two; of an object that is larger than a segment it fetches the range alone, which nothing can be compared
 * with.
 */
export function openRandomAccess(bucket: Bucket, file: StoredFile): ByteSource & { close(): Promise<void> } {
  const reader = openSegmentReader(bucket);
  const ends = file.segments.map(({ offset, lengthBytes }) => offset + lengthBytes);
  const kept = new Map<number, Promise<Uint8Array>>();

  async function readPart(segment: StoredSegment, offset: number, lengthBytes: number): Promise<Uint8Array> {
    if (segment.digest === null) {
      return reader.read({ ...segment, objectOffset: segment.objectOffset + offset, lengthBytes });
    }
    const reading = kept.get(segment.offset) ?? reader.readVerified(segment);
    kept.delete(segment.offset);
    kept.set(segment.offset, reading);
    for (const oldest of [...kept.keys()].slice(0, -maxKept)) kept.delete(oldest);
    try {
      return (await reading).subarray(offset, offset + lengthBytes);
    } catch (cause) {
      kept.delete(segment.offset);
      throw cause;
    }
  }

  return {
    name: file.digest,
    sizeBytes: file.sizeBytes,
    async read(offset, lengthBytes) {
      invariant(offset >= 0 && offset + lengthBytes <= file.sizeBytes, 'a range lies outside its file');
      const bytes = new Uint8Array(lengthBytes);
      let filled = 0;
      for (const part of locateParts(ends, { offset, lengthBytes })) {
        const segment = file.segments[part.index];
        invariant(segment !== undefined, 'a part lies in no segment');
        bytes.set(await readPart(segment, part.offset, part.lengthBytes), filled);
        filled += part.lengthBytes;
      }
      return bytes;
    },
    close: async () => kept.clear(),
  };
}
