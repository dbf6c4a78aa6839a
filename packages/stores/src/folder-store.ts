import type { Store } from '@weighbridge/ports';
import { type BucketStoreOptions, openBucketStore } from './bucket-store.js';
import { type FolderBucketOptions, openFolderBucket } from './folder-bucket.js';

/** How a folder is used as a store. */
export interface FolderStoreOptions
  extends FolderBucketOptions,
    Pick<BucketStoreOptions, 'bufferBytes' | 'threadedBytes' | 'collector'> {}

/** A store in a folder of the local disk or of a mounted file system. What `quarantine` answers are paths. */
export type FolderStore = Store;

/**
 * Opens the store in a folder, which is made by the first `put`:
 *
 *     sha256/ab/cdef…            objects, read-only, named by the digest of their bytes: files, pieces of files, packs
 *     recipes/ab/cdef….json      what a file of several pieces is made of; written last
 *     tmp/<name>                 being written; a name appears elsewhere only when the bytes are whole
 *     quarantine/<hex>.<name>    damaged objects, kept for people to look at
 *
 * Safe for any number of processes and machines that share the folder, and for their being killed at any moment. `put`
 * reads what it finds under a digest before it answers `present`; a damaged object is set aside and replaced.
 * All methods @throws store/io
 */
export function openFolderStore(path: string, options: FolderStoreOptions = {}): FolderStore {
  const bucket = openFolderBucket(path, options);
  const store = openBucketStore(bucket, {
    ...options,
    comparesPresent: true,
    copy: (from, to) => bucket.copy(from, to),
  });
  return {
    ...store,
    async quarantine(digest) {
      const placed = await store.quarantine(digest);
      return new Map([...placed].map(([about, key]) => [about, bucket.pathOf(key)]));
    },
  };
}
