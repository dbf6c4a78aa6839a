import { type Digest, formatDigest, weighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { cutLimits } from '@weighbridge/storage';
import { type FileHasher, openFileHasher } from '../hashing/file-hasher.js';
import { type Batch, batchNeighbours } from '../transfer/batch-neighbours.js';
import { openInFlight } from '../transfer/in-flight.js';
import type { TransferMeans } from '../transfer/means.js';
import { checkBytes, openSegmentReader } from './segment-reader.js';
import type { StoredFile, StoredSegment } from './stored-file.js';

/** So many buffers are filled at once: the bucket holds each answer besides until it is copied. */
const maxBatches = 4;

/** What happens to bytes that were found to be right. */
export interface Streaming {
  readonly bucket: Bucket;
  readonly means: TransferMeans;
  /** The bytes of a segment that are at hand already and were found to be right, so that they need not be fetched. */
  recall?(segment: StoredSegment, target: Uint8Array): Promise<boolean>;
  /** Called in the order of the file; the buffer is used again when the promise settles. */
  write?(bytes: Uint8Array, offset: number): Promise<void>;
}

/**
 * Reads a file to its end, several buffers at once and in order, and compares the digest of each segment and that of
 * the file with what they should be. @throws store/missing, store/corrupt
 */
export async function streamFile(file: StoredFile, streaming: Streaming): Promise<void> {
  if (file.segments.length === 1) return moveFile(file, streaming);
  const { cutFiles } = streaming.means;
  await cutFiles.take(1);
  await moveFile(file, streaming).finally(() => cutFiles.give(1));
}

async function moveFile(file: StoredFile, streaming: Streaming): Promise<void> {
  const hasher = openFileHasher({ isThreaded: file.sizeBytes >= streaming.means.threadedBytes, hasTensors: false });
  const inFlight = openInFlight();
  const reader = openSegmentReader(streaming.bucket);
  let inOrder: Promise<unknown> = Promise.resolve();
  let actual: Digest | null = null;

  async function move(batch: Batch<StoredSegment>, bytes: Uint8Array, before: Promise<unknown>): Promise<void> {
    await Promise.all(batch.parts.map((segment) => fill(segment, viewOf(segment, batch, bytes))));
    await before;
    const digest = await compare({ file, batch, bytes, hasher, bucket: streaming.bucket });
    actual = digest ?? actual;
    await streaming.write?.(bytes, batch.offset);
  }

  async function fill(segment: StoredSegment, target: Uint8Array): Promise<void> {
    if ((await streaming.recall?.(segment, target)) === true) return;
    const bytes = await reader.read(segment);
    // Too few bytes are found by their digest.
    target.set(bytes.subarray(0, target.length));
    target.fill(0, bytes.length);
  }

  try {
    for (const batch of batchNeighbours(file.segments, cutLimits.maxSegmentBytes)) {
      await inFlight.below(maxBatches);
      const loan = await streaming.means.buffers.borrow(batch.lengthBytes);
      const moving = move(batch, loan.bytes, inOrder).finally(() => loan.release());
      inOrder = moving;
      inFlight.add(moving);
    }
    await inFlight.below(1);
  } finally {
    await inFlight.settled();
    await hasher.close();
  }
  if (actual === file.digest) return;
  const path = `${streaming.bucket.address} (${file.digest})`;
  throw weighbridgeError('store/corrupt', { path, expected: file.digest, actual: `${actual}` });
}

interface Comparing {
  readonly file: StoredFile;
  readonly batch: Batch<StoredSegment>;
  readonly bytes: Uint8Array;
  readonly hasher: FileHasher;
  readonly bucket: Bucket;
}

/** The digest of the file when this is its last part. @throws store/corrupt */
async function compare({ file, batch, bytes, hasher, bucket }: Comparing): Promise<Digest | null> {
  const last = batch.offset + batch.lengthBytes === file.sizeBytes;
  const isOneObject = file.segments.length === 1;
  const known = isOneObject ? [] : batch.parts.filter(({ digest }) => digest !== null);
  const steps = known.map(({ offset, lengthBytes }, stream) => {
    const start = offset - batch.offset;
    return { stream, start, end: start + lengthBytes, last: true };
  });
  const [digests, [whole]] = await Promise.all([
    hasher.pieces.run(bytes, steps),
    hasher.file.run(bytes, [{ stream: 0, start: 0, end: bytes.length, last }]),
  ]);
  for (const [index, segment] of known.entries()) checkBytes(bucket, segment, digests[index] ?? new Uint8Array(0));
  const [only] = batch.parts;
  if (isOneObject && only !== undefined && whole !== undefined) checkBytes(bucket, only, whole);
  return whole === undefined ? null : formatDigest(whole);
}

function viewOf(segment: StoredSegment, batch: Batch<StoredSegment>, bytes: Uint8Array): Uint8Array {
  const start = segment.offset - batch.offset;
  return bytes.subarray(start, start + segment.lengthBytes);
}
