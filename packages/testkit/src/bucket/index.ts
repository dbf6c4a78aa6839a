export { type BucketUnderTest, describeBucket } from './describe-bucket.js';
export { type ClassesUnderTest, describeBucketClasses } from './describe-bucket-classes.js';
export {
  type ClassedBucket,
  type ClassKeeper,
  type KeptClass,
  openClassMemory,
  testClasses,
  withClasses,
} from './classed-bucket.js';
export { type MemoryBucket, openMemoryBucket } from './memory-bucket.js';
