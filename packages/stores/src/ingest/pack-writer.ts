import { createHash } from 'node:crypto';
import { type Digest, formatDigest } from '@weighbridge/core';
import { endsPack, fitsPack } from '@weighbridge/storage';
import { openInFlight } from '../transfer/in-flight.js';

/** While so many packs are being sent, no further one is filled. */
const maxSending = 2;

/** Where a piece has gone. The pack has its name when it was closed. */
export interface PackedPiece {
  readonly pack: OpenPack;
  readonly offset: number;
}

/** A pack that is being filled, or was. */
export interface OpenPack {
  readonly parts: Uint8Array[];
  sizeBytes: number;
  pieces: number;
  digest: Digest | null;
}

/** Collects small pieces in the order of the file. */
export interface PackWriter {
  /** Copies the piece. To be called for one piece after the other. */
  add(piece: Uint8Array, about: { readonly sha256: Uint8Array; readonly byContent: boolean }): Promise<PackedPiece>;
  /** Waits until the last pack is stored: from then on every pack has its name. */
  finish(): Promise<void>;
  /** Waits until nothing is being sent, whatever became of it. */
  settled(): Promise<void>;
}

/** @param store stores an object under its digest */
export function openPackWriter(
  store: (body: readonly Uint8Array[], sha256: Uint8Array, sizeBytes: number) => Promise<void>,
): PackWriter {
  const sending = openInFlight();
  let open = newPack();

  async function close(): Promise<void> {
    const pack = open;
    open = newPack();
    const hash = createHash('sha256');
    for (const part of pack.parts) hash.update(part);
    const sha256 = hash.digest();
    pack.digest = formatDigest(sha256);
    await sending.below(maxSending);
    const parts = pack.parts.splice(0);
    sending.add(store(parts, sha256, pack.sizeBytes));
  }

  return {
    async add(piece, { sha256, byContent }) {
      if (!fitsPack(open.sizeBytes, piece.length)) await close();
      const place = { pack: open, offset: open.sizeBytes };
      open.parts.push(new Uint8Array(piece));
      open.sizeBytes += piece.length;
      open.pieces++;
      if (endsPack(open.sizeBytes, sha256, { byContent })) await close();
      return place;
    },
    async finish() {
      if (open.pieces > 0) await close();
      await sending.below(1);
    },
    settled: () => sending.settled(),
  };
}

function newPack(): OpenPack {
  return { parts: [], sizeBytes: 0, pieces: 0, digest: null };
}
