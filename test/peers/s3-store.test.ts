// needs: versitygw
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '@weighbridge/core';
import { objectKey, ownersKey } from '@weighbridge/storage';
import { openBucketStore, openS3Bucket } from '@weighbridge/stores';
import { describeStore, seededBytes, writeSafetensors } from '@weighbridge/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { folder, makeGovernedRepository, weights } from '../scenarios/governed-repository.js';
import { rootKeys, type S3Server, startVersityGateway } from './s3-servers.js';

let server: S3Server;
beforeAll(async () => {
  server = await startVersityGateway();
});
afterAll(() => server.stop());

describeStore('S3', async () => {
  const bucket = openS3Bucket({ ...(await server.makeBucket()), credentials: async () => rootKeys });
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

describe('a repository whose policy names a bucket', () => {
  beforeEach(() => {
    vi.stubEnv('AWS_PROFILE', undefined);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_ACCESS_KEY_ID', rootKeys.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', rootKeys.secretAccessKey);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('registers into it, and the lock and the ledger name it', async () => {
    const { bucket: name, endpoint, region } = await server.makeBucket();
    const repository = await makeGovernedRepository();
    const { built, commit, read, run, failure, write } = repository;
    const policy = (await read('weighbridge.yaml')).replace(
      /^store: .*$/m,
      `store: { type: s3, bucket: ${name}, prefix: prod, region: ${region}, endpoint: "${endpoint}" }`,
    );
    await write('weighbridge.yaml', policy);
    await write('.gitignore', '*.safetensors\n');
    built.git('rm', '--quiet', '--cached', `${folder}/model.safetensors`);
    await run('store push');
    commit('Weights are in a bucket');
    expect(JSON.parse(await read(`${folder}/artifacts.lock`)).artifacts[0].store).toBe(`s3://${name}/prod`);
    expect((await run('register')).exitCode).toBe(0);
    expect(built.git('grep', '--name-only', `s3://${name}/prod`, 'weighbridge')).not.toBe('');

    const keys: string[] = [];
    const place = { bucket: name, endpoint, region, prefix: 'prod', credentials: async () => rootKeys };
    for await (const { key } of openS3Bucket(place).list('')) keys.push(key);
    const digest = createHash('sha256').update(weights(1)).digest('hex');
    expect(keys).toEqual([ownersKey, objectKey(`sha256:${digest}`)]);

    await write(`${folder}/model.safetensors`, weights(2));
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'another');
    expect(await failure('store push')).toBe('store/denied');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', '');
    expect(await failure('store push')).toBe('store/denied');
    await repository.dispose();
  });

  test('tensors are taken out of it without their neighbours, and addresses give the files to whoever has none of our keys', async () => {
    const { bucket: name, endpoint, region } = await server.makeBucket();
    const repository = await makeGovernedRepository();
    const { commit, read, run, write } = repository;
    await write(
      'weighbridge.yaml',
      (await read('weighbridge.yaml')).replace(
        /^store: .*$/m,
        `store: { type: s3, bucket: ${name}, prefix: prod, region: ${region}, endpoint: "${endpoint}" }`,
      ),
    );
    const bytes = (seed: number) => seededBytes(seed, 200_000);
    const names = ['encoder.weight', 'decoder.weight', 'head.weight'] as const;
    const tensors = names.map((each, seed) => ({
      name: each,
      dtype: 'U8' as const,
      shape: [200_000],
      bytes: bytes(seed),
    }));
    const whole = writeSafetensors({ tensors });
    await write(`${folder}/model.safetensors`, whole);
    commit('Three tensors');
    expect((await run('register')).exitCode).toBe(0);
    const into = join(repository.store, 'pulled');

    const pulled = await run('pull', { model: 'fraud@1.0.0', tensors: 'decoder.*', into });
    expect(JSON.parse(pulled.outputs['files'] ?? '')).toMatchObject([{ tensors: ['decoder.weight'] }]);
    const selected = await readFile(join(into, 'model.selected.safetensors'));
    expect(selected.length).toBeLessThan(201_000);
    expect(Buffer.compare(selected.subarray(selected.length - 200_000), bytes(1))).toBe(0);

    const told = await run('store url', { model: 'fraud@1.0.0', path: 'model.safetensors', expires: '60' });
    const { files } = told.json as {
      files: { sha256: string; parts: { url: string; offset: number; length: number }[] }[];
    };
    const hash = createHash('sha256');
    for (const { url, offset, length } of files[0]?.parts ?? []) {
      const answer = await fetch(url, { headers: { range: `bytes=${offset}-${offset + length - 1}` } });
      expect([200, 206]).toContain(answer.status);
      hash.update(new Uint8Array(await answer.arrayBuffer()));
    }
    const digest = hash.digest('hex');
    expect(digest).toBe(createHash('sha256').update(whole).digest('hex'));
    expect(files[0]?.sha256).toBe(`sha256:${digest}`);
    // Another object of the bucket, or a changed name, is not what was signed.
    const forged = (files[0]?.parts[0]?.url ?? '').replace(/([0-9a-f])(?=\?)/, (digit) => (digit === '0' ? '1' : '0'));
    expect((await fetch(forged)).status).toBe(403);
    await repository.dispose();
  });
});
