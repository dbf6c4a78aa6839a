import { parseUtf8, weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '../byte-source.js';
import { LittleEndianCursor, readRange } from '../little-endian.js';

/** One entry of an archive, as its central directory has it. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated; other methods are left to the caller. */
  readonly method: number;
  readonly crc32: number;
  readonly storedBytes: number;
  readonly sizeBytes: number;
  readonly headerOffset: number;
  /** Mode and type of the file as Unix has them; 0 where the archive was not made there. */
  readonly unixMode: number;
}

const endRecordBytes = 22;
const longestCommentBytes = 0xffff;
const mostEntries = 1_000_000;
const maxDirectoryBytes = 64 * 1024 * 1024;
const localHeaderBytes = 30;
/** What 16- and 32-bit fields hold when the number stands in the zip64 record. */
const in64 = 0xffffffff;
const in64Short = 0xffff;

/** An archive's entries by name, and what it took to read them. */
export interface ZipDirectory {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly bytesRead: number;
}

/** Whether the first bytes of a file are those of a zip archive's first entry. */
export function looksLikeZip(firstBytes: Uint8Array): boolean {
  return [0x50, 0x4b, 0x03, 0x04].every((byte, index) => firstBytes[index] === byte);
}

/**
 * Reads the central directory of a zip archive (PKWARE APPNOTE 6.3.10, zip64 included) from its end. Encrypted entries,
 * names that leave the folder, repeated names, links and devices, entries that overlap and directories above 64 MiB are
 * refused.
 * @throws formats/zip-malformed, formats/too-complex, formats/truncated
 */
export async function readZipDirectory(source: ByteSource): Promise<ZipDirectory> {
  const { name, sizeBytes } = source;
  const tailBytes = Math.min(sizeBytes, endRecordBytes + longestCommentBytes);
  const tailStart = sizeBytes - tailBytes;
  const tail = await readRange(source, tailStart, tailBytes);
  const end = findEndRecord(name, tail);
  const record = cursorOf(name, tail, end);
  const place = { disk: 0, entries: 0, sizeBytes: 0, offset: 0, end: tailStart + end };
  record.skip(4);
  place.disk = record.u16() + record.u16();
  record.skip(2);
  place.entries = record.u16();
  place.sizeBytes = record.u32();
  place.offset = record.u32();
  let bytesRead = tailBytes;
  if (place.entries === in64Short || place.sizeBytes === in64 || place.offset === in64) {
    bytesRead += await readZip64End(source, place);
  }
  if (place.disk !== 0) throw malformed(name, 'it is split over several disks');
  if (place.entries > mostEntries)
    throw weighbridgeError('formats/too-complex', { name, what: 'archive entries', limit: mostEntries });
  if (place.sizeBytes > maxDirectoryBytes || place.offset + place.sizeBytes > place.end) {
    throw malformed(name, 'its directory is not where its end says');
  }
  const bytes = await readRange(source, place.offset, place.sizeBytes);
  const entries = parseEntries(name, bytes, place);
  return { entries, bytesRead: bytesRead + place.sizeBytes };
}

/**
 * Where the bytes of an entry are: behind its local header, whose length only the file itself knows.
 * @throws formats/zip-malformed when the local header does not belong to the entry
 */
export async function locateEntry(
  source: ByteSource,
  entry: ZipEntry,
): Promise<{ startByte: number; endByte: number }> {
  const { name } = source;
  const header = cursorOf(name, await readRange(source, entry.headerOffset, localHeaderBytes), 0);
  if (header.u32() !== 0x04034b50) throw malformed(name, `"${entry.name}" is not where the directory says`);
  header.skip(2);
  const flags = header.u16();
  const method = header.u16();
  header.skip(16);
  const nameBytes = header.u16();
  const startByte = entry.headerOffset + localHeaderBytes + nameBytes + header.u16();
  if (method !== entry.method || (flags & 1) !== 0) throw malformed(name, `two headers of "${entry.name}" disagree`);
  const endByte = startByte + entry.storedBytes;
  if (endByte > source.sizeBytes)
    throw weighbridgeError('formats/truncated', { name, sizeBytes: source.sizeBytes, neededBytes: endByte });
  return { startByte, endByte };
}

/** Bytes that `locateEntry` reads. */
export const locateEntryBytes = localHeaderBytes;

interface DirectoryPlace {
  disk: number;
  entries: number;
  sizeBytes: number;
  offset: number;
  end: number;
}

/** The record is the last of the file; behind it is only its comment. */
function findEndRecord(name: string, tail: Uint8Array): number {
  for (let start = tail.length - endRecordBytes; start >= 0; start--) {
    if (tail[start] !== 0x50 || tail[start + 1] !== 0x4b || tail[start + 2] !== 5 || tail[start + 3] !== 6) continue;
    const commentBytes = (tail[start + 20] ?? 0) + 256 * (tail[start + 21] ?? 0);
    if (start + endRecordBytes + commentBytes === tail.length) return start;
  }
  throw malformed(name, 'it has no end record; it may be cut off');
}

async function readZip64End(source: ByteSource, place: DirectoryPlace): Promise<number> {
  const { name } = source;
  const locatorBytes = 20;
  const recordBytes = 56;
  const locatorStart = place.end - locatorBytes;
  if (locatorStart < 0) throw malformed(name, 'its zip64 record is missing');
  const locator = cursorOf(name, await readRange(source, locatorStart, locatorBytes), 0);
  if (locator.u32() !== 0x07064b50) throw malformed(name, 'its zip64 record is missing');
  locator.skip(4);
  const recordStart = countOf(name, locator.u64());
  if (recordStart + recordBytes > locatorStart) throw malformed(name, 'its zip64 record is not where its end says');
  const record = cursorOf(name, await readRange(source, recordStart, recordBytes), 0);
  if (record.u32() !== 0x06064b50) throw malformed(name, 'its zip64 record is missing');
  record.skip(12);
  place.disk = record.u32() + record.u32();
  record.skip(8);
  place.entries = countOf(name, record.u64());
  place.sizeBytes = countOf(name, record.u64());
  place.offset = countOf(name, record.u64());
  place.end = recordStart;
  return locatorBytes + recordBytes;
}

function parseEntries(name: string, bytes: Uint8Array, place: DirectoryPlace): ReadonlyMap<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  const cursor = cursorOf(name, bytes, 0);
  for (let index = 0; index < place.entries; index++) {
    const entry = parseEntry(name, cursor);
    checkName(name, entry.name);
    checkType(name, entry);
    if (entries.has(entry.name)) throw malformed(name, `it has two entries "${entry.name.slice(0, 100)}"`);
    entries.set(entry.name, entry);
  }
  checkOverlap(name, [...entries.values()], place.offset);
  return entries;
}

function parseEntry(archive: string, cursor: LittleEndianCursor): ZipEntry {
  if (cursor.u32() !== 0x02014b50) throw malformed(archive, 'its directory ends before its last entry');
  const madeOnUnix = cursor.u16() >> 8 === 3;
  cursor.skip(2);
  const flags = cursor.u16();
  const method = cursor.u16();
  cursor.skip(4);
  const crc32 = cursor.u32();
  const sizes = { storedBytes: cursor.u32(), sizeBytes: cursor.u32(), headerOffset: 0 };
  const nameBytes = cursor.u16();
  const extraBytes = cursor.u16();
  const commentBytes = cursor.u16();
  const disk = cursor.u16();
  cursor.skip(2);
  const attributes = cursor.u32();
  sizes.headerOffset = cursor.u32();
  const name = entryName(archive, cursor.bytes(nameBytes));
  applyZip64(archive, cursor.bytes(extraBytes), sizes);
  cursor.skip(commentBytes);
  if ((flags & 1) !== 0) throw malformed(archive, `"${name.slice(0, 100)}" is encrypted`);
  if (disk !== 0 && disk !== in64Short) throw malformed(archive, 'it is split over several disks');
  return { name, method, crc32, ...sizes, unixMode: madeOnUnix ? attributes >>> 16 : 0 };
}

/** Replaces the fields that did not fit, in their order, from the zip64 extra field (header id 1). */
function applyZip64(
  archive: string,
  extra: Uint8Array,
  sizes: { storedBytes: number; sizeBytes: number; headerOffset: number },
): void {
  const cursor = cursorOf(archive, extra, 0);
  while (extra.length - cursor.position >= 4) {
    const id = cursor.u16();
    const field = cursorOf(archive, cursor.bytes(cursor.u16()), 0);
    if (id !== 1) continue;
    if (sizes.sizeBytes === in64) sizes.sizeBytes = countOf(archive, field.u64());
    if (sizes.storedBytes === in64) sizes.storedBytes = countOf(archive, field.u64());
    if (sizes.headerOffset === in64) sizes.headerOffset = countOf(archive, field.u64());
  }
}

function entryName(archive: string, bytes: Uint8Array): string {
  try {
    return parseUtf8(bytes);
  } catch (cause) {
    throw weighbridgeError(
      'formats/zip-malformed',
      { name: archive, reason: 'an entry whose name is not UTF-8' },
      { cause },
    );
  }
}

function checkName(archive: string, name: string): void {
  const isSound = name !== '' && !/[\\\0]|^\/|^[A-Za-z]:/.test(name) && !name.split('/').includes('..');
  if (!isSound) throw malformed(archive, `an entry is called "${name.slice(0, 100)}"`);
}

/** What Unix calls neither a file nor a folder leads somewhere else once it is unpacked. */
function checkType(archive: string, { name, unixMode }: ZipEntry): void {
  const type = unixMode & 0o170000;
  if (type === 0 || type === 0o100000 || type === 0o040000) return;
  throw malformed(archive, `"${name.slice(0, 100)}" is ${type === 0o120000 ? 'a symbolic link' : 'no file'}`);
}

/** Entries that share bytes are how small archives become huge ones. */
function checkOverlap(archive: string, entries: readonly ZipEntry[], directoryOffset: number): void {
  const inOrder = [...entries].sort((left, right) => left.headerOffset - right.headerOffset);
  for (const [index, entry] of inOrder.entries()) {
    const next = inOrder[index + 1]?.headerOffset ?? directoryOffset;
    const leastBytes = localHeaderBytes + utf8Length(entry.name) + entry.storedBytes;
    if (entry.headerOffset + leastBytes > next)
      throw malformed(archive, `"${entry.name.slice(0, 100)}" overlaps what follows it`);
    if (entry.method === 0 && entry.storedBytes !== entry.sizeBytes) {
      throw malformed(archive, `"${entry.name.slice(0, 100)}" is stored in another size than its own`);
    }
  }
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

function cursorOf(name: string, bytes: Uint8Array, position: number): LittleEndianCursor {
  return new LittleEndianCursor(bytes, { position, onShortage: () => malformed(name, 'a record of it is cut off') });
}

function countOf(name: string, value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed(name, 'a size beyond what can be counted');
  return Number(value);
}

function malformed(name: string, reason: string): Error {
  return weighbridgeError('formats/zip-malformed', { name, reason });
}
