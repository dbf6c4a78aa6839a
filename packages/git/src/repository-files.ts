import { weighbridgeError } from '@weighbridge/core';
import type { RepositoryContext } from './repository-context.js';
import { isObjectId, requireCommit } from './repository-objects.js';
import { checkedFolder, checkedPath, isWithin, splitNul } from './repository-path.js';

/** Characters of paths in one command line; half of what the narrowest system allows. */
const charactersPerCommand = 16_000;
const literalPathspecs: ReadonlyMap<string, string> = new Map([['GIT_LITERAL_PATHSPECS', '1']]);

export interface TreeEntry {
  readonly mode: string;
  readonly type: string;
  readonly object: string;
  readonly sizeBytes: number;
  readonly path: string;
}

/** Files (and symlinks, but no submodules) below a folder, sorted. @throws git/no-commit, git/path */
export async function listAt(context: RepositoryContext, commit: string, folder: string): Promise<string[]> {
  const within = checkedFolder(folder) === '' ? [] : ['--', folder];
  const entries = await listTree(context, commit, ['-r', ...within]);
  return entries
    .filter(({ type, path }) => type === 'blob' && path !== folder && isWithin(path, folder))
    .map(({ path }) => path)
    .sort();
}

/** Ids of the blobs and trees of paths; '' is the root. @throws git/no-commit, git/path */
export async function objectsAt(
  context: RepositoryContext,
  commit: string,
  paths: readonly string[],
): Promise<Map<string, string>> {
  const objects = new Map<string, string>();
  if (paths.includes('')) objects.set('', (await requireCommit(context, commit)).tree);
  const wanted = new Set(paths.filter((path) => path !== '').map(checkedPath));
  for (const asked of commandsOf([...wanted])) {
    // -t, because a tree above another wanted path would be left out otherwise.
    const entries = await listTree(context, commit, ['-t', '--', ...asked]);
    for (const { path, object } of entries) if (wanted.has(path)) objects.set(path, object);
  }
  return objects;
}

/** Paths in groups that each fit into one command line, in order: as few as can be, since starting git is what costs. */
export function commandsOf(paths: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let room = 0;
  for (const path of paths) {
    if (path.length + 1 > room || groups.length === 0) {
      groups.push([]);
      room = charactersPerCommand;
    }
    groups.at(-1)?.push(path);
    room -= path.length + 1;
  }
  return groups;
}

/** @throws git/no-commit */
export async function listTree(
  context: RepositoryContext,
  commit: string,
  flags: readonly string[],
): Promise<TreeEntry[]> {
  if (!isObjectId(commit)) throw weighbridgeError('git/no-commit', { commit: commit.slice(0, 100) });
  const [options, paths] = splitAt(flags, flags.indexOf('--'));
  const args = ['ls-tree', '-z', '--full-tree', ...options, commit, ...paths];
  const { exitCode, stdout } = await context.git(args, { env: literalPathspecs, allowExit: [128] });
  if (exitCode !== 0) {
    await requireCommit(context, commit);
    // It is there, so git has another reason: let it say so.
    await context.git(args, { env: literalPathspecs });
  }
  return splitNul(stdout).flatMap(parseEntry);
}

/** `100644 blob <id><tab>path`, with the size after the id for --long; a tree's size is `-`. */
function parseEntry(line: string): TreeEntry[] {
  const match = /^(\d{6}) ([a-z]+) ([0-9a-f]+)(?: +(\d+|-))?\t([^]+)$/.exec(line);
  const [, mode = '', type = '', object = '', size = '0', path = ''] = match ?? [];
  return match === null ? [] : [{ mode, type, object, sizeBytes: Number(size) || 0, path }];
}

function splitAt(flags: readonly string[], index: number): [readonly string[], readonly string[]] {
  return index < 0 ? [flags, []] : [flags.slice(0, index), flags.slice(index)];
}
