// needs: azurite
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '@weighbridge/core';
import { objectKey, ownersKey } from '@weighbridge/storage';
import { openBucketStore } from '@weighbridge/stores';
import { describeStore } from '@weighbridge/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { folder, makeGovernedRepository, weights } from '../scenarios/governed-repository.js';
import { accountKey, type Azurite, openWithKey, startAzurite } from './azurite.js';

let server: Azurite;
beforeAll(async () => {
  server = await startAzurite();
});
afterAll(() => server.stop());

describeStore('Azure Blob Storage', async () => {
  const bucket = openWithKey(await server.makeContainer());
  const store = openBucketStore(bucket);
  const damage = async (digest: Digest) => {
    const key = objectKey(digest);
    const bytes = Buffer.from((await bucket.read(key))?.bytes ?? []);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await bucket.remove(key);
    // The digest that is kept with these bytes is theirs: they were changed by somebody who may write.
    await bucket.create(key, [bytes], { sha256: createHash('sha256').update(bytes).digest() });
  };
  return { store, damage, quarantine: (digest) => store.quarantine(digest), dispose: async () => {} };
});

describe('a repository whose policy names a container', () => {
  beforeEach(() => {
    for (const name of Object.keys(process.env).filter((each) => each.startsWith('AZURE_')))
      vi.stubEnv(name, undefined);
    // Nothing of the machine that the test runs on is asked.
    vi.stubEnv('AZURE_POD_IDENTITY_AUTHORITY_HOST', 'http://127.0.0.1:1');
    vi.stubEnv('AZURE_STORAGE_KEY', accountKey);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('registers into it and pulls from it, and the lock and the ledger name it', async () => {
    const place = { ...(await server.makeContainer()), prefix: 'prod' };
    const { account, container, endpoint } = place;
    const repository = await makeGovernedRepository();
    const { built, root, commit, read, run, failure, write } = repository;
    const policy = (await read('weighbridge.yaml')).replace(
      /^store: .*$/m,
      `store: { type: azure, account: ${account}, container: ${container}, prefix: prod, endpoint: "${endpoint}" }`,
    );
    await write('weighbridge.yaml', policy);
    await write('.gitignore', '*.safetensors\n');
    built.git('rm', '--quiet', '--cached', `${folder}/model.safetensors`);
    await run('store push');
    commit('Weights are in a container');
    const address = `az://${account}/${container}/prod`;
    expect(JSON.parse(await read(`${folder}/artifacts.lock`)).artifacts[0].store).toBe(address);
    expect((await run('register')).exitCode).toBe(0);
    expect(built.git('grep', '--name-only', address, 'weighbridge')).not.toBe('');

    const keys: string[] = [];
    for await (const { key } of openWithKey(place).list('')) keys.push(key);
    const digest = createHash('sha256').update(weights(1)).digest('hex');
    expect(keys).toEqual([ownersKey, objectKey(`sha256:${digest}`)]);

    const pulled = await run('pull', { model: 'fraud@1.0.0', into: 'pulled' });
    expect(pulled.exitCode).toBe(0);
    expect((await readFile(join(root, 'pulled', 'model.safetensors'))).equals(weights(1))).toBe(true);
    expect((await run('store verify')).exitCode).toBe(0);
    const { json } = await run('store url', { model: 'fraud@1.0.0' });
    const [url = ''] = /http:[^"\\]*sig=[^"\\]*/.exec(JSON.stringify(json)) ?? [];
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(weights(1))).toBe(true);

    await write(`${folder}/model.safetensors`, weights(2));
    vi.stubEnv('AZURE_STORAGE_KEY', Buffer.from('another key of tests').toString('base64'));
    expect(await failure('store push')).toBe('store/denied');
    await repository.dispose();
  });
});
