// needs: fake-gcs-server
import { openGcsBucket } from '@weighbridge/stores';
import { describeBucket } from '@weighbridge/testkit';
import { afterAll, beforeAll, describe } from 'vitest';
import { type GcsServer, makeServiceAccount, startFakeGcs, startGenerationGuard } from './gcs-servers.js';

let server: GcsServer;
let guard: Awaited<ReturnType<typeof startGenerationGuard>>;
beforeAll(async () => {
  server = await startFakeGcs();
  guard = await startGenerationGuard(server.endpoint);
});
afterAll(async () => {
  await guard.stop();
  await server.stop();
});

describe.each([
  ['everybody', {}],
  ['a service account', { credentials: makeServiceAccount() }],
])('fake-gcs-server, asked by %s', (_, credentials) => {
  describeBucket('fake-gcs-server', async () => {
    const bucket = openGcsBucket({
      bucket: (await server.makeBucket()).bucket,
      endpoint: guard.endpoint,
      prefix: 'deep/er',
      ...credentials,
    });
    return { bucket, dispose: async () => {} };
  });
});
