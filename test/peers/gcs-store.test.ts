// needs: fake-gcs-server
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Digest } from '@weighbridge/core';
import { objectKey, ownersKey } from '@weighbridge/storage';
import { openBucketStore, openGcsBucket } from '@weighbridge/stores';
import { describeStore, expectCode } from '@weighbridge/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { folder, makeGovernedRepository, weights } from '../scenarios/governed-repository.js';
import { type GcsServer, startFakeGcs } from './gcs-servers.js';

let server: GcsServer;
beforeAll(async () => {
  server = await startFakeGcs();
});
afterAll(() => server.stop());

describeStore('Google Cloud Storage', async () => {
  const bucket = openGcsBucket(await server.makeBucket());
  const store = openBucketStore(bucket);
  const damage = async (digest: Digest) => {
    const key = objectKey(digest);
    const bytes = Buffer.from((await bucket.read(key))?.bytes ?? []);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await bucket.remove(key);
    // The service vouches for these bytes: they were changed by somebody who may write.
    await bucket.create(key, [bytes], { sha256: createHash('sha256').update(bytes).digest() });
  };
  return { store, damage, quarantine: (digest) => store.quarantine(digest), dispose: async () => {} };
});

test('a bucket that is not there', async () => {
  const { endpoint } = await server.makeBucket();
  const bucket = openGcsBucket({ endpoint, bucket: 'of-nobody' });
  await expectCode(bucket.describe('a'), 'store/misconfigured');
  await expectCode(bucket.read('a'), 'store/misconfigured');
  await expectCode(bucket.replace('a', new Uint8Array(1), null), 'store/misconfigured');
  await expectCode((async () => bucket.list('')[Symbol.asyncIterator]().next())(), 'store/misconfigured');
});

describe('a repository whose policy names a bucket', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test.each([
    [
      'by its endpoint',
      (name: string, endpoint: string) => `{ type: gcs, bucket: ${name}, prefix: prod, endpoint: "${endpoint}" }`,
    ],
    ['by its address', (name: string) => `gs://${name}/prod`],
  ])('%s: registers into it, and pulls from it', async (_, storeAt) => {
    const { bucket: name, endpoint } = await server.makeBucket();
    vi.stubEnv('STORAGE_EMULATOR_HOST', endpoint);
    const repository = await makeGovernedRepository();
    const { built, commit, read, run, write } = repository;
    const policy = await read('weighbridge.yaml');
    await write('weighbridge.yaml', policy.replace(/^store: .*$/m, `store: ${storeAt(name, endpoint)}`));
    await write('.gitignore', '*.safetensors\n');
    built.git('rm', '--quiet', '--cached', `${folder}/model.safetensors`);
    await run('store push');
    commit('Weights are in a bucket');
    expect(JSON.parse(await read(`${folder}/artifacts.lock`)).artifacts[0].store).toBe(`gs://${name}/prod`);
    expect((await run('register')).exitCode).toBe(0);
    expect(built.git('grep', '--name-only', `gs://${name}/prod`, 'weighbridge')).not.toBe('');

    const keys: string[] = [];
    for await (const { key } of openGcsBucket({ bucket: name, endpoint, prefix: 'prod' }).list('')) keys.push(key);
    const digest = createHash('sha256').update(weights(1)).digest('hex');
    expect(keys).toEqual([ownersKey, objectKey(`sha256:${digest}`)]);

    const into = await mkdtemp(join(tmpdir(), 'weighbridge-gcs-'));
    expect((await run('pull', { model: 'fraud@1.0.0', into })).exitCode).toBe(0);
    expect(Buffer.compare(await readFile(join(into, 'model.safetensors')), weights(1))).toBe(0);
    expect((await run('store verify')).exitCode).toBe(0);
    const { json } = await run('store url', { model: 'fraud@1.0.0' });
    const [file] = (json as { files: { parts: { url: string }[] }[] }).files;
    const response = await fetch(file?.parts[0]?.url ?? '');
    expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), weights(1))).toBe(0);
    expect((await run('store collect')).exitCode).toBe(0);
    await rm(into, { recursive: true });
    await repository.dispose();
  });
});
