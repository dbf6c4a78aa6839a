import type { Piece } from './cut.js';

const kibibyte = 1024;

/**
 * Bounds of packs. Pieces that were cut by content, and others smaller than `pieceBytes`, share objects: a model has hundreds of norms and biases of a few
 * KiB each, and a request costs as much time as some hundred KiB of transfer. A pack ends behind a piece whose digest
 * begins with `boundaryBits` zero bits, so that where it ends depends on the pieces in it and not on those before; the
 * smallest pack is large enough to be worth a request, the largest small enough to be read for one piece. Pieces that
 * were cut by content have 64 KiB in the mean, and end a pack more often.
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
  contentBoundaryBits: 3,
} as const;

/** Whether a piece is stored in a pack. */
export function isPacked({ lengthBytes, byContent = false }: Pick<Piece, 'lengthBytes' | 'byContent'>): boolean {
  return byContent || lengthBytes < packLimits.pieceBytes;
}

/** Whether a piece still fits into a pack of so many bytes; if not, the pack ends before it. */
export function fitsPack(packBytes: number, pieceBytes: number): boolean {
  return packBytes + pieceBytes <= packLimits.maxBytes;
}

/** Whether a pack of so many bytes ends behind its last piece, which has this digest of 32 bytes. */
export function endsPack(
  packBytes: number,
  sha256: Uint8Array,
  { byContent = false }: Pick<Piece, 'byContent'>,
): boolean {
  const bits = byContent ? packLimits.contentBoundaryBits : packLimits.boundaryBits;
  return packBytes >= packLimits.minBytes && (sha256[0] ?? 0) >>> (8 - bits) === 0;
}
