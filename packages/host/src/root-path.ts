import { isAbsolute, relative, resolve, sep } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import type { Host } from './host.js';

/** A path of the command line as a path of the repository, with `/`. @throws host/input outside of it */
export function rootPath(
  host: Pick<Host, 'root' | 'folder'>,
  written: string,
  { command, input }: { readonly command: string; readonly input: string },
): string {
  const path = relative(host.root, resolve(host.folder, written));
  if (path.startsWith('..') || isAbsolute(path)) {
    throw weighbridgeError('host/input', {
      input,
      reason: `${written} lies outside the repository`,
      command,
    });
  }
  return path.split(sep).join('/');
}
