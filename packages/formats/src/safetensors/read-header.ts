import { type JsonObject, type JsonValue, parseUtf8, weighbridgeError, WeighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '../byte-source.js';
import { sourceFile } from '../byte-window.js';
import { compareCodePoints } from '../code-points.js';
import { isJsonObject, parseStrictJsonObject } from '../documents/strict-json.js';
import type { ArtifactHeader, TensorFact } from '../header.js';
import { LittleEndianCursor, readRange } from '../little-endian.js';
import { safetensorsDtypeBits } from './dtypes.js';

/** The bound of the reference implementation on the JSON header. */
export const maxSafetensorsHeaderBytes = 100_000_000;

const lengthBytes = 8;
/** More dimensions than any framework has. */
const maxDimensions = 64;

/** A tensor as its header entry has it: offsets are relative to the end of the header. */
interface TensorEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads the header of a safetensors file (format of huggingface/safetensors) as strictly as its reference
 * implementation, and refuses duplicate names besides. Two reads: 8 bytes and the header they announce, so
 * 8 + `maxSafetensorsHeaderBytes` at most; never a byte of a tensor.
 *
 * Guaranteed of the result: offsets are contiguous without holes or overlap, every length is shape times dtype, the
 * file ends where its last tensor ends, and `attributes` is `__metadata__`, text to text.
 * @throws formats/safetensors-malformed, formats/truncated, formats/header-too-large
 */
export async function readSafetensorsHeader(source: ByteSource): Promise<ArtifactHeader> {
  const headerBytes = await readHeaderLength(source);
  const json = parseHeaderJson(source.name, await readRange(source, lengthBytes, headerBytes));
  const entries = parseEntries(source.name, json);
  const dataStart = lengthBytes + headerBytes;
  checkLayout(source, entries, dataStart);
  const file = sourceFile(source);
  const tensors = entries.map(
    ({ name, dtype, shape, begin, end }): TensorFact => ({
      name,
      dtype,
      shape,
      location: { file, startByte: dataStart + begin, endByte: dataStart + end },
    }),
  );
  return {
    format: 'safetensors',
    tensors: tensors.sort((left, right) => compareCodePoints(left.name, right.name)),
    attributes: parseMetadata(source.name, json['__metadata__']),
    graph: null,
    imports: [],
    bytesRead: dataStart,
  };
}

/**
 * Whether a file that begins with these bytes can be meant as safetensors: a length below 2^40 and then an open brace.
 * No text passes, since text has no zero bytes. Nine bytes are needed.
 */
export function looksLikeSafetensors(firstBytes: Uint8Array): boolean {
  return (
    firstBytes.length > lengthBytes && firstBytes[lengthBytes] === 0x7b && !firstBytes.subarray(5, 8).some(Boolean)
  );
}

async function readHeaderLength(source: ByteSource): Promise<number> {
  const bytes = await readRange(source, 0, lengthBytes);
  const onShortage = () => malformed(source.name, 'its length field is cut off');
  const length = new LittleEndianCursor(bytes, { onShortage }).u64();
  if (length > maxSafetensorsHeaderBytes) {
    throw weighbridgeError('formats/header-too-large', { name: source.name, limitBytes: maxSafetensorsHeaderBytes });
  }
  return Number(length);
}

function parseHeaderJson(name: string, bytes: Uint8Array): JsonObject {
  if (bytes[0] !== 0x7b) throw malformed(name, 'its header does not begin with {');
  try {
    return parseStrictJsonObject(parseUtf8(bytes), {
      name,
      maxCharacters: maxSafetensorsHeaderBytes,
      maxDepth: 4,
      reviveNumber: parseExtent,
    });
  } catch (cause) {
    if (cause instanceof WeighbridgeError)
      throw malformed(name, `its header is not strict JSON: ${cause.message}`, cause);
    throw malformed(name, 'its header is not UTF-8', cause);
  }
}

/** Only whole numbers that a double holds exactly have a place in a header. */
function parseExtent(digits: string): number | null {
  const value = Number(digits);
  return /^[0-9]+$/.test(digits) && Number.isSafeInteger(value) ? value : null;
}

function parseEntries(fileName: string, json: JsonObject): TensorEntry[] {
  return Object.entries(json)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => parseEntry(fileName, name, value));
}

function parseEntry(fileName: string, name: string, value: JsonValue): TensorEntry {
  const fault = (reason: string) => malformed(fileName, `tensor ${quote(name)} ${reason}`);
  if (!isJsonObject(value)) throw fault('is not described by an object');
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string') throw fault('has no dtype');
  if (!isExtents(shape) || shape.length > maxDimensions) throw fault('has no sound shape');
  if (!isExtents(offsets) || offsets.length !== 2) throw fault('has no sound data_offsets');
  const [begin = 0, end = 0] = offsets;
  const bits = safetensorsDtypeBits.get(dtype);
  if (bits === undefined) throw fault(`has the unknown dtype ${quote(dtype)}`);
  const needed = elementCount(shape, () => fault('has more elements than can be addressed')) * BigInt(bits);
  if (needed % 8n !== 0n) throw fault('does not fill whole bytes');
  if (end < begin || BigInt(end - begin) !== needed / 8n) {
    throw fault(`needs ${needed / 8n} bytes and has offsets ${begin} to ${end}`);
  }
  return { name, dtype, shape, begin, end };
}

function isExtents(value: JsonValue | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every((extent) => typeof extent === 'number');
}

function elementCount(shape: readonly number[], overflow: () => Error): bigint {
  let count = 1n;
  for (const extent of shape) {
    count *= BigInt(extent);
    if (count > BigInt(Number.MAX_SAFE_INTEGER)) throw overflow();
  }
  return count;
}

function checkLayout({ name, sizeBytes }: ByteSource, entries: readonly TensorEntry[], dataStart: number): void {
  let expected = 0;
  for (const entry of [...entries].sort((left, right) => left.begin - right.begin || left.end - right.end)) {
    if (entry.begin !== expected) {
      throw malformed(name, `tensor ${quote(entry.name)} begins at ${entry.begin} where ${expected} was due`);
    }
    expected = entry.end;
  }
  const neededBytes = dataStart + expected;
  if (neededBytes > sizeBytes) throw weighbridgeError('formats/truncated', { name, sizeBytes, neededBytes });
  if (neededBytes < sizeBytes) throw malformed(name, `${sizeBytes - neededBytes} bytes follow its last tensor`);
}

function parseMetadata(name: string, value: JsonValue | undefined): JsonObject {
  if (value === undefined) return {};
  if (!isJsonObject(value)) throw malformed(name, '__metadata__ is not an object');
  const entries = Object.entries(value).sort(([left], [right]) => compareCodePoints(left, right));
  if (entries.some(([, text]) => typeof text !== 'string')) throw malformed(name, '__metadata__ holds more than text');
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}

function malformed(name: string, reason: string, cause?: unknown): Error {
  return weighbridgeError('formats/safetensors-malformed', { name, reason }, { cause });
}

function quote(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
