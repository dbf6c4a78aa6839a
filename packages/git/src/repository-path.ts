import { platform } from 'node:process';
import { weighbridgeError } from '@weighbridge/core';

const maxPathLength = 4096;

/**
 * Whether a text is a path of the repository: relative, with `/`, no empty, `.` or `..` part, and never into `.git`.
 * On Windows also without the signs that start another root there.
 */
export function isRepositoryPath(path: string): boolean {
  if (path.length > maxPathLength || path.includes('\0')) return false;
  if (platform === 'win32' && /[\\:]/.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part.toLowerCase() !== '.git');
}

/** The path itself. @throws git/path */
export function checkedPath(path: string): string {
  if (!isRepositoryPath(path)) throw weighbridgeError('git/path', { path: path.slice(0, 200) });
  return path;
}

/** A folder of the repository, where '' is the root. @throws git/path */
export function checkedFolder(folder: string): string {
  return folder === '' ? folder : checkedPath(folder);
}

/** Whether a path is the other one or lies in it; everything lies in ''. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** Entries that a command with -z printed. */
export function splitNul(output: Buffer): string[] {
  const entries = output.toString('utf8').split('\0');
  if (entries.at(-1) === '') entries.pop();
  return entries;
}

/** Whether a text is a name of a branch, by the rules of git-check-ref-format. */
export function isBranchName(name: string): boolean {
  if (name === '' || name.length > 255 || name.startsWith('-') || name.endsWith('.')) return false;
  if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{/.test(name)) return false;
  return name.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}
