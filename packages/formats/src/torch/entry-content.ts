import { weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '../byte-source.js';
import { readRange } from '../little-endian.js';
import { locateEntry, type ZipDirectory, type ZipEntry } from './zip-directory.js';

/** Raw DEFLATE (RFC 1951) from pieces to pieces. Injected: this package knows no compression. */
export type InflateStream = (compressed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

const storedMethod = 0;
const deflatedMethod = 8;
const pieceBytes = 256 * 1024;

/** DEFLATE makes zeros a thousand times smaller. Weights shrink a little; an archive that grows more is an attack. */
const maxExpansion = 200;
const freeExpansionBytes = 64 * 1024 * 1024;

/** Whether the content of an entry can be read, stored or deflated. */
export function isReadable({ method }: ZipEntry): boolean {
  return method === storedMethod || method === deflatedMethod;
}

/** @throws formats/too-complex for an archive whose entries grow beyond reason when they are inflated */
export function refuseExpansion(source: Pick<ByteSource, 'name' | 'sizeBytes'>, directory: ZipDirectory): void {
  if (!expands(source, directory)) return;
  const limit = expansionLimit(source);
  throw weighbridgeError('formats/too-complex', { name: source.name, what: 'bytes in compressed entries', limit });
}

/** Whether the entries of an archive grow beyond reason when they are inflated. */
export function expands(source: Pick<ByteSource, 'sizeBytes'>, { entries }: ZipDirectory): boolean {
  let contentBytes = 0;
  for (const { sizeBytes } of entries.values()) contentBytes += sizeBytes;
  return contentBytes > expansionLimit(source);
}

function expansionLimit({ sizeBytes }: Pick<ByteSource, 'sizeBytes'>): number {
  return maxExpansion * sizeBytes + freeExpansionBytes;
}

/**
 * The content of an entry in pieces, inflated where it is deflated; never more than the directory says.
 * @throws formats/zip-malformed when the content cannot be inflated or has another size than the directory says
 */
export async function* entryContent(
  source: ByteSource,
  entry: ZipEntry,
  inflate: InflateStream,
): AsyncGenerator<Uint8Array> {
  const stored = storedPieces(source, await locateEntry(source, entry));
  let contentBytes = 0;
  for await (const piece of entry.method === storedMethod ? stored : inflated(source, entry, inflate(stored))) {
    contentBytes += piece.length;
    if (contentBytes > entry.sizeBytes) throw malformed(source, entry, 'holds more than the directory says');
    yield piece;
  }
  if (contentBytes < entry.sizeBytes) throw malformed(source, entry, 'holds less than the directory says');
}

async function* storedPieces(
  source: ByteSource,
  { startByte, endByte }: { readonly startByte: number; readonly endByte: number },
): AsyncGenerator<Uint8Array> {
  for (let at = startByte; at < endByte; at += pieceBytes) {
    yield await readRange(source, at, Math.min(pieceBytes, endByte - at));
  }
}

/** What an inflater says of bytes that are no DEFLATE is told as a fault of the archive; errors of reading stay. */
async function* inflated(
  source: ByteSource,
  entry: ZipEntry,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (cause) {
    if (!isInflateFault(cause)) throw cause;
    throw malformed(source, entry, 'cannot be inflated', cause);
  }
}

/** The codes of zlib, which all inflaters share (zlib.h: Z_DATA_ERROR, Z_BUF_ERROR, …). */
function isInflateFault(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && /^Z_[A-Z]+(_[A-Z]+)?$/.test(String(cause.code));
}

/**
 * An entry as a source of its own. Reading forwards inflates it once, what lies between two reads is passed over; a read
 * backwards begins anew.
 */
export function openEntry(
  source: ByteSource,
  entry: ZipEntry,
  inflate: InflateStream,
): ByteSource & { close(): Promise<void> } {
  let pieces: AsyncGenerator<Uint8Array> | null = null;
  let piece: Uint8Array = new Uint8Array(0);
  let pieceStart = 0;

  async function rewind(): Promise<void> {
    await pieces?.return(undefined);
    [pieces, piece, pieceStart] = [entryContent(source, entry, inflate), new Uint8Array(0), 0];
  }

  async function read(offset: number, lengthBytes: number): Promise<Uint8Array> {
    if (pieces === null || offset < pieceStart) await rewind();
    const target = new Uint8Array(Math.min(lengthBytes, Math.max(0, entry.sizeBytes - offset)));
    let filled = 0;
    while (filled < target.length) {
      const from = offset + filled - pieceStart;
      if (from < piece.length) {
        const part = piece.subarray(from, from + target.length - filled);
        target.set(part, filled);
        filled += part.length;
        continue;
      }
      const next = await pieces?.next();
      if (next === undefined || next.done === true) throw malformed(source, entry, 'ended while it was read');
      pieceStart += piece.length;
      piece = next.value;
    }
    return target;
  }

  return {
    name: source.name,
    sizeBytes: entry.sizeBytes,
    read,
    close: async () => void (await pieces?.return(undefined)),
  };
}

function malformed(source: ByteSource, entry: ZipEntry, what: string, cause?: unknown): Error {
  const reason = `"${entry.name.slice(0, 100)}" ${what}`;
  return weighbridgeError(
    'formats/zip-malformed',
    { name: source.name, reason },
    cause === undefined ? undefined : { cause },
  );
}
