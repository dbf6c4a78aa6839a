import { createHash } from 'node:crypto';
import { constants, type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { formatDigest, WeighbridgeError } from '@weighbridge/core';
import { makeFolder, removeFile } from '../durable-files.js';
import { fillFrom } from '../file-source.js';
import { explainIo } from '../io-errors.js';
import { fetchSmallFile } from './fetch-small-file.js';
import { placeOpened } from './place-opened.js';
import type { StoredFile, StoredSegment } from './stored-file.js';
import { type Streaming, streamFile } from './stream-file.js';

const fetchedMode = 0o644;

/** After these the same command goes on where this one was. */
const passingCodes: readonly string[] = ['store/unreachable', 'store/denied'];

/** What a file is fetched from, and who is told how far it came. */
export interface Fetching extends Pick<Streaming, 'bucket' | 'means'> {
  onBytes?(lengthBytes: number): void;
}

/**
 * Copies a file to the local disk. The bytes are collected beside the target, under a name that follows from target and
 * digest; the target gets them when all were found to be right, and keeps what it had until then. What an earlier,
 * broken attempt has left is compared and kept. The copy is not flushed to the disk: it can be had again, and whoever
 * fetches it after a power cut compares what is there. @throws store/missing, store/corrupt, store/io
 */
export async function fetchFile(file: StoredFile, target: string, streaming: Fetching): Promise<void> {
  const folder = dirname(target);
  const partial = join(folder, partialName(file, target));
  await explainIo('write to', target, async () => {
    const placing = { target, partial, mode: fetchedMode };
    if (await fetchSmallFile(file, placing, streaming)) return streaming.onBytes?.(file.sizeBytes);
    await makeFolder(folder);
    const opened = await openPartial(partial);
    try {
      await collect(file, opened, streaming);
      await placeOpened(opened.fd, partial, target);
    } catch (cause) {
      const passes = cause instanceof WeighbridgeError && passingCodes.includes(cause.code);
      if (!passes) await removeFile(partial);
      throw cause;
    } finally {
      await opened.close();
    }
  });
}

/** What is there of the file already, or a new file. */
function openPartial(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
}

async function collect(file: StoredFile, partial: FileHandle, { bucket, means, onBytes }: Fetching): Promise<void> {
  const { size: foundBytes } = await partial.stat();
  let presentBytes = foundBytes;
  let toldBytes = 0;
  await streamFile(file, {
    bucket,
    means,
    recall: async (segment, target) =>
      isBefore(segment, presentBytes) && isRight(segment, await readInto(partial, target, segment.offset)),
    copyTo: partial,
    reached(offset) {
      presentBytes = Math.max(presentBytes, offset);
      if (offset > toldBytes) onBytes?.(offset - toldBytes);
      toldBytes = Math.max(toldBytes, offset);
    },
  });
  if (foundBytes > file.sizeBytes) await partial.truncate(file.sizeBytes);
  await partial.chmod(fetchedMode);
}

function isBefore({ offset, lengthBytes }: StoredSegment, sizeBytes: number): boolean {
  return lengthBytes > 0 && offset + lengthBytes <= sizeBytes;
}

function isRight({ digest }: StoredSegment, bytes: Uint8Array): boolean {
  return digest !== null && formatDigest(createHash('sha256').update(bytes).digest()) === digest;
}

async function readInto(file: FileHandle, target: Uint8Array, offset: number): Promise<Uint8Array> {
  return target.subarray(0, await fillFrom(file, target, offset));
}

function partialName(file: StoredFile, target: string): string {
  const name = createHash('sha256')
    .update(`${file.digest} ${basename(target)}`)
    .digest('hex')
    .slice(0, 16);
  return `.weighbridge-${name}.partial`;
}
