import type { ByteSource } from './byte-source.js';

/** A stretch of a source, [startByte, endByte), as a source of its own. */
export function sourceWithin(
  source: ByteSource,
  { name = source.name, startByte, endByte }: { name?: string; startByte: number; endByte: number },
): ByteSource {
  const read = (offset: number, lengthBytes: number) => source.read(startByte + offset, lengthBytes);
  return { name, sizeBytes: endByte - startByte, read };
}
