export { type FileSource, openFileSource, openFileSourceIfPresent } from './file-source.js';
export { type FolderStore, type FolderStoreOptions, openFolderStore } from './folder-store.js';
export { type Hashed, hashFile } from './hashing.js';
export type { ProxySetting } from './http/agents.js';
export { type RetryPolicy, usualRetries } from './http/retry.js';
export { openS3Bucket, type S3BucketOptions } from './s3/open-s3-bucket.js';
export type { S3Place } from './s3/s3-address.js';
export type { S3Credentials, S3CredentialSource } from './s3/s3-session.js';
