import { type Digest, formatDigest, invariant, type Sha256Stream, weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from './byte-source.js';
import { compareCodePoints } from './code-points.js';
import type { ArtifactHeader, PackedPlace, TensorFact } from './header.js';
import { readRange } from './little-endian.js';
import { type InflateStream, openEntry } from './torch/entry-content.js';
import { readZipDirectory } from './torch/zip-directory.js';

/** Larger buffers hash no faster. */
const defaultBufferBytes = 1024 * 1024;

/** Tied weights and views may share bytes; tensors that together are so many times their file are an attack. */
const maxOverlap = 64;

export interface TensorDigestOptions {
  /** The most that is held in memory and read at once; default 1 MiB. */
  readonly bufferBytes?: number;
  /** Absent: tensors in compressed entries of archives are left out. */
  readonly inflate?: InflateStream;
}

/** Tensors with the same bytes of a file, [startByte, endByte), which are hashed once. */
export interface TensorRange {
  readonly startByte: number;
  readonly endByte: number;
  readonly names: readonly string[];
}

interface Range extends TensorRange {
  readonly names: string[];
}

/**
 * SHA-256 of the bytes of every tensor, by name. Each file is read once, forwards, in buffers of at most `bufferBytes`;
 * gaps of a buffer's size and more are not read. Tensors whose bytes cannot be addressed (neither `location` nor `packed`)
 * are left out. A file with compressed entries is inflated entry by entry.
 * @param openFile opens a file by the name that the locations give; null when there is none. Closed here if it can be.
 * @throws formats/tensor-bytes-missing, formats/truncated, formats/too-complex when tensors overlap beyond reason
 */
export async function digestTensors(
  header: ArtifactHeader,
  openFile: (file: string) => Promise<(ByteSource & { close?(): Promise<void> }) | null>,
  newHash: () => Sha256Stream,
  options: TensorDigestOptions = {},
): Promise<Map<string, Digest>> {
  const bufferBytes = options.bufferBytes ?? defaultBufferBytes;
  invariant(Number.isSafeInteger(bufferBytes) && bufferBytes > 0, 'tensors were to be read without a buffer');
  const digests = new Map<string, Digest>();
  const hashing: Hashing = {
    bufferBytes,
    newHash,
    found: ({ names }, digest) => names.forEach((name) => digests.set(name, digest)),
  };
  const { inflate } = options;
  const files = rangesByFile(header.tensors);
  const packed = inflate === undefined ? new Map<string, PackedTensor[]>() : packedByFile(header.tensors);
  for (const file of [...new Set([...files.keys(), ...packed.keys()])].sort(compareCodePoints)) {
    const source = await openFile(file);
    if (source === null) throw weighbridgeError('formats/tensor-bytes-missing', { path: file });
    try {
      await hashRanges(source, files.get(file) ?? [], hashing);
      if (inflate !== undefined) await hashPacked(source, packed.get(file) ?? [], { ...hashing, inflate });
    } finally {
      await source.close?.();
    }
  }
  return new Map([...digests].sort(([left], [right]) => compareCodePoints(left, right)));
}

/**
 * The tensors whose bytes lie in one file, in the order of their first byte: for whoever reads that file anyway and
 * hashes them as digestTensors would.
 * @param file what the locations of the header call the source
 * @throws formats/truncated, formats/too-complex when tensors overlap beyond reason
 */
export function tensorRangesIn(
  header: ArtifactHeader,
  source: Pick<ByteSource, 'name' | 'sizeBytes'>,
  file: string,
): readonly TensorRange[] {
  const ranges = rangesByFile(header.tensors).get(file) ?? [];
  refuseOverlap(source, ranges);
  const neededBytes = ranges.reduce((most, { endByte }) => Math.max(most, endByte), 0);
  if (neededBytes <= source.sizeBytes) return ranges;
  throw weighbridgeError('formats/truncated', { name: source.name, sizeBytes: source.sizeBytes, neededBytes });
}

type PackedTensor = PackedPlace & { readonly name: string };

function packedByFile(tensors: readonly TensorFact[]): Map<string, PackedTensor[]> {
  const files = new Map<string, PackedTensor[]>();
  for (const { name, packed } of tensors) {
    if (packed === undefined) continue;
    const known = files.get(packed.file) ?? [];
    known.push({ name, ...packed });
    files.set(packed.file, known);
  }
  return files;
}

/** Tensors in compressed entries of one archive: each entry is inflated once. */
async function hashPacked(
  source: ByteSource,
  tensors: readonly PackedTensor[],
  hashing: Hashing & { readonly inflate: InflateStream },
): Promise<void> {
  if (tensors.length === 0) return;
  const { entries } = await readZipDirectory(source);
  const located = tensors.map(({ name, entry, startByte, endByte }) => ({
    name,
    location: { file: entry, startByte, endByte },
  }));
  for (const [name, ranges] of rangesByFile(located)) {
    const entry = entries.get(name);
    if (entry === undefined)
      throw weighbridgeError('formats/tensor-bytes-missing', { path: `${source.name}: ${name}` });
    const content = openEntry(source, entry, hashing.inflate);
    try {
      await hashRanges(content, ranges, hashing);
    } finally {
      await content.close();
    }
  }
}

/** Ranges of each file in the order of their first byte. */
function rangesByFile(tensors: readonly Pick<TensorFact, 'name' | 'location'>[]): Map<string, Range[]> {
  const files = new Map<string, Map<string, Range>>();
  for (const { name, location } of tensors) {
    if (location === null) continue;
    const { file, startByte, endByte } = location;
    const ranges = files.get(file) ?? new Map<string, Range>();
    const key = `${startByte}-${endByte}`;
    const range = ranges.get(key) ?? { startByte, endByte, names: [] };
    range.names.push(name);
    files.set(file, ranges.set(key, range));
  }
  return new Map(
    [...files].map(([file, ranges]) => [
      file,
      [...ranges.values()].sort((left, right) => left.startByte - right.startByte),
    ]),
  );
}

interface Hashing {
  readonly bufferBytes: number;
  readonly newHash: () => Sha256Stream;
  readonly found: (range: Range, digest: Digest) => void;
}

interface OpenRange {
  readonly range: Range;
  readonly hash: Sha256Stream;
}

async function hashRanges(source: ByteSource, ranges: readonly Range[], hashing: Hashing): Promise<void> {
  refuseOverlap(source, ranges);
  let open: OpenRange[] = [];
  let next = 0;
  let position = 0;
  while (open.length > 0 || next < ranges.length) {
    if (open.length === 0) position = Math.max(position, ranges[next]?.startByte ?? position);
    const lengthBytes = nextReadBytes(position, { open, ranges, next, bufferBytes: hashing.bufferBytes });
    const chunk = await readRange(source, position, lengthBytes);
    const end = position + lengthBytes;
    for (let range = ranges[next]; range !== undefined && startsBefore(range, end); range = ranges[++next]) {
      open.push({ range, hash: hashing.newHash() });
    }
    for (const { range, hash } of open) {
      hash.update(chunk.subarray(Math.max(range.startByte - position, 0), Math.min(range.endByte, end) - position));
      if (range.endByte <= end) hashing.found(range, formatDigest(hash.digest()));
    }
    open = open.filter(({ range }) => range.endByte > end);
    position = end;
  }
}

/** Empty tensors begin before the end of an empty read, too. */
function startsBefore(range: Range, end: number): boolean {
  return range.startByte < end || (range.endByte === range.startByte && range.startByte === end);
}

/** How far to read: to where no tensor follows within a buffer, and a buffer at most. */
function nextReadBytes(
  position: number,
  plan: { open: readonly OpenRange[]; ranges: readonly Range[]; next: number; bufferBytes: number },
): number {
  let end = plan.open.reduce((furthest, { range }) => Math.max(furthest, range.endByte), position);
  for (let index = plan.next; end - position < plan.bufferBytes; index++) {
    const range = plan.ranges[index];
    if (range === undefined || range.startByte - position >= plan.bufferBytes) break;
    end = Math.max(end, range.endByte);
  }
  return Math.min(end - position, plan.bufferBytes);
}

function refuseOverlap(source: Pick<ByteSource, 'name' | 'sizeBytes'>, ranges: readonly Range[]): void {
  const hashedBytes = ranges.reduce((sum, range) => sum + (range.endByte - range.startByte), 0);
  if (hashedBytes <= maxOverlap * source.sizeBytes) return;
  throw weighbridgeError('formats/too-complex', {
    name: source.name,
    what: 'bytes in overlapping tensors',
    limit: maxOverlap * source.sizeBytes,
  });
}
