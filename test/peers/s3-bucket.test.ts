// needs: versitygw, moto
import { openS3Bucket } from '@weighbridge/stores';
import { describeBucket, describeBucketClasses } from '@weighbridge/testkit';
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

describe('moto with classes', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startMoto();
  });
  afterAll(() => server.stop());
  const open = async () => {
    const place = await server.makeBucket();
    return {
      bucket: openS3Bucket({ ...place, prefix: 'deep/er', credentials: async () => rootKeys }),
      dispose: async () => {},
    };
  };
  // moto compares no ETag of the source.
  const classes = { usual: 'STANDARD', comparesRevisions: false, unknown: 'NONE' };
  describeBucketClasses('moto, deep archive', open, { ...classes, other: 'STANDARD_IA', archive: 'DEEP_ARCHIVE' });
  describeBucketClasses('moto, glacier', open, { ...classes, other: 'GLACIER_IR', archive: 'GLACIER' });
});
