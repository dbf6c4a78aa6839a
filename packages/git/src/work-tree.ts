import { join, resolve } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import type { WorkTree } from '@weighbridge/ports';
import { committedBytes, committedText } from './line-endings.js';
import { checkedFolder, checkedPath, isWithin, splitNul } from './repository-path.js';
import { findRepositoryRoot } from './repository-root.js';
import { runGit, runGitText } from './run-git.js';
import { openWorkTreeFile, readSmallFile, refuseSymlinkedFolder, writeWorkTreeFile } from './work-tree-file.js';
import { listByGit, listByWalk, literalPathspecs } from './work-tree-list.js';

/** Paths in one command line; far below what any system allows. */
const pathsPerCommand = 200;

/**
 * The files of a checkout, or of any folder: outside of git everything is listed, nothing is ignored and everything
 * counts as changed. Nothing is kept between calls. Errors beside those of the port: git/io, git/failed
 */
export function openWorkTree(rootFolder: string): WorkTree {
  const root = resolve(rootFolder);
  const isCheckout = async () => (await findRepositoryRoot(root)) !== null;

  return {
    root,

    async list(folder, { ignored = false } = {}) {
      checkedFolder(folder);
      if (folder !== '') await refuseSymlinkedFolder(root, join(folder, 'inside'));
      return (await isCheckout()) ? listByGit(root, folder, { ignored }) : listByWalk(root, folder);
    },

    async read(path, maxBytes) {
      const small = readSmallFile(root, path);
      if (small === null) return null;
      if (small !== 'large') return within(maxBytes, path, await committedBytes(root, path, small));
      const source = await openCommitted(root, path);
      if (source === null) return null;
      try {
        const { sizeBytes } = source;
        if (sizeBytes > maxBytes) throw weighbridgeError('git/file-too-large', { path, sizeBytes, maxBytes });
        return await source.read(0, sizeBytes);
      } finally {
        await source.close();
      }
    },

    open: (path) => openCommitted(root, path),

    write: async (path, bytes) => writeWorkTreeFile(root, path, bytes),

    async ignored(paths) {
      for (const path of paths) await refuseSymlinkedFolder(root, checkedPath(path));
      if (paths.length === 0 || !(await isCheckout())) return new Set();
      // Exit code 1 says that none is.
      const input = paths.map((path) => `${path}\0`).join('');
      const { stdout } = await runGit(['check-ignore', '-z', '--stdin'], { cwd: root, input, allowExit: [1] });
      return new Set(splitNul(stdout));
    },

    async changed(paths) {
      for (const path of paths) await refuseSymlinkedFolder(root, checkedPath(path));
      const differing = (await isCheckout()) ? await changedByGit(root, paths) : await listByWalk(root, '');
      return new Set(paths.filter((path) => differing.some((file) => isWithin(file, path))));
    },
  };
}

function within(maxBytes: number, path: string, bytes: Uint8Array): Uint8Array {
  const sizeBytes = bytes.length;
  if (sizeBytes > maxBytes) throw weighbridgeError('git/file-too-large', { path, sizeBytes, maxBytes });
  return bytes;
}

/** A file of the checkout with the line ends that a commit of it has. */
async function openCommitted(root: string, path: string) {
  const source = await openWorkTreeFile(root, path);
  if (source === null) return null;
  try {
    const text = await committedText(root, source);
    if (text === null) return source;
    await source.close();
    const read = async (offset: number, lengthBytes: number) => text.slice(offset, offset + lengthBytes);
    return { name: path, sizeBytes: text.length, read, close: async () => undefined };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function changedByGit(root: string, paths: readonly string[]): Promise<string[]> {
  const changed: string[] = [];
  for (let start = 0; start < paths.length; start += pathsPerCommand) {
    const pathspecs = literalPathspecs(paths.slice(start, start + pathsPerCommand));
    const [prefix, status, hidden] = await Promise.all([
      runGitText(['rev-parse', '--show-prefix'], { cwd: root }),
      runGit(['status', '--porcelain=v1', '-z', '--untracked-files=all', '--no-renames', '--', ...pathspecs], {
        cwd: root,
      }),
      runGit(['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--', ...pathspecs], { cwd: root }),
    ]);
    // Two letters and a space stand before each path, and paths start at the top of the repository.
    changed.push(...splitNul(status.stdout).map((line) => line.slice(3 + prefix.length).replace(/\/$/, '')));
    changed.push(...splitNul(hidden.stdout));
  }
  return changed;
}
