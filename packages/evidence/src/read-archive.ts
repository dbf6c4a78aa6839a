import { weighbridgeError } from '@weighbridge/core';
import { type ByteSource, locateEntry, readZipDirectory, type ZipEntry } from '@weighbridge/formats';

/**
 * Bounds of an archive that carries evidence. Metric documents and their statements are small; what is larger is no
 * summary.
 */
export const archiveLimits = {
  archiveBytes: 64 * 1024 * 1024,
  entries: 10_000,
  fileBytes: 32 * 1024 * 1024,
  totalBytes: 128 * 1024 * 1024,
} as const;

/** Raw DEFLATE (RFC 1951) that stops with an error above `maxBytes`. Injected: this package knows no compression. */
export type InflateRaw = (bytes: Uint8Array, maxBytes: number) => Uint8Array;

const regularFile = 0o100000;
const fileTypeMask = 0o170000;

/**
 * The files of a zip archive by name, in memory; nothing is written anywhere. Archives of a workflow run are made by
 * code that nobody reviewed: names that leave the folder, repeated and overlapping entries, links and devices,
 * encryption, other compressions, sizes that are not as told and wrong checksums refuse the whole archive.
 * @throws formats/zip-malformed, formats/truncated, formats/too-complex, formats/document-too-large
 */
export async function readArchive(
  archive: { readonly name: string; readonly bytes: Uint8Array },
  inflate: InflateRaw,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { name, bytes } = archive;
  if (bytes.length > archiveLimits.archiveBytes) throw tooLarge(name, archiveLimits.archiveBytes);
  const source: ByteSource = {
    name,
    sizeBytes: bytes.length,
    read: async (offset, lengthBytes) => bytes.subarray(offset, offset + lengthBytes),
  };
  const { entries } = await readZipDirectory(source);
  if (entries.size > archiveLimits.entries) {
    throw weighbridgeError('formats/too-complex', { name, what: 'archive entries', limit: archiveLimits.entries });
  }
  const files = [...entries.values()].filter((entry) => isFile(name, entry));
  if (files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > archiveLimits.totalBytes) {
    throw tooLarge(name, archiveLimits.totalBytes);
  }
  const read = new Map<string, Uint8Array>();
  const folded = new Set<string>();
  for (const entry of files) {
    // Where case does not count, one of the two would replace the other.
    if (folded.has(entry.name.toLowerCase())) throw malformed(name, `two entries differ in case only`);
    folded.add(entry.name.toLowerCase());
    read.set(entry.name, await readEntry(source, bytes, entry, inflate));
  }
  return read;
}

/** Folders are passed over; what is neither file nor folder refuses the archive. */
function isFile(archive: string, entry: ZipEntry): boolean {
  const type = entry.unixMode & fileTypeMask;
  const isFolder = entry.name.endsWith('/');
  const fits = type === 0 || (isFolder ? type === 0o040000 : type === regularFile);
  if (!fits) throw malformed(archive, `"${entry.name.slice(0, 100)}" is a link or a device`);
  return !isFolder;
}

async function readEntry(
  source: ByteSource,
  bytes: Uint8Array,
  entry: ZipEntry,
  inflate: InflateRaw,
): Promise<Uint8Array> {
  const shown = entry.name.slice(0, 100);
  if (entry.sizeBytes > archiveLimits.fileBytes) throw tooLarge(`${source.name}: ${shown}`, archiveLimits.fileBytes);
  const { startByte, endByte } = await locateEntry(source, entry);
  const stored = bytes.subarray(startByte, endByte);
  const content = entry.method === 0 ? stored : unpack(source.name, shown, entry, stored, inflate);
  if (content.length !== entry.sizeBytes) throw malformed(source.name, `"${shown}" has another size than it says`);
  if (crc32(content) !== entry.crc32) throw malformed(source.name, `"${shown}" has another checksum than it says`);
  return content;
}

function unpack(archive: string, shown: string, entry: ZipEntry, stored: Uint8Array, inflate: InflateRaw): Uint8Array {
  if (entry.method !== 8) throw malformed(archive, `"${shown}" is compressed by method ${entry.method}`);
  try {
    return inflate(stored, entry.sizeBytes);
  } catch (cause) {
    throw weighbridgeError(
      'formats/zip-malformed',
      { name: archive, reason: `"${shown}" cannot be unpacked into the size that it says` },
      { cause },
    );
  }
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of zip (PKWARE APPNOTE 4.4.7). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function tooLarge(name: string, limit: number): Error {
  return weighbridgeError('formats/document-too-large', { name, limit, what: 'bytes' });
}

function malformed(name: string, reason: string): Error {
  return weighbridgeError('formats/zip-malformed', { name, reason });
}
