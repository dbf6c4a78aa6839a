const kibibyte = 1024;

/**
 * Bounds of packs. Smaller pieces than `pieceBytes` share objects: a model has hundreds of norms and biases of a few
 * KiB each, and a request costs as much time as some hundred KiB of transfer. A pack ends behind a piece whose digest
 * begins with `boundaryBits` zero bits, so that where it ends depends on the pieces in it and not on those before; the
 * smallest pack is large enough to be worth a request, the largest small enough to be read for one piece.
 *
 * Measured on the layers of a transformer, a CNN and BERT: these bounds make packs of about 0.5 MiB, and a changed piece
 * stores 1.02 to 1.05 packs anew when no like file is at hand. With four times the minimum there are a third as many
 * packs, and a change costs three times as much.
 */
export const packLimits = {
  pieceBytes: 64 * kibibyte,
  minBytes: 256 * kibibyte,
  maxBytes: 4 * 1024 * kibibyte,
  boundaryBits: 5,
} as const;

/** Whether a piece of this length is stored in a pack. */
export function isPacked(lengthBytes: number): boolean {
  return lengthBytes < packLimits.pieceBytes;
}

/** Whether a piece still fits into a pack of so many bytes; if not, the pack ends before it. */
export function fitsPack(packBytes: number, pieceBytes: number): boolean {
  return packBytes + pieceBytes <= packLimits.maxBytes;
}

/** Whether a pack of so many bytes ends behind the piece with this digest of 32 bytes, its last. */
export function endsPack(packBytes: number, sha256: Uint8Array): boolean {
  return packBytes >= packLimits.minBytes && (sha256[0] ?? 0) >>> (8 - packLimits.boundaryBits) === 0;
}
