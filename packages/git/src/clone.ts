import { basename, dirname, join, resolve } from 'node:path';
import { parseSettings, plainUrl, type Setting, valueOf } from './clone-settings.js';
import { runGit, runGitText } from './run-git.js';

/** What a clone says of itself. It is asked when it is opened, by two commands beside each other, and not again. */
export interface Clone {
  /** Absolute path of the folder that was asked. */
  readonly folder: string;
  /** Absolute path of the git folder, which linked work trees share. */
  readonly gitFolder: string;
  /** Absolute path of the checkout's root; null for a bare repository. */
  readonly top: string | null;
  /** Absolute path of the root of the main work tree, where the checkout is linked to one; null where it is none, or git does not say. */
  readonly mainTop: string | null;
  /** `sha1` or `sha256` */
  readonly objectFormat: string;
  readonly settings: readonly Setting[];
}

/** Asks a folder of a repository. @throws git/failed outside of one, or when git does not accept it; git/missing */
export async function readClone(folder: string): Promise<Clone> {
  const [{ ownGitFolder, ...place }, settings] = await Promise.all([readPlace(folder), readSettings(folder)]);
  const isLinked = ownGitFolder !== place.gitFolder;
  return { ...place, settings, mainTop: isLinked ? mainTopOf(place.gitFolder, settings) : null };
}

/** A bare repository has no root: git says what it has until then. */
async function readPlace(
  folder: string,
): Promise<Omit<Clone, 'settings' | 'mainTop'> & { readonly ownGitFolder: string }> {
  const folders = ['--path-format=absolute', '--git-common-dir', '--git-dir'];
  const args = ['rev-parse', ...folders, '--show-object-format', '--show-toplevel'];
  const { exitCode, stdout } = await runGit(args, { cwd: folder, allowExit: [128] });
  const [gitFolder = '', ownGitFolder = '', objectFormat = '', top = ''] = stdout.toString('utf8').split(/\r?\n/);
  // Says why when git does not accept the folder, such as one that belongs to another user.
  if (exitCode !== 0 && objectFormat === '') await runGit(['rev-parse', '--git-dir'], { cwd: folder });
  return {
    folder: resolve(folder),
    gitFolder: resolve(gitFolder),
    ownGitFolder: resolve(ownGitFolder),
    objectFormat: objectFormat || 'sha1',
    top: top === '' ? null : resolve(top),
  };
}

/** Of a submodule git writes down where it is checked out; of others the folder tells. A bare repository has no root. */
function mainTopOf(gitFolder: string, settings: readonly Setting[]): string | null {
  const written = valueOf(settings, 'core.worktree');
  if (written !== null) return resolve(gitFolder, written);
  if (valueOf(settings, 'core.bare') === 'true' || basename(gitFolder) !== '.git') return null;
  return dirname(gitFolder);
}

/** Credentials may be among these: they are handed on in the environment and never written. */
async function readSettings(folder: string): Promise<readonly Setting[]> {
  return parseSettings(await runGitText(['config', '--list', '--show-scope', '-z'], { cwd: folder }));
}

/** The address of a remote for one use, with what rewrites addresses; null without such a remote. */
export async function remoteUrl(clone: Clone, remote: string, use: 'fetch' | 'push'): Promise<string | null> {
  const plain = plainUrl(clone.settings, remote, use);
  if (plain !== null) return plain;
  const args = ['remote', 'get-url', ...(use === 'push' ? ['--push'] : []), remote];
  const { exitCode, stdout } = await runGit(args, { cwd: clone.folder, allowExit: 'any' });
  return exitCode === 0 ? stdout.toString('utf8').split(/\r?\n/)[0] || null : null;
}

/** A folder of ours inside the clone's git folder, shared by its work trees: for keys and caches, never committed. */
export function privateFolderOf(clone: Clone): string {
  return join(clone.gitFolder, 'weighbridge');
}

/** The same clone with settings that come last, so that they are the strongest. */
export function withSettings(clone: Clone, added: Iterable<readonly [string, string]>): Clone {
  const more = [...added].map(([key, value]) => ({ scope: 'command', key: lowerCased(key), value }));
  return { ...clone, settings: [...clone.settings, ...more] };
}

/** Section and name of a key in lower case, as git lists them; the name of a subsection stays. */
function lowerCased(key: string): string {
  const [start, end] = [key.indexOf('.'), key.lastIndexOf('.')];
  return `${key.slice(0, start).toLowerCase()}${key.slice(start, end)}${key.slice(end).toLowerCase()}`;
}
