import { digestJson, type JsonValue, parseUtf8, type Sha256, weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '../byte-source.js';
import { ByteWindow, sourceFile } from '../byte-window.js';
import { compareCodePoints } from '../code-points.js';
import type { ArtifactHeader, HeaderContext } from '../header.js';
import { readRange } from '../little-endian.js';
import { collectTensors, type FoundTensor, type Span } from '../pickle/collect-tensors.js';
import { PickleRun } from '../pickle/run-pickles.js';
import { pickleTensorFacts } from '../pickle/tensor-facts.js';
import { torchTensorOf } from './rebuilt-tensor.js';
import { type InflateStream, isReadable, openEntry, refuseExpansion } from './entry-content.js';
import { locateEntry, locateEntryBytes, readZipDirectory, type ZipDirectory, type ZipEntry } from './zip-directory.js';

const maxSmallEntryBytes = 64;

interface TorchArchive {
  readonly source: ByteSource;
  readonly directory: ZipDirectory;
  /** The folder that every entry is in; torch calls it after the file, so that it is no identity. */
  readonly folder: string;
  readonly inflate: InflateStream | null;
  bytesRead: number;
}

/**
 * Reads a checkpoint of torch.save (version 1.6 and later) or a TorchScript archive without unpickling it: the directory
 * of the archive, `data.pkl` (for TorchScript `constants.pkl` too) and the local header of each storage. Tensors are named
 * by the way to them (`state_dict.layer.weight`) and located in the file, or in its entry where that is compressed. `attributes.torch` is `checkpoint` or
 * `script`; of a script the code's digest is told, from the archive's checksums.
 * @throws formats/zip-malformed, formats/torch-malformed, formats/torch-compressed, formats/pickle-malformed,
 * formats/truncated, formats/header-too-large, formats/too-complex
 */
export async function readTorchZipHeader(source: ByteSource, context: HeaderContext): Promise<ArtifactHeader> {
  const directory = await readZipDirectory(source);
  const archive: TorchArchive = {
    source,
    directory,
    folder: rootFolder(source.name, directory),
    inflate: context.inflate ?? null,
    bytesRead: directory.bytesRead,
  };
  refuseExpansion(source, directory);
  const isScript = directory.entries.has(`${archive.folder}constants.pkl`);
  const imports = new Set<string>();
  const found = new Map(await readPickleEntry(archive, { pickle: 'data.pkl', storages: 'data/', imports }));
  if (isScript) {
    const constants = await readPickleEntry(archive, { pickle: 'constants.pkl', storages: 'constants/', imports });
    for (const [name, tensor] of constants) found.set(`constants.${name}`, tensor);
  }
  const attributes: Record<string, JsonValue> = { torch: isScript ? 'script' : 'checkpoint' };
  const byteorder = await readSmallText(archive, 'byteorder');
  if (byteorder !== null) attributes['byteorder'] = byteorder;
  const version = (await readSmallText(archive, 'version')) ?? (await readSmallText(archive, '.data/version'));
  if (version !== null) attributes['version'] = version;
  if (isScript) attributes['code'] = codeDigest(archive, context.sha256);
  return {
    format: 'pytorch-zip',
    tensors: pickleTensorFacts(found, sourceFile(source)),
    attributes,
    graph: null,
    imports: [...imports].sort(compareCodePoints),
    bytesRead: archive.bytesRead,
  };
}

function rootFolder(name: string, { entries }: ZipDirectory): string {
  const pickles = [...entries.keys()].filter((entry) => /^(?:[^/]+\/)?data\.pkl$/.test(entry));
  const [pickle] = pickles;
  if (pickle === undefined || pickles.length > 1)
    throw malformed(name, `it has ${pickles.length} entries called data.pkl`);
  return pickle.slice(0, -'data.pkl'.length);
}

async function readPickleEntry(
  archive: TorchArchive,
  { pickle, storages, imports }: { pickle: string; storages: string; imports: Set<string> },
): Promise<ReadonlyMap<string, FoundTensor>> {
  const { source, directory, folder } = archive;
  const { value, bytesRead } = await withContent(archive, entryOf(archive, pickle), async (content, startByte) => {
    const window = new ByteWindow(content);
    const run = new PickleRun(window, startByte, { isJoblib: false });
    const found = await run.next();
    for (const name of run.ledger.imports) imports.add(name);
    return { value: found.value, bytesRead: window.bytesRead };
  });
  archive.bytesRead += bytesRead;
  const places = new Map<string, Span>();
  for (const entry of directory.entries.values()) {
    const key = entry.name.startsWith(folder + storages) ? entry.name.slice(folder.length + storages.length) : '';
    if (key !== '' && !entry.name.endsWith('/')) places.set(key, await locate(archive, entry));
  }
  const locateStorage = (key: string): Span => {
    const storage = places.get(key);
    if (storage === undefined) throw malformed(source.name, `storage "${key.slice(0, 60)}" is missing`);
    return storage;
  };
  return collectTensors(source.name, value, (candidate) =>
    torchTensorOf(candidate, { name: source.name, locate: locateStorage }),
  );
}

function entryOf({ source, directory, folder }: TorchArchive, name: string): ZipEntry {
  const entry = directory.entries.get(folder + name);
  if (entry === undefined) throw malformed(source.name, `its entry ${name} is missing`);
  return entry;
}

/** Where the content of an entry is: in the file, else in the entry. */
async function locate(archive: TorchArchive, entry: ZipEntry): Promise<Span> {
  const { source, inflate } = archive;
  if (entry.method !== 0 && (inflate === null || !isReadable(entry)))
    throw weighbridgeError('formats/torch-compressed', { name: source.name, entry: entry.name.slice(0, 100) });
  archive.bytesRead += locateEntryBytes;
  const place = await locateEntry(source, entry);
  return entry.method === 0 ? place : { entry: entry.name, startByte: 0, endByte: entry.sizeBytes };
}

/** Reads the content of an entry, which begins at `startByte` of `content` and ends with it. */
async function withContent<Result>(
  archive: TorchArchive,
  entry: ZipEntry,
  use: (content: ByteSource, startByte: number) => Promise<Result>,
): Promise<Result> {
  const { source, inflate } = archive;
  const { startByte, endByte, entry: packed } = await locate(archive, entry);
  const read = (offset: number, lengthBytes: number) => source.read(offset, lengthBytes);
  if (packed === undefined || inflate === null) return use({ name: source.name, sizeBytes: endByte, read }, startByte);
  const content = openEntry(source, entry, inflate);
  try {
    return await use(content, 0);
  } finally {
    await content.close();
  }
}

/** A text entry such as `version`, without its line feed; null when it is absent or not a short text. */
async function readSmallText(archive: TorchArchive, name: string): Promise<string | null> {
  const entry = archive.directory.entries.get(archive.folder + name);
  if (entry === undefined || entry.sizeBytes > maxSmallEntryBytes) return null;
  archive.bytesRead += entry.sizeBytes;
  const bytes = await withContent(archive, entry, (content, startByte) =>
    readRange(content, startByte, entry.sizeBytes),
  );
  try {
    return parseUtf8(bytes).trim();
  } catch (cause) {
    const fields = { name: archive.source.name, reason: `its entry ${name} is no text` };
    throw weighbridgeError('formats/torch-malformed', fields, { cause });
  }
}

/** Digest of the paths, sizes and checksums of the script's sources; debug information is left out. */
function codeDigest({ directory, folder }: TorchArchive, sha256: Sha256): JsonValue {
  const sources = [...directory.entries.values()].filter(
    ({ name }) => name.startsWith(`${folder}code/`) && name.endsWith('.py'),
  );
  const facts = sources.map(({ name, sizeBytes, crc32 }) => [name.slice(folder.length), sizeBytes, crc32] as const);
  return digestJson(
    sha256,
    facts.sort(([left], [right]) => compareCodePoints(left, right)),
  );
}

function malformed(name: string, reason: string): Error {
  return weighbridgeError('formats/torch-malformed', { name, reason });
}
