// needs: azurite, fake-gcs-server
import { createHash } from 'node:crypto';
import { parseReference } from '@weighbridge/manifest';
import { openGcsBucket } from '@weighbridge/stores';
import { expect, it } from 'vitest';
import { openSources } from '../../packages/host/src/open-sources.js';
import { account, accountKey, openWithKey, startAzurite } from './azurite.js';
import { startFakeGcs } from './gcs-servers.js';

const first = new TextEncoder().encode('a,b\n1,2\n');
const second = new TextEncoder().encode('a,b\n3,4\n');
const digest = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest();

/** Each time as a run of its own asks. */
const pin = (text: string, environment: Readonly<Record<string, string>>) =>
  openSources(environment).data.pin(parseReference(text));

it('an object of Cloud Storage is its generation, and another one after each write', async () => {
  const server = await startFakeGcs();
  try {
    const place = await server.makeBucket();
    const bucket = openGcsBucket(place);
    const environment = { STORAGE_EMULATOR_HOST: server.endpoint };
    const text = `gs://${place.bucket}/raw/train.csv`;
    expect(await pin(text, environment)).toMatchObject({ pinned: null, because: 'there is no such object' });

    await bucket.create('raw/train.csv', [first], { sha256: digest('sha256', first) });
    const revision = (await bucket.describe('raw/train.csv'))?.revision ?? '';
    expect(await pin(text, environment)).toEqual({ pinned: `${text}#${revision}` });

    const next = await bucket.replace('raw/train.csv', second, revision);
    expect(next).not.toBe(revision);
    expect(await pin(text, environment)).toEqual({ pinned: `${text}#${next}` });
    expect(await pin('gs://nowhere-at-all/x.csv', environment)).toMatchObject({
      pinned: null,
      because: expect.stringContaining('there is no bucket "nowhere-at-all"'),
    });
  } finally {
    await server.stop();
  }
});

it('a blob of an account without versions is the MD5 that Azure keeps with it', async () => {
  const server = await startAzurite();
  try {
    const place = await server.makeContainer();
    const bucket = openWithKey(place);
    const connection = `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${accountKey};BlobEndpoint=${place.endpoint};`;
    const environment = { AZURE_STORAGE_CONNECTION_STRING: connection };
    const text = `az://${place.container}@${account}/raw/train.csv`;
    expect(await pin(text, environment)).toMatchObject({ pinned: null, because: 'there is no such object' });

    await bucket.create('raw/train.csv', [first], { sha256: digest('sha256', first) });
    expect(await pin(text, environment)).toEqual({ pinned: `md5:${digest('md5', first).toString('hex')}` });
    const other = `az://${place.container}@another/raw/train.csv`;
    expect(await pin(other, environment)).toMatchObject({ pinned: null, because: expect.stringContaining('account') });
    expect(await pin('az://data/train.csv', environment)).toMatchObject({
      pinned: null,
      remedy: 'Write az://container@account/blob.',
    });
    const climbing = `az://${place.container}@${account}/x/../../other/train.csv`;
    expect(await pin(climbing, environment)).toMatchObject({ pinned: null, remedy: 'Correct the key.' });
  } finally {
    await server.stop();
  }
});
