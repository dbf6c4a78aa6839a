// needs: versitygw
import { createHash } from 'node:crypto';
import { openS3Bucket } from '@weighbridge/stores';
import { describeBucketFaults, expectCode, seededBytes } from '@weighbridge/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorDocument, rootKeys, type S3Server, startVersityGateway } from './s3-servers.js';
import { quickly } from './start-server.js';

describeBucketFaults(
  'versitygw',
  async () => {
    const server = await startVersityGateway();
    const place = await server.makeBucket();
    return {
      endpoint: server.endpoint,
      maxTries: quickly.retries.maxTries,
      bucketAt: (endpoint) => openS3Bucket({ ...place, ...quickly, endpoint, credentials: async () => rootKeys }),
      dispose: () => server.stop(),
    };
  },
  {
    serverError: errorDocument(500, 'InternalError'),
    slowDown: errorDocument(503, 'SlowDown'),
    expired: errorDocument(400, 'ExpiredToken'),
  },
);

describe('what a server that checks signatures refuses', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startVersityGateway();
  });
  afterAll(() => server.stop());
  const hour = 3_600_000;

  test.each([hour, -hour, 30 * 24 * hour])(
    'a clock that is %i ms off is corrected, in every operation',
    async (offMs) => {
      const place = { ...(await server.makeBucket()), credentials: async () => rootKeys };
      const right = openS3Bucket(place);
      const bytes = seededBytes(1, 1000);
      const revision = await right.replace('doc', bytes, null);
      // Each opened anew, so that none finds the clock corrected.
      const skewed = () => openS3Bucket({ ...place, ...quickly, now: () => new Date(Date.now() + offMs) });
      expect(await skewed().describe('doc')).toEqual(await right.describe('doc'));
      expect((await skewed().read('doc'))?.revision).toBe(revision);
      for await (const { key } of skewed().list('')) expect(key).toBe('doc');
      const second = await skewed().replace('doc', seededBytes(2, 1000), revision);
      expect(second).toBe((await right.describe('doc'))?.revision);
      const sha256 = createHash('sha256').update(bytes).digest();
      expect(await skewed().create('new', [bytes], { sha256 })).toBe('created');
      await skewed().remove('new');
      expect(await right.describe('new')).toBeNull();
    },
  );

  test('a wrong secret, in every operation, and it is not told', async () => {
    const keys = { ...rootKeys, secretAccessKey: 'planted-and-wrong' };
    const bucket = openS3Bucket({ ...(await server.makeBucket()), ...quickly, credentials: async () => keys });
    const calls = [
      () => bucket.describe('a'),
      () => bucket.read('a'),
      () => bucket.replace('a', seededBytes(1, 10), null),
      () => bucket.remove('a'),
      () => bucket.list('')[Symbol.asyncIterator]().next(),
    ];
    for (const call of calls) {
      const error = await expectCode(call(), 'store/denied');
      expect(error.remedy).toContain('access key');
      expect(JSON.stringify([error.message, error.remedy, error.fields])).not.toContain('planted');
    }
  });

  test('a bucket that is not there', async () => {
    const { endpoint, region } = await server.makeBucket();
    const bucket = openS3Bucket({
      endpoint,
      region,
      bucket: 'of-nobody',
      ...quickly,
      credentials: async () => rootKeys,
    });
    await expectCode(bucket.describe('a'), 'store/misconfigured');
    await expectCode(bucket.read('a'), 'store/misconfigured');
    await expectCode(bucket.replace('a', seededBytes(1, 10), null), 'store/misconfigured');
  });

  test('another region than the one of the bucket is named', async () => {
    const place = { ...(await server.makeBucket()), region: 'eu-west-3' };
    const bucket = openS3Bucket({ ...place, ...quickly, credentials: async () => rootKeys });
    const error = await expectCode(bucket.read('a'), 'store/misconfigured');
    expect(error.remedy).toContain('us-east-1');
  });
});
