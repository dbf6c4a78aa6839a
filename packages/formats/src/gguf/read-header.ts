import { type JsonObject, type JsonValue, parseUtf8, type Sha256, weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '../byte-source.js';
import { sourceFile } from '../byte-window.js';
import { compareCodePoints } from '../code-points.js';
import type { ArtifactHeader, TensorFact } from '../header.js';
import type { LittleEndianCursor } from '../little-endian.js';
import { ggmlTypes, removedGgmlTypes } from './ggml-types.js';
import { countOf, HeaderWindow, malformedGguf, quoteName } from './header-window.js';
import { ggufTypeName, readGgufValue, usualGgufType, type ValueReading } from './values.js';

const maxTensors = 1_000_000;
const maxKeyValues = 100_000;
const maxKeyBytes = 65_535;
/** The specification says 64 bytes; builds with longer names exist. */
const maxTensorNameBytes = 1024;
const maxDimensions = 4;
const defaultAlignment = 32;

/** What every entry has at least: a key of one byte, its type and a value of one byte. */
const leastKeyValueBytes = 8 + 1 + 4 + 1;
/** An empty name, the number of dimensions, the type and the offset. */
const leastTensorBytes = 8 + 4 + 4 + 8;

/** Among the attributes: the type by key, where it is not the one that the value has in most files. */
export const ggufTypesKey = '(types)';

interface TensorEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Relative to the data section. */
  readonly offset: number;
  readonly sizeBytes: number;
}

/**
 * Reads the header of a GGUF file, version 2 or 3, little-endian (ggml docs/gguf.md). Names, block sizes and the checks
 * of offsets are those of ggml's own reader: tensors follow each other without holes but for the padding to
 * `general.alignment`, and lie within the file.
 *
 * `attributes` holds every key: scalars as they are, arrays of up to 64 elements in 4 KiB as lists, longer ones (the
 * tokenizer's tokens) as `{type, count, digest}`, text above 16 KiB as `{type, bytes, digest}`. Loaders ask for a type, too:
 * one that the value does not show is told under `ggufTypesKey`. Shapes are outermost
 * first, the reverse of the order in the file. Reads the header in growing windows, at most 128 MiB of it, and of the
 * tensors never more than one window of 64 KiB.
 * @throws formats/gguf-malformed, formats/gguf-unsupported, formats/truncated, formats/header-too-large,
 *   formats/too-complex
 */
export async function readGgufHeader(
  source: ByteSource,
  { sha256 }: { readonly sha256: Sha256 },
): Promise<ArtifactHeader> {
  const window = new HeaderWindow(source);
  const { tensorCount, keyValueCount } = await window.step(0, (cursor) => readPreamble(cursor, source.name));
  const reading: ValueReading = { name: source.name, sha256, resume: null };
  const types: Record<string, JsonValue> = Object.create(null);
  const pairs = new Map<string, { readonly type: number; readonly value: JsonValue }>();
  for (let left = keyValueCount - 1; left >= 0; left--) {
    const bytesAfter = left * leastKeyValueBytes + tensorCount * leastTensorBytes;
    const { key, type, value, unusual } = await window.step(bytesAfter, (cursor) => readKeyValue(cursor, reading));
    if (pairs.has(key)) throw malformedGguf(source.name, `the key ${quoteName(key)} stands twice`);
    pairs.set(key, { type, value });
    if (unusual !== null) types[key] = unusual;
  }
  const entries = new Map<string, TensorEntry>();
  for (let left = tensorCount - 1; left >= 0; left--) {
    const entry = await window.step(left * leastTensorBytes, (cursor) => readTensorEntry(cursor, source.name));
    if (entries.has(entry.name)) throw malformedGguf(source.name, `the tensor ${quoteName(entry.name)} stands twice`);
    entries.set(entry.name, entry);
  }
  return {
    format: 'gguf',
    tensors: placeTensors(source, [...entries.values()], {
      headerEnd: window.position,
      alignment: alignmentOf(source.name, pairs),
    }),
    attributes: { ...sortedAttributes(pairs), ...(Object.keys(types).length === 0 ? {} : { [ggufTypesKey]: types }) },
    graph: null,
    imports: [],
    bytesRead: window.bytesRead,
  };
}

/** Whether a file that begins with these bytes is meant as GGUF. Four bytes are needed. */
export function looksLikeGguf(firstBytes: Uint8Array): boolean {
  return firstBytes[0] === 0x47 && firstBytes[1] === 0x47 && firstBytes[2] === 0x55 && firstBytes[3] === 0x46;
}

function readPreamble(cursor: LittleEndianCursor, name: string): { tensorCount: number; keyValueCount: number } {
  if (!looksLikeGguf(cursor.bytes(4))) throw malformedGguf(name, 'it does not begin with GGUF');
  const version = cursor.u32();
  if ((version & 0xffff) === 0) throw unsupported(name, 'its numbers are big-endian');
  if (version < 2 || version > 3) throw unsupported(name, `it has version ${version}, and versions 2 and 3 are known`);
  const tensorCount = countOf(cursor.u64(), 'the number of tensors', name);
  const keyValueCount = countOf(cursor.u64(), 'the number of keys', name);
  if (tensorCount > maxTensors)
    throw weighbridgeError('formats/too-complex', { name, what: 'tensors', limit: maxTensors });
  if (keyValueCount > maxKeyValues)
    throw weighbridgeError('formats/too-complex', { name, what: 'keys', limit: maxKeyValues });
  return { tensorCount, keyValueCount };
}

function readKeyValue(
  cursor: LittleEndianCursor,
  reading: ValueReading,
): { key: string; type: number; value: JsonValue; unusual: string | null } {
  const key = readName(cursor, reading.name, { what: 'a key', maxBytes: maxKeyBytes });
  const type = cursor.u32();
  const start = cursor.position;
  const value = readGgufValue(cursor, type, reading);
  const word = ggufTypeName(type, cursor.since(start), reading);
  const usual = usualGgufType(value);
  return { key, type, value, unusual: usual === null || usual === word ? null : word };
}

function readTensorEntry(cursor: LittleEndianCursor, fileName: string): TensorEntry {
  const name = readName(cursor, fileName, { what: 'the name of a tensor', maxBytes: maxTensorNameBytes });
  const fault = (reason: string) => malformedGguf(fileName, `the tensor ${quoteName(name)} ${reason}`);
  const dimensions = cursor.u32();
  if (dimensions > maxDimensions) throw fault(`has ${dimensions} dimensions`);
  const extents = Array.from({ length: dimensions }, () => countOf(cursor.u64(), 'an extent', fileName));
  const type = cursor.u32();
  const offset = countOf(cursor.u64(), 'an offset', fileName);
  const layout = ggmlTypes.get(type);
  if (layout === undefined) {
    const removed = removedGgmlTypes.get(type);
    const shown = removed === undefined ? `the unknown type ${type}` : `the type ${removed}, which ggml has removed`;
    throw unsupported(fileName, `the tensor ${quoteName(name)} has ${shown}`);
  }
  const rowElements = extents[0] ?? 1;
  if (rowElements % layout.blockElements !== 0) {
    throw fault(`has rows of ${rowElements} elements, and ${layout.name} packs ${layout.blockElements} together`);
  }
  const elements = extents.reduce((product, extent) => product * BigInt(extent), 1n);
  const sizeBytes = (elements / BigInt(layout.blockElements)) * BigInt(layout.blockBytes);
  if (sizeBytes > BigInt(Number.MAX_SAFE_INTEGER)) throw fault('is larger than can be addressed');
  return { name, dtype: layout.name, shape: extents.reverse(), offset, sizeBytes: Number(sizeBytes) };
}

function readName(
  cursor: LittleEndianCursor,
  fileName: string,
  { what, maxBytes }: { readonly what: string; readonly maxBytes: number },
): string {
  const length = countOf(cursor.u64(), `the length of ${what}`, fileName);
  if (length > maxBytes) throw malformedGguf(fileName, `${what} has ${length} bytes`);
  const bytes = cursor.bytes(length);
  try {
    return parseUtf8(bytes);
  } catch (cause) {
    throw malformedGguf(fileName, `${what} is not UTF-8`, cause);
  }
}

function alignmentOf(
  name: string,
  pairs: ReadonlyMap<string, { readonly type: number; readonly value: JsonValue }>,
): number {
  const pair = pairs.get('general.alignment');
  if (pair === undefined) return defaultAlignment;
  const alignment = pair.type === 4 ? Number(pair.value) : 0;
  if (alignment === 0 || (alignment & (alignment - 1)) !== 0) {
    throw malformedGguf(name, 'general.alignment is not a power of two as u32');
  }
  return alignment;
}

function placeTensors(
  source: ByteSource,
  entries: readonly TensorEntry[],
  { headerEnd, alignment }: { readonly headerEnd: number; readonly alignment: number },
): TensorFact[] {
  const file = sourceFile(source);
  const start = roundUp(headerEnd, alignment);
  let expected = 0;
  const tensors: TensorFact[] = [];
  for (const { name, dtype, shape, offset, sizeBytes } of [...entries].sort(byPlace)) {
    if (offset !== expected) {
      throw malformedGguf(source.name, `the tensor ${quoteName(name)} is at ${offset} where ${expected} was due`);
    }
    const startByte = start + offset;
    const endByte = startByte + sizeBytes;
    if (endByte > source.sizeBytes) {
      throw weighbridgeError('formats/truncated', {
        name: source.name,
        sizeBytes: source.sizeBytes,
        neededBytes: endByte,
      });
    }
    tensors.push({ name, dtype, shape, location: { file, startByte, endByte } });
    expected = roundUp(offset + sizeBytes, alignment);
  }
  return tensors.sort((left, right) => compareCodePoints(left.name, right.name));
}

/** Empty tensors share their offset with the one that follows. */
function byPlace(left: TensorEntry, right: TensorEntry): number {
  return left.offset - right.offset || left.sizeBytes - right.sizeBytes;
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

function sortedAttributes(pairs: ReadonlyMap<string, { readonly value: JsonValue }>): JsonObject {
  const attributes: Record<string, JsonValue> = Object.create(null);
  for (const key of [...pairs.keys()].sort(compareCodePoints)) attributes[key] = pairs.get(key)?.value ?? null;
  return attributes;
}

function unsupported(name: string, reason: string): Error {
  return weighbridgeError('formats/gguf-unsupported', { name, reason });
}
