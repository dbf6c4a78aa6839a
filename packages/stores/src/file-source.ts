import { type FileHandle, open } from 'node:fs/promises';
import { weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '@weighbridge/formats';
import { errnoOf, explainIo } from './io-errors.js';

/** A file of the local disk as a byte source. Its size is the one it had when it was opened. */
export interface FileSource extends ByteSource {
  readInto(target: Uint8Array, offset: number): Promise<number>;
  close(): Promise<void>;
}

/** Opens a regular file for random access; the caller closes it. @throws store/io, also for folders and devices. */
export async function openFileSource(path: string, name = path): Promise<FileSource> {
  return explainIo('read', path, async () => fileSource(await open(path, 'r'), { path, name }));
}

/** The same, or null when there is no such file. @throws store/io */
export async function openFileSourceIfPresent(path: string, name = path): Promise<FileSource | null> {
  return explainIo('read', path, async () => {
    try {
      return await fileSource(await open(path, 'r'), { path, name });
    } catch (cause) {
      if (errnoOf(cause) === 'ENOENT') return null;
      throw cause;
    }
  });
}

async function fileSource(file: FileHandle, { path, name }: { path: string; name: string }): Promise<FileSource> {
  const status = await file.stat();
  if (!status.isFile()) {
    await file.close();
    throw weighbridgeError('store/io', { action: 'read', path, reason: 'it is not a regular file' });
  }
  const readInto = (target: Uint8Array, offset: number) =>
    explainIo('read', path, () => fillFrom(file, target, offset));
  return {
    name,
    sizeBytes: status.size,
    readInto,
    async read(offset, lengthBytes) {
      const bytes = new Uint8Array(lengthBytes);
      const actualBytes = await readInto(bytes, offset);
      if (actualBytes < lengthBytes) {
        throw weighbridgeError('store/source-changed', {
          source: name,
          expectedBytes: offset + lengthBytes,
          actualBytes: offset + actualBytes,
        });
      }
      return bytes;
    },
    close: () => file.close(),
  };
}

/** Fills a buffer from an offset of a file, as far as the file reaches; answers how many bytes came. */
export async function fillFrom(file: FileHandle, target: Uint8Array, offset: number): Promise<number> {
  let filled = 0;
  while (filled < target.length) {
    const { bytesRead } = await file.read(target, filled, target.length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
