import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Digest } from '@weighbridge/core';
import type { StoredObject } from '@weighbridge/ports';
import { compressedKey, objectKey } from '@weighbridge/storage';
import {
  bytesSource,
  expectCode,
  openMemoryBucket,
  seededBytes,
  testClasses,
  withClasses,
  writeSafetensors,
} from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import { openBucketStore } from '../bucket-store.js';

const dayMs = 86_400_000;
const unregisteredMs = 2 * dayMs;

/** Noise but for the exponents. */
const weights = (seed: number) =>
  seededBytes(seed, 400_000).map((byte, index) => (index % 4 === 3 ? 0x3c + (byte & 1) : byte));
const file = writeSafetensors({ tensors: [{ name: 'w', dtype: 'F32', shape: [100_000], bytes: weights(1) }] });

async function storedCold() {
  let nowMs = Date.parse('2026-01-01T00:00:00Z');
  const bucket = withClasses(openMemoryBucket('test', () => new Date(nowMs)));
  const time = {
    monotonicMs: () => nowMs,
    now: () => new Date(nowMs),
    pause: async (ms: number) => void (nowMs += ms),
  };
  const store = openBucketStore(bucket, { time });
  const { tiers, arranger } = store;
  if (tiers === null || arranger === null) throw new Error('the store was to have tiers and to compress');
  const { digest } = await store.put(bytesSource(file, 'model.safetensors'));
  const layout = await store.describe(digest);
  const object = layout?.segments.find(({ lengthBytes }) => lengthBytes === 400_000)?.object;
  if (object === undefined) throw new Error('a tensor was to be an object');
  nowMs += 3 * dayMs;
  const arrange = (compressed: readonly Digest[], plain: readonly Digest[]) =>
    arranger.arrange({ compressed, plain, unregisteredMs });
  const formsOf = async () => {
    const forms: StoredObject[] = [];
    for await (const each of tiers.list()) if (each.object === object) forms.push(each);
    return forms;
  };
  return { bucket, store, tiers, arrange, formsOf, digest, object, later: (ms: number) => void (nowMs += ms) };
}

async function readBack(store: Awaited<ReturnType<typeof storedCold>>['store'], digest: Digest): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'weighbridge-classes-'));
  try {
    await store.fetchTo(digest, join(folder, 'back'));
    return await readFile(join(folder, 'back'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('the compressed form is what is moved, looked at, restored and expanded', async () => {
  const { bucket, store, tiers, arrange, formsOf, digest, object } = await storedCold();
  expect((await arrange([digest], [])).compressed.objects).toBeGreaterThanOrEqual(1);
  const [form, other] = await formsOf();
  expect(other).toBeUndefined();
  expect(form).toMatchObject({ key: compressedKey(object), isCompressed: true, storageClass: testClasses.hot });
  expect(await tiers.move(form ?? expect.fail('it is there'), testClasses.cold)).toBe('moved');
  expect(await tiers.look(object)).toMatchObject({ key: compressedKey(object), access: 'archived' });
  await expectCode(store.verify(digest), 'store/archived');
  expect(await arrange([digest], [])).toMatchObject({ compressed: { objects: 0 }, archived: 0, damaged: [] });
  expect(await arrange([], [digest])).toMatchObject({ archived: 1, damaged: [] });
  expect(await tiers.restore(object, { days: 1, speed: 'cheap' })).toBe('restoring');
  bucket.finishRestores();
  expect(await tiers.restore(object, { days: 1, speed: 'cheap' })).toBe('readable');
  expect((await arrange([], [digest])).archived).toBe(0);
  expect(await formsOf()).toMatchObject([{ key: objectKey(object), isCompressed: false, storageClass: 'STANDARD' }]);
  expect(Buffer.compare(await readBack(store, digest), file)).toBe(0);
});

test('what lies plain in an archive stays there', async () => {
  const { tiers, arrange, formsOf, digest } = await storedCold();
  const [form] = await formsOf();
  await tiers.move(form ?? expect.fail('it is there'), testClasses.cold);
  expect(await arrange([digest], [])).toMatchObject({ archived: 1, damaged: [] });
  expect(await formsOf()).toMatchObject([{ isCompressed: false, storageClass: testClasses.cold }]);
});

test.each(['hot', 'cold'])('an object beside its archived compressed form, wanted %s', async (wanted) => {
  const { bucket, store, tiers, arrange, formsOf, digest, object, later } = await storedCold();
  const plain = (await bucket.read(objectKey(object)))?.bytes ?? expect.fail('it is there');
  await arrange([digest], []);
  const [form] = await formsOf();
  await tiers.move(form ?? expect.fail('it is there'), testClasses.cold);
  // A release that did not look for compressed forms sent it again.
  await bucket.create(objectKey(object), [plain], { sha256: createHash('sha256').update(plain).digest() });
  later(3 * dayMs);
  expect(await formsOf()).toHaveLength(2);
  for (let run = 0; run < 2; run++) {
    const { damaged } = await (wanted === 'hot' ? arrange([], [digest]) : arrange([digest], []));
    expect(damaged).toEqual([]);
    expect(Buffer.compare(await readBack(store, digest), file)).toBe(0);
  }
  expect(await formsOf()).toMatchObject([{ isCompressed: wanted === 'cold', storageClass: testClasses.hot }]);
});

test('bytes that lie compressed are not sent again, in an archive or not', async () => {
  const { bucket, store, tiers, arrange, formsOf, digest } = await storedCold();
  const other = writeSafetensors({
    tensors: [
      { name: 'v', dtype: 'F32', shape: [100_000], bytes: weights(1) },
      { name: 'new', dtype: 'F32', shape: [100_000], bytes: weights(2) },
    ],
  });
  await arrange([digest], []);
  // Whether anything is compressed is asked once by each process.
  const writer = openBucketStore(bucket);
  const first = await writer.ingest(bytesSource(other, 'other.safetensors'));
  expect(first.storedBytes).toBeLessThan(500_000);
  await first.commit();
  expect(await formsOf()).toMatchObject([{ isCompressed: true }]);
  expect(Buffer.compare(await readBack(store, first.digest), other)).toBe(0);
  const [form] = await formsOf();
  await tiers.move(form ?? expect.fail('it is there'), testClasses.cold);
  expect((await writer.put(bytesSource(file, 'model.safetensors'))).outcome).toBe('present');
  expect(await formsOf()).toHaveLength(1);
});

test.each([true, false])(
  'one object that lies compressed is there; damaged, it is sent (comparing: %s)',
  async (comparesPresent) => {
    const bucket = openMemoryBucket('test', () => new Date(nowMs));
    let nowMs = Date.parse('2026-01-01T00:00:00Z');
    const store = openBucketStore(bucket, { comparesPresent });
    const bytes = weights(5).subarray(0, 100_000);
    const { digest } = await store.put(bytesSource(bytes, 'one'));
    nowMs += 3 * dayMs;
    await store.arranger?.arrange({ compressed: [digest], plain: [], unregisteredMs });
    expect((await openBucketStore(bucket, { comparesPresent }).put(bytesSource(bytes, 'one'))).outcome).toBe('present');
    expect(await bucket.describe(objectKey(digest))).toBeNull();
    bucket.damage(compressedKey(digest));
    await openBucketStore(bucket, { comparesPresent }).put(bytesSource(bytes, 'one'));
    expect(await bucket.describe(objectKey(digest))).not.toBeNull();
    expect(await store.verify(digest)).toEqual({ sizeBytes: bytes.length });
  },
);

/** Counts what a store asks about single objects, and how many pages of a listing it reads. */
function counting(bucket: Awaited<ReturnType<typeof storedCold>>['bucket']) {
  const counted = { looks: 0, listings: 0 };
  const look: typeof bucket.classes.look = (key) => {
    counted.looks++;
    return bucket.classes.look(key);
  };
  const watched = {
    ...bucket,
    describe: (key: string) => {
      counted.looks++;
      return bucket.describe(key);
    },
    list: (prefix: string) => {
      counted.listings++;
      return bucket.list(prefix);
    },
    presign: async (key: string) => `https://bucket.example/${key}`,
    classes: { ...bucket.classes, look },
  };
  return { counted, store: openBucketStore(watched) };
}

test('what lies where is told by a listing, and a question is asked of what is archived alone', async () => {
  const { bucket, arrange, digest, later } = await storedCold();
  const tensors = Array.from({ length: 40 }, (_, index) => ({
    name: `t${index}`,
    dtype: 'F32' as const,
    shape: [25_000],
    bytes: weights(100 + index).subarray(0, 100_000),
  }));
  const many = writeSafetensors({ tensors });
  const { counted, store } = counting(bucket);
  const put = await store.put(bytesSource(many, 'many.safetensors'));
  const objects = [...new Set(((await store.describe(put.digest))?.segments ?? []).map(({ object }) => object))];
  const { tiers } = store;
  if (tiers === null) throw new Error('it has tiers');
  const first = objects.at(-1) ?? expect.fail('there are objects');
  await tiers.move((await tiers.look(first)) as unknown as StoredObject, testClasses.cold);
  later(3 * dayMs);
  await arrange([digest], []);
  Object.assign(counted, { looks: 0, listings: 0 });
  const looked = await tiers.lookAtAll(objects);
  expect(looked.size).toBe(objects.length);
  expect([...looked.values()].filter(({ access }) => access === 'archived').map(({ key }) => key)).toEqual([
    objectKey(first),
  ]);
  expect(counted).toEqual({ looks: 1, listings: 1 });
  Object.assign(counted, { looks: 0, listings: 0 });
  expect(await store.presign(put.digest, { expiresInSeconds: 60 })).toHaveLength(objects.length);
  // Two of them find the recipe.
  expect(counted).toEqual({ looks: 2, listings: 1 });
});

test('a dry run counts and changes nothing', async () => {
  const { store, bucket, digest } = await storedCold();
  const keys = async () => {
    const found: string[] = [];
    for await (const { key } of bucket.list('')) found.push(key);
    return found;
  };
  const before = await keys();
  const arrangement = { compressed: [digest], plain: [], unregisteredMs, dryRun: true };
  expect((await store.arranger?.arrange(arrangement))?.compressed.plainBytes).toBeGreaterThanOrEqual(400_000);
  expect(await keys()).toEqual(before);
});
