// needs: versitygw, moto
import { openS3Bucket } from '@weighbridge/stores';
import { describeBucket } from '@weighbridge/testkit';
import { afterAll, beforeAll, describe } from 'vitest';
import { rootKeys, type S3Server, startMoto, startVersityGateway } from './s3-servers.js';

describe.each([
  ['versitygw', startVersityGateway, 'on-write'],
  ['moto', startMoto, 'on-read'],
] as const)('%s', (name, start, digestsChecked) => {
  let server: S3Server;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());

  describeBucket(
    name,
    async () => {
      const place = await server.makeBucket();
      const bucket = openS3Bucket({ ...place, prefix: 'deep/er', credentials: async () => rootKeys });
      return { bucket, dispose: async () => {} };
    },
    { digestsChecked },
  );
});
