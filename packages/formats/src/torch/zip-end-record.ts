import type { ByteSource } from '../byte-source.js';
import { readRange } from '../little-endian.js';
import { countOf, cursorOf, in64, in64Short, malformedZip as malformed } from './zip-fields.js';

/** Where the central directory of an archive is, as its end says. */
export interface DirectoryPlace {
  /** Sum of the numbers of disks; 0 for an archive in one piece. */
  readonly disk: number;
  readonly entries: number;
  readonly sizeBytes: number;
  readonly offset: number;
  /** Where the first record of the end begins, up to which the directory may reach. */
  readonly end: number;
  /** What other programs may look for elsewhere; null where there is one answer. */
  readonly oddity: string | null;
  readonly bytesRead: number;
}

const endRecordBytes = 22;
const longestCommentBytes = 0xffff;
const locatorBytes = 20;
const zip64RecordBytes = 56;
const locatorSignature = 0x07064b50;

/**
 * Reads the end of a zip archive, with its zip64 records where the numbers do not fit (PKWARE APPNOTE 4.3.14 to 4.3.16).
 * @throws formats/zip-malformed, formats/truncated
 */
export async function readEndRecord(source: ByteSource): Promise<DirectoryPlace> {
  const { name, sizeBytes } = source;
  const tailBytes = Math.min(sizeBytes, endRecordBytes + longestCommentBytes);
  const tailStart = sizeBytes - tailBytes;
  const tail = await readRange(source, tailStart, tailBytes);
  const end = findEndRecord(name, tail);
  const record = cursorOf(name, tail, end + 4);
  const disk = record.u16() + record.u16();
  const here = record.u16();
  const short: Numbers = { entries: record.u16(), sizeBytes: record.u32(), offset: record.u32() };
  const hasComment = tail.length > end + endRecordBytes;
  const place = { ...short, disk, end: tailStart + end, bytesRead: tailBytes };
  if (short.entries === in64Short || short.sizeBytes === in64 || short.offset === in64)
    return readZip64End(source, { ...place, here, hasComment });
  const hasLocator = end >= locatorBytes && cursorOf(name, tail, end - locatorBytes).u32() === locatorSignature;
  return {
    ...place,
    oddity: hasLocator ? 'a zip64 record that its end does not ask for' : oddityOf(place, here, hasComment),
  };
}

interface Numbers {
  readonly entries: number;
  readonly sizeBytes: number;
  readonly offset: number;
}

/** Programs find the directory by its place or by its size before the end, and some skip what is left between. */
function oddityOf(
  { entries, sizeBytes, offset, end }: Numbers & { readonly end: number },
  here: number,
  hasComment: boolean,
): string | null {
  if (hasComment) return 'it has a comment';
  if (here !== entries) return 'its end counts its entries in two ways';
  return offset + sizeBytes === end ? null : 'bytes between its directory and its end';
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

/** The numbers of the zip64 record, and whether they are those of the short record where that has room for them. */
async function readZip64End(
  source: ByteSource,
  short: Numbers & {
    readonly end: number;
    readonly bytesRead: number;
    readonly here: number;
    readonly hasComment: boolean;
  },
): Promise<DirectoryPlace> {
  const { name } = source;
  const locatorStart = short.end - locatorBytes;
  if (locatorStart < 0) throw malformed(name, 'its zip64 record is missing');
  const locator = cursorOf(name, await readRange(source, locatorStart, locatorBytes), 0);
  if (locator.u32() !== locatorSignature) throw malformed(name, 'its zip64 record is missing');
  locator.skip(4);
  const end = countOf(name, locator.u64());
  if (end + zip64RecordBytes > locatorStart) throw malformed(name, 'its zip64 record is not where its end says');
  const record = cursorOf(name, await readRange(source, end, zip64RecordBytes), 0);
  if (record.u32() !== 0x06064b50) throw malformed(name, 'its zip64 record is missing');
  record.skip(12);
  const disk = record.u32() + record.u32();
  const here = countOf(name, record.u64());
  const entries = countOf(name, record.u64());
  const sizeBytes = countOf(name, record.u64());
  const offset = countOf(name, record.u64());
  const agrees =
    [in64Short, entries].includes(short.entries) &&
    [in64Short, entries].includes(short.here) &&
    [in64, sizeBytes].includes(short.sizeBytes) &&
    [in64, offset].includes(short.offset);
  const numbers = { entries, sizeBytes, offset, end };
  const apart = end + zip64RecordBytes === locatorStart && agrees ? null : 'two ends that disagree';
  const bytesRead = short.bytesRead + locatorBytes + zip64RecordBytes;
  return { ...numbers, disk, bytesRead, oddity: apart ?? oddityOf(numbers, here, short.hasComment) };
}
