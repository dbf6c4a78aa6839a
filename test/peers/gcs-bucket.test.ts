// needs: fake-gcs-server
import { openGcsBucket } from '@weighbridge/stores';
import { describeBucket } from '@weighbridge/testkit';
import { afterAll, beforeAll, describe } from 'vitest';
import { type GcsServer, makeServiceAccount, startFakeGcs } from './gcs-servers.js';

let server: GcsServer;
beforeAll(async () => {
  server = await startFakeGcs();
});
afterAll(() => server.stop());

describe.each([
  ['everybody', {}],
  ['a service account', { credentials: makeServiceAccount() }],
])('fake-gcs-server, asked by %s', (_, credentials) => {
  describeBucket('fake-gcs-server', async () => {
    const bucket = openGcsBucket({ ...(await server.makeBucket()), prefix: 'deep/er', ...credentials });
    return { bucket, dispose: async () => {} };
  });
});
