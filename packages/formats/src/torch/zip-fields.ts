import { weighbridgeError } from '@weighbridge/core';
import { LittleEndianCursor } from '../little-endian.js';

/** What 32-bit fields hold when the number stands in a zip64 record. */
export const in64 = 0xffffffff;
/** What 16-bit fields hold when the number stands in a zip64 record. */
export const in64Short = 0xffff;

/** Reads fields of a record of an archive. A record that ends early is formats/zip-malformed. */
export function cursorOf(name: string, bytes: Uint8Array, position: number): LittleEndianCursor {
  return new LittleEndianCursor(bytes, { position, onShortage: () => malformedZip(name, 'a record of it is cut off') });
}

/** A 64-bit field as a number. @throws formats/zip-malformed above 2^53 - 1 */
export function countOf(name: string, value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw malformedZip(name, 'a size beyond what can be counted');
  return Number(value);
}

/** The error formats/zip-malformed of an archive, for whoever throws it. */
export function malformedZip(name: string, reason: string): Error {
  return weighbridgeError('formats/zip-malformed', { name, reason });
}
