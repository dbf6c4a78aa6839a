import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { invariant, weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '@weighbridge/formats';
import { isPartial } from './clone-settings.js';
import { quietFetch, type RepositoryContext } from './repository-context.js';
import { commandsOf, listTree, type TreeEntry } from './repository-files.js';
import { blobTimeoutMs, isObjectId, measureBlobs } from './repository-objects.js';
import { checkedPath } from './repository-path.js';
import { explainIo, readExactly } from './work-tree-file.js';

/** Above this a blob waits on the disk, not in memory, while it is open. */
const maxMemoryBytes = 16 * 1024 * 1024;
/** What one command prints of many files. */
const maxBatchBytes = 32 * 1024 * 1024;

interface BlobAt {
  readonly commit: string;
  readonly path: string;
  readonly maxBytes: number;
}

/** @throws git/no-commit, git/path, git/symlink, git/file-too-large */
export async function readFileAt(context: RepositoryContext, at: BlobAt): Promise<Uint8Array | null> {
  const { commit, path, maxBytes } = at;
  return (await readFilesAt(context, { commit, paths: [path], maxBytes })).get(path) ?? null;
}

/** @throws git/no-commit, git/path, git/symlink, git/file-too-large */
export async function readFilesAt(
  context: RepositoryContext,
  {
    commit,
    paths,
    maxBytes,
  }: { readonly commit: string; readonly paths: readonly string[]; readonly maxBytes: number },
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let batch: TreeEntry[] = [];
  let batchBytes = 0;
  const readBatch = async () => {
    for (const [path, bytes] of await readBlobs(context, batch)) files.set(path, bytes);
    [batch, batchBytes] = [[], 0];
  };
  for (const entry of await findBlobs(context, commit, paths)) {
    const { path, sizeBytes } = entry;
    if (sizeBytes > maxBytes) throw weighbridgeError('git/file-too-large', { path, sizeBytes, maxBytes });
    if (batch.length > 0 && batchBytes + sizeBytes > maxBatchBytes) await readBatch();
    batch.push(entry);
    batchBytes += sizeBytes;
  }
  await readBatch();
  return files;
}

/** Blobs by their ids as the port has it. */
export async function readObjects(
  context: RepositoryContext,
  objects: readonly string[],
  { maxBytes, maxSumBytes }: { readonly maxBytes: number; readonly maxSumBytes: number },
): Promise<ReadonlyMap<string, Uint8Array>> {
  const blobs = new Map<string, Uint8Array>();
  const ids = [...new Set(objects)].filter(isObjectId);
  const sizes = await sizesOf(context, ids);
  let left = maxSumBytes;
  let batch: TreeEntry[] = [];
  let batchBytes = 0;
  const readBatch = async () => {
    for (const [object, bytes] of await readBlobs(context, batch)) blobs.set(object, bytes);
    [batch, batchBytes] = [[], 0];
  };
  for (const object of ids) {
    const sizeBytes = sizes.get(object);
    if (sizeBytes === undefined || sizeBytes > maxBytes) continue;
    if (sizeBytes > left) break;
    left -= sizeBytes;
    if (batch.length > 0 && batchBytes + sizeBytes > maxBatchBytes) await readBatch();
    batch.push({ mode: '', type: 'blob', object, sizeBytes, path: object });
    batchBytes += sizeBytes;
  }
  await readBatch();
  return blobs;
}

/** @throws git/no-commit, git/path, git/symlink, git/file-too-large, git/io */
export async function openAt(
  context: RepositoryContext,
  { commit, path, maxBytes }: BlobAt,
): Promise<(ByteSource & { close(): Promise<void> }) | null> {
  const [entry] = await findBlobs(context, commit, [path]);
  if (entry === undefined) return null;
  const { sizeBytes } = entry;
  if (sizeBytes > maxBytes) throw weighbridgeError('git/file-too-large', { path, sizeBytes, maxBytes });
  if (sizeBytes > maxMemoryBytes) return openOnDisk(context, entry);
  const bytes = (await readBlobs(context, [entry])).get(path) ?? new Uint8Array();
  return {
    name: path,
    sizeBytes,
    read: async (offset, lengthBytes) => bytes.slice(offset, offset + lengthBytes),
    close: async () => undefined,
  };
}

/** Files among the paths with their sizes, as data: nothing is checked out and no filter runs. */
async function findBlobs(context: RepositoryContext, commit: string, paths: readonly string[]): Promise<TreeEntry[]> {
  const wanted = new Set(paths.map(checkedPath));
  const found: TreeEntry[] = [];
  for (const asked of commandsOf([...wanted]))
    for (const entry of await listTree(context, commit, ['--', ...asked]))
      if (entry.type === 'blob' && wanted.has(entry.path)) found.push(entry);
  const link = found.find(({ mode }) => mode === '120000');
  if (link !== undefined) throw weighbridgeError('git/symlink', { path: link.path });
  const sizes = await sizesOf(context, [...new Set(found.map(({ object }) => object))]);
  return found.map((entry) => {
    const sizeBytes = sizes.get(entry.object);
    if (sizeBytes === undefined) throw missingBlob(entry.path, 'missing');
    return { ...entry, sizeBytes };
  });
}

/**
 * In a partial clone git would bring each blob by itself as it is looked at; this brings all of them in one trip. In any
 * other one such a trip would make it partial for good (git-fetch, --filter).
 */
async function sizesOf(context: RepositoryContext, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  if (context.remote !== null && ids.length > 1 && isPartial(context.clone.settings)) {
    const sizes = await measureBlobs(context, ids, { download: false });
    if (sizes.size === ids.length) return sizes;
    await fetchBlobs(context, context.remote, ids);
  }
  return measureBlobs(context, ids, { download: true });
}

async function fetchBlobs(context: RepositoryContext, remote: string, ids: readonly string[]): Promise<void> {
  const args = ['-c', 'fetch.negotiationAlgorithm=noop', ...quietFetch, '--filter=blob:none', '--stdin', remote];
  // Where the remote does not give blobs by name, git still brings them one by one.
  await context.git(args, {
    input: ids.map((id) => `${id}\n`).join(''),
    allowExit: 'any',
    timeoutMs: blobTimeoutMs,
  });
}

/** Contents of blobs by path, from one command (git-cat-file: `<id> blob <size>`, a line break, the bytes, a line break). */
async function readBlobs(context: RepositoryContext, entries: readonly TreeEntry[]): Promise<Map<string, Uint8Array>> {
  const contents = new Map<string, Uint8Array>();
  if (entries.length === 0) return contents;
  const total = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes + 200, 0);
  const { stdout } = await context.git(['cat-file', '--batch'], {
    input: entries.map(({ object }) => `${object}\n`).join(''),
    maxOutputBytes: total,
    timeoutMs: blobTimeoutMs,
  });
  let offset = 0;
  for (const { object, path, sizeBytes } of entries) {
    const header = `${object} blob ${sizeBytes}\n`;
    const said = stdout.subarray(offset, offset + header.length).toString('latin1');
    if (said !== header) throw missingBlob(path, said);
    const start = offset + header.length;
    contents.set(path, new Uint8Array(stdout.subarray(start, start + sizeBytes)));
    offset = start + sizeBytes + 1;
  }
  return contents;
}

function missingBlob(path: string, said: string): Error {
  const reason = `the contents of ${path} are not in the clone (${said.split('\n')[0]?.slice(0, 100) ?? ''})`;
  return weighbridgeError('git/failed', { command: 'cat-file', exitCode: 0, reason });
}

/** Streams a blob into a file that only this user can read, and that goes when it is closed. */
async function openOnDisk(
  context: RepositoryContext,
  { object, path, sizeBytes }: TreeEntry,
): Promise<ByteSource & { close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'weighbridge-blob-'));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const file = await explainIo('write', path, () => open(join(folder, 'blob'), 'wx+', 0o600));
    const close = async () => {
      await file.close();
      await remove();
    };
    try {
      await context.git(['cat-file', 'blob', object], { outputFile: file.fd, timeoutMs: blobTimeoutMs });
      const written = (await file.stat()).size;
      invariant(written === sizeBytes, `git printed ${written} of ${sizeBytes} bytes`);
    } catch (error) {
      await file.close();
      throw error;
    }
    return {
      name: path,
      sizeBytes,
      read: (offset, lengthBytes) => explainIo('read', path, () => readExactly(file.fd, offset, lengthBytes)),
      close,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
