import { parseIntegerLine, parseLongBytes, parseQuoted, parseRawUnicode } from './escapes.js';
import type { PickleInput } from './pickle-input.js';
import type { PickleBytes, PickleOpaque, PickleValue } from './values.js';

/** Bytes objects up to this size are kept: labels and scalars; larger ones are positions. */
const maxKeptBytes = 4096;
const longestLongBytes = 1024;

/** Stands for what is too long to be read. */
export const opaque: PickleOpaque = { kind: 'opaque' };

/** The number, text or bytes object that an opcode has in the stream; undefined for opcodes that have none. */
export async function readLiteral(input: PickleInput, opcode: number): Promise<PickleValue | undefined> {
  switch (opcode) {
    case 0x46: // FLOAT
    case 0x49: // INT
    case 0x4c: // LONG
    case 0x53: // STRING
    case 0x56: // UNICODE
      return parseLine(opcode, await input.line());
    case 0x47: // BINFLOAT, big-endian
      return readFloat(input);
    case 0x4a: // BININT, signed
      return (await input.count(4)) | 0;
    case 0x4b: // BININT1
      return input.byte();
    case 0x4d: // BININT2
      return input.count(2);
    case 0x8a: // LONG1
      return readLong(input, await input.byte());
    case 0x8b: // LONG4
      return readLong(input, await input.count(4));
    case 0x54: // BINSTRING
      return (await input.latin1(await input.count(4))) ?? opaque;
    case 0x55: // SHORT_BINSTRING
      return (await input.latin1(await input.byte())) ?? opaque;
    case 0x58: // BINUNICODE
      return (await input.text(await input.count(4))) ?? opaque;
    case 0x8c: // SHORT_BINUNICODE
      return (await input.text(await input.byte())) ?? opaque;
    case 0x8d: // BINUNICODE8
      return (await input.text(await input.count(8))) ?? opaque;
    case 0x42: // BINBYTES
      return readBytes(input, await input.count(4));
    case 0x43: // SHORT_BINBYTES
      return readBytes(input, await input.byte());
    case 0x8e: // BINBYTES8
    case 0x96: // BYTEARRAY8
      return readBytes(input, await input.count(8));
    default:
      return undefined;
  }
}

function parseLine(opcode: number, line: string | null): PickleValue {
  if (line === null) return opaque;
  if (opcode === 0x46) return Number(line);
  if (opcode === 0x53) return parseQuoted(line) ?? opaque;
  return opcode === 0x56 ? parseRawUnicode(line) : parseIntegerLine(line, opcode === 0x49);
}

async function readFloat(input: PickleInput): Promise<number> {
  await input.need(8);
  const bytes = input.take(8);
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, false);
}

async function readLong(input: PickleInput, lengthBytes: number): Promise<PickleValue> {
  if (lengthBytes > longestLongBytes) {
    input.skip(lengthBytes);
    return opaque;
  }
  await input.need(lengthBytes);
  return parseLongBytes(input.take(lengthBytes));
}

async function readBytes(input: PickleInput, lengthBytes: number): Promise<PickleBytes> {
  const startByte = input.position;
  if (lengthBytes > maxKeptBytes) {
    input.skip(lengthBytes);
    return { kind: 'bytes', startByte, lengthBytes, content: null };
  }
  await input.need(lengthBytes);
  return { kind: 'bytes', startByte, lengthBytes, content: new Uint8Array(input.take(lengthBytes)) };
}
