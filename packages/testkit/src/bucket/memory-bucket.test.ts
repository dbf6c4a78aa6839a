import { describeBucket } from './describe-bucket.js';
import { openMemoryBucket } from './memory-bucket.js';

describeBucket('memory', async () => ({ bucket: openMemoryBucket(), dispose: async () => {} }));
