export { type BucketStore, type BucketStoreOptions, openBucketStore } from './bucket-store.js';
export { type FileSource, openFileSource, openFileSourceIfPresent } from './file-source.js';
export { type FolderBucket, type FolderBucketOptions, openFolderBucket } from './folder-bucket.js';
export { type FolderStore, type FolderStoreOptions, openFolderStore } from './folder-store.js';
export type { TransferBounds } from './transfer/means.js';
export { type Hashed, hashFile } from './hash-file.js';
