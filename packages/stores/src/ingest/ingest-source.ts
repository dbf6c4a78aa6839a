import { type Digest, formatDigest, invariant, parseDigest, weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '@weighbridge/formats';
import type { Ingested, IngestOptions } from '@weighbridge/ports';
import { cutLimits, objectKey, type Piece, planCut, type Stretch } from '@weighbridge/storage';
import { openFileHasher } from '../hashing/file-hasher.js';
import { openInlineLane } from '../hashing/hash-lane.js';
import type { CompressedFinder } from '../compression/find-compressed.js';
import type { CollectionWatch, IngestWatch } from '../collection/watch.js';
import { type ObjectKeeper, placeObject } from '../place-object.js';
import type { Batch } from '../transfer/batch-neighbours.js';
import { openInFlight } from '../transfer/in-flight.js';
import type { TransferMeans } from '../transfer/means.js';
import { commitRecipe } from './commit-recipe.js';
import { openLikePieces } from './like-pieces.js';
import { readBatches } from './read-batches.js';
import { readSource, refuseGrowth } from './read-source.js';
import { openSegmentWriter, type Written } from './segment-writer.js';
import { planTensors } from './tensor-plan.js';
import { openTensorStreams, type TensorStreams } from './tensor-streams.js';

/** What an ingest writes to and works in. */
export interface IngestPlace {
  readonly keeper: ObjectKeeper;
  readonly means: TransferMeans;
  readonly watch: CollectionWatch;
  readonly findCompressed: CompressedFinder;
}

/**
 * Reads a source once, forwards: from the same buffers come the digest of the file, those of its pieces and tensors, and
 * what is sent. Header and end of a model file are read once more, to know where its tensors are.
 * @throws as Store.ingest
 */
export async function ingestSource(place: IngestPlace, source: ByteSource, options: IngestOptions): Promise<Ingested> {
  const expected = options.expected === undefined ? null : parseDigest(options.expected);
  const { spans, ranges } = await planTensors(source, options.header);
  const stretches = planCut(source.sizeBytes, spans);
  if (stretches.length > cutLimits.maxPieces) {
    const limitBytes = cutLimits.maxPieces * cutLimits.maxSegmentBytes;
    throw weighbridgeError('store/too-large', { source: source.name, sizeBytes: source.sizeBytes, limitBytes });
  }
  const tensors = openTensorStreams(
    ranges,
    stretches.filter(({ byContent }) => !byContent),
  );
  const [only] = stretches;
  if (stretches.length === 1 && only?.byContent === false) {
    return ingestObject(place, source, { piece: only, tensors, expected });
  }
  return ingestPieces(place, source, { stretches, tensors, expected, like: options.like ?? [] });
}

/** A file of one piece is one object: it is compared with what was expected before it is sent. */
async function ingestObject(
  place: IngestPlace,
  source: ByteSource,
  { piece, tensors, expected }: { piece: Piece; tensors: TensorStreams; expected: Digest | null },
): Promise<Ingested> {
  const { keeper, means } = place;
  const { sizeBytes } = source;
  const loan = await means.buffers.borrow(sizeBytes);
  try {
    await readSource(source, loan.bytes, 0);
    await refuseGrowth(source);
    const steps = tensors.next({ offset: 0, lengthBytes: sizeBytes, parts: [piece] });
    const digests = await openInlineLane().run(loan.bytes, steps.pieces);
    steps.found(digests, await openInlineLane().run(loan.bytes, steps.tensors));
    const [sha256 = new Uint8Array(0)] = digests;
    const digest = formatDigest(sha256);
    refuseOther(source, digest, expected);
    const watch = await place.watch.begin();
    const liesCompressed = () => place.findCompressed(digest);
    const object = { key: objectKey(digest), about: digest, body: [loan.bytes], sizeBytes, sha256, liesCompressed };
    const outcome = await placeObject(keeper, object);
    return {
      digest,
      sizeBytes,
      segments: [{ digest, lengthBytes: sizeBytes, packed: null }],
      storedBytes: outcome === 'present' ? 0 : sizeBytes,
      tensors: tensors.digests(),
      async commit() {
        await watch.commitObject(digest, outcome);
        return outcome === 'present' ? 'present' : 'stored';
      },
    };
  } finally {
    loan.release();
  }
}

interface PiecesPlan {
  readonly stretches: readonly Stretch[];
  readonly tensors: TensorStreams;
  readonly expected: Digest | null;
  readonly like: readonly Digest[];
}

async function ingestPieces(place: IngestPlace, source: ByteSource, plan: PiecesPlan): Promise<Ingested> {
  const { keeper, means } = place;
  const watch = await place.watch.begin();
  await means.cutFiles.take(1);
  const { digest, written } = await movePieces(place, source, { ...plan, watch }).finally(() => means.cutFiles.give(1));
  refuseOther(source, digest, plan.expected);
  const { sizeBytes } = source;
  const { segments, storedBytes, healed } = written;
  let isSent = healed || storedBytes > 0;
  return {
    digest,
    sizeBytes,
    segments,
    storedBytes,
    tensors: plan.tensors.digests(),
    async commit() {
      const recipe = { digest, sizeBytes, segments };
      const outcome = await watch.commit(recipe, () => commitRecipe(keeper, means, recipe));
      // A recipe that was there may have lacked what was sent now.
      const isNew = outcome !== 'present' || isSent;
      isSent = false;
      return isNew ? 'stored' : 'present';
    },
  };
}

/** Buffers are filled one after the other; each is hashed and sent while the next ones are read. */
async function movePieces(
  { keeper, means, findCompressed }: IngestPlace,
  source: ByteSource,
  { stretches, tensors, watch, like }: PiecesPlan & { readonly watch: IngestWatch },
): Promise<{ readonly digest: Digest; readonly written: Written }> {
  const writer = openSegmentWriter({ keeper, watch, findCompressed }, await openLikePieces(keeper.bucket, like));
  const hasher = openFileHasher({
    threads: source.sizeBytes >= means.threadedBytes ? means.threads : null,
    hasTensors: tensors.hasTensors,
  });
  const inFlight = openInFlight();
  let sha256: Uint8Array | null = null;

  /** Begins at once, so that the buffers are hashed in order. */
  async function move(batch: Batch<Piece>, bytes: Uint8Array): Promise<void> {
    const end = batch.offset + batch.lengthBytes;
    const steps = tensors.next(batch);
    const whole = [{ stream: 0, start: 0, end: bytes.length, last: end === source.sizeBytes }];
    const hashing = Promise.all([
      hasher.pieces.run(bytes, steps.pieces),
      hasher.tensors.run(bytes, steps.tensors),
      hasher.file.run(bytes, whole),
    ]);
    const digests = hashing.then(([ofPieces, ofTensors, [ofFile]]) => {
      steps.found(ofPieces, ofTensors);
      sha256 = ofFile ?? sha256;
      return ofPieces;
    });
    await writer.write(batch.parts, (piece) => viewOf(piece, batch, bytes), digests);
  }

  try {
    for await (const { batch, loan, bytes } of readBatches(source, stretches, means.buffers)) {
      inFlight.add(move(batch, bytes).finally(() => loan.release()));
    }
    await refuseGrowth(source);
    await inFlight.below(1);
    const written = await writer.finish();
    invariant(sha256 !== null, 'a file was read and has no digest');
    return { digest: formatDigest(sha256), written };
  } finally {
    await inFlight.settled();
    await writer.settled();
    await hasher.close();
  }
}

function viewOf(piece: Piece, batch: Batch<Piece>, bytes: Uint8Array): Uint8Array {
  const start = piece.offset - batch.offset;
  return bytes.subarray(start, start + piece.lengthBytes);
}

function refuseOther(source: ByteSource, actual: Digest, expected: Digest | null): void {
  if (expected === null || actual === expected) return;
  throw weighbridgeError('store/digest-mismatch', { source: source.name, expected, actual });
}
