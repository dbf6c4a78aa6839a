// needs: moto
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bucket, ObjectFacts } from '@weighbridge/ports';
import { digestOfKey } from '@weighbridge/storage';
import { openS3Bucket } from '@weighbridge/stores';
import { digestOf, type FaultProxy, openFaultProxy, seededBytes, writeSafetensors } from '@weighbridge/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { killAll } from '../conformance/killed-process.js';
import { killTiering, type TieredScene } from '../conformance/killed-tiering.js';
import { packProgram } from '../conformance/packed-program.js';
import { folder, type GovernedRepository, makeGovernedRepository } from '../scenarios/governed-repository.js';
import { rootKeys, type S3Server, startMoto } from './s3-servers.js';

const tensorBytes = 130 * 1024;
const tensors = 24;
/** Runs that are killed in each repository: 100 in all; a patient person may ask for more (50 take some seven minutes). */
const kills = Number(process.env['WEIGHBRIDGE_TIER_KILLS'] ?? 25);

/** Where the archived version of a repository is to lie, in turn. */
interface Ways {
  readonly rules: readonly [string, string];
  readonly classes: readonly [string, string];
}

/** Into the archive and, by a restore, back. */
const archiving: Ways = {
  rules: ['{ class: DEEP_ARCHIVE, archived: 0s }', '{ class: DEEP_ARCHIVE, archived: 3650d }'],
  classes: ['DEEP_ARCHIVE', 'STANDARD'],
};
/** Between two classes that are read at once. */
const cooling: Ways = {
  rules: ['{ class: GLACIER_IR, archived: 0s }', '{ class: STANDARD_IA, archived: 0s }'],
  classes: ['GLACIER_IR', 'STANDARD_IA'],
};
/** Repositories at once, each with a bucket of its own. */
const lanes = [archiving, cooling, archiving, cooling];

let server: S3Server;
let repositories: GovernedRepository[];
let proxies: FaultProxy[];
let scratch: string;
beforeAll(async () => {
  server = await startMoto();
});
afterAll(() => server.stop());
beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', rootKeys.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', rootKeys.secretAccessKey);
  repositories = [];
  proxies = [];
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-tiers-'));
});
afterEach(async () => {
  await killAll();
  vi.unstubAllEnvs();
  for (const repository of repositories) await repository.dispose();
  for (const proxy of proxies) await proxy.close();
  await rm(scratch, { recursive: true, force: true });
});

function modelOf(): Uint8Array {
  const tensor = (index: number) => ({
    name: `own.${index}`,
    dtype: 'U8' as const,
    shape: [tensorBytes],
    bytes: seededBytes(100 + index, tensorBytes),
  });
  return writeSafetensors({ tensors: Array.from({ length: tensors }, (_, index) => tensor(index)) });
}

interface Lane {
  readonly repository: GovernedRepository;
  readonly scene: TieredScene;
}

async function openLane(ways: Ways): Promise<Lane> {
  const place = await server.makeBucket();
  const repository = await makeGovernedRepository({ policy: `tiers: { cold: ${ways.rules[0]} }\n` });
  repositories.push(repository);
  // Spoils nothing: it counts what runs ask.
  const proxy = await openFaultProxy(place.endpoint);
  proxies.push(proxy);
  const store = `store: { type: s3, bucket: ${place.bucket}, region: ${place.region}, endpoint: "${proxy.address}" }`;
  const policy = await repository.read('weighbridge.yaml');
  await repository.write('weighbridge.yaml', policy.replace(/^store: .*$/m, store));
  await repository.write(`${folder}/model.safetensors`, modelOf());
  repository.commit('Train');
  await repository.run('register');
  await repository.run('promote', { model: 'fraud@1.0.0', to: 'archived' });
  const bucket = openS3Bucket({ ...place, credentials: async () => rootKeys });
  return { repository, scene: sceneOf(repository, { proxy, bucket, ways, stored: await listed(bucket) }) };
}

async function listed(bucket: Bucket): Promise<readonly ObjectFacts[]> {
  const found: ObjectFacts[] = [];
  for (const prefix of ['recipes/', 'sha256/']) for await (const object of bucket.list(prefix)) found.push(object);
  return found;
}

/** What a copy onto itself leaves as it is: moto tells the MD5 of the bytes as the revision. */
const contentsOf = (objects: readonly ObjectFacts[]) =>
  new Map(objects.map(({ key, sizeBytes, revision }) => [key, `${sizeBytes} ${revision}`] as const));

/** The classes of what is large enough to be moved. */
const classesOf = (objects: readonly ObjectFacts[]) =>
  new Set(objects.filter(({ sizeBytes }) => sizeBytes >= tensorBytes).map(({ storageClass }) => storageClass));

/** Every object that was stored is there. */
async function expectAll(bucket: Bucket, stored: readonly ObjectFacts[]): Promise<readonly ObjectFacts[]> {
  const found = await listed(bucket);
  expect(contentsOf(found)).toEqual(contentsOf(stored));
  return found;
}

/** Every one whose class lets it be read has its bytes. */
async function expectBytes(bucket: Bucket, found: readonly ObjectFacts[]): Promise<void> {
  for (const { key, storageClass } of found) {
    const digest = key.startsWith('sha256/') ? digestOfKey(key) : null;
    if (digest === null || storageClass === 'DEEP_ARCHIVE') continue;
    expect(digestOf((await bucket.read(key))?.bytes ?? expect.fail(`${key} is gone`))).toBe(digest);
  }
}

interface Stored {
  /** Between the runs and the bucket. */
  readonly proxy: FaultProxy;
  readonly bucket: Bucket;
  readonly ways: Ways;
  /** Before any run. */
  readonly stored: readonly ObjectFacts[];
}

function sceneOf(
  { root, read, write, commit }: GovernedRepository,
  { proxy, bucket, ways, stored }: Stored,
): TieredScene {
  let way: 0 | 1 = 0;
  return {
    root,
    onStep(told) {
      const passOn = () => (told(), false);
      proxy.inject({ kind: 'truncate' }, { times: Number.POSITIVE_INFINITY, matches: passOn });
      return () => proxy.clear();
    },
    prepare: async () => {},
    expectNothingLost: async () => classesOf(await expectAll(bucket, stored)).size > 1,
    async expectDone() {
      const found = await expectAll(bucket, stored);
      expect(classesOf(found)).toEqual(new Set([ways.classes[way]]));
      await expectBytes(bucket, found);
    },
    async turn() {
      way = way === 0 ? 1 : 0;
      const policy = await read('weighbridge.yaml');
      await write('weighbridge.yaml', policy.replace(/^tiers: .*$/m, `tiers: { cold: ${ways.rules[way]} }`));
      commit(`What is archived goes to ${ways.classes[way]}`);
    },
  };
}

test(`moving between classes, killed at ${lanes.length * kills} moments: a later run completes it and nothing is lost`, async () => {
  const opened = await Promise.all(lanes.map(openLane));
  const program = await packProgram('tier-process.mjs', scratch);
  const done = await Promise.all(
    opened.map(({ scene }, lane) => killTiering(scene, { program, kills, seed: 7 + lane })),
  );
  for (const [lane, { killed, halfway, completed }] of done.entries()) {
    expect(killed).toBe(kills);
    // The test has force only where runs were broken off in the midst of it, and others went on from there.
    expect(halfway).toBeGreaterThan(0);
    expect(completed).toBeGreaterThan(1);
    const { repository } = opened[lane] ?? expect.fail('each lane has a repository');
    await repository.run('store restore', { model: 'fraud@1.0.0', wait: 'true' });
    expect((await repository.run('store verify')).json).toMatchObject({ verified: true, cold: 0 });
  }
}, 900_000);
