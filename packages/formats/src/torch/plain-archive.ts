import { utf8, WeighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '../byte-source.js';
import { readRange } from '../little-endian.js';
import { readZipDirectory, type ZipDirectory, type ZipEntry } from './zip-directory.js';
import { extraFields, extraOddity } from './zip-extra.js';
import { countOf, cursorOf, in64 } from './zip-fields.js';

const localHeaderBytes = 30;
const descriptorFlag = 0x0008;
/** Bits 1 and 2 tell how hard an entry was compressed. */
const levelFlags = 0x0006;

/**
 * The directory of an archive that says the same to every program which reads zip, so that what its entries hold is all
 * that a loader can see: every byte of the file belongs to an entry or to the directory, the header before an entry
 * names it and its sizes as the directory does, no name comes twice, and there are neither comments nor extra fields
 * that change what is read. Null for every other archive, broken ones included: of those only the whole file tells.
 * Reads the directory and the header of each entry.
 * @throws formats/too-complex, formats/truncated
 */
export async function readPlainArchive(source: ByteSource): Promise<ZipDirectory | null> {
  try {
    const directory = await readZipDirectory(source, { repeated: 'tell' });
    return directory.oddity === null && (await hasPlainEntries(source, directory)) ? directory : null;
  } catch (cause) {
    if (cause instanceof WeighbridgeError && cause.code === 'formats/zip-malformed') return null;
    throw cause;
  }
}

/** Whether the entries follow each other from the first byte to the directory. */
async function hasPlainEntries(source: ByteSource, { entries, offset }: ZipDirectory): Promise<boolean> {
  // PyTorch's reader, and folders of some systems, take names that differ in case only for one.
  if (new Set([...entries.keys()].map((name) => name.toLowerCase())).size < entries.size) return false;
  const inOrder = [...entries.values()].sort((left, right) => left.headerOffset - right.headerOffset);
  let position = 0;
  for (const [index, entry] of inOrder.entries()) {
    if (entry.headerOffset !== position) return false;
    const contentStart = await plainContentStart(source, entry);
    if (contentStart === null) return false;
    const contentEnd = contentStart + entry.storedBytes;
    position = inOrder[index + 1]?.headerOffset ?? offset;
    if (!(await isEmptyOrDescriptor(source, entry, { startByte: contentEnd, endByte: position }))) return false;
  }
  return position === offset;
}

/** Where the content of an entry begins; null when its own header says anything else than the directory. */
async function plainContentStart(source: ByteSource, entry: ZipEntry): Promise<number | null> {
  const { name } = source;
  const header = cursorOf(name, await readRange(source, entry.headerOffset, localHeaderBytes), 0);
  if (header.u32() !== 0x04034b50) return null;
  header.skip(2);
  const flags = header.u16();
  const method = header.u16();
  header.skip(4);
  const told = { crc32: header.u32(), storedBytes: header.u32(), sizeBytes: header.u32() };
  const nameBytes = header.u16();
  const extraBytes = header.u16();
  if (method !== entry.method || ((flags ^ entry.flags) & ~levelFlags) !== 0) return null;
  const rest = await readRange(source, entry.headerOffset + localHeaderBytes, nameBytes + extraBytes);
  const extra = rest.subarray(nameBytes);
  const isNamed = equalBytes(rest.subarray(0, nameBytes), utf8(entry.name));
  if (!isNamed || extraOddity(extra) !== null || !agrees(name, { entry, told, extra })) return null;
  return entry.headerOffset + localHeaderBytes + rest.length;
}

function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

interface Told {
  readonly crc32: number;
  readonly storedBytes: number;
  readonly sizeBytes: number;
}

/** Numbers that follow the content may be left out before it. */
function agrees(
  archive: string,
  { entry, told, extra }: { readonly entry: ZipEntry; readonly told: Told; readonly extra: Uint8Array },
): boolean {
  const isLater = (entry.flags & descriptorFlag) !== 0;
  const in64Bits = (extraFields(extra) ?? []).find(({ id }) => id === 1)?.bytes;
  const field = in64Bits === undefined ? null : cursorOf(archive, in64Bits, 0);
  const long = (value: number): number => (value === in64 && field !== null ? countOf(archive, field.u64()) : value);
  const sizeBytes = long(told.sizeBytes);
  const storedBytes = long(told.storedBytes);
  const fits = (value: number, own: number): boolean => value === own || (isLater && value === 0);
  return fits(told.crc32, entry.crc32) && fits(sizeBytes, entry.sizeBytes) && fits(storedBytes, entry.storedBytes);
}

/** Behind the content may follow its checksum and sizes once more, in 32 or 64 bits (PKWARE APPNOTE 4.3.9). */
async function isEmptyOrDescriptor(
  source: ByteSource,
  entry: ZipEntry,
  { startByte, endByte }: { readonly startByte: number; readonly endByte: number },
): Promise<boolean> {
  const lengthBytes = endByte - startByte;
  if (lengthBytes === 0) return true;
  if ((entry.flags & descriptorFlag) === 0 || ![12, 16, 20, 24].includes(lengthBytes)) return false;
  const cursor = cursorOf(source.name, await readRange(source, startByte, lengthBytes), 0);
  if (lengthBytes % 8 === 0 && cursor.u32() !== 0x08074b50) return false;
  const size = (): number => (lengthBytes >= 20 ? countOf(source.name, cursor.u64()) : cursor.u32());
  return cursor.u32() === entry.crc32 && size() === entry.storedBytes && size() === entry.sizeBytes;
}
