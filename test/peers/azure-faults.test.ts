// needs: azurite
import { openAzureBucket } from '@weighbridge/stores';
import { describeBucketFaults, expectCode, seededBytes } from '@weighbridge/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { account, type Azurite, errorDocument, keyEnvironment, startAzurite } from './azurite.js';
import { quickly } from './start-server.js';

describeBucketFaults(
  'azurite',
  async () => {
    const server = await startAzurite();
    const place = await server.makeContainer();
    return {
      endpoint: server.endpoint,
      maxTries: quickly.retries.maxTries,
      bucketAt: (endpoint) =>
        openAzureBucket({ ...place, ...quickly, endpoint: `${endpoint}/${account}`, environment: keyEnvironment }),
      dispose: () => server.stop(),
    };
  },
  {
    serverError: errorDocument(500, 'InternalError'),
    slowDown: errorDocument(503, 'ServerBusy'),
    expired: errorDocument(401, 'InvalidAuthenticationInfo'),
  },
);

describe('what a server that checks signatures refuses', () => {
  let server: Azurite;
  beforeAll(async () => {
    server = await startAzurite();
  });
  afterAll(() => server.stop());

  test('a wrong key, in every operation, and it is not told', async () => {
    const wrong = Buffer.from('planted-and-wrong-key').toString('base64');
    const place = await server.makeContainer();
    const bucket = openAzureBucket({ ...place, ...quickly, environment: { AZURE_STORAGE_KEY: wrong } });
    const calls = [
      () => bucket.describe('a'),
      () => bucket.read('a'),
      () => bucket.replace('a', seededBytes(1, 10), null),
      () => bucket.remove('a'),
      () => bucket.list('')[Symbol.asyncIterator]().next(),
    ];
    for (const call of calls) {
      const error = await expectCode(call(), 'store/denied');
      expect(error.remedy).toContain('account key');
      expect(JSON.stringify([error.message, error.remedy, error.fields])).not.toContain(wrong);
    }
  });

  test('a container that is not there, in every operation', async () => {
    const place = { ...(await server.makeContainer()), container: 'of-nobody' };
    const bucket = openAzureBucket({ ...place, ...quickly, environment: keyEnvironment });
    const calls = [
      () => bucket.describe('a'),
      () => bucket.read('a'),
      () => bucket.replace('a', seededBytes(1, 10), null),
      () => bucket.remove('a'),
      () => bucket.list('')[Symbol.asyncIterator]().next(),
    ];
    for (const call of calls) {
      const error = await expectCode(call(), 'store/misconfigured');
      expect(error.message).toContain('"of-nobody" in the account "acmemodels"');
    }
  });

  test('another account', async () => {
    const { container } = await server.makeContainer();
    const place = { account: 'another', container, endpoint: `${server.endpoint}/another` };
    const bucket = openAzureBucket({ ...place, ...quickly, environment: keyEnvironment });
    await expectCode(bucket.describe('a'), 'store/misconfigured');
  });
});
