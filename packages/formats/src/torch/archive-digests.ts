import {
  type Digest,
  digestJson,
  formatDigest,
  type JsonValue,
  type Sha256,
  type Sha256Stream,
  WeighbridgeError,
} from '@weighbridge/core';
import type { ByteSource } from '../byte-source.js';
import { sourceFile } from '../byte-window.js';
import { compareCodePoints } from '../code-points.js';
import type { ArtifactHeader } from '../header.js';
import { readRange } from '../little-endian.js';
import { entryContent, expands, type InflateStream, isReadable } from './entry-content.js';
import { readPlainArchive } from './plain-archive.js';
import { torchFolder } from './torch-folder.js';
import { locateEntry, looksLikeZip, type ZipDirectory, type ZipEntry } from './zip-directory.js';

/** Archives of more entries are compared as files. */
const mostEntries = 100_000;

/**
 * Under this name, which neither a tensor nor a member can have, stands among the digests of an archive what they do not
 * cover: everything else that a loader can see in it. Where it is missing, only the digest of the file speaks for all.
 */
export const restOfArchive = '';

/** What it takes to look into an archive. */
export interface ArchiveReading {
  readonly inflate: InflateStream;
  readonly newHash: () => Sha256Stream;
  readonly sha256: Sha256;
}

/**
 * SHA-256 of the content of every member of a zip archive by its name, folders left out, and under `restOfArchive` of the
 * names and checksums of all: what stays equal when an archive is written again with another compression, order, padding
 * or dates. Null for what is no archive, and for one that is to be compared as a file: one that programs may read in
 * more than one way (readPlainArchive), without members, with more than 100,000 entries, with other compressions than
 * DEFLATE, with content that grows beyond reason, or with a member that is not as the directory says. Reads every byte
 * once, forwards within each member.
 * @throws formats/inflation-budget, formats/too-complex
 */
export async function digestMembers(
  source: ByteSource,
  reading: ArchiveReading,
): Promise<ReadonlyMap<string, Digest> | null> {
  return withArchive(source, async (directory) => {
    const entries = sorted(directory);
    const members = entries.filter(isMember);
    if (members.length === 0) return null;
    const digests = new Map([[restOfArchive, digestJson(reading.sha256, entries.map(statement))]]);
    for (const member of members) digests.set(member.name, await digestEntry(source, member, reading));
    return digests;
  });
}

/**
 * SHA-256 of everything that a loader can see in an archive of PyTorch besides the tensors whose bytes are hashed by
 * themselves: the pickles with what they hold beside tensors, code, further files, storages that no tensor covers as a
 * whole, and what the archive says of its entries. The folder's name and, of checkpoints, the versions of the format are
 * left out: whoever saves it again writes them anew. By a script's version torch chooses what its operators compute.
 * Null for an archive that is to be compared as a file, as digestMembers has it.
 * @throws formats/inflation-budget, formats/too-complex
 */
export async function digestBesideTensors(
  source: ByteSource,
  header: Pick<ArtifactHeader, 'tensors'>,
  reading: ArchiveReading,
): Promise<Digest | null> {
  return withArchive(source, async (directory) => {
    const folder = torchFolder(source.name, directory);
    const covered = coveredPlaces(header, sourceFile(source));
    const constants = `${folder}constants.pkl`.toLowerCase();
    const isScript = [...directory.entries.keys()].some((name) => name.toLowerCase() === constants);
    const facts: JsonValue[] = [];
    for (const entry of sorted(directory)) {
      const name = entry.name.startsWith(folder) ? entry.name.slice(folder.length) : `/${entry.name}`;
      if (!isMember(entry) || containerFiles.has(name)) continue;
      if (!isScript && versionFiles.has(name)) continue;
      const isTensor = covered.has(await placeOf(source, entry));
      const content = isTensor ? null : await digestEntry(source, entry, reading);
      // Files without a word on the order of bytes are of machines that begin with the lowest.
      if (name === 'byteorder' && content === digestOf('little', reading)) continue;
      facts.push([name, entry.crc32, content]);
    }
    return digestJson(reading.sha256, facts);
  });
}

/** What torch writes of the format itself (caffe2/serialize/inline_container.cc); another release writes another word. */
const containerFiles: ReadonlySet<string> = new Set([
  '.data/serialization_id',
  '.format_version',
  '.storage_alignment',
]);

/**
 * The version of the operators that code was saved with, which an upgrader of each is chosen by as a script is loaded
 * (torch/csrc/jit/serialization/import_source.cc); what else is in an archive is read alike whatever it says.
 */
const versionFiles: ReadonlySet<string> = new Set(['version', '.data/version']);

async function withArchive<Result>(
  source: ByteSource,
  read: (directory: ZipDirectory) => Promise<Result | null>,
): Promise<Result | null> {
  if (source.sizeBytes < 4 || !looksLikeZip(await readRange(source, 0, 4))) return null;
  const directory = await readPlainArchive(source);
  if (directory === null || directory.entries.size > mostEntries) return null;
  if (![...directory.entries.values()].every(isReadable) || expands(source, directory)) return null;
  try {
    return await read(directory);
  } catch (cause) {
    if (cause instanceof WeighbridgeError && cause.code === 'formats/zip-malformed') return null;
    throw cause;
  }
}

function sorted({ entries }: ZipDirectory): readonly ZipEntry[] {
  return [...entries.values()].sort((left, right) => compareCodePoints(left.name, right.name));
}

function isMember({ name }: ZipEntry): boolean {
  return !name.endsWith('/');
}

/** Loaders refuse content that does not fit its checksum: equal content with another checksum is not the same to them. */
function statement({ name, crc32 }: ZipEntry): JsonValue {
  return [name, crc32];
}

async function digestEntry(source: ByteSource, entry: ZipEntry, { inflate, newHash }: ArchiveReading): Promise<Digest> {
  const hash = newHash();
  for await (const piece of entryContent(source, entry, inflate)) hash.update(piece);
  return formatDigest(hash.digest());
}

function digestOf(text: string, { sha256 }: ArchiveReading): Digest {
  return formatDigest(sha256(new TextEncoder().encode(text)));
}

/** Where an entry's content is, as the header of a tensor that is all of it would say. */
async function placeOf(source: ByteSource, entry: ZipEntry): Promise<string> {
  if (entry.method !== 0) return `${entry.name} 0 ${entry.sizeBytes}`;
  const { startByte, endByte } = await locateEntry(source, entry);
  return `${startByte} ${endByte}`;
}

function coveredPlaces({ tensors }: Pick<ArtifactHeader, 'tensors'>, file: string): ReadonlySet<string> {
  const places = new Set<string>();
  for (const { location, packed } of tensors) {
    if (location?.file === file) places.add(`${location.startByte} ${location.endByte}`);
    if (packed?.file === file) places.add(`${packed.entry} ${packed.startByte} ${packed.endByte}`);
  }
  return places;
}
