import {
  canonicalJson,
  type Digest,
  digestHex,
  formatDigest,
  parseUtf8,
  utf8,
  WeighbridgeError,
} from '@weighbridge/core';
import { isJsonObject, parseStrictJson } from '@weighbridge/formats';
import type { Files } from '../reading/files.js';
import { maxPointerBytes, parseLfsPointer } from '../artifacts/lfs-pointer.js';
import { digestSource } from '../artifacts/measure-file.js';
import type { Surroundings } from '../surroundings.js';

/** A `state.json` of the datasets library lists data files and how rows are shown. */
const maxStateBytes = 1024 * 1024;

/**
 * A file by its SHA-256; a folder by the SHA-256 of its files' names and digests. What git ignores is part of no commit,
 * so nothing holds it still: it stays unpinned. Of a folder that the datasets library saved, the fingerprint in its
 * `state.json` is left out: it names how the rows were come by, and every save of the same rows writes another.
 */
export async function pinPath(surroundings: Surroundings, files: Files, path: string): Promise<string | null> {
  const whole = (await files.ignored([path])).has(path) ? null : await digestFile(surroundings, files, path);
  if (whole !== null) return whole;
  const listed = await files.list(path);
  if (listed.length === 0) return null;
  const hash = surroundings.newHash();
  for (const file of listed) {
    const digest = await digestMember(surroundings, files, file);
    if (digest !== null) hash.update(utf8(`${digestHex(digest)}  ${file.slice(path.length + 1)}\n`));
  }
  return `tree:${digestHex(formatDigest(hash.digest()))}`;
}

async function digestMember(surroundings: Surroundings, files: Files, path: string): Promise<Digest | null> {
  const state = /(?:^|\/)state\.json$/.test(path) ? await readDatasetState(files, path) : null;
  if (state === null) return digestFile(surroundings, files, path);
  const hash = surroundings.newHash();
  hash.update(utf8(state));
  return formatDigest(hash.digest());
}

/**
 * What `Dataset.save_to_disk` wrote into `state.json` but for its fingerprint; null for what is no such file.
 * @see https://huggingface.co/docs/datasets/about_cache
 */
async function readDatasetState(files: Files, path: string): Promise<string | null> {
  const source = await files.open(path);
  if (source === null) return null;
  try {
    if (source.sizeBytes > maxStateBytes) return null;
    const text = parseUtf8(await source.read(0, source.sizeBytes));
    const state = parseStrictJson(text, { name: path, nonFinite: 'keep-as-text' });
    if (!isJsonObject(state) || typeof state['_fingerprint'] !== 'string' || !Array.isArray(state['_data_files']))
      return null;
    return canonicalJson(Object.fromEntries(Object.entries(state).filter(([key]) => key !== '_fingerprint')));
  } catch (error) {
    // A file of that name that others wrote is hashed as it is.
    if (error instanceof TypeError || (error instanceof WeighbridgeError && error.exitCode !== 70)) return null;
    throw error;
  } finally {
    await source.close();
  }
}

/** The digest of a file's bytes, be they here or behind a Git LFS pointer; null when there is none. */
async function digestFile(surroundings: Surroundings, files: Files, path: string): Promise<Digest | null> {
  const source = await files.open(path);
  if (source === null) return null;
  try {
    const pointer = source.sizeBytes > maxPointerBytes ? null : parseLfsPointer(await source.read(0, source.sizeBytes));
    return pointer?.sha256 ?? (await digestSource(source, surroundings.newHash()));
  } finally {
    await source.close();
  }
}
