// needs: fake-gcs-server
import { openGcsBucket } from '@weighbridge/stores';
import { describeBucketFaults } from '@weighbridge/testkit';
import { errorDocument, makeServiceAccount, startFakeGcs } from './gcs-servers.js';
import { quickly } from './start-server.js';

describeBucketFaults(
  'fake-gcs-server',
  async () => {
    const server = await startFakeGcs();
    const place = await server.makeBucket();
    const credentials = makeServiceAccount();
    return {
      endpoint: server.endpoint,
      maxTries: quickly.retries.maxTries,
      bucketAt: (endpoint) => openGcsBucket({ ...place, ...quickly, endpoint, credentials }),
      dispose: () => server.stop(),
    };
  },
  {
    serverError: errorDocument(500, 'internalError'),
    slowDown: errorDocument(429, 'rateLimitExceeded'),
    expired: errorDocument(401, 'authError'),
  },
);
