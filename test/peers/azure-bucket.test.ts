// needs: azurite
import { openAzureBucket } from '@weighbridge/stores';
import { describeBucket, describeBucketClasses } from '@weighbridge/testkit';
import { afterAll, beforeAll } from 'vitest';
import { type Azurite, keyEnvironment, startAzurite } from './azurite.js';

let server: Azurite;
beforeAll(async () => {
  server = await startAzurite();
});
afterAll(() => server.stop());

const open = async () => {
  const place = await server.makeContainer();
  const bucket = openAzureBucket({ ...place, prefix: "deep/er=(a)'s", environment: keyEnvironment });
  return { bucket, dispose: async () => {} };
};

describeBucket('azurite', open);
// Tiers change no ETag, so that there is none to compare.
const tiers = { usual: 'Hot', archive: 'Archive', restoresForGood: true, comparesRevisions: false } as const;
describeBucketClasses('azurite, cool', open, { ...tiers, other: 'Cool' });
describeBucketClasses('azurite, cold', open, { ...tiers, other: 'Cold' });
