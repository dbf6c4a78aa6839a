import { parseUtf8, weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '../byte-source.js';
import { type LittleEndianCursor, readRange } from '../little-endian.js';
import { type DirectoryPlace, readEndRecord } from './zip-end-record.js';
import { extraFields, extraOddity } from './zip-extra.js';
import { countOf, cursorOf, in64, in64Short, malformedZip as malformed } from './zip-fields.js';

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
  /** General purpose bits. */
  readonly flags: number;
}

const mostEntries = 1_000_000;
const maxDirectoryBytes = 64 * 1024 * 1024;
const localHeaderBytes = 30;

/** An archive's entries by name, and what it took to read them. */
export interface ZipDirectory {
  /** Of entries with one name the last, as most programs read them. */
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** Where the directory begins: behind the last entry. */
  readonly offset: number;
  /** What of the directory other programs may read otherwise, or not at all; null where it says one thing to all. */
  readonly oddity: string | null;
  readonly bytesRead: number;
}

/** How strictly a directory is read. */
export interface ZipDirectoryOptions {
  /** Two entries of one name: refused, unless they are to be told as an oddity. */
  readonly repeated?: 'refuse' | 'tell';
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
export async function readZipDirectory(
  source: ByteSource,
  { repeated = 'refuse' }: ZipDirectoryOptions = {},
): Promise<ZipDirectory> {
  const { place, bytes } = await readRecords(source);
  const { entries, oddity } = parseEntries(source.name, bytes, place, repeated);
  const { offset } = place;
  return { entries, offset, oddity: place.oddity ?? oddity, bytesRead: place.bytesRead + place.sizeBytes };
}

/**
 * The names of all entries, a character a byte, of archives that `readZipDirectory` refuses, too: whatever the names and
 * their entries are like.
 * @throws formats/zip-malformed, formats/too-complex, formats/truncated where the directory itself cannot be found
 */
export async function readRawNames(source: ByteSource): Promise<readonly string[]> {
  const { bytes } = await readRecords(source);
  const cursor = cursorOf(source.name, bytes, 0);
  const names: string[] = [];
  while (cursor.left > 0) {
    if (cursor.u32() !== 0x02014b50) throw malformed(source.name, 'its directory holds more than its entries');
    cursor.skip(24);
    const nameBytes = cursor.u16();
    const restBytes = cursor.u16() + cursor.u16();
    cursor.skip(12);
    names.push(Array.from(cursor.bytes(nameBytes), (byte) => String.fromCharCode(byte)).join(''));
    cursor.skip(restBytes);
  }
  return names;
}

/** The directory's bytes and where they were found. */
async function readRecords(
  source: ByteSource,
): Promise<{ readonly place: DirectoryPlace; readonly bytes: Uint8Array }> {
  const { name } = source;
  const place = await readEndRecord(source);
  if (place.disk !== 0) throw malformed(name, 'it is split over several disks');
  if (place.entries > mostEntries)
    throw weighbridgeError('formats/too-complex', { name, what: 'archive entries', limit: mostEntries });
  if (place.sizeBytes > maxDirectoryBytes || place.offset + place.sizeBytes > place.end) {
    throw malformed(name, 'its directory is not where its end says');
  }
  return { place, bytes: await readRange(source, place.offset, place.sizeBytes) };
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

function parseEntries(
  name: string,
  bytes: Uint8Array,
  place: DirectoryPlace,
  repeated: 'refuse' | 'tell',
): Pick<ZipDirectory, 'entries' | 'oddity'> {
  const found: ZipEntry[] = [];
  const entries = new Map<string, ZipEntry>();
  const oddities: (string | null)[] = [];
  const cursor = cursorOf(name, bytes, 0);
  for (let index = 0; index < place.entries; index++) {
    const { entry, oddity } = parseEntry(name, cursor);
    checkName(name, entry.name);
    checkType(name, entry);
    if (entries.has(entry.name)) {
      const twice = `it has two entries "${entry.name.slice(0, 100)}"`;
      if (repeated === 'refuse') throw malformed(name, twice);
      oddities.push(twice);
    }
    found.push(entry);
    entries.set(entry.name, entry);
    oddities.push(oddity);
  }
  checkOverlap(name, found, place.offset);
  // Programs that read until the directory ends, and not as many entries as it says, would find more.
  if (cursor.left > 0) oddities.push('its directory goes on behind its last entry');
  return { entries, oddity: oddities.find((oddity) => oddity !== null) ?? null };
}

function parseEntry(
  archive: string,
  cursor: LittleEndianCursor,
): { readonly entry: ZipEntry; readonly oddity: string | null } {
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
  const extra = cursor.bytes(extraBytes);
  applyZip64(archive, extra, sizes);
  cursor.skip(commentBytes);
  if ((flags & 1) !== 0) throw malformed(archive, `"${name.slice(0, 100)}" is encrypted`);
  if (disk !== 0 && disk !== in64Short) throw malformed(archive, 'it is split over several disks');
  const entry = { name, method, crc32, ...sizes, unixMode: madeOnUnix ? attributes >>> 16 : 0, flags };
  return { entry, oddity: commentBytes > 0 ? 'an entry has a comment' : (nameOddity(entry) ?? extraOddity(extra)) };
}

/** DEFLATE's level (1, 2), sizes behind the content (3), names in UTF-8 (11): what writers of archives set. */
const knownFlags = 0x080e;
const utf8Flag = 0x0800;

/** Without its flag, a name beyond ASCII is read in the code page of whoever reads it. */
function nameOddity({ name, flags }: ZipEntry): string | null {
  if ((flags & ~knownFlags) !== 0) return 'an entry has flags that few programs know';
  return /[^\x20-\x7e]/.test(name) && (flags & utf8Flag) === 0 ? 'a name that does not say that it is UTF-8' : null;
}

/** Replaces the fields that did not fit, in their order, from the zip64 extra field (header id 1). */
function applyZip64(
  archive: string,
  extra: Uint8Array,
  sizes: { storedBytes: number; sizeBytes: number; headerOffset: number },
): void {
  for (const { id, bytes } of extraFields(extra) ?? []) {
    if (id !== 1) continue;
    const field = cursorOf(archive, bytes, 0);
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

/** Whether a program that unpacks an entry of this name could write outside of the folder that it unpacks into. */
export function leavesFolder(name: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:)/.test(name) || name.split(/[/\\]/).includes('..');
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
