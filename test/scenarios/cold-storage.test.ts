import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import {
  checkStore,
  collectStore,
  measureStore,
  presignFiles,
  pushArtifacts,
  registerModels,
  tierStore,
  artifactsOf,
} from '@weighbridge/flows';
import { openHost } from '@weighbridge/host';
import { type BucketStore, openBucketStore } from '@weighbridge/stores';
import { compressedKey, objectKey } from '@weighbridge/storage';
import {
  type ClassedBucket,
  expectCode,
  type MemoryBucket,
  openMemoryBucket,
  seededBytes,
  testClasses,
  withClasses,
  writeSafetensors,
} from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  weights,
} from './governed-repository.js';

const tensorBytes = 200 * 1024;
const monthMs = 31 * 86_400_000;

let repository: GovernedRepository;
let memory: MemoryBucket;
let bucket: ClassedBucket;
let store: BucketStore;
let aheadMs = 0;
beforeEach(async () => {
  aheadMs = 0;
  memory = openMemoryBucket('test', () => new Date(Date.now() + aheadMs));
  bucket = withClasses(memory);
  store = openBucketStore(bucket);
  repository = await makeGovernedRepository({ policy: 'tiers: { cold: { class: DEEP_ARCHIVE, archived: 0s } }\n' });
  const policy = await repository.read('weighbridge.yaml');
  await repository.write('weighbridge.yaml', policy.replace(/^store: .*$/m, 'store: s3://models/prod'));
});
afterEach(() => repository.dispose());

/** Noise but for the exponents; fine-tunes share the tensor `base`. */
function modelOf(seed: number): Uint8Array {
  const bytes = (from: number) =>
    seededBytes(from, tensorBytes).map((byte, index) => (index % 4 === 3 ? 0x3c + (byte & 1) : byte));
  const tensor = (name: string, from: number) => {
    return { name, dtype: 'F32' as const, shape: [tensorBytes / 4], bytes: bytes(from) };
  };
  return writeSafetensors({ tensors: [tensor('base', 1), tensor('own', seed * 100)] });
}

/** The repository as a command sees it, with the bucket of this test as its store. */
async function open() {
  const given = { environment: localEnvironment(), offline: false, token: null, signingKey: null, progress: () => {} };
  const host = await openHost({ folder: repository.root, ...given });
  return { surroundings: { ...host.surroundings, store }, opened: host.policy };
}

async function register(files: Readonly<Record<string, string | Uint8Array>>) {
  for (const [path, content] of Object.entries(files)) await repository.write(`${folder}/${path}`, content);
  repository.commit('Train');
  store = openBucketStore(bucket);
  const { surroundings } = await open();
  return registerModels(surroundings, { models: [], tag: null, reason: null, dryRun: false });
}

async function tier() {
  const { surroundings, opened } = await open();
  return tierStore(surroundings, { opened, dryRun: false });
}

async function collect() {
  const { surroundings, opened } = await open();
  return collectStore(surroundings, { opened, graceMs: 0, dryRun: false, claim: true });
}

const archive = (version: string) => repository.run('promote', { model: `fraud@${version}`, to: 'archived' });
const coldNotices = (outcome: Awaited<ReturnType<typeof register>>) =>
  outcome.notices.filter(({ text }) => text.includes('cold storage')).map(({ text }) => text);

test('a version that names bytes which lie in an archive says so, and how they come back', async () => {
  expect(coldNotices(await register({ 'model.safetensors': modelOf(2) }))).toEqual([]);
  await archive('1.0.0');
  expect((await tier()).moves.filter(({ outcome }) => outcome === 'moved')).toHaveLength(2);
  const again = coldNotices(await register({ 'settings.yaml': 'threshold: 0.7\n' }));
  expect(again).toEqual([expect.stringMatching(/^409\.6 kB of fraud 1\.0\.1 .*DEEP_ARCHIVE.*fraud@1\.0\.1.*12h\.$/)]);
  const tuned = coldNotices(await register({ 'model.safetensors': modelOf(3) }));
  expect(tuned).toEqual([expect.stringMatching(/^204\.8 kB of fraud 1\.0\.2 /)]);
});

test('a version whose lock names archived bytes is registered where they were compared before, and else says what to restore', async () => {
  const weightsPath = join(repository.root, folder, 'model.safetensors');
  const lockPath = join(repository.root, folder, 'artifacts.lock');
  await register({ 'model.safetensors': modelOf(2) });
  await archive('1.0.0');
  await register({ 'model.safetensors': modelOf(3) });
  store = openBucketStore(bucket);
  /** Writes the lock of what was trained, and registers from a checkout without the weights. */
  const registerLocked = async (seed: number, settings: string, amend = (lock: string) => lock) => {
    await repository.write(`${folder}/model.safetensors`, modelOf(seed));
    await pushArtifacts((await open()).surroundings, { models: [], dryRun: false });
    await rm(weightsPath);
    await writeFile(lockPath, amend(await readFile(lockPath, 'utf8')));
    return register({ 'settings.yaml': settings });
  };
  const stored = await registerLocked(4, 'threshold: 0.6\n');
  expect(stored.registrations).toMatchObject([{ outcome: 'registered', version: '1.0.2' }]);
  await archive('1.0.1');
  await tier();

  const again = await registerLocked(3, 'threshold: 0.7\n');
  expect(again.registrations).toMatchObject([{ outcome: 'registered' }]);
  expect(coldNotices(again)).toEqual([expect.stringContaining('weighbridge store restore fraud@')]);
  const lie = registerLocked(2, 'threshold: 0.8\n', (lock) => lock.replace('"own"', '"lie"'));
  await expect(lie).rejects.toMatchObject({
    code: 'flow/lock-cold',
    remedy: expect.stringContaining('"weighbridge store restore fraud@1.0.0"'),
  });
});

test('a registration stands also where nobody can tell whether its bytes are cold', async () => {
  await register({ 'model.safetensors': modelOf(2) });
  await repository.write(`${folder}/settings.yaml`, 'threshold: 0.7\n');
  repository.commit('Threshold');
  const { surroundings } = await open();
  const lookAtAll = () => {
    return Promise.reject(
      weighbridgeError('store/unreachable', { action: 'list', path: 'test', tries: 8, reason: 'it hangs' }),
    );
  };
  const tiers = { ...(store.tiers ?? expect.fail('it has classes')), lookAtAll };
  const asked = { models: [], tag: null, reason: null, dryRun: false };
  const outcome = await registerModels({ ...surroundings, store: { ...store, tiers } }, asked);
  expect(outcome.registrations).toMatchObject([{ outcome: 'registered' }]);
  expect(coldNotices(outcome)).toEqual([expect.stringMatching(/fraud \d.*could not be found out/)]);
});

test('stats tell what lies in which class, by the version that was first', async () => {
  await register({ 'model.safetensors': modelOf(2) });
  await register({ 'model.safetensors': modelOf(3) });
  await archive('1.0.0');
  await tier();
  const { surroundings } = await open();
  const { models, untold } = await measureStore(surroundings, []);
  expect(untold).toEqual([]);
  const [first, second] = models[0]?.versions ?? [];
  const cold = { storageClass: testClasses.cold, isCompressed: false, objects: 1, storedBytes: tensorBytes };
  expect(first?.lies[0]).toEqual(cold);
  expect(first?.lies[1]).toMatchObject({ storageClass: testClasses.hot, isCompressed: false });
  expect(first?.lies[1]?.storedBytes).toBeGreaterThan(tensorBytes);
  expect(second?.lies).toMatchObject([{ storageClass: testClasses.hot }]);
  const sum = (lies: readonly { readonly storedBytes: number }[]) =>
    lies.reduce((total, { storedBytes }) => total + storedBytes, 0);
  expect(sum(models[0]?.lies ?? [])).toBe(sum([...(first?.lies ?? []), ...(second?.lies ?? [])]));
});

test('verifying lists what is archived, and sets damage aside beside it', async () => {
  await register({ 'model.safetensors': modelOf(2) });
  await archive('1.0.0');
  await register({ 'model.safetensors': weights(5) });
  await tier();
  const { surroundings } = await open();
  const request = { models: [], samplePercent: 100, quarantine: true, random: () => 0 };
  const found = await checkStore(surroundings, request);
  expect(found).toMatchObject({ checked: 1, damaged: [], cold: [{ uses: [{ model: 'fraud', version: '1.0.0' }] }] });
  const [cold] = found.cold;
  const layout = cold === undefined ? null : await store.describe(cold.digest);
  const small = layout?.segments.find(({ lengthBytes }) => lengthBytes < tensorBytes);
  memory.damage(objectKey(small?.object ?? expect.fail('it has a header')));
  const placed = await store.quarantine(cold?.digest ?? expect.fail('it is cold'));
  expect([...placed.values()]).toEqual([expect.stringContaining('quarantine/')]);
  expect((await checkStore(surroundings, request)).damaged).toMatchObject([{ code: 'store/missing' }]);
});

test('a file of one object whose compressed form is damaged stops neither stats nor tiers', async () => {
  await register({ 'model.safetensors': weights(6, [16_000]) });
  await register({ 'model.safetensors': modelOf(2) });
  const { surroundings } = await open();
  const [file] = (await measureStore(surroundings, [])).models[0]?.versions ?? [];
  expect(file?.bytes.missing).toBe(0);
  const [registered] = (await surroundings.ledger.catalogue('fraud' as never))?.versions ?? [];
  const [artifact] = registered === undefined ? [] : await artifactsOf(surroundings.ledger, registered);
  const digest = artifact?.sha256 ?? '';
  aheadMs = monthMs;
  await store.arranger?.arrange({ compressed: [`sha256:${digest}` as never], plain: [], unregisteredMs: monthMs / 2 });
  memory.damage(compressedKey(`sha256:${digest}` as never));
  const { untold, total } = await measureStore(surroundings, []);
  expect(untold).toMatchObject([{ digest: `sha256:${digest}` }]);
  expect(total.missing).toBe(0);
  const corrupt = { digest: `sha256:${digest}`, version: 'fraud@1.0.0', code: 'store/corrupt' };
  expect(await collect()).toMatchObject({ outcome: { phase: 'nothing' }, untold: [corrupt] });
  await archive('2.0.0');
  const tiering = await tier();
  expect(tiering.untold).toMatchObject([corrupt]);
  expect(tiering.moves.filter(({ outcome }) => outcome === 'moved')).toHaveLength(2);
});

test('nothing is asked of a store in which cold classes are read at once', async () => {
  await register({ 'model.safetensors': modelOf(2) });
  await archive('1.0.0');
  let looks = 0;
  const looking = async (key: string) => {
    looks++;
    return bucket.classes.look(key);
  };
  const readAtOnce = { ...bucket, classes: { ...bucket.classes, archives: [], look: looking } };
  store = openBucketStore({ ...readAtOnce, presign: async (key) => `https://bucket.example/${key}` });
  const { surroundings } = await open();
  const asked = { model: 'fraud', version: '1.0.0', only: null, expiresInSeconds: 60 };
  expect((await presignFiles(surroundings, asked)).files).toHaveLength(1);
  expect(looks).toBe(0);
  store = openBucketStore({ ...bucket, classes: { ...bucket.classes, look: looking } });
  await tier();
  await expectCode(presignFiles((await open()).surroundings, asked), 'flow/bytes-cold');
  expect(looks).toBeGreaterThan(0);
});
