// needs: azurite
import { openAzureBucket } from '@weighbridge/stores';
import { describeBucket } from '@weighbridge/testkit';
import { afterAll, beforeAll } from 'vitest';
import { type Azurite, keyEnvironment, startAzurite } from './azurite.js';

let server: Azurite;
beforeAll(async () => {
  server = await startAzurite();
});
afterAll(() => server.stop());

describeBucket('azurite', async () => {
  const place = await server.makeContainer();
  const bucket = openAzureBucket({ ...place, prefix: "deep/er=(a)'s", environment: keyEnvironment });
  return { bucket, dispose: async () => {} };
});
