import { weighbridgeError } from '@weighbridge/core';
import type { ByteWindow } from '../byte-window.js';

/** Protocol buffers wire types that ONNX uses; groups (3 and 4) are refused. */
export type WireType = 0 | 1 | 2 | 5;

/** One field of a message: its payload is [start, end) of the file, its tag begins at `tagStart`. */
export interface WireField {
  readonly number: number;
  readonly wireType: WireType;
  readonly tagStart: number;
  readonly start: number;
  readonly end: number;
  /** The value of a varint field, two's complement as 64 bits; 0 for the other wire types. */
  readonly varint: number | bigint;
}

/** Return it from a visitor to leave the rest of the message alone. */
export const stopWalk: unique symbol = Symbol('stop');

type Visit = (field: WireField) => void | typeof stopWalk | Promise<void | typeof stopWalk>;

const longestVarintBytes = 10;
const mostPackedValues = 1_000_000;

/**
 * Walks the fields of one message without reading length-delimited payloads
 * (encoding: protobuf.dev/programming-guides/encoding).
 * @throws formats/onnx-malformed, formats/truncated, formats/header-too-large
 */
export async function walkFields(window: ByteWindow, start: number, end: number, visit: Visit): Promise<void> {
  let position = start;
  while (position < end) {
    const aheadBytes = Math.min(2 * longestVarintBytes, end - position);
    if (!window.covers(position, aheadBytes)) await window.load(position, aheadBytes);
    const field = fieldAt(window, position, end);
    const outcome = visit(field);
    if ((outcome instanceof Promise ? await outcome : outcome) === stopWalk) return;
    position = field.end;
  }
}

/** Values of a packed run of varints. @throws as walkFields */
export async function readPackedVarints(window: ByteWindow, field: WireField): Promise<(number | bigint)[]> {
  await window.load(field.start, field.end - field.start);
  const values: (number | bigint)[] = [];
  let position = field.start;
  while (position < field.end) {
    const { value, next } = varintAt(window, position, field.end);
    if (values.length >= mostPackedValues)
      throw malformedModel(window.source.name, `more than ${mostPackedValues} numbers in one list`);
    values.push(value);
    position = next;
  }
  return values;
}

/** The signed reading of a 64-bit varint, exact. */
export function signedVarint(value: number | bigint): number | bigint {
  if (typeof value === 'number') return value;
  const signed = BigInt.asIntN(64, value);
  const small = Number(signed);
  return Number.isSafeInteger(small) ? small : signed;
}

/** @throws formats/onnx-malformed */
export function malformedModel(name: string, reason: string): Error {
  return weighbridgeError('formats/onnx-malformed', { name, reason });
}

function fieldAt(window: ByteWindow, tagStart: number, end: number): WireField {
  const { value: tag, next } = varintAt(window, tagStart, end);
  const number = typeof tag === 'number' ? Math.floor(tag / 8) : 0;
  if (number < 1 || number > 0x1fffffff)
    throw malformedModel(window.source.name, `a bad field number at byte ${tagStart}`);
  const wireType = Number(tag) % 8;
  if (wireType === 0) {
    const { value, next: after } = varintAt(window, next, end);
    return { number, wireType, tagStart, start: next, end: after, varint: value };
  }
  if (wireType === 1 || wireType === 5) {
    return within(
      window,
      { number, wireType, tagStart, start: next, end: next + (wireType === 1 ? 8 : 4), varint: 0 },
      end,
    );
  }
  if (wireType !== 2) throw malformedModel(window.source.name, `wire type ${wireType} at byte ${tagStart}`);
  const { value: length, next: payload } = varintAt(window, next, end);
  return within(window, { number, wireType, tagStart, start: payload, end: payload + Number(length), varint: 0 }, end);
}

function within(window: ByteWindow, field: WireField, messageEnd: number): WireField {
  if (field.end <= messageEnd) return field;
  throw malformedModel(window.source.name, `a field at byte ${field.tagStart} runs past its message`);
}

function varintAt(window: ByteWindow, start: number, end: number): { value: number | bigint; next: number } {
  let low = 0;
  let high = 0n;
  for (let index = 0; index < longestVarintBytes; index++) {
    const position = start + index;
    if (position >= end) break;
    const byte = window.byte(position);
    // Seven bytes hold 49 bits, which a double keeps exactly; the rest goes to a bigint.
    if (index < 7) low += (byte & 0x7f) * 2 ** (7 * index);
    else high |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte >= 0x80) continue;
    const value = high === 0n ? low : BigInt.asUintN(64, high | BigInt(low));
    return {
      value: typeof value === 'bigint' && value <= 0x1fffffffffffffn ? Number(value) : value,
      next: position + 1,
    };
  }
  throw malformedModel(window.source.name, `an endless number at byte ${start}`);
}
