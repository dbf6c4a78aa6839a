// needs: versitygw
import { readFile, truncate, writeFile } from 'node:fs/promises';
import type { Digest } from '@weighbridge/core';
import type { Store } from '@weighbridge/ports';
import { objectKey, recipeKey } from '@weighbridge/storage';
import { openBucketStore, openS3Bucket } from '@weighbridge/stores';
import { bytesSource, digestOf, expectCode, seededBytes, writeSafetensors } from '@weighbridge/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository } from '../scenarios/governed-repository.js';
import { rootKeys, type S3ServerOnDisk, startVersityGateway } from './s3-servers.js';

const tensorBytes = 600_000;
const tensor = (name: string, seed: number) => ({
  name,
  dtype: 'U8' as const,
  shape: [tensorBytes],
  bytes: seededBytes(seed, tensorBytes),
});
const model = writeSafetensors({ tensors: [tensor('encoder', 1), tensor('head', 2)] });
const encoder = digestOf(seededBytes(1, tensorBytes));
const small = seededBytes(3, 5000);

/** What becomes of a disk, while the server keeps the checksum of the bytes that were there. */
const damages: readonly (readonly [string, (path: string) => Promise<void>])[] = [
  ['a byte was changed', (path) => rewrite(path, (bytes) => ((bytes[9] = (bytes[9] ?? 0) ^ 1), bytes))],
  ['the end is gone', (path) => truncate(path, 40)],
  ['nothing is left', (path) => truncate(path, 0)],
];

async function rewrite(path: string, change: (bytes: Buffer) => Buffer): Promise<void> {
  await writeFile(path, change(await readFile(path)));
}

let server: S3ServerOnDisk;
let place: Awaited<ReturnType<S3ServerOnDisk['makeBucket']>>;
let store: Store;
beforeAll(async () => {
  server = await startVersityGateway();
});
afterAll(() => server.stop());
beforeEach(async () => {
  place = await server.makeBucket();
  store = openBucketStore(openS3Bucket({ ...place, credentials: async () => rootKeys }));
});

const put = async (bytes: Uint8Array) => (await store.put(bytesSource(bytes, 'model.safetensors'))).outcome;

describe.each(damages)('on the disk of a server %s', (_, damage) => {
  test.each<readonly [string, Uint8Array, Digest, string, 'store/corrupt' | 'store/recipe-malformed']>([
    ['a tensor', model, encoder, objectKey(encoder), 'store/corrupt'],
    ['a recipe', model, digestOf(model), recipeKey(digestOf(model)), 'store/recipe-malformed'],
    ['a file of one object', small, digestOf(small), objectKey(digestOf(small)), 'store/corrupt'],
  ])('of %s: it is told, set aside as it lies, and mended', async (_what, bytes, about, key, code) => {
    await put(bytes);
    const path = server.pathOf(place.bucket, key);
    await damage(path);
    const damaged = await readFile(path);
    await expectCode(store.verify(digestOf(bytes)), code);
    const placed = await store.quarantine(digestOf(bytes));
    expect([...placed.keys()]).toEqual([about]);
    const aside = await readFile(server.pathOf(place.bucket, placed.get(about) ?? ''));
    expect(aside.equals(damaged)).toBe(true);
    expect(await put(bytes)).toBe('stored');
    expect(await store.verify(digestOf(bytes))).toEqual({ sizeBytes: bytes.length });
  });
});

test('an object that has not its length any more is mended by storing the file alone', async () => {
  await put(model);
  await truncate(server.pathOf(place.bucket, objectKey(encoder)), 40);
  expect(await put(model)).toBe('stored');
  expect(await store.verify(digestOf(model))).toEqual({ sizeBytes: model.length });
});

describe('a repository that keeps its bytes there', () => {
  let repository: GovernedRepository;
  beforeEach(async () => {
    vi.stubEnv('AWS_PROFILE', undefined);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_ACCESS_KEY_ID', rootKeys.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', rootKeys.secretAccessKey);
    repository = await makeGovernedRepository();
    const { bucket, endpoint, region } = place;
    const policy = (await repository.read('weighbridge.yaml')).replace(
      /^store: .*$/m,
      `store: { type: s3, bucket: ${bucket}, region: ${region}, endpoint: "${endpoint}" }`,
    );
    await repository.write('weighbridge.yaml', policy);
    await repository.write(`${folder}/model.safetensors`, model);
    repository.commit('Two tensors in a bucket');
    await repository.run('register');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await repository.dispose();
  });

  test('is told of the damage, sets it aside and mends it', async () => {
    await truncate(server.pathOf(place.bucket, objectKey(encoder)), 40);
    const found = await repository.run('store verify', { quarantine: 'true' });
    const json = found.json as { damaged: readonly { quarantined: string | null; not_set_aside: string | null }[] };
    expect(found.exitCode).toBe(1);
    expect(json.damaged).toMatchObject([
      { code: 'store/corrupt', quarantined: expect.stringContaining('quarantine/'), not_set_aside: null },
    ]);
    await repository.run('store push');
    expect(await repository.run('store verify')).toMatchObject({ exitCode: 0 });
  });
});
