import { weighbridgeError } from '@weighbridge/core';
import { maxReadBytes, serverName, type Session } from './session.js';

/** Paths that one ls-tree is asked for: command lines are bounded, most of all on Windows. */
const pathsPerListing = 200;
const maxListingBytes = 256 * 1024 * 1024;

/** Object ids of files at a commit; absent ones and folders are left out. */
export async function findBlobs(
  session: Session,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let at = 0; at < paths.length; at += pathsPerListing) {
    const asked = paths.slice(at, at + pathsPerListing);
    for (const { path, type, id } of await listTree(session, [commit, '--', ...asked])) {
      if (type === 'blob') found.set(path, id);
    }
  }
  return found;
}

/** Every file at a commit, or below a folder of it, by path. */
export async function listFiles(
  session: Session,
  commit: string,
  folder: string | null = null,
): Promise<ReadonlyMap<string, string>> {
  const listed = await listTree(session, ['-r', commit, ...(folder === null ? [] : ['--', `${folder}/`])]);
  return new Map(listed.map(({ path, id }) => [path, id]));
}

/** Files and folders directly in the root of each of several commits, by name; all in one go. */
export async function listRoots(
  session: Session,
  commits: readonly string[],
): Promise<ReadonlyMap<string, readonly RootEntry[]>> {
  if (commits.length === 0) return new Map();
  const { stdout } = await session.local(['cat-file', '--batch'], {
    input: commits.map((commit) => `${commit}^{tree}\n`).join(''),
    maxOutputBytes: maxListingBytes,
  });
  const objects = splitBatch(stdout);
  return new Map(
    commits.map((commit, place) => {
      const object = objects[place];
      return [commit, object?.type === 'tree' ? parseTree(object.bytes, object.id.length / 2) : []];
    }),
  );
}

/** One entry of a tree object. */
export interface RootEntry {
  readonly name: string;
  readonly id: string;
  readonly isFile: boolean;
}

/** A tree object: `mode name\0` and the raw id, for each entry. */
function parseTree(bytes: Buffer, idBytes: number): readonly RootEntry[] {
  const entries: RootEntry[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf(0, at);
    const [mode = '', ...name] = bytes.toString('utf8', at, end).split(' ');
    const id = bytes.toString('hex', end + 1, end + 1 + idBytes);
    entries.push({ name: name.join(' '), id, isFile: mode === '100644' });
    at = end + 1 + idBytes;
  }
  return entries;
}

interface TreeEntry {
  readonly path: string;
  readonly type: string;
  readonly id: string;
}

async function listTree(session: Session, args: readonly string[]): Promise<readonly TreeEntry[]> {
  const { stdout } = await session.local(['ls-tree', '-z', '--full-tree', ...args], {
    maxOutputBytes: maxListingBytes,
  });
  const entries: TreeEntry[] = [];
  for (const line of stdout.toString('utf8').split('\0')) {
    const match = /^\d+ (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line);
    if (match !== null) entries.push({ type: match[1] ?? '', id: match[2] ?? '', path: match[3] ?? '' });
  }
  return entries;
}

/** Files at a commit whose contents are in the scratch repository, by path; all in one go. */
export async function readHeld(
  session: Session,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  // What git says of a name that it does not know is the name itself: a space or a line break in it would lead astray.
  const plain = [...new Set(paths)].filter((path) => !/\s/.test(path));
  if (plain.length === 0) return new Map();
  const { stdout } = await session.local(['cat-file', '--batch'], {
    input: plain.map((path) => `${commit}:${path}\n`).join(''),
    maxOutputBytes: maxReadBytes,
  });
  const objects = splitBatch(stdout);
  const held = new Map<string, Buffer>();
  for (const [place, path] of plain.entries()) {
    const object = objects[place];
    if (object?.type === 'blob') held.set(path, object.bytes);
  }
  return held;
}

/** Blobs by object id, which the partial clone left out, in one go. @throws ledger/damaged when one is not to be had */
export async function fetchBlobs(session: Session, ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  await fetchObjects(session, wanted);
  return requireBlobs(session, wanted);
}

/** Blobs by object id. What the partial clone left out is fetched in one go. @throws ledger/damaged when one is not to be had */
export async function readBlobs(session: Session, ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const wanted = [...new Set(ids)];
  const first = await readPresent(session, wanted);
  const missing = wanted.filter((id) => !first.has(id));
  return missing.length === 0 ? first : new Map([...first, ...(await fetchBlobs(session, missing))]);
}

async function requireBlobs(session: Session, ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const found = await readPresent(session, ids);
  const lost = ids.find((id) => !found.has(id));
  if (lost !== undefined)
    throw weighbridgeError('ledger/damaged', { because: `the server does not give the object ${lost}` });
  return found;
}

/** Sizes of blobs, fetched where they are not there yet. */
export async function measureBlobs(session: Session, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const measure = async (): Promise<ReadonlyMap<string, number>> => {
    const { stdout } = await session.local(['cat-file', '--batch-check'], {
      input: wanted.map((id) => `${id}\n`).join(''),
    });
    const lines = stdout.toString('latin1').split('\n');
    return new Map(
      lines.flatMap((line) => {
        const match = /^([0-9a-f]+) blob (\d+)$/.exec(line);
        return match === null ? [] : [[match[1] ?? '', Number(match[2])] as const];
      }),
    );
  };
  const present = await measure();
  const missing = wanted.filter((id) => !present.has(id));
  if (missing.length === 0) return present;
  await fetchObjects(session, missing);
  return measure();
}

async function readPresent(session: Session, ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  if (ids.length === 0) return new Map();
  const { stdout } = await session.local(['cat-file', '--batch'], {
    input: ids.map((id) => `${id}\n`).join(''),
    maxOutputBytes: maxReadBytes,
  });
  return parseBatch(stdout);
}

function parseBatch(output: Buffer): ReadonlyMap<string, Buffer> {
  const blobs = splitBatch(output).filter(({ type }) => type === 'blob');
  return new Map(blobs.map(({ id, bytes }) => [id, bytes]));
}

/** Output of `cat-file --batch`, in the order of what was asked: `id type size\n<bytes>\n`, or `name missing\n`. */
function splitBatch(output: Buffer): readonly { readonly id: string; readonly type: string; readonly bytes: Buffer }[] {
  const objects: { readonly id: string; readonly type: string; readonly bytes: Buffer }[] = [];
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(0x0a, at);
    const [id = '', type = '', size = ''] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    const length = type === 'missing' ? -1 : Number(size);
    objects.push({ id, type, bytes: output.subarray(at, at + Math.max(0, length)) });
    at += length + 1;
  }
  return objects;
}

async function fetchObjects(session: Session, ids: readonly string[]): Promise<void> {
  const args = ['-c', 'fetch.negotiationAlgorithm=noop', ...quietFetch, '--filter=blob:none', '--stdin', serverName];
  await session.remote(args, { input: ids.map((id) => `${id}\n`).join('') });
}

/** Fetches what is asked for and writes no ref or file besides. */
export const quietFetch = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-prune',
  '--no-write-fetch-head',
  '--no-recurse-submodules',
  '--no-auto-maintenance',
] as const;
