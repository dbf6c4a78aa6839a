import { weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '@weighbridge/formats';

/** How much a source that makes a new buffer for each read is asked for at once. */
const chunkBytes = 1024 * 1024;

/** Fills a buffer from an offset of a source. @throws store/source-changed when the source ends before that */
export async function readSource(source: ByteSource, target: Uint8Array, offset: number): Promise<void> {
  if (source.readInto !== undefined) {
    const filled = await source.readInto(target, offset);
    if (filled < target.length) throw changed(source, offset + filled);
    return;
  }
  for (let start = 0; start < target.length; start += chunkBytes) {
    const lengthBytes = Math.min(chunkBytes, target.length - start);
    const bytes = await source.read(offset + start, lengthBytes);
    if (bytes.length !== lengthBytes) throw changed(source, offset + start + bytes.length);
    target.set(bytes, start);
  }
}

/** @throws store/source-changed when there are bytes behind the end that the source had when it was opened */
export async function refuseGrowth(source: ByteSource): Promise<void> {
  const beyond = (await source.readInto?.(new Uint8Array(1), source.sizeBytes)) ?? 0;
  if (beyond > 0) throw changed(source, source.sizeBytes + beyond);
}

function changed(source: ByteSource, actualBytes: number) {
  return weighbridgeError('store/source-changed', {
    source: source.name,
    expectedBytes: source.sizeBytes,
    actualBytes,
  });
}
