import { type Digest, formatDigest, weighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { cutLimits } from '@weighbridge/storage';
import { openInlineLane } from '../hashing/hash-lane.js';
import { type Batch, batchNeighbours } from '../transfer/batch-neighbours.js';
import { openInFlight } from '../transfer/in-flight.js';
import type { TransferMeans } from '../transfer/means.js';
import { checkBytes, openSegmentReader } from './segment-reader.js';
import type { StoredFile, StoredSegment } from './stored-file.js';

/** So many buffers are filled at once: the bucket holds each answer besides until it is copied. */
const maxBatches = 4;

/** What happens to bytes on their way. */
export interface Streaming {
  readonly bucket: Bucket;
  readonly means: TransferMeans;
  /** The bytes of a segment that are at hand already and were found to be right, so that they need not be fetched. */
  recall?(segment: StoredSegment, target: Uint8Array): Promise<boolean>;
  /**
   * An open file that gets the bytes, in their order, from its start once more when the first time something was wrong:
   * until the whole has been found to be right, nobody may take them for the file.
   */
  readonly copyTo?: { readonly fd: number };
  /** Everything up to there was read, and written where it is to be. */
  reached?(offset: number): void;
}

/**
 * Reads a file to its end, several buffers at once and in order, and compares its digest with what it should be. Only
 * when they differ each segment is compared, too, in a second reading: what was damaged on the way is mended by that, and
 * an object that is damaged where it lies is named. @throws store/missing, store/corrupt
 */
export async function streamFile(file: StoredFile, streaming: Streaming): Promise<void> {
  if (file.segments.length === 1) return moveTwice(file, streaming);
  const { cutFiles } = streaming.means;
  await cutFiles.take(1);
  await moveTwice(file, streaming).finally(() => cutFiles.give(1));
}

async function moveTwice(file: StoredFile, streaming: Streaming): Promise<void> {
  const first = await moveFile(file, streaming, { comparesSegments: false });
  if (first === file.digest) return;
  const second = await moveFile(file, streaming, { comparesSegments: true });
  if (second === file.digest) return;
  const path = `${streaming.bucket.address} (${file.digest})`;
  throw weighbridgeError('store/corrupt', { path, expected: file.digest, actual: `${second}` });
}

/** The digest of all that was read. @throws store/missing, and store/corrupt where segments are compared */
async function moveFile(
  file: StoredFile,
  streaming: Streaming,
  { comparesSegments }: { readonly comparesSegments: boolean },
): Promise<Digest | null> {
  const { threads, threadedBytes } = streaming.means;
  const lane = file.sizeBytes >= threadedBytes ? threads.borrow() : openInlineLane();
  const inFlight = openInFlight();
  const reader = openSegmentReader(streaming.bucket);
  let inOrder: Promise<unknown> = Promise.resolve();
  let actual: Digest | null = null;

  /**
   * Ends when hashing and writing of these bytes has begun, in the order of the file: the thread that does it has the
   * next ones in line before it is done with these.
   */
  async function begin(batch: Batch<StoredSegment>, bytes: Uint8Array, before: Promise<unknown>): Promise<Begun> {
    // All of them, whatever becomes of one: the buffer is somebody else's as soon as this has ended.
    const filled = await Promise.allSettled(batch.parts.map((segment) => fill(segment, viewOf(segment, batch, bytes))));
    for (const each of filled) if (each.status === 'rejected') throw each.reason as Error;
    await before;
    if (comparesSegments) await compareSegments(batch, bytes, streaming.bucket);
    const last = batch.offset + batch.lengthBytes === file.sizeBytes;
    const copyTo =
      streaming.copyTo === undefined ? {} : { copyTo: { fd: streaming.copyTo.fd, position: batch.offset } };
    return { digests: lane.run(bytes, [{ stream: 0, start: 0, end: bytes.length, last, ...copyTo }]) };
  }

  async function move(batch: Batch<StoredSegment>, beginning: Promise<Begun>): Promise<void> {
    const [whole] = await (await beginning).digests;
    streaming.reached?.(batch.offset + batch.lengthBytes);
    if (whole !== undefined) actual = formatDigest(whole);
  }

  async function fill(segment: StoredSegment, target: Uint8Array): Promise<void> {
    if ((await streaming.recall?.(segment, target)) === true) return;
    const bytes = await reader.read(segment, target);
    if (isSame(bytes, target)) return;
    // Too few bytes are found by their digest.
    target.set(bytes.subarray(0, target.length));
    target.fill(0, bytes.length);
  }

  try {
    for (const batch of batchNeighbours(file.segments, cutLimits.maxSegmentBytes)) {
      await inFlight.below(maxBatches);
      const loan = await streaming.means.buffers.borrow(batch.lengthBytes);
      const beginning = begin(batch, loan.bytes, inOrder);
      inOrder = beginning;
      inFlight.add(move(batch, beginning).finally(() => loan.release()));
    }
    await inFlight.below(1);
  } finally {
    await inFlight.settled();
    await lane.close();
  }
  return actual;
}

/** Bytes that are being hashed and written; nothing touches their buffer when the promise has settled. */
interface Begun {
  readonly digests: Promise<readonly Uint8Array[]>;
}

/** In this thread, since it is seldom needed. @throws store/corrupt for the first that is not what it should be */
async function compareSegments(batch: Batch<StoredSegment>, bytes: Uint8Array, bucket: Bucket): Promise<void> {
  const known = batch.parts.filter(({ digest }) => digest !== null);
  const steps = known.map(({ offset, lengthBytes }, stream) => {
    const start = offset - batch.offset;
    return { stream, start, end: start + lengthBytes, last: true };
  });
  const digests = await openInlineLane().run(bytes, steps);
  for (const [index, segment] of known.entries()) checkBytes(bucket, segment, digests[index] ?? new Uint8Array(0));
}

function isSame(bytes: Uint8Array, target: Uint8Array): boolean {
  return bytes.buffer === target.buffer && bytes.byteOffset === target.byteOffset && bytes.length === target.length;
}

function viewOf(segment: StoredSegment, batch: Batch<StoredSegment>, bytes: Uint8Array): Uint8Array {
  const start = segment.offset - batch.offset;
  return bytes.subarray(start, start + segment.lengthBytes);
}
