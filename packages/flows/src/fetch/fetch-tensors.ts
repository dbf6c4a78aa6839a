import { type Digest, formatDigest, type JsonObject, type Sha256Stream, weighbridgeError } from '@weighbridge/core';
import {
  type ByteSource,
  digestTensors,
  formatSafetensorsHeader,
  readSafetensorsHeader,
  type TensorFact,
} from '@weighbridge/formats';
import { matchGlob } from '@weighbridge/manifest';
import type { LocalFolder } from '@weighbridge/ports';
import type { Snapshot } from '@weighbridge/versioning';
import { readSnapshot } from '../registry/read-snapshot.js';
import { openTransfer, type TransferMeter } from '../progress/transfer.js';
import type { Surroundings } from '../surroundings.js';
import type { KeptVersion } from './find-stored.js';
import type { VersionBytes } from './version-bytes.js';
import { type FetchedFile, listNames, type VersionFile } from './version-files.js';

/** As much as a segment of a store: no segment is read twice. */
const pieceBytes = 16 * 1024 * 1024;

type Artifact = Snapshot['artifacts'][number];

/** A safetensors file of the version and the tensors that are wanted of it. */
interface Wanted {
  readonly file: VersionFile;
  readonly recorded: Artifact;
  readonly names: ReadonlySet<string>;
}

/** Which tensors are taken out of which files. */
export interface TensorsToFetch {
  readonly selected: readonly VersionFile[];
  readonly folder: LocalFolder;
  readonly dryRun: boolean;
  readonly pattern: string;
}

/**
 * Writes, for each safetensors file that has tensors whose name matches, a safetensors file `<name>.selected.safetensors`
 * with these and no others. Only their segments are read, and each tensor is compared with the digest, dtype and shape
 * that were registered. @throws flow/tensors-not-selectable, flow/nothing-selected, flow/tensor-differs, store/*
 */
export async function fetchTensors(
  surroundings: Surroundings,
  found: KeptVersion & { readonly bytes: Pick<VersionBytes, 'open'> },
  { selected, folder, dryRun, pattern }: TensorsToFetch,
): Promise<readonly FetchedFile[]> {
  const snapshot = await readSnapshot(surroundings, found.version);
  const fetched: FetchedFile[] = [];
  for (const wanted of wantedTensors(found, { snapshot, selected, pattern })) {
    const source = await found.bytes.open(wanted.file);
    try {
      fetched.push(await takeOut(source, wanted, { folder, dryRun, surroundings }));
    } finally {
      await source.close();
    }
  }
  return fetched;
}

function wantedTensors(
  { model, version }: KeptVersion,
  asked: { readonly snapshot: Snapshot; readonly selected: readonly VersionFile[]; readonly pattern: string },
): readonly Wanted[] {
  const about = { model, version: version.version };
  const candidates = asked.selected.flatMap((file) => {
    const recorded = asked.snapshot.artifacts.find(({ sha256, header }) => sha256 === file.digest && header !== null);
    // The index of a sharded model tells of tensors that lie in other files.
    const holds = recorded?.header?.format === 'safetensors' && !file.name.endsWith('.json');
    return recorded !== undefined && holds ? [{ file, recorded }] : [];
  });
  if (candidates.length === 0) {
    throw weighbridgeError('flow/tensors-not-selectable', {
      ...about,
      known: listNames(asked.selected.map(({ name }) => name)),
    });
  }
  const wanted = candidates
    .map(({ file, recorded }) => ({ file, recorded, names: matching(recorded, asked.pattern) }))
    .filter(({ names }) => names.size > 0);
  if (wanted.length > 0) return wanted;
  const known = listNames(candidates.flatMap(({ recorded }) => namesOf(recorded)));
  throw weighbridgeError('flow/nothing-selected', { ...about, pattern: asked.pattern, what: 'tensor', known });
}

const namesOf = ({ header }: Artifact): readonly string[] => (header?.tensors ?? []).map(([name]) => name);

function matching(recorded: Artifact, pattern: string): ReadonlySet<string> {
  return new Set(namesOf(recorded).filter((name) => matchGlob(pattern, name)));
}

async function takeOut(
  source: ByteSource,
  { file, recorded, names }: Wanted,
  how: { readonly folder: LocalFolder; readonly dryRun: boolean; readonly surroundings: Surroundings },
): Promise<FetchedFile> {
  const tensors = await locateTensors(source, { file, recorded, names });
  const lengths = tensors.map(({ startByte, endByte }) => endByte - startByte);
  const header = formatSafetensorsHeader(
    tensors.map((tensor, index) => ({ ...tensor, lengthBytes: lengths[index] ?? 0 })),
    textsOf(recorded.header?.attributes ?? {}),
  );
  const name = `${file.name.replace(/\.safetensors$/, '')}.selected.safetensors`;
  const { newHash } = how.surroundings;
  const sizeBytes = header.length + lengths.reduce((sum, length) => sum + length, 0);
  const expected = { name, sizeBytes, header, digests: recorded.tensors };
  const present = await holdsTensors(how.folder, expected, newHash);
  const whole = newHash();
  if (!present && !how.dryRun) {
    const told = openTransfer(how.surroundings, { title: `Fetching ${name}`, sizeBytes });
    await how.folder.write(name, hashed(piecesOf(source, { path: file.path, header, tensors, newHash, told }), whole));
  }
  const isWritten = !present && !how.dryRun;
  const digest = isWritten ? formatDigest(whole.digest()) : present ? await how.folder.digestOf(name) : file.digest;
  const outcome = present ? 'present' : how.dryRun ? 'missing' : 'fetched';
  const { path, address } = file;
  return { path, name, sizeBytes, digest, address, outcome, tensors: tensors.map((tensor) => tensor.name) };
}

interface Located extends Pick<TensorFact, 'name' | 'dtype' | 'shape'> {
  readonly startByte: number;
  readonly endByte: number;
  readonly digest: Digest;
}

/** Where the tensors lie in the stored file, in the order of their bytes. @throws flow/tensor-differs */
async function locateTensors(source: ByteSource, { file, recorded, names }: Wanted): Promise<readonly Located[]> {
  const stored = new Map((await readSafetensorsHeader(source)).tensors.map((tensor) => [tensor.name, tensor]));
  const located = (recorded.header?.tensors ?? [])
    .filter(([name]) => names.has(name))
    .map(([name, dtype, shape]): Located => {
      const refuse = (reason: string) =>
        weighbridgeError('flow/tensor-differs', { tensor: JSON.stringify(name), path: file.path, reason });
      const tensor = stored.get(name);
      const digest = Object.hasOwn(recorded.tensors, name) ? recorded.tensors[name] : undefined;
      if (digest === undefined) throw refuse('the record has no digest of it');
      if (tensor === undefined || tensor.location === null) throw refuse('the header does not name it');
      if (tensor.dtype !== dtype || tensor.shape.join() !== shape.join()) throw refuse('its dtype or shape is another');
      const { startByte, endByte } = tensor.location;
      return { name, dtype, shape, startByte, endByte, digest };
    });
  return located.sort((left, right) => left.startByte - right.startByte);
}

/** The file piece by piece; ends with an error before its last piece when a tensor is not what was registered. */
async function* piecesOf(
  source: ByteSource,
  wanted: {
    readonly path: string;
    readonly header: Uint8Array;
    readonly tensors: readonly Located[];
    readonly newHash: () => Sha256Stream;
    readonly told: TransferMeter;
  },
): AsyncGenerator<Uint8Array> {
  yield wanted.header;
  wanted.told.addBytes(wanted.header.length);
  for (const { name, startByte, endByte, digest } of wanted.tensors) {
    const hash = wanted.newHash();
    for (let position = startByte; position < endByte; position += pieceBytes) {
      const bytes = await source.read(position, Math.min(pieceBytes, endByte - position));
      hash.update(bytes);
      yield bytes;
      wanted.told.addBytes(bytes.length);
    }
    const actual = formatDigest(hash.digest());
    if (actual === digest) continue;
    const reason = `its bytes are ${actual} and should be ${digest}`;
    throw weighbridgeError('flow/tensor-differs', { tensor: JSON.stringify(name), path: wanted.path, reason });
  }
}

async function* hashed(pieces: AsyncIterable<Uint8Array>, hash: Sha256Stream): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}

/** Whether a folder has the selection already: the same header, and each tensor by its registered digest. */
async function holdsTensors(
  folder: LocalFolder,
  expected: {
    readonly name: string;
    readonly sizeBytes: number;
    readonly header: Uint8Array;
    readonly digests: Readonly<Record<string, Digest>>;
  },
  newHash: () => Sha256Stream,
): Promise<boolean> {
  if ((await folder.sizeOf(expected.name)) !== expected.sizeBytes) return false;
  const source = await folder.open(expected.name);
  if (source === null) return false;
  try {
    const start = await source.read(0, expected.header.length);
    if (!start.every((byte, index) => byte === expected.header[index])) return false;
    const header = await readSafetensorsHeader(source);
    const digests = await digestTensors(header, async () => ({ ...source, close: async () => {} }), newHash);
    return [...digests].every(([name, digest]) => expected.digests[name] === digest);
  } finally {
    await source.close();
  }
}

function textsOf(attributes: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}
