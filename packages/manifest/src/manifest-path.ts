import { weighbridgeError } from '@weighbridge/core';
import { showValue } from './source/quoting.js';

const maxPathLength = 1024;
const controls = /[\u0000-\u001f\u007f]/;

/** A path after checking: relative to the repository root without `.`, `..` or a trailing slash; '' is the root itself. */
export type PathReading =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly reason: string };

/**
 * The repository path of what a file of this repository names: relative to that file's folder, or from the root when it
 * starts with `/`. The result is normalised, relative to the root and never outside of it; globs keep their signs.
 * @throws manifest/path for empty, absolute (`C:`), climbing or backslashed paths.
 */
export function resolveManifestPath(manifestPath: string, written: string): string {
  const read = readPath(manifestPath, written);
  if (!read.ok) throw weighbridgeError('manifest/path', { found: showValue(written), reason: read.reason });
  return read.path;
}

/** Paths as nearly everybody writes them, of which nothing has to be worked out: a repository has thousands. */
const plainPath = /^(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*\/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*$/;

/** As resolveManifestPath, with the reason as a value. */
export function readPath(manifestPath: string, written: string): PathReading {
  if (written.length <= maxPathLength && plainPath.test(written) && !manifestPath.startsWith('.git/'))
    return { ok: true, path: `${manifestPath.slice(0, manifestPath.lastIndexOf('/') + 1)}${written}` };
  const reason = refusal(written);
  if (reason !== null) return { ok: false, reason };
  const fromRoot = written.startsWith('/');
  const path: string[] = fromRoot ? [] : manifestPath.split('/').slice(0, -1);
  for (const part of written.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') path.push(part);
    else if (path.pop() === undefined) return { ok: false, reason: 'it leaves the repository' };
  }
  if (path[0] === '.git') return { ok: false, reason: 'it is inside .git' };
  return { ok: true, path: path.join('/') };
}

function refusal(written: string): string | null {
  if (written === '') return 'it is empty';
  if (written.length > maxPathLength) return `it is longer than ${maxPathLength} characters`;
  if (controls.test(written)) return 'it holds a control character';
  if (written.includes('\\')) return 'it holds a backslash';
  if (/^[A-Za-z]:(?:\/|$)/.test(written)) return 'it names a drive';
  if (written.startsWith('//')) return 'it starts with two slashes';
  if (written.startsWith('~')) return 'a ~ is not replaced by a home folder';
  return null;
}
