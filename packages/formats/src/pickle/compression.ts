/** First bytes of what joblib may wrap around a pickle (joblib, compressor.py). */
const signatures: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['lzma', [0x5d, 0x00, 0x00]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
  ['zlib (joblib before 0.10)', [0x5a, 0x46, 0x30, 0x78]],
];

/** The compression that the first bytes of a file announce, or null. A pickle begins like none of them. */
export function pickleCompression(firstBytes: Uint8Array): string | null {
  for (const [name, bytes] of signatures) if (bytes.every((byte, index) => firstBytes[index] === byte)) return name;
  // zlib: method 8 with a window of 32 KiB, and a header whose 16 bits are a multiple of 31 (RFC 1950, 2.2).
  const [first = 0, second = 0] = firstBytes;
  return first === 0x78 && (first * 256 + second) % 31 === 0 && firstBytes.length > 1 ? 'zlib' : null;
}
