import { type Digest, WeighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { isPacked, type Segment } from '@weighbridge/storage';
import { openSegmentReader } from '../reading/segment-reader.js';
import { findFile, type StoredSegment } from '../reading/stored-file.js';

/** More files than that are no help: what they share with a new one, the first few share, too. */
const maxLike = 16;

/** Codes of files that cannot be used: they save nothing, and they stop nothing. */
const uselessCodes: readonly string[] = [
  'store/missing',
  'store/archived',
  'store/corrupt',
  'store/recipe-malformed',
  'store/recipe-newer',
];

/** Pieces for packs that other files have already. */
export interface LikePieces {
  /** Where a piece lies, or null; the bytes there were compared with its digest. */
  find(digest: Digest): Promise<Segment['packed'] | 'object'>;
}

/** Looks at the recipes of files; those that are missing or damaged count as none. */
export async function openLikePieces(bucket: Bucket, like: readonly Digest[]): Promise<LikePieces> {
  const claims = new Map<Digest, StoredSegment>();
  const byPack = new Map<Digest, StoredSegment[]>();
  for (const digest of like.slice(0, maxLike)) {
    const file = await unlessUseless(() => findFile(bucket, digest));
    for (const segment of file?.segments ?? []) {
      if (segment.digest === null || claims.has(segment.digest)) continue;
      if (segment.isWholeObject && !isPacked(segment)) continue;
      claims.set(segment.digest, segment);
      if (segment.isWholeObject) continue;
      const ofPack = byPack.get(segment.object) ?? [];
      ofPack.push(segment);
      byPack.set(segment.object, ofPack);
    }
  }
  const proven = new Map<Digest, Promise<ReadonlySet<Digest>>>();

  return {
    async find(digest) {
      const claim = claims.get(digest);
      if (claim === undefined) return null;
      if (claim.isWholeObject) return 'object';
      const proof = proven.get(claim.object) ?? provePack(bucket, byPack.get(claim.object) ?? []);
      proven.set(claim.object, proof);
      return (await proof).has(digest) ? { pack: claim.object, offset: claim.objectOffset } : null;
    },
  };
}

/** Which pieces a pack really holds where the recipes say so. */
async function provePack(bucket: Bucket, segments: readonly StoredSegment[]): Promise<ReadonlySet<Digest>> {
  const reader = openSegmentReader(bucket);
  const held = new Set<Digest>();
  for (const segment of segments) {
    const bytes = await unlessUseless(() => reader.readVerified(segment));
    if (bytes !== null && segment.digest !== null) held.add(segment.digest);
  }
  return held;
}

async function unlessUseless<Result>(run: () => Promise<Result>): Promise<Result | null> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof WeighbridgeError && uselessCodes.includes(cause.code)) return null;
    throw cause;
  }
}
