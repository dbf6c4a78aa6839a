import { resolve } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import type { Repository } from '@weighbridge/ports';
import { branchTip, changedPaths, lastChange, mergeBase, mergedTree } from './repository-ancestry.js';
import { commitFiles } from './repository-commit-files.js';
import { changesBetween, patchIds } from './repository-changes.js';
import type { RepositoryContext } from './repository-context.js';
import { createTag } from './repository-create-tag.js';
import { openAt, readFileAt, readFilesAt } from './repository-blobs.js';
import { listAt, objectsAt } from './repository-files.js';
import { currentBranch, defaultBranch, fetchCommit, isAncestor } from './repository-history.js';
import { readCommit } from './repository-objects.js';
import { findRepositoryRoot } from './repository-root.js';
import { fetchTags, readTags } from './repository-tags.js';
import { type GitOptions, runGit } from './run-git.js';

export interface RepositoryOptions {
  /** Configuration for every command, such as credentials; it travels in the environment, never on a command line. */
  readonly gitConfig?: Iterable<readonly [string, string]>;
  /** Never uses the network: the repository behaves as if it had no remote. Not for anything that writes. */
  readonly offline?: boolean;
}

/**
 * Opens the checkout that a folder lies in. Its remote is `origin`, or the only one there is. Everything runs through
 * git's plumbing, never touches work tree or index, and works at any depth of history.
 * @throws git/not-a-repository; all methods also git/failed, git/timeout
 */
export async function openRepository(folder: string, options: RepositoryOptions = {}): Promise<Repository> {
  const root = await findRepositoryRoot(folder);
  if (root === null) throw weighbridgeError('git/not-a-repository', { path: resolve(folder) });
  const gitConfig = [...(options.gitConfig ?? [])];
  const git = (args: readonly string[], more: Omit<GitOptions, 'cwd' | 'gitConfig'> = {}) =>
    runGit(args, { ...more, cwd: root, gitConfig });
  // Says why when git does not accept the folder, such as one that belongs to another user.
  await git(['rev-parse', '--git-dir']);
  const remote = options.offline === true ? null : await remoteName(git);
  const context: RepositoryContext = { root, remote, git };

  return {
    hasRemote: remote !== null,
    async commit(revision) {
      const found = await readCommit(context, revision);
      return found;
    },
    fetchCommit: (commit) => fetchCommit(context, commit),
    readFileAt: (commit, path, maxBytes) => readFileAt(context, { commit, path, maxBytes }),
    readFilesAt: (commit, paths, maxBytes) => readFilesAt(context, { commit, paths, maxBytes }),
    openAt: (commit, path, maxBytes) => openAt(context, { commit, path, maxBytes }),
    listAt: (commit, folder) => listAt(context, commit, folder),
    objectsAt: (commit, paths) => objectsAt(context, commit, paths),
    isAncestor: (ancestor, descendant) => isAncestor(context, ancestor, descendant),
    mergeBase: (left, right) => mergeBase(context, left, right),
    lastChange: (commit, path) => lastChange(context, commit, path),
    changesBetween: (range) => changesBetween(context, range),
    patchIds: (commits) => patchIds(context, commits),
    changedPaths: (from, to) => changedPaths(context, from, to),
    mergedTree: (first, second) => mergedTree(context, first, second),
    branchTip: (branch) => branchTip(context, branch),
    defaultBranch: (options) => defaultBranch(context, options),
    currentBranch: () => currentBranch(context),
    tags: (starts) => readTags(context, starts),
    fetchTags: () => fetchTags(context),
    createTag: (tag) => createTag(context, tag),
    commitFiles: (commit) => commitFiles(context, commit),
    async remoteUrl() {
      if (remote === null) return null;
      const { exitCode, stdout } = await git(['remote', 'get-url', remote], { allowExit: 'any' });
      return exitCode === 0 ? stdout.toString('utf8').trim() || null : null;
    },
    async userName() {
      const { stdout } = await git(['config', 'user.name'], { allowExit: [1] });
      return stdout.toString('utf8').trim() || null;
    },
  };
}

async function remoteName(git: RepositoryContext['git']): Promise<string | null> {
  const { stdout } = await git(['remote']);
  const names = stdout
    .toString('utf8')
    .split('\n')
    .filter((name) => name !== '');
  if (names.includes('origin')) return 'origin';
  return names.length === 1 ? (names[0] ?? null) : null;
}
