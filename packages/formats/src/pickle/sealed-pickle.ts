import { WeighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '../byte-source.js';
import type { ArtifactHeader, HeaderContext } from '../header.js';
import { readRange } from '../little-endian.js';
import type { InflateStream } from '../torch/entry-content.js';
import { isCertainPickle } from './certain-pickle.js';
import { looksLikePickle } from './looks-like-pickle.js';
import { readPickleHeader } from './read-pickle-header.js';

/** What is read of a container, and the most that is inflated of it, to see what it begins with. */
const peekedBytes = 64 * 1024;

/** Less than this is too little to say that no pickle follows: containers may stand behind one another. */
const tellingBytes = 512;

/** Containers that joblib opens by their first bytes (joblib, compressor.py), as Latin-1. */
const containers: readonly (readonly [name: string, start: RegExp])[] = [
  ['zlib', /^\x78/],
  ['gzip', /^\x1f\x8b\x08/],
  ['bzip2', /^BZh[1-9]/],
  ['xz', /^\xfd7zXZ\0/],
  // The size that an .lzma file tells is unknown or below 256 GiB, or else liblzma takes it for no such file.
  ['lzma', /^\]\0.{3}(?:\xff{8}|.{4}[\0-\x3f]\0{3})/s],
  ['lz4', /^\x04\x22\x4d\x18/],
  // What Python's int() makes of a length in base 16, before joblib 0.10.
  ['zlib (joblib before 0.10)', /^ZF[\t-\r 0-9a-fA-FxX_+-]{19}/],
];

/** The compression that the first bytes of a file announce, or null. No other format begins like one of them. */
function compressionOf(firstBytes: Uint8Array): string | null {
  const text = String.fromCharCode(...firstBytes.subarray(0, 32));
  const name = containers.find(([, start]) => start.test(text))?.[0] ?? null;
  if (name !== 'zlib') return name;
  // Method 8 with a window of 32 KiB, and a header whose 16 bits are a multiple of 31 (RFC 1950, 2.2).
  return firstBytes.length > 1 && (0x7800 + (firstBytes[1] ?? 0)) % 31 === 0 ? name : null;
}

/** Whether a file can be what `readSealedPickle` tells of. */
export function looksSealed(firstBytes: Uint8Array): boolean {
  return compressionOf(firstBytes) !== null;
}

/**
 * The compression of a pickle that nobody looked into, as its header tells it: loading it may import anything. Null for
 * every other header.
 */
export function pickleCompression({
  format,
  attributes,
}: Pick<ArtifactHeader, 'format' | 'attributes'>): string | null {
  const { compression } = attributes;
  return format === 'joblib' && typeof compression === 'string' ? compression : null;
}

/**
 * A pickle that joblib wrote with `compress`. It has no places that could be read, so that its header tells the compression
 * and nothing else. Of zlib and gzip the beginning is inflated: null where no pickle begins there, such as an archive or
 * a text. What cannot be inflated, or is too little to tell, counts as a pickle; so does every file in another container
 * that joblib opens. Reads and inflates at most 64 KiB.
 * @throws formats/inflation-budget
 */
export async function readSealedPickle(
  source: ByteSource,
  context: HeaderContext,
  firstBytes: Uint8Array,
): Promise<ArtifactHeader | null> {
  const compression = compressionOf(firstBytes) ?? 'unknown';
  const peek = await peekInto(source, compression, context.inflate);
  if (peek !== null && !(await mayHoldPickle(peek.content, source.name, context))) return null;
  const bytesRead = peek?.bytesRead ?? 0;
  return { format: 'joblib', tensors: [], attributes: { compression }, graph: null, imports: [], bytesRead };
}

interface Peek {
  readonly content: Uint8Array;
  readonly bytesRead: number;
}

/** Null for what is not inflated here. */
async function peekInto(
  source: ByteSource,
  compression: string,
  inflate: InflateStream | undefined,
): Promise<Peek | null> {
  if (inflate === undefined || (compression !== 'zlib' && compression !== 'gzip')) return null;
  const packed = await readRange(source, 0, Math.min(peekedBytes, source.sizeBytes));
  const start = compression === 'zlib' ? 2 : gzipContentStart(packed);
  return { content: await inflateStart(packed.subarray(start), inflate), bytesRead: packed.length };
}

/** What comes out until enough did, the stream ended or something is wrong with it: a loader runs what came before. */
async function inflateStart(packed: Uint8Array, inflate: InflateStream): Promise<Uint8Array> {
  const content = new Uint8Array(peekedBytes);
  let filled = 0;
  try {
    for await (const piece of inflate(once(packed))) {
      const part = piece.subarray(0, content.length - filled);
      content.set(part, filled);
      filled += part.length;
      if (filled === content.length) break;
    }
  } catch (cause) {
    if (cause instanceof WeighbridgeError) throw cause;
  }
  return content.subarray(0, filled);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Behind the ten bytes of a gzip header and what its flags announce (RFC 1952, 2.3). */
function gzipContentStart(packed: Uint8Array): number {
  const flags = packed[3] ?? 0;
  let position = 10;
  if ((flags & 4) !== 0) position += 2 + (packed[position] ?? 0) + 256 * (packed[position + 1] ?? 0);
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const end = packed.indexOf(0, position);
    position = end === -1 ? packed.length : end + 1;
  }
  return (flags & 2) === 0 ? position : position + 2;
}

/** As files that are not compressed are told, but that what breaks off is one. */
async function mayHoldPickle(content: Uint8Array, name: string, context: HeaderContext): Promise<boolean> {
  if (content.length < tellingBytes) return true;
  const firstBytes = content.subarray(0, tellingBytes);
  if (!looksLikePickle(firstBytes)) return false;
  if (isCertainPickle(firstBytes)) return true;
  try {
    await readPickleHeader(bytesAsSource(content, name), context);
    return true;
  } catch (cause) {
    if (!(cause instanceof WeighbridgeError)) throw cause;
    return cause.code !== 'formats/pickle-malformed';
  }
}

function bytesAsSource(bytes: Uint8Array, name: string): ByteSource {
  const read = async (offset: number, lengthBytes: number) => bytes.slice(offset, offset + lengthBytes);
  return { name, sizeBytes: bytes.length, read };
}
