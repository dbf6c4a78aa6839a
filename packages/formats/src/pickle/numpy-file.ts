import type { ByteSource } from '../byte-source.js';
import type { ArtifactHeader, HeaderContext } from '../header.js';
import { readRange } from '../little-endian.js';
import { sourceWithin } from '../source-within.js';
import { readPickleHeader } from './read-pickle-header.js';

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Magic, version and the length of the text that follows: 16 bits in version 1, 32 since. */
const preambleBytes = 12;

/** Of the text: numpy itself reads no more unless told to (numpy, format.py, _MAX_HEADER_SIZE). */
const maxTextBytes = 10_000;

/** A type of Python objects, alone or of a field, in whatever byte order. */
const objectType = /['"][<>|=]?O[0-9]*['"]/;

/** Whether the first bytes of a file are those of numpy.save. */
export function looksLikeNumpyFile(firstBytes: Uint8Array): boolean {
  return magic.every((byte, index) => firstBytes[index] === byte);
}

/**
 * The pickle in which numpy.save writes an array of Python objects, and which numpy.load runs where it is permitted to;
 * null for an array of numbers or texts. Reads the array's own header (NumPy Enhancement Proposal 1) and what
 * `readPickleHeader` reads.
 * @throws what `readPickleHeader` throws
 */
export async function readNumpyFile(source: ByteSource, context: HeaderContext): Promise<ArtifactHeader | null> {
  const preamble = await readRange(source, 0, Math.min(preambleBytes, source.sizeBytes));
  if (preamble.length < preambleBytes) return null;
  const view = new DataView(preamble.buffer, preamble.byteOffset, preamble.length);
  const isShort = preamble[6] === 1;
  const textStart = isShort ? 10 : 12;
  const contentStart = textStart + (isShort ? view.getUint16(8, true) : view.getUint32(8, true));
  const text = await readRange(source, textStart, Math.min(contentStart, source.sizeBytes, maxTextBytes) - textStart);
  if (contentStart >= source.sizeBytes || !objectType.test(String.fromCharCode(...text))) return null;
  const pickle = sourceWithin(source, { startByte: contentStart, endByte: source.sizeBytes });
  const { format, imports, attributes, bytesRead } = await readPickleHeader(pickle, context);
  return {
    format,
    tensors: [],
    attributes: { container: 'npy', ...attributes },
    graph: null,
    imports,
    bytesRead: preamble.length + text.length + bytesRead,
  };
}
