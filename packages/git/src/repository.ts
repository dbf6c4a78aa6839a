import { resolve } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import type { Repository } from '@weighbridge/ports';
import { type Clone, readClone, remoteUrl, withSettings } from './clone.js';
import { remoteNames, type Setting, valueOf } from './clone-settings.js';
import { branchTip, changedPaths, lastChange, mergeBase, mergedTree } from './repository-ancestry.js';
import { commitFiles } from './repository-commit-files.js';
import { changesBetween, patchIds } from './repository-changes.js';
import type { RepositoryContext } from './repository-context.js';
import { createTag } from './repository-create-tag.js';
import { filesNamed } from './repository-named.js';
import { openAt, readFileAt, readFilesAt, readObjects } from './repository-blobs.js';
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
  /** What the clone says of itself, where it was asked already. */
  readonly clone?: Clone;
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
  const clone = withSettings(options.clone ?? (await readClone(root)), gitConfig);
  const remote = options.offline === true ? null : remoteName(clone.settings);
  const context: RepositoryContext = { root, clone, commits: new Map(), remote, git };

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
    filesNamed: (commits, names) => filesNamed(context, commits, names),
    readBlobs: (objects, bounds) => readObjects(context, objects, bounds),
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
    remoteUrl: async () => (remote === null ? null : remoteUrl(clone, remote, 'fetch')),
    userName: async () => valueOf(clone.settings, 'user.name')?.trim() || null,
  };
}

function remoteName(settings: readonly Setting[]): string | null {
  const names = remoteNames(settings);
  if (names.includes('origin')) return 'origin';
  return names.length === 1 ? (names[0] ?? null) : null;
}
