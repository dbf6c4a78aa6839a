import { digestBytes, digestJson, type JsonValue, parseUtf8, type Sha256, weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '../byte-source.js';
import { ByteWindow, maxHeaderBytes, sourceFile } from '../byte-window.js';
import { compareCodePoints } from '../code-points.js';
import type { ArtifactHeader, HeaderContext } from '../header.js';
import { readRange } from '../little-endian.js';
import { collectTensors, type FoundTensor, type Span } from '../pickle/collect-tensors.js';
import { PickleRun } from '../pickle/run-pickles.js';
import { pickleTensorFacts } from '../pickle/tensor-facts.js';
import { torchTensorOf } from './rebuilt-tensor.js';
import { torchFolder } from './torch-folder.js';
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
 * `script`; of a script the code's digest is told.
 * @throws formats/zip-malformed, formats/torch-malformed, formats/torch-compressed, formats/pickle-malformed,
 * formats/truncated, formats/header-too-large, formats/too-complex
 */
export async function readTorchZipHeader(source: ByteSource, context: HeaderContext): Promise<ArtifactHeader> {
  const directory = await readZipDirectory(source);
  const archive: TorchArchive = {
    source,
    directory,
    folder: torchFolder(source.name, directory),
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
  const code = isScript ? await codeDigest(archive, context.sha256) : null;
  if (code !== null) attributes['code'] = code;
  return {
    format: 'pytorch-zip',
    tensors: pickleTensorFacts(found, sourceFile(source)),
    attributes,
    graph: null,
    imports: [...imports].sort(compareCodePoints),
    bytesRead: archive.bytesRead,
  };
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

/**
 * Digest of the paths and contents of the script's sources; debug information is left out. Null for more code than a
 * header may be long: then only the digest of the file tells.
 */
async function codeDigest(archive: TorchArchive, sha256: Sha256): Promise<JsonValue> {
  const { directory, folder } = archive;
  const sources = [...directory.entries.values()]
    .filter(({ name }) => name.startsWith(`${folder}code/`) && name.endsWith('.py'))
    .sort((left, right) => compareCodePoints(left.name, right.name));
  if (sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > maxHeaderBytes) return null;
  const facts: JsonValue[] = [];
  for (const entry of sources) {
    const bytes = await withContent(archive, entry, (content, startByte) =>
      readRange(content, startByte, entry.sizeBytes),
    );
    archive.bytesRead += entry.storedBytes;
    facts.push([entry.name.slice(folder.length), digestBytes(sha256, bytes)]);
  }
  return digestJson(sha256, facts);
}

function malformed(name: string, reason: string): Error {
  return weighbridgeError('formats/torch-malformed', { name, reason });
}
