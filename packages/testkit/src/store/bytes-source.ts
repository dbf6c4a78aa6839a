import type { ByteSource } from '@weighbridge/formats';

/** Bytes at hand as a byte source. `announcedBytes` lets a test lie about the size. */
export function bytesSource(bytes: Uint8Array, name = 'bytes', announcedBytes = bytes.length): ByteSource {
  return {
    name,
    sizeBytes: announcedBytes,
    read: async (offset, lengthBytes) => bytes.slice(offset, offset + lengthBytes),
  };
}

/** Bytes that look random and are the same for the same seed (xorshift32). */
export function seededBytes(seed: number, sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let state = (seed * 2654435761) >>> 0 || 1;
  for (let index = 0; index < sizeBytes; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[index] = state & 0xff;
  }
  return bytes;
}
