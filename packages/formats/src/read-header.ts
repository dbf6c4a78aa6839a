import { WeighbridgeError } from '@weighbridge/core';
import type { ByteSource } from './byte-source.js';
import { looksLikeGguf, readGgufHeader } from './gguf/index.js';
import type { ArtifactHeader, HeaderContext } from './header.js';
import { readRange } from './little-endian.js';
import { looksLikeOnnx, readOnnxHeader } from './onnx/index.js';
import {
  isCertainPickle,
  looksLikeNumpyFile,
  looksLikePickle,
  looksSealed,
  readNumpyFile,
  readPickleHeader,
  readSealedPickle,
} from './pickle/index.js';
import { looksLikeSafetensors, readSafetensorsHeader } from './safetensors/index.js';
import { looksLikeZip, readArchivedPickles, readTorchZipHeader, unopenedPickles } from './torch/index.js';
import { isPickleName, isTorchArchive } from './torch/torch-folder.js';
import { leavesFolder, readRawNames, readZipDirectory, type ZipDirectory } from './torch/zip-directory.js';

/** What is read to recognise a format. */
export const magicBytes = 512;

interface Format {
  looksLike(firstBytes: Uint8Array): boolean;
  /** Null when a closer look shows another format. */
  read(source: ByteSource, context: HeaderContext, firstBytes: Uint8Array): Promise<ArtifactHeader | null>;
}

/** From the most telling first bytes to the least. */
const formats: readonly Format[] = [
  { looksLike: looksLikeGguf, read: readGgufHeader },
  { looksLike: looksLikeSafetensors, read: (source) => readSafetensorsHeader(source) },
  { looksLike: looksLikeZip, read: readZip },
  { looksLike: (bytes) => looksLikeOnnx(bytes) && !isSavedModel(bytes), read: readOnnxHeader },
  { looksLike: looksLikeNumpyFile, read: readNumpyFile },
  { looksLike: looksSealed, read: readSealedPickle },
  { looksLike: looksLikePickle, read: readPickle },
];

/**
 * Reads the header of an artifact in any known format, recognised by its first 512 bytes and never by its name; null
 * for a file in none of them, archives and arrays without a pickle and text that merely begins like one included, and
 * what is compressed and holds none. A file that is of a format and breaks its rules is an error, not
 * null.
 *
 * Reads 512 bytes and what the reader of the format says of itself.
 * @throws formats/*
 */
export async function readHeader(source: ByteSource, context: HeaderContext): Promise<ArtifactHeader | null> {
  const firstBytes = await readRange(source, 0, Math.min(magicBytes, source.sizeBytes));
  const format = formats.find(({ looksLike }) => looksLike(firstBytes));
  const header = (await format?.read(source, context, firstBytes)) ?? null;
  return header === null ? null : { ...header, bytesRead: header.bytesRead + firstBytes.length };
}

/**
 * The format that what `readHeader` could not finish for want of budget counts as: an archive as one that torch loads,
 * else what joblib compressed. Reads four bytes.
 * @see withinBudget
 */
export async function unopenedFormat(source: ByteSource): Promise<ArtifactHeader['format']> {
  return looksLikeZip(await readRange(source, 0, Math.min(4, source.sizeBytes))) ? 'pytorch-zip' : 'joblib';
}

/**
 * Other libraries and people use zip archives in ways that torch does not read: names which come twice or are in an old
 * code page, links and encryption are no reason to refuse one of those. A name by which it would write outside of its
 * folder is, and so is one by which torch might load it.
 */
async function readZip(source: ByteSource, context: HeaderContext): Promise<ArtifactHeader | null> {
  let directory: ZipDirectory;
  try {
    directory = await readZipDirectory(source, { repeated: 'tell' });
  } catch (cause) {
    const isRefused = cause instanceof WeighbridgeError && cause.code === 'formats/zip-malformed';
    if (!isRefused) throw cause;
    const names = await readRawNames(source);
    if (names.some((name) => isPickleName(name) || leavesFolder(name))) throw cause;
    return unopenedPickles(names);
  }
  if (isTorchArchive(directory)) return readTorchZipHeader(source, context);
  const { inflate } = context;
  return readArchivedPickles(source, directory, {
    ...(inflate === undefined ? {} : { inflate }),
    readEntry: (entry) => readEntry(entry, context),
  });
}

/** As a file of its own, but that of archives only those are opened that torch loads: an archive can hold itself. */
async function readEntry(source: ByteSource, context: HeaderContext): Promise<ArtifactHeader | null> {
  const firstBytes = await readRange(source, 0, Math.min(magicBytes, source.sizeBytes));
  if (!looksLikeZip(firstBytes)) return readHeader(source, context);
  return isTorchArchive(await readZipDirectory(source)) ? readTorchZipHeader(source, context) : null;
}

/** TensorFlow's saved_model.pb begins like ONNX of IR version 1 or 2, which no release of ONNX has ever had. */
function isSavedModel(firstBytes: Uint8Array): boolean {
  return (firstBytes[1] ?? 0) < 3;
}

/**
 * Pickles of protocols 0 and 1 have no signature, and a text such as "channels:" begins like one. What cannot be read
 * is no pickle then, unless it begins by importing something: loading that would run it before it failed.
 */
async function readPickle(
  source: ByteSource,
  context: HeaderContext,
  firstBytes: Uint8Array,
): Promise<ArtifactHeader | null> {
  if (isCertainPickle(firstBytes)) return readPickleHeader(source, context);
  try {
    return await readPickleHeader(source, context);
  } catch (cause) {
    if (cause instanceof WeighbridgeError && unreadableCodes.has(cause.code)) return null;
    throw cause;
  }
}

const unreadableCodes: ReadonlySet<string> = new Set(['formats/pickle-malformed', 'formats/truncated']);
