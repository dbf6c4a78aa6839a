import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import { isWithin, splitNul } from './repository-path.js';
import { runGit } from './run-git.js';
import { explainIo } from './work-tree-file.js';

const neverListed = ['.git', 'node_modules'];
const maxFiles = 200_000;
const maxDepth = 64;

/** Files of a checkout under a folder by what git knows of them, sorted. */
export async function listByGit(root: string, folder: string, { ignored }: { ignored: boolean }): Promise<string[]> {
  // git 2.39 leaves out files of folders whose names have certain lengths when an exclusion stands beside the folder.
  const pathspecs = folder === '' ? [':(exclude,glob)**/node_modules/**'] : literalPathspecs([folder]);
  const listFiles = async (...flags: string[]) => {
    const { stdout } = await runGit(['ls-files', '-z', ...flags, '--', ...pathspecs], { cwd: root });
    return splitNul(stdout);
  };
  const [known, hidden] = await Promise.all([
    listFiles('-t', '--stage', '--deleted', '--others', '--exclude-standard'),
    ignored ? listFiles('--others', '--ignored', '--exclude-standard') : [],
  ]);
  const present = new Set(hidden);
  const removed: string[] = [];
  for (const line of known) {
    const { state, path } = readListed(line);
    if (state === 'there') present.add(path);
    else if (state === 'removed') removed.push(path);
  }
  for (const path of removed) present.delete(path);
  const files = [...present].filter((path) => isListed(path, folder));
  if (files.length > maxFiles) throw weighbridgeError('git/too-many-files', { path: folder || '.', max: maxFiles });
  return files.sort();
}

/** The same for a folder that is no checkout: everything that lies there. */
export async function listByWalk(root: string, folder: string): Promise<string[]> {
  const files: string[] = [];
  const waiting: { readonly path: string; readonly depth: number }[] = [{ path: folder, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, depth } = next;
    for (const entry of await readFolder(root, path)) {
      if (neverListed.includes(entry.name)) continue;
      const child = path === '' ? entry.name : `${path}/${entry.name}`;
      if (!entry.isFolder) files.push(child);
      else if (depth < maxDepth) waiting.push({ path: child, depth: depth + 1 });
      if (files.length + waiting.length > maxFiles) {
        throw weighbridgeError('git/too-many-files', { path: folder || '.', max: maxFiles });
      }
    }
  }
  return files.sort();
}

/** Pathspecs that mean just these paths, whatever signs are in them; '' means everything. */
export function literalPathspecs(paths: readonly string[]): string[] {
  return paths.filter((path) => path !== '').map((path) => `:(literal)${path}`);
}

interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

async function readFolder(root: string, path: string): Promise<FolderEntry[]> {
  return explainIo('read', path || root, async () => {
    const entries: FolderEntry[] = [];
    try {
      for await (const entry of await opendir(join(root, path))) {
        if (entry.isFile() || entry.isSymbolicLink() || entry.isDirectory()) {
          entries.push({ name: entry.name, isFolder: entry.isDirectory() });
        }
        if (entries.length > maxFiles) break;
      }
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? cause.code : null;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw cause;
    }
    return entries;
  });
}

/**
 * `? path` is not tracked; of what is, `H 100644 <id> 0<tab>path`, and the same with R when it is gone from the checkout.
 * Neither what a sparse checkout leaves out (S) nor submodules (160000) are files here.
 */
function readListed(line: string): { readonly state: 'there' | 'removed' | 'none'; readonly path: string } {
  const sign = line[0];
  if (sign === '?') return { state: 'there', path: line.slice(2) };
  const path = line.slice(line.indexOf('\t') + 1);
  if (sign === 'R') return { state: 'removed', path };
  return { state: sign === 'S' || line.startsWith('160000', 2) ? 'none' : 'there', path };
}

/** Untracked repositories inside this one end in a slash. */
function isListed(path: string, folder: string): boolean {
  if (path.endsWith('/') || path === folder || !isWithin(path, folder)) return false;
  return (
    !neverListed.some((name) => path.includes(name)) || !path.split('/').some((part) => neverListed.includes(part))
  );
}
