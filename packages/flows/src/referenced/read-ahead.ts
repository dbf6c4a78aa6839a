import type { ByteSource } from '@weighbridge/formats';

/** A piece takes a service longer than the way to it, and a few of them fit into memory. */
const pieceBytes = 8 * 1024 * 1024;
const piecesAhead = 4;

/**
 * The same source for whoever reads forwards to its end: it is asked for large pieces, several of them ahead, so that the
 * way to the service and back is waited for once. At most five pieces are kept.
 */
export function readAhead(source: ByteSource): ByteSource {
  const { name, sizeBytes } = source;
  const pieces = new Map<number, Promise<Uint8Array>>();

  function piece(index: number): Promise<Uint8Array> {
    const known = pieces.get(index);
    if (known !== undefined) return known;
    const offset = index * pieceBytes;
    const asked = source.read(offset, Math.min(pieceBytes, sizeBytes - offset));
    // Whoever waits for it hears of a failure; one that nobody waits for any more is no fault.
    asked.catch(() => {});
    pieces.set(index, asked);
    return asked;
  }

  return {
    name,
    sizeBytes,
    async read(offset, lengthBytes) {
      if (lengthBytes === 0) return new Uint8Array(0);
      const first = Math.floor(offset / pieceBytes);
      const last = Math.floor((offset + lengthBytes - 1) / pieceBytes);
      for (const index of pieces.keys()) if (index < first || index > last + piecesAhead) pieces.delete(index);
      const target = new Uint8Array(lengthBytes);
      for (let index = first; index <= last; index++) {
        for (let ahead = index; ahead <= index + piecesAhead && ahead * pieceBytes < sizeBytes; ahead++)
          void piece(ahead);
        const bytes = await piece(index);
        const start = index * pieceBytes;
        const from = Math.max(offset, start);
        const part = bytes.subarray(from - start, Math.min(offset + lengthBytes, start + pieceBytes) - start);
        target.set(part, from - offset);
      }
      return target;
    },
  };
}
