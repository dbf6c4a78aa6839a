import { isRemoteReference, type RemoteReference } from './artifact-reference.js';
import { formatReference } from './reference.js';
import { readReference } from './parse-reference.js';

/**
 * An object that DVC keeps in a folder of this machine, or of one that is mounted. `path` is absolute, or relative to the
 * root of the repository, and may leave it. Manifests cannot write it: it is found through the configuration of DVC.
 */
export interface FolderObject {
  readonly scheme: 'file';
  readonly path: string;
}

/** Where one file is kept. */
export type RemoteAddress = RemoteReference | FolderObject;

/** What DVC calls an object after its MD5; no other file of a machine has an address. */
const objectPath = /(?:^|\/)[0-9a-f]{2}\/[0-9a-f]{30}(?:\.dir)?$/;

/** The text of an address. Inverse of readAddress. */
export function formatAddress(address: RemoteAddress): string {
  return address.scheme === 'file' ? `file:${address.path}` : formatReference(address);
}

/** The address that a text is; null for every other text. */
export function readAddress(text: string): RemoteAddress | null {
  if (text.startsWith('file:')) {
    const path = text.slice('file:'.length);
    return objectPath.test(path) && !/[\u0000-\u001f\u007f]/.test(path) ? { scheme: 'file', path } : null;
  }
  const read = readReference(text);
  return read.ok && isRemoteReference(read.reference) ? read.reference : null;
}
