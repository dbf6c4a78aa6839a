// needs: versitygw
import { createHash } from 'node:crypto';
import { openS3Bucket } from '@weighbridge/stores';
import { describeBucketFaults, expectCode, type FaultyWorld, seededBytes } from '@weighbridge/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMuteRelay } from './mute-relay.js';
import { errorDocument, rootKeys, type S3Server, startVersityGateway } from './s3-servers.js';
import { quickly } from './start-server.js';

const documents = {
  serverError: errorDocument(500, 'InternalError'),
  slowDown: errorDocument(503, 'SlowDown'),
  expired: errorDocument(400, 'ExpiredToken'),
};

async function openWorld({ isMute }: { readonly isMute: boolean }): Promise<FaultyWorld> {
  const server = await startVersityGateway();
  const place = await server.makeBucket();
  const relay = isMute ? await openMuteRelay(server.endpoint, 'x-amz-checksum-sha256') : null;
  return {
    endpoint: relay?.endpoint ?? server.endpoint,
    maxTries: quickly.retries.maxTries,
    bucketAt: (endpoint) => openS3Bucket({ ...place, ...quickly, endpoint, credentials: async () => rootKeys }),
    async dispose() {
      await relay?.close();
      await server.stop();
    },
  };
}

describeBucketFaults('versitygw', () => openWorld({ isMute: false }), documents);
// Bodies have to be signed for it, and what is wrong with them is noticed by that alone.
describeBucketFaults('versitygw that answers no checksum', () => openWorld({ isMute: true }), documents);

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

  test('bytes that are not those of their digest, be the body signed or not', async () => {
    const bucket = openS3Bucket({ ...(await server.makeBucket()), ...quickly, credentials: async () => rootKeys });
    const sha256 = createHash('sha256').update(seededBytes(1, 1000)).digest();
    // The first is signed, and shows that the server compares; then come two that are not, and one that is again.
    await bucket.replace('right', seededBytes(1, 1000), null);
    for (const key of ['wrong', 'wrong-too']) {
      await expectCode(bucket.create(key, [seededBytes(2, 1000)], { sha256 }), 'store/io');
      expect(await bucket.describe(key)).toBeNull();
    }
    expect(await bucket.create('right-too', [seededBytes(1, 1000)], { sha256 })).toBe('created');
  });

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
