import { join } from 'node:path';
import { type Digest, digestHex, parseDigest } from '@weighbridge/core';

/**
 * Where things lie in a folder store:
 *
 *     sha256/ab/cdef…           objects, read-only, named by the digest of their bytes
 *     tmp/<name>                objects being written; a name appears in sha256/ only when the bytes are whole
 *     quarantine/<hex>.<name>   damaged objects, kept for people to look at
 */
export interface FolderLayout {
  readonly root: string;
  readonly temporaryFolder: string;
  readonly quarantineFolder: string;
  /** Path of an object. @throws core/digest, so that no other text becomes a path. */
  objectPath(digest: Digest): string;
  quarantinePath(digest: Digest, name: string): string;
}

export function folderLayout(root: string): FolderLayout {
  const quarantineFolder = join(root, 'quarantine');
  return {
    root,
    temporaryFolder: join(root, 'tmp'),
    quarantineFolder,
    objectPath(digest) {
      const hex = digestHex(parseDigest(digest));
      return join(root, 'sha256', hex.slice(0, 2), hex.slice(2));
    },
    quarantinePath: (digest, name) => join(quarantineFolder, `${digestHex(parseDigest(digest))}.${name}`),
  };
}
