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

test.each(['hot', 'cold'])('bytes sent again beside their archived compressed form, wanted %s', async (wanted) => {
  const { store, tiers, arrange, formsOf, digest, later } = await storedCold();
  await arrange([digest], []);
  const [form] = await formsOf();
  await tiers.move(form ?? expect.fail('it is there'), testClasses.cold);
  await store.put(bytesSource(file, 'model.safetensors'));
  later(3 * dayMs);
  expect(await formsOf()).toHaveLength(2);
  for (let run = 0; run < 2; run++) {
    const { damaged } = await (wanted === 'hot' ? arrange([], [digest]) : arrange([digest], []));
    expect(damaged).toEqual([]);
    expect(Buffer.compare(await readBack(store, digest), file)).toBe(0);
  }
  expect(await formsOf()).toMatchObject([{ isCompressed: wanted === 'cold', storageClass: testClasses.hot }]);
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
