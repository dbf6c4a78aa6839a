import type { Bucket } from '@weighbridge/ports';
import { type ClassedBucket, testClasses, withClasses } from './classed-bucket.js';
import { describeBucket } from './describe-bucket.js';
import { describeBucketClasses } from './describe-bucket-classes.js';
import { openMemoryBucket } from './memory-bucket.js';

describeBucket('memory', async () => ({ bucket: openMemoryBucket(), dispose: async () => {} }));
describeBucket('memory with classes', async () => ({
  bucket: withClasses(openMemoryBucket()),
  dispose: async () => {},
}));

describeBucketClasses('memory', async () => ({ bucket: withClasses(openMemoryBucket()), dispose: async () => {} }), {
  usual: testClasses.hot,
  other: testClasses.warm,
  archive: testClasses.cold,
  unknown: 'NONE',
  finishRestores: async (bucket: Bucket) => (bucket as ClassedBucket).finishRestores(),
});
