import { digestBytes, type JsonValue, parseUtf8, type Sha256 } from '@weighbridge/core';
import type { LittleEndianCursor } from '../little-endian.js';
import { countOf, malformedGguf } from './header-window.js';

/** Arrays up to this many elements and bytes are listed, longer ones are `{type, count, digest}`. */
export const ggufListedArray = { elements: 64, bytes: 4096 } as const;
/** Text up to this many bytes is kept, longer text is `{type: "string", bytes, digest}`. */
export const maxGgufTextBytes = 16 * 1024;
/** The specification lets arrays nest; no writer does, and ggml refuses it. */
const maxNesting = 4;
const maxNestedBytes = 1024 * 1024;

const stringType = 8;
const arrayType = 9;

export interface ValueReading {
  /** The file, for messages. */
  readonly name: string;
  readonly sha256: Sha256;
  /**
   * How far the array of strings at `start` has been walked, so that a walk which ran out of bytes goes on where it
   * stopped: a hostile file could otherwise have it walked once for each window.
   */
  resume: { start: number; left: number; position: number } | null;
}

interface Scalar {
  readonly name: string;
  readonly sizeBytes: number;
  read(cursor: LittleEndianCursor, reading: ValueReading): JsonValue;
}

/** Value types by number (ggml docs/gguf.md, gguf_metadata_value_type). */
const scalars: ReadonlyMap<number, Scalar> = new Map<number, Scalar>([
  [0, { name: 'u8', sizeBytes: 1, read: (cursor) => cursor.u8() }],
  [1, { name: 'i8', sizeBytes: 1, read: (cursor) => cursor.i8() }],
  [2, { name: 'u16', sizeBytes: 2, read: (cursor) => cursor.u16() }],
  [3, { name: 'i16', sizeBytes: 2, read: (cursor) => cursor.i16() }],
  [4, { name: 'u32', sizeBytes: 4, read: (cursor) => cursor.u32() }],
  [5, { name: 'i32', sizeBytes: 4, read: (cursor) => cursor.i32() }],
  [6, { name: 'f32', sizeBytes: 4, read: (cursor) => finiteOrWord(cursor.f32()) }],
  [7, { name: 'bool', sizeBytes: 1, read: readBool }],
  [10, { name: 'u64', sizeBytes: 8, read: (cursor) => exactOrDigits(cursor.u64()) }],
  [11, { name: 'i64', sizeBytes: 8, read: (cursor) => exactOrDigits(cursor.i64()) }],
  [12, { name: 'f64', sizeBytes: 8, read: (cursor) => finiteOrWord(cursor.f64()) }],
]);

/**
 * Reads one metadata value. Integers that a double cannot hold become their digits, NaN and infinities their words,
 * long text and long arrays a digest of their bytes as they stand in the file (elements only, without type and count).
 * @throws formats/gguf-malformed, and the cursor's shortage
 */
export function readGgufValue(cursor: LittleEndianCursor, type: number, reading: ValueReading): JsonValue {
  if (type === stringType) return readText(cursor, reading);
  if (type === arrayType) return readArray(cursor, reading, 1);
  return scalarOf(type, reading).read(cursor, reading);
}

/** Type of a value by its number; of an array that of its elements, from the bytes that were read for it. */
export function ggufTypeName(type: number, bytes: Uint8Array, reading: ValueReading): string {
  return type === arrayType ? `array of ${typeName(bytes[0] ?? 0, reading)}` : typeName(type, reading);
}

/** The type that writers give what looks like this; null where the value names its own. */
export function usualGgufType(value: JsonValue): string | null {
  if (Array.isArray(value)) {
    const kinds = new Set(value.map((element) => (Number.isInteger(element) ? 'i32' : usualGgufType(element))));
    const [kind = 'string'] = kinds.has('f32') ? ['f32'] : kinds;
    return `array of ${kind}`;
  }
  if (typeof value === 'number') return Number.isInteger(value) ? 'u32' : 'f32';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'string' ? 'string' : null;
}

/** The bytes of a string: a u64 length and as many bytes. */
function readStringBytes(cursor: LittleEndianCursor, name: string): Uint8Array {
  return cursor.bytes(countOf(cursor.u64(), 'the length of a string', name));
}

function readText(cursor: LittleEndianCursor, reading: ValueReading): JsonValue {
  const bytes = readStringBytes(cursor, reading.name);
  const text = bytes.length <= maxGgufTextBytes ? utf8OrNull(bytes) : null;
  return text ?? { type: 'string', bytes: bytes.length, digest: digestBytes(reading.sha256, bytes) };
}

/** Null for bytes that are not UTF-8: writers put raw bytes into names of tokens, and a digest tells them apart as well. */
function utf8OrNull(bytes: Uint8Array): string | null {
  try {
    return parseUtf8(bytes);
  } catch (cause) {
    if (cause instanceof TypeError) return null;
    throw cause;
  }
}

function readArray(cursor: LittleEndianCursor, reading: ValueReading, depth: number): JsonValue {
  if (depth > maxNesting) throw malformedGguf(reading.name, `arrays lie more than ${maxNesting} deep in each other`);
  const type = cursor.u32();
  const count = countOf(cursor.u64(), 'the count of an array', reading.name);
  const start = cursor.position;
  const isShort = count <= ggufListedArray.elements;
  const listed = isShort ? readElements(cursor, { type, count, depth }, reading) : null;
  if (listed === null) skipElements(cursor, { type, count, depth }, reading);
  const bytes = cursor.since(start);
  if (listed !== null && bytes.length <= ggufListedArray.bytes) return listed;
  return { type: typeName(type, reading), count, digest: digestBytes(reading.sha256, bytes) };
}

interface Elements {
  readonly type: number;
  readonly count: number;
  readonly depth: number;
}

function readElements(
  cursor: LittleEndianCursor,
  { type, count, depth }: Elements,
  reading: ValueReading,
): JsonValue[] {
  const values: JsonValue[] = [];
  for (let index = 0; index < count; index++) {
    values.push(type === arrayType ? readArray(cursor, reading, depth + 1) : readGgufValue(cursor, type, reading));
  }
  return values;
}

function skipElements(cursor: LittleEndianCursor, { type, count, depth }: Elements, reading: ValueReading): void {
  if (type === stringType) skipStrings(cursor, count, reading);
  else if (type === arrayType) skipArrays(cursor, { type, count, depth }, reading);
  else cursor.skip(count * scalarOf(type, reading).sizeBytes);
}

function skipStrings(cursor: LittleEndianCursor, count: number, reading: ValueReading): void {
  const lengthBytes = 8;
  const start = cursor.position;
  const resumed = reading.resume?.start === start ? reading.resume : { start, left: count, position: start };
  reading.resume = resumed;
  cursor.skip(resumed.position - start);
  while (resumed.left > 0) {
    // Where bytes run out, all that is left must follow with a length each, so that the window grows in large steps.
    const leastBytesAfter = (resumed.left - 1) * lengthBytes;
    if (cursor.left < lengthBytes) cursor.need(lengthBytes + leastBytesAfter);
    const length = countOf(cursor.u64(), 'the length of a string', reading.name);
    if (cursor.left < length) cursor.need(length + leastBytesAfter);
    cursor.skip(length);
    resumed.left -= 1;
    resumed.position = cursor.position;
  }
}

function skipArrays(cursor: LittleEndianCursor, { count, depth }: Elements, reading: ValueReading): void {
  const start = cursor.position;
  for (let left = count; left > 0; left--) {
    readArray(cursor, reading, depth + 1);
    if (cursor.position - start > maxNestedBytes) {
      throw malformedGguf(reading.name, `arrays in arrays take more than ${maxNestedBytes} bytes`);
    }
  }
}

function typeName(type: number, reading: ValueReading): string {
  if (type === stringType) return 'string';
  return type === arrayType ? 'array' : scalarOf(type, reading).name;
}

function scalarOf(type: number, reading: ValueReading): Scalar {
  const scalar = scalars.get(type);
  if (scalar === undefined) throw malformedGguf(reading.name, `a value has the unknown type ${type}`);
  return scalar;
}

function readBool(cursor: LittleEndianCursor, reading: ValueReading): boolean {
  const byte = cursor.u8();
  if (byte > 1) throw malformedGguf(reading.name, `a boolean is ${byte}`);
  return byte === 1;
}

function finiteOrWord(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function exactOrDigits(value: bigint): number | string {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
}
