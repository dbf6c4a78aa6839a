// needs: moto
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bucket } from '@weighbridge/ports';
import { arrangeObjects, openS3Bucket } from '@weighbridge/stores';
import { digestOf, seededBytes, writeSafetensors } from '@weighbridge/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository } from '../scenarios/governed-repository.js';
import { rootKeys, type S3Server, startMoto } from './s3-servers.js';

const tensorBytes = 150 * 1024;

let server: S3Server;
let repository: GovernedRepository;
let bucket: Bucket;
let scratch: string;
beforeAll(async () => {
  server = await startMoto();
});
afterAll(() => server.stop());

/** Fine-tunes share the tensor `base`; every other one of the eight is its own. */
function modelOf(seed: number): Uint8Array {
  const tensor = (name: string, at: number) => ({
    name,
    dtype: 'U8' as const,
    shape: [tensorBytes],
    bytes: seededBytes(at, tensorBytes),
  });
  const own = Array.from({ length: 8 }, (_, index) => tensor(`own.${index}`, seed * 100 + index));
  return writeSafetensors({ tensors: [tensor('base', 1), ...own] });
}

beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', rootKeys.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', rootKeys.secretAccessKey);
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-tiers-'));
  const place = await server.makeBucket();
  bucket = openS3Bucket({ ...place, credentials: async () => rootKeys });
  repository = await makeGovernedRepository({ policy: 'tiers: { cold: { class: DEEP_ARCHIVE, archived: 0s } }\n' });
  const store = `store: { type: s3, bucket: ${place.bucket}, region: ${place.region}, endpoint: "${place.endpoint}" }`;
  const policy = await repository.read('weighbridge.yaml');
  await repository.write('weighbridge.yaml', policy.replace(/^store: .*$/m, store));
  for (const seed of [1, 2]) {
    await repository.write(`${folder}/model.safetensors`, modelOf(seed));
    repository.commit(`Train ${seed}`);
    await repository.run('register');
  }
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await repository.dispose();
  await rm(scratch, { recursive: true, force: true });
});

const pull = (version: string) => ({ model: `fraud@${version}`, into: join(scratch, version) });

async function classes(): Promise<Readonly<Record<string, number>>> {
  const counted: Record<string, number> = {};
  for await (const { storageClass = 'none', sizeBytes } of bucket.list('sha256/'))
    if (sizeBytes >= tensorBytes) counted[storageClass] = (counted[storageClass] ?? 0) + 1;
  return counted;
}

test('what is archived alone goes cold, what is shared stays hot, and a restore brings a version back', async () => {
  expect((await repository.run('store tier')).json).toMatchObject({ moved: 0 });
  await repository.run('promote', { model: 'fraud@1.0.0', to: 'archived' });
  const foreseen = await repository.run('store tier', { 'dry-run': 'true' });
  expect(foreseen.json).toMatchObject({
    moved: 8,
    moves: [{ version: 'fraud@1.0.0', tier: 'cold', from: 'STANDARD', to: 'DEEP_ARCHIVE', objects: 8 }],
  });
  expect(await classes()).toEqual({ STANDARD: 17 });
  expect((await repository.run('store tier')).json).toMatchObject({ moved: 8, restoring: 0, changed: 0 });
  expect(await classes()).toEqual({ STANDARD: 9, DEEP_ARCHIVE: 8 });
  expect((await repository.run('store tier')).json).toMatchObject({ moved: 0 });

  expect(await repository.failure('pull', pull('1.0.0'))).toBe('flow/bytes-cold');
  expect(await readdir(scratch)).toEqual([]);
  expect(await repository.failure('promote', { model: 'fraud@1.0.0', to: 'staging' })).toMatch(/bytes-cold|exit 1/);
  expect((await repository.run('pull', pull('1.0.1'))).exitCode).toBe(0);
  expect((await repository.run('store verify')).json).toMatchObject({ verified: true, cold: 1 });
  expect((await repository.run('store collect', { 'dry-run': 'true' })).json).toMatchObject({ phase: 'nothing' });

  const dry = await repository.run('store restore', { model: 'fraud@1.0.0', 'dry-run': 'true' });
  expect(dry.json).toMatchObject({ cold: { objects: 8 }, waiting: 8, wait: '12h' });
  const restored = await repository.run('store restore', { model: 'fraud@1.0.0', wait: 'true', speed: 'cheap' });
  expect(restored.json).toMatchObject({ cold: { objects: 8 }, waiting: 0, wait: '2d' });
  expect((await repository.run('pull', pull('1.0.0'))).exitCode).toBe(0);
  expect((await repository.run('store verify')).json).toMatchObject({ verified: true, cold: 0 });
}, 120_000);

/** Noise but for the exponents, in tensors that are worth a move when they are compressed. */
function compressible(): Uint8Array {
  const sizeBytes = 200 * 1024;
  const bytes = (seed: number) =>
    seededBytes(seed, sizeBytes).map((byte, index) => (index % 4 === 3 ? 0x3c + (byte & 1) : byte));
  const tensors = [1, 2, 3].map((seed) => {
    return { name: `f.${seed}`, dtype: 'F32' as const, shape: [sizeBytes / 4], bytes: bytes(seed + 500) };
  });
  return writeSafetensors({ tensors });
}

test('compressed and in a class at once: the compressed forms are what is moved and restored', async () => {
  const policy = await repository.read('weighbridge.yaml');
  const tiers = 'tiers: { cold: { class: DEEP_ARCHIVE, archived: 0s, compress: true } }';
  await repository.write('weighbridge.yaml', policy.replace(/^tiers: .*$/m, tiers));
  const bytes = compressible();
  await repository.write(`${folder}/model.safetensors`, bytes);
  repository.commit('Compress what is cold');
  const version = (await repository.run('register')).outputs['version'] ?? '';
  await repository.run('promote', { model: `fraud@${version}`, to: 'archived' });
  expect((await repository.run('store tier')).json).toMatchObject({
    moved: 0,
    // The tensors and the header of the file.
    arranged: { compressed: { objects: 4 }, waiting: 4 },
  });
  // Two days later.
  const digest = digestOf(bytes);
  expect(await arrangeObjects(bucket, { compressed: [digest], plain: [], unregisteredMs: 0 })).toMatchObject({
    waiting: 0,
  });
  expect((await repository.run('store tier')).json).toMatchObject({ moved: 3, moves: [{ to: 'DEEP_ARCHIVE' }] });
  const kept: (string | undefined)[] = [];
  for await (const { storageClass } of bucket.list('compressed/')) kept.push(storageClass);
  expect(kept.filter((storageClass) => storageClass === 'DEEP_ARCHIVE')).toHaveLength(3);
  expect(await repository.failure('pull', pull(version))).toBe('flow/bytes-cold');
  const restored = await repository.run('store restore', { model: `fraud@${version}`, wait: 'true' });
  expect(restored.json).toMatchObject({ cold: { objects: 3 }, waiting: 0 });
  expect((await repository.run('pull', pull(version))).exitCode).toBe(0);
  const names = await readdir(join(scratch, version), { recursive: true });
  const name = names.find((each) => each.endsWith('model.safetensors')) ?? expect.fail('it was pulled');
  expect((await readFile(join(scratch, version, name))).equals(bytes)).toBe(true);
}, 120_000);

test('bytes that a hot version names again are restored and moved back', async () => {
  await repository.run('promote', { model: 'fraud@1.0.0', to: 'archived' });
  await repository.run('store tier');
  await repository.write(`${folder}/model.safetensors`, modelOf(1));
  await repository.write(`${folder}/settings.yaml`, 'threshold: 0.7\n');
  repository.commit('The first weights again');
  await repository.run('register');
  await repository.run('store tier');
  await repository.run('store tier');
  expect(await classes()).toEqual({ STANDARD: 17 });
  expect((await repository.run('pull', pull('1.0.2'))).exitCode).toBe(0);
}, 120_000);

test('a run beside a registration: all is there, and where it belongs', async () => {
  await repository.run('promote', { model: 'fraud@1.0.0', to: 'archived' });
  await repository.write(`${folder}/model.safetensors`, modelOf(3));
  repository.commit('Train 3');
  await Promise.all([repository.run('store tier'), repository.run('register')]);
  await repository.run('store tier');
  expect((await repository.run('store tier')).json).toMatchObject({ moved: 0, restoring: 0 });
  expect(await classes()).toEqual({ STANDARD: 17, DEEP_ARCHIVE: 8 });
  await repository.run('store restore', { model: 'fraud@1.0.0', wait: 'true' });
  expect((await repository.run('store verify')).json).toMatchObject({ verified: true, cold: 0 });
}, 120_000);
