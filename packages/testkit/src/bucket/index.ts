export { type BucketUnderTest, describeBucket } from './describe-bucket.js';
export { type MemoryBucket, openMemoryBucket } from './memory-bucket.js';
