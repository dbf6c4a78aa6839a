import { invariant } from '@weighbridge/core';
import { tileWidth } from './tile.js';

/** An entry's length is written in two bytes (C2SP tlog-tiles). */
export const maxEntryBytes = 65_535;
/** The largest bundle that can be: every entry at its largest. */
export const maxBundleBytes = tileWidth * (maxEntryBytes + 2);

/** Entries one after the other, each after its length in two bytes, big-endian. Inverse of parseBundle. */
export function formatBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + entry.length + 2, 0));
  let offset = 0;
  for (const entry of entries) {
    invariant(entry.length <= maxEntryBytes, 'an entry that is too large reached a bundle');
    bytes[offset] = entry.length >> 8;
    bytes[offset + 1] = entry.length & 0xff;
    bytes.set(entry, offset + 2);
    offset += entry.length + 2;
  }
  return bytes;
}

/** The entries of a bundle; null when the bytes end in the middle of one, or hold more than a bundle may. */
export function parseBundle(bytes: Uint8Array): readonly Uint8Array[] | null {
  const entries: Uint8Array[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    if (offset + 2 > bytes.length || entries.length === tileWidth) return null;
    const length = (bytes[offset] as number) * 256 + (bytes[offset + 1] as number);
    const end = offset + 2 + length;
    if (end > bytes.length) return null;
    entries.push(bytes.slice(offset + 2, end));
    offset = end;
  }
  return entries;
}
