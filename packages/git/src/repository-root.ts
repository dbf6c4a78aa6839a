import { lstat, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

const maxDepth = 256;

/**
 * The folder of the checkout that a folder lies in: the nearest one upward with a `.git` (a folder, or the file of a
 * linked work tree or submodule). Null when there is none. Symlinks of the start folder are resolved first.
 */
export async function findRepositoryRoot(startFolder: string): Promise<string | null> {
  let folder = await realpath(startFolder).catch(() => resolve(startFolder));
  for (let depth = 0; depth < maxDepth; depth++) {
    if (await exists(join(folder, '.git'))) return folder;
    const parent = dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
  return null;
}

/** A path that cannot be looked at counts as absent: git itself says why when it is asked next. */
async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
