import { weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '@weighbridge/formats';
import type { Repository, WorkTree } from '@weighbridge/ports';
import { inParallel } from './in-parallel.js';

/** The largest file that is read out of git's object database: forges take far smaller ones. */
const maxBlobBytes = 4 * 1024 * 1024 * 1024;

/** Files of the checkout that are read side by side: as many as node has threads for them, and some that wait. */
const filesAtOnce = 8;

/** A file that is read piece by piece; whoever opened it closes it. */
export type OpenFile = ByteSource & { close(): Promise<void> };

/**
 * Files to read from, be it the checkout or a commit: the same content gives the same answers. Paths are relative to
 * the repository root.
 */
export interface Files {
  /** What messages call it: `the checkout` or a short commit id. */
  readonly name: string;
  /** The commit whose files these are; null for the checkout, which stands on HEAD. */
  readonly commit: string | null;
  /** Files below a folder, sorted. What git ignores is listed on request, and a commit holds none of it. */
  list(folder: string, options?: { readonly ignored?: boolean }): Promise<readonly string[]>;
  /** A whole file, or null when absent. @throws git/file-too-large */
  read(path: string, maxBytes: number): Promise<Uint8Array | null>;
  /** Many whole files; absent ones are left out. @throws git/file-too-large */
  readAll(paths: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, Uint8Array>>;
  open(path: string): Promise<OpenFile | null>;
  /** Which of the paths git ignores: no commit will hold them. */
  ignored(paths: readonly string[]): Promise<ReadonlySet<string>>;
}

/** The files of the checkout as they are. */
export function filesOfWorkTree(workTree: WorkTree): Files {
  return {
    name: 'the checkout',
    commit: null,
    list: (folder, options) => workTree.list(folder, options),
    read: (path, maxBytes) => workTree.read(path, maxBytes),
    readAll: async (paths, maxBytes) => {
      const read = await inParallel(paths, filesAtOnce, (path) => workTree.read(path, maxBytes));
      return new Map(
        paths.flatMap((path, place) => {
          const bytes = read[place] ?? null;
          return bytes === null ? [] : [[path, bytes] as const];
        }),
      );
    },
    open: (path) => workTree.open(path),
    ignored: (paths) => workTree.ignored(paths),
  };
}

/** The files of one commit that the clone holds, as data of the object database, whatever the checkout holds. */
export function filesAtCommit(repository: Repository, commit: string): Files {
  let listed: Promise<readonly string[]> | null = null;
  return {
    name: commit.slice(0, 12),
    commit,
    list: async (folder) => {
      listed ??= repository.listAt(commit, '');
      const all = await listed;
      return folder === '' ? all : all.filter((path) => path.startsWith(`${folder}/`));
    },
    read: (path, maxBytes) => repository.readFileAt(commit, path, maxBytes),
    readAll: (paths, maxBytes) => repository.readFilesAt(commit, paths, maxBytes),
    open: (path) => repository.openAt(commit, path, maxBlobBytes),
    ignored: async () => new Set(),
  };
}

/**
 * The files of a commit that the clone may not hold yet, such as the head of a pull request: that one commit is
 * fetched, never the history behind it.
 * @throws flow/commit-missing
 */
export async function openCommitFiles(repository: Repository, commit: string): Promise<Files> {
  const known = await repository.commit(commit);
  if (known !== null) return filesAtCommit(repository, known.id);
  if (!(await repository.fetchCommit(commit))) throw weighbridgeError('flow/commit-missing', { commit });
  return filesAtCommit(repository, commit);
}
