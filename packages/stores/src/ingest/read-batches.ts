import type { ByteSource } from '@weighbridge/formats';
import { chunkLimits, cutLimits, endOfChunk, type Piece, type Stretch } from '@weighbridge/storage';
import type { Buffers, Loan } from '../buffers.js';
import { type Batch, batchNeighbours } from '../transfer/batch-neighbours.js';
import { readSource } from './read-source.js';

/** Neighbouring pieces of a file and the buffer that holds their bytes; whoever takes it releases the buffer. */
export interface ReadBatch {
  readonly batch: Batch<Piece>;
  readonly loan: Loan;
  /** The part of the buffer that is theirs. */
  readonly bytes: Uint8Array;
}

/**
 * Reads a source once, forwards, into one buffer after the other, and finds the pieces of what is to be cut by its
 * content. @throws store/source-changed when the source ends before its size
 */
export async function* readBatches(
  source: ByteSource,
  stretches: readonly Stretch[],
  buffers: Buffers,
): AsyncGenerator<ReadBatch> {
  let known: Stretch[] = [];
  for (const stretch of stretches) {
    if (!stretch.byContent) {
      known.push(stretch);
      continue;
    }
    yield* readKnown(source, known, buffers);
    known = [];
    yield* readUnknown(source, stretch, buffers);
  }
  yield* readKnown(source, known, buffers);
}

async function* readKnown(source: ByteSource, pieces: readonly Piece[], buffers: Buffers): AsyncGenerator<ReadBatch> {
  if (pieces.length === 0) return;
  for (const batch of batchNeighbours(pieces, cutLimits.maxSegmentBytes)) {
    const loan = await borrowFilled(buffers, batch.lengthBytes, (bytes) => readSource(source, bytes, batch.offset));
    yield { batch, loan, bytes: loan.bytes };
  }
}

/** A chunk that goes on behind a buffer begins the next one, so that buffers do not show in the cut. */
async function* readUnknown(source: ByteSource, stretch: Stretch, buffers: Buffers): AsyncGenerator<ReadBatch> {
  const end = stretch.offset + stretch.lengthBytes;
  let carried = new Uint8Array(0);
  for (let offset = stretch.offset; offset < end; ) {
    const loan = await borrowFilled(buffers, Math.min(cutLimits.maxSegmentBytes, end - offset), (bytes) => {
      bytes.set(carried);
      return readSource(source, bytes.subarray(carried.length), offset + carried.length);
    });
    const parts = chunksIn(loan.bytes, { offset, isEnd: offset + loan.bytes.length === end });
    const lengthBytes = parts.reduce((sum, part) => sum + part.lengthBytes, 0);
    carried = loan.bytes.slice(lengthBytes);
    yield { batch: { offset, lengthBytes, parts }, loan, bytes: loan.bytes.subarray(0, lengthBytes) };
    offset += lengthBytes;
  }
}

function chunksIn(bytes: Uint8Array, { offset, isEnd }: { offset: number; isEnd: boolean }): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = endOfChunk(bytes, { start, isEnd, limits: chunkLimits });
    if (end === null) break;
    pieces.push({ offset: offset + start, lengthBytes: end - start, byContent: true });
    start = end;
  }
  return pieces;
}

async function borrowFilled(
  buffers: Buffers,
  lengthBytes: number,
  fill: (bytes: Uint8Array) => Promise<void>,
): Promise<Loan> {
  const loan = await buffers.borrow(lengthBytes);
  try {
    await fill(loan.bytes);
    return loan;
  } catch (cause) {
    loan.release();
    throw cause;
  }
}
