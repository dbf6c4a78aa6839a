import { createHash } from 'node:crypto';
import { type Digest, formatDigest, invariant } from '@weighbridge/core';
import { compareCodePoints, type TensorRange } from '@weighbridge/formats';
import type { Piece } from '@weighbridge/storage';
import type { HashStep } from '../hashing/hash-lane.js';
import type { Batch } from '../transfer/batch-neighbours.js';

/** The hashing that one buffer asks for: its pieces, and the tensors that end or go on in it. */
export interface BatchSteps {
  readonly pieces: readonly HashStep[];
  readonly tensors: readonly HashStep[];
  /** Takes the digests that the steps gave. */
  found(pieces: readonly Uint8Array[], tensors: readonly Uint8Array[]): void;
}

/** Digests of pieces and tensors of one file; a tensor that is exactly one piece is hashed once. */
export interface TensorStreams {
  /** Whether some tensors are not exactly one piece, and hashed besides. */
  readonly hasTensors: boolean;
  /** To be asked for each buffer, in the order of the file. */
  next(batch: Batch<Piece>): BatchSteps;
  /** By name, sorted; whole when all digests were found. */
  digests(): ReadonlyMap<string, Digest>;
}

interface OpenRange {
  readonly range: TensorRange;
  readonly stream: number;
}

/** @param ranges sorted by their first byte, as tensorRangesIn gives them */
export function openTensorStreams(ranges: readonly TensorRange[], pieces: readonly Piece[]): TensorStreams {
  const found = new Map<string, Digest>();
  const pieceEnds = ranges.length === 0 ? new Map<number, number>() : endsByStart(pieces);
  const whole = new Map<number, TensorRange>();
  const waiting: TensorRange[] = [];
  let streams = 0;
  let open: OpenRange[] = [];
  let next = 0;

  const tell = ({ names }: TensorRange, sha256: Uint8Array) =>
    names.forEach((name) => found.set(name, formatDigest(sha256)));

  for (const range of ranges) {
    if (range.startByte === range.endByte) tell(range, createHash('sha256').digest());
    else if (pieceEnds.get(range.startByte) === range.endByte) whole.set(range.startByte, range);
    else waiting.push(range);
  }

  function stepsOf(batch: Batch<Piece>, { range, stream }: OpenRange): HashStep {
    const end = batch.offset + batch.lengthBytes;
    return {
      stream,
      start: Math.max(range.startByte - batch.offset, 0),
      end: Math.min(range.endByte, end) - batch.offset,
      last: range.endByte <= end,
    };
  }

  return {
    hasTensors: waiting.length > 0,
    next(batch) {
      const end = batch.offset + batch.lengthBytes;
      const ofPieces = batch.parts.map(({ offset, lengthBytes }) => {
        const start = offset - batch.offset;
        return { stream: streams++, start, end: start + lengthBytes, last: true };
      });
      for (let range = waiting[next]; range !== undefined && range.startByte < end; range = waiting[++next]) {
        open.push({ range, stream: streams++ });
      }
      const ofTensors = open.map((each) => stepsOf(batch, each));
      const ended = open.filter(({ range }) => range.endByte <= end);
      open = open.filter(({ range }) => range.endByte > end);
      return {
        pieces: ofPieces,
        tensors: ofTensors,
        found(pieces, tensors) {
          invariant(pieces.length === batch.parts.length && tensors.length === ended.length, 'digests were lost');
          for (const [index, { offset }] of batch.parts.entries()) {
            const range = whole.get(offset);
            if (range !== undefined) tell(range, pieces[index] ?? new Uint8Array(0));
          }
          for (const [index, { range }] of ended.entries()) tell(range, tensors[index] ?? new Uint8Array(0));
        },
      };
    },
    digests: () => new Map([...found].sort(([left], [right]) => compareCodePoints(left, right))),
  };
}

function endsByStart(pieces: readonly Piece[]): ReadonlyMap<number, number> {
  return new Map(pieces.map(({ offset, lengthBytes }) => [offset, offset + lengthBytes]));
}
