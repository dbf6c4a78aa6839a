import { type Digest, formatDigest, invariant } from '@weighbridge/core';
import { isPacked, objectKey, type Piece, type Segment } from '@weighbridge/storage';
import { type Budget, openBudget } from '../buffers.js';
import type { CompressedFinder } from '../compression/find-compressed.js';
import type { IngestWatch } from '../collection/watch.js';
import { type ObjectKeeper, placeObject } from '../place-object.js';
import { openInFlight } from '../transfer/in-flight.js';
import type { LikePieces } from './like-pieces.js';
import { openPackWriter, type PackedPiece } from './pack-writer.js';

/** Objects of one file that are sent at once. */
const maxUploads = 8;

/** Stores the pieces of one file, each distinct one once. */
export interface SegmentWriter {
  /**
   * Stores neighbouring pieces and waits for those that are objects; calls for one file have to follow its order, and
   * may overlap. The buffer may change when the promise has settled.
   */
  write(
    pieces: readonly Piece[],
    read: (piece: Piece) => Uint8Array,
    digests: Promise<readonly Uint8Array[]>,
  ): Promise<void>;
  /** Waits for the packs and answers what was written. */
  finish(): Promise<Written>;
  /** Waits until nothing is being sent, whatever became of it. */
  settled(): Promise<void>;
}

/** What became of the pieces of a file. */
export interface Written {
  readonly segments: readonly Segment[];
  readonly storedBytes: number;
  /** Whether a damaged object was replaced. */
  readonly healed: boolean;
}

interface Placed {
  readonly digest: Digest;
  readonly lengthBytes: number;
  readonly at: PackedPiece | Segment['packed'];
}

/** What a writer writes to. */
export interface WriterPlace {
  readonly keeper: ObjectKeeper;
  readonly watch: IngestWatch;
  readonly findCompressed: CompressedFinder;
}

/** Nothing written yet. */
export function openSegmentWriter({ keeper, watch, findCompressed }: WriterPlace, like: LikePieces): SegmentWriter {
  const uploads: Budget = openBudget(maxUploads);
  const placed: Placed[] = [];
  const known = new Map<Digest, Placed>();
  let storedBytes = 0;
  let healed = false;
  let inOrder: Promise<void> = Promise.resolve();

  async function storeObject(body: readonly Uint8Array[], sha256: Uint8Array, sizeBytes: number): Promise<void> {
    const digest = formatDigest(sha256);
    const liesCompressed = () => findCompressed(digest);
    await uploads.take(1);
    try {
      const object = { key: objectKey(digest), about: digest, body, sizeBytes, sha256, liesCompressed };
      const outcome = await placeObject(keeper, object);
      if (outcome !== 'present') storedBytes += sizeBytes;
      healed ||= outcome === 'healed';
      await watch.placed(digest, outcome);
    } finally {
      uploads.give(1);
    }
  }

  const packs = openPackWriter(storeObject);

  /** Where a new small piece goes; null when it is to be an object. */
  async function placeSmall(piece: Piece, bytes: Uint8Array, sha256: Uint8Array): Promise<Placed['at']> {
    const found = await like.find(formatDigest(sha256));
    if (found === 'object') return null;
    if (found === null) return packs.add(bytes, { sha256, byContent: piece.byContent ?? false });
    await watch.shares(found.pack);
    return found;
  }

  return {
    async write(pieces, read, digests) {
      const objects = openInFlight();
      const before = inOrder;
      const placing = (async () => {
        const [found] = await Promise.all([digests, before]);
        for (const [index, piece] of pieces.entries()) {
          const sha256 = found[index];
          invariant(sha256 !== undefined, 'a piece has no digest');
          const digest = formatDigest(sha256);
          const bytes = read(piece);
          const again = known.get(digest);
          const at =
            again?.at ?? (again === undefined && isPacked(piece) ? await placeSmall(piece, bytes, sha256) : null);
          const segment = { digest, lengthBytes: bytes.length, at };
          if (again === undefined) {
            known.set(digest, segment);
            if (at === null) objects.add(storeObject([bytes], sha256, bytes.length));
          }
          placed.push(segment);
        }
      })();
      inOrder = placing;
      try {
        await placing;
        await objects.below(1);
      } finally {
        await objects.settled();
      }
    },
    async finish() {
      await packs.finish();
      return { segments: placed.map(toSegment), storedBytes, healed };
    },
    settled: () => packs.settled(),
  };
}

/** A pack of one piece is an object that is named by that piece. */
function toSegment({ digest, lengthBytes, at }: Placed): Segment {
  if (at === null) return { digest, lengthBytes, packed: null };
  const { pack, offset } = at;
  if (typeof pack === 'string') return { digest, lengthBytes, packed: { pack, offset } };
  invariant(pack.digest !== null, 'a pack was never stored');
  return { digest, lengthBytes, packed: pack.pieces === 1 ? null : { pack: pack.digest, offset } };
}
