import { type Digest, formatDigest, type Sha256Stream, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import {
  type ArtifactHeader,
  type ByteSource,
  compareCodePoints,
  digestBesideTensors,
  digestMembers,
  digestTensors,
  type ModelDocument,
  modelDocumentType,
  readHeader,
  restOfArchive,
  unopenedFormat,
} from '@weighbridge/formats';
import type { Store } from '@weighbridge/ports';
import type { Files, OpenFile } from '../reading/files.js';
import { hashWhileReading } from './hash-while-reading.js';
import { parseDocument } from '../reading/read-documents.js';
import type { Staging } from './staging.js';
import type { Surroundings } from '../surroundings.js';

/** Reads of file contents go through buffers of this size. */
const chunkBytes = 1024 * 1024;

/** Documents beside weights above this are no text that libraries read. */
const maxDocumentBytes = 64 * 1024 * 1024;

/** How closely files are looked at: all their bytes, or their headers alone. */
export type Depth = 'bytes' | 'headers';

/** How files are read, and where their bytes go while they are. */
export interface Reading {
  readonly depth: Depth;
  /** What a model's manifest has copied is stored by the read that measures it. */
  readonly staging?: Staging | null;
  /** What services keep is asked for anew, although the lock tells it. Default: only what the lock does not tell. */
  readonly references?: 'anew';
}

/** What the bytes of one file tell. */
export interface Measured {
  readonly size: number;
  /** Null when only the header was read. */
  readonly sha256: Digest | null;
  readonly header: ArtifactHeader | null;
  /**
   * Digests of its tensors by name; of an archive without a header, of what its members hold. Of archives `restOfArchive`
   * stands for everything else, where it can be told.
   */
  readonly tensors: Readonly<Record<string, Digest>>;
  /** Why what an archive holds was left out of `tensors`: the archives of this run took more than may be inflated. */
  readonly unopened?: WeighbridgeError;
  /** The same of a file whose header is compressed: it has none here, and loading it runs a pickle. */
  readonly unread?: WeighbridgeError;
  /** Its format, as its first bytes tell. */
  readonly unreadFormat?: ArtifactHeader['format'];
  /** What a known document beside the weights says; null for every other file. */
  readonly document: ModelDocument | null;
}

/** Reads the header and, when asked for, every byte, for the digest of the file and of each tensor. */
export async function measureFile(
  surroundings: Surroundings,
  files: Pick<Files, 'open'>,
  source: OpenFile,
  { depth, staging }: Required<Omit<Reading, 'references'>>,
): Promise<Measured> {
  const path = source.name;
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const openBeside = (name: string) => files.open(folder + name);
  const size = source.sizeBytes;
  const { sha256: hashOnce, newHash, inflate } = surroundings;
  const unpacking = inflate === undefined ? {} : { inflate };
  const { value: header, unopened: unread } = await withinInflation(null, () =>
    readHeader(source, { sha256: hashOnce, openBeside, ...unpacking }),
  );
  const document = header === null && unread === null ? await readDocument(surroundings, source) : null;
  const told = unread === null ? {} : { unread, unopened: unread, unreadFormat: await unopenedFormat(source) };
  if (depth === 'headers') return { size, sha256: null, header, tensors: {}, document, ...told };
  const ingested = staging === null ? null : await staging.ingest(source, header);
  const known = ingested?.tensors ?? new Map<string, Digest>();
  const elsewhere = header === null ? [] : header.tensors.filter(({ name }) => !known.has(name));
  const whole = ingested === null ? hashWhileReading(source, newHash()) : null;
  const openOnce = async (name: string) =>
    whole !== null && folder + name === path ? whole.source : await openBeside(name);
  const inside = await withinInflation([], async () => [
    ...(header === null ? [] : await digestTensors({ ...header, tensors: elsewhere }, openOnce, newHash, unpacking)),
    ...(document === null && unread === null ? await digestArchive(surroundings, source, header) : []),
  ]);
  const tensors = Object.fromEntries(
    [...known, ...inside.value].sort(([left], [right]) => compareCodePoints(left, right)),
  );
  const sha256 = (await whole?.digest()) ?? ingested?.digest ?? null;
  const { unopened } = inside;
  return { size, sha256, header, tensors, document, ...(unopened === null ? {} : { unopened }), ...told };
}

/** What an archive holds besides the tensors that its header names; nothing for other files. */
async function digestArchive(
  { inflate, newHash, sha256 }: Surroundings,
  source: ByteSource,
  header: ArtifactHeader | null,
): Promise<Iterable<readonly [string, Digest]>> {
  if (inflate === undefined) return [];
  const reading = { inflate, newHash, sha256 };
  if (header === null) return (await digestMembers(source, reading)) ?? [];
  if (header.format !== 'pytorch-zip') return [];
  const rest = await digestBesideTensors(source, header, reading);
  return rest === null ? [] : [[restOfArchive, rest]];
}

/** `otherwise` where the budget of the run does not suffice: such a file is compared as a whole. */
async function withinInflation<Value>(
  otherwise: Value,
  read: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly unopened: WeighbridgeError | null }> {
  try {
    return { value: await read(), unopened: null };
  } catch (cause) {
    if (cause instanceof WeighbridgeError && cause.code === 'formats/inflation-budget')
      return { value: otherwise, unopened: cause };
    throw cause;
  }
}

/** A file that is known by its digest. */
interface Addressed {
  readonly path: string;
  readonly sha256: Digest | null;
}

/**
 * What a file that only the lock or a pointer tells of is in truth, by the bytes that a store has of it; its neighbours
 * are looked for among the other files. @throws store/missing, store/corrupt, and format/* for a broken header
 */
export async function measureStored(
  surroundings: Surroundings,
  store: Store,
  { file, beside }: { readonly file: Addressed; readonly beside: readonly Addressed[] },
): Promise<Measured> {
  const open = async (path: string): Promise<OpenFile | null> => {
    const digest = [file, ...beside].find((other) => other.path === path)?.sha256 ?? null;
    if (digest === null || !(await store.has(digest))) return null;
    const source = await store.open(digest);
    const read = (offset: number, lengthBytes: number) => source.read(offset, lengthBytes);
    return { name: path, sizeBytes: source.sizeBytes, read, close: () => source.close() };
  };
  const source = await open(file.path);
  if (source === null) throw weighbridgeError('store/missing', { digest: `${file.sha256}`, address: store.address });
  try {
    return await measureFile(surroundings, { open }, source, { depth: 'bytes', staging: null });
  } finally {
    await source.close();
  }
}

/** What a small file beside the weights says, when its kind is known. */
export async function readDocument({ sha256 }: Surroundings, source: ByteSource): Promise<ModelDocument | null> {
  if (modelDocumentType(source.name) === null || source.sizeBytes > maxDocumentBytes) return null;
  return parseDocument(source.name, await readWhole(source), sha256);
}

export function readWhole(source: ByteSource): Promise<Uint8Array> {
  return source.read(0, source.sizeBytes);
}

/** SHA-256 of all bytes of a source, read once forwards. */
export async function digestSource(source: ByteSource, hash: Sha256Stream): Promise<Digest> {
  for (let offset = 0; offset < source.sizeBytes; offset += chunkBytes) {
    hash.update(await source.read(offset, Math.min(chunkBytes, source.sizeBytes - offset)));
  }
  return formatDigest(hash.digest());
}
