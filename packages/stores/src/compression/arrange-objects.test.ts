import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Digest, weighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { compressedKey, formatCondemned, objectKey, parseCondemned } from '@weighbridge/storage';
import { bytesSource, expectCode, openMemoryBucket, seededBytes, writeSafetensors } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openBucketStore } from '../bucket-store.js';
import { openFolderBucket } from '../folder-bucket.js';
import { arrangeObjects } from './arrange-objects.js';

const dayMs = 86_400_000;
const unregisteredMs = 2 * dayMs;

/** Noise but for the exponents. */
function weights(seed: number, lengthBytes: number): Uint8Array {
  return seededBytes(seed, lengthBytes).map((byte, index) => (index % 4 === 3 ? 0x3c + (byte & 1) : byte));
}

const floats = (name: string, seed: number, lengthBytes = 80_000) => {
  return { name, dtype: 'F32' as const, shape: [lengthBytes / 4], bytes: weights(seed, lengthBytes) };
};
const noise = { name: 'q', dtype: 'U8' as const, shape: [70_000], bytes: seededBytes(9, 70_000) };
const small = Array.from({ length: 80 }, (_, index) => floats(`s${index}`, 100 + index, 8000));

const coldFile = writeSafetensors({ tensors: [floats('a', 1), floats('b', 2), noise, ...small] });
const hotFile = writeSafetensors({ tensors: [floats('b', 2), floats('c', 3)] });

let nowMs = 0;
let folder: string;
beforeEach(async () => {
  nowMs = Date.parse('2026-01-01T00:00:00Z');
  folder = await mkdtemp(join(tmpdir(), 'weighbridge-compression-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const time = { monotonicMs: () => nowMs, now: () => new Date(nowMs), pause: async (ms: number) => void (nowMs += ms) };
const means = { leaseMs: 60_000, monotonicMs: () => nowMs };

async function stored(bucket: Bucket) {
  const store = openBucketStore(bucket, { time });
  const cold = (await store.put(bytesSource(coldFile, 'cold'))).digest;
  const hot = (await store.put(bytesSource(hotFile, 'hot'))).digest;
  nowMs += 3 * dayMs;
  return { store, cold, hot };
}

async function keysOf(bucket: Bucket, prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of bucket.list(prefix)) keys.push(key);
  return keys;
}

async function readBack(bucket: Bucket, digest: Digest): Promise<Uint8Array> {
  const target = join(folder, 'back');
  await openBucketStore(bucket).fetchTo(digest, target);
  return readFile(target);
}

describe.each([
  ['memory', () => openMemoryBucket('test', () => new Date(nowMs))],
  ['folder', () => openFolderBucket(join(folder, 'store'))],
] as const)('compressing in a bucket: %s', (kind, open) => {
  /** The files of a folder are dated by its clock. */
  const minAgeMs = kind === 'folder' ? 0 : unregisteredMs;

  test('objects of cold files shrink, those of hot ones stay, and all come back byte for byte', async () => {
    const bucket = open();
    const { store, cold, hot } = await stored(bucket);
    const before = await keysOf(bucket, 'sha256/');
    const run = () => arrangeObjects(bucket, { compressed: [cold], plain: [hot], unregisteredMs: minAgeMs, means });
    const first = await run();
    expect(first).toMatchObject({ incompressible: expect.any(Number), damaged: [], waiting: 0 });
    expect(first.compressed.objects).toBeGreaterThan(1);
    expect(first.compressed.storedBytes).toBeLessThan(first.compressed.plainBytes * 0.85);
    expect(first.incompressible).toBeGreaterThan(0);
    const plain = await keysOf(bucket, 'sha256/');
    expect(plain).toHaveLength(before.length - first.compressed.objects);
    for (const { object } of (await store.describe(hot))?.segments ?? []) expect(plain).toContain(objectKey(object));
    expect(Buffer.compare(await readBack(bucket, cold), coldFile)).toBe(0);
    expect(Buffer.compare(await readBack(bucket, hot), hotFile)).toBe(0);
    expect(await store.verify(cold)).toEqual({ sizeBytes: coldFile.length });
    const opened = await store.open(cold);
    expect(Buffer.compare(await opened.read(3333, 90_001), coldFile.subarray(3333, 93_334))).toBe(0);
    expect(await run()).toMatchObject({ compressed: { objects: 0 }, expanded: { objects: 0 }, incompressible: 0 });
  });

  test('a version that is hot again lies as it is again', async () => {
    const bucket = open();
    const { cold, hot } = await stored(bucket);
    const before = await keysOf(bucket, 'sha256/');
    const given = { unregisteredMs: minAgeMs, means };
    await arrangeObjects(bucket, { compressed: [cold], plain: [hot], ...given });
    const back = await arrangeObjects(bucket, { compressed: [], plain: [cold, hot], ...given });
    expect(back.expanded.objects).toBeGreaterThan(1);
    expect(await keysOf(bucket, 'compressed/')).toEqual([]);
    expect(await keysOf(bucket, 'sha256/')).toEqual(before);
    expect(Buffer.compare(await readBack(bucket, cold), coldFile)).toBe(0);
  });

  test('a file of one object is found by its compressed form alone', async () => {
    const bucket = open();
    const store = openBucketStore(bucket, { time });
    const bytes = weights(5, 100_000);
    const { digest } = await store.put(bytesSource(bytes, 'one'));
    nowMs += 3 * dayMs;
    await arrangeObjects(bucket, { compressed: [digest], plain: [], unregisteredMs: minAgeMs, means });
    expect(await keysOf(bucket, 'sha256/')).toEqual([]);
    expect(await store.has(digest)).toBe(true);
    expect(await store.describe(digest)).toMatchObject({ sizeBytes: bytes.length });
    expect(Buffer.compare(await readBack(bucket, digest), bytes)).toBe(0);
    await store.keep(digest);
    const key = compressedKey(digest);
    await bucket.replace(key, weights(6, 1000), (await bucket.describe(key))?.revision ?? null);
    expect((await store.quarantine(digest)).get(digest)).toContain('quarantine/');
    expect(await store.has(digest)).toBe(false);
  });
});

describe('compressing', () => {
  const open = () => openMemoryBucket('test', () => new Date(nowMs));
  const arrange = (bucket: Bucket, cold: Digest) =>
    arrangeObjects(bucket, { compressed: [cold], plain: [], unregisteredMs, means });

  test('what is young keeps its plain form, until it is old', async () => {
    const bucket = open();
    const { cold } = await stored(bucket);
    nowMs -= 2 * dayMs;
    expect((await arrange(bucket, cold)).waiting).toBeGreaterThan(1);
    expect(await keysOf(bucket, 'compressed/')).not.toEqual([]);
    const before = await keysOf(bucket, 'sha256/');
    nowMs += 2 * dayMs;
    expect((await arrange(bucket, cold)).waiting).toBe(0);
    expect((await keysOf(bucket, 'sha256/')).length).toBeLessThan(before.length);
    expect(Buffer.compare(await readBack(bucket, cold), coldFile)).toBe(0);
  });

  test('nothing goes while a collection deletes, and one that waits goes on waiting', async () => {
    const bucket = open();
    const { cold } = await stored(bucket);
    const control = { id: 'x', turn: 1, graceMs: 10_000, leaseMs: 60_000, keys: [objectKey(cold)] };
    const key = 'collection/condemned.json';
    let revision = await bucket.replace(key, Buffer.from(formatCondemned({ ...control, phase: 'deleting' })), null);
    expect((await arrange(bucket, cold)).waiting).toBeGreaterThan(1);
    revision = await bucket.replace(key, Buffer.from(formatCondemned({ ...control, phase: 'condemned' })), revision);
    nowMs += 4000;
    expect((await arrange(bucket, cold)).waiting).toBe(0);
    const left = parseCondemned((await bucket.read(key))?.bytes ?? new Uint8Array(0));
    expect(left).toMatchObject({ phase: 'condemned', graceMs: 6000, keys: control.keys });
  });

  /** One of the large tensors of a file. */
  async function objectOf(store: ReturnType<typeof openBucketStore>, file: Digest): Promise<Digest> {
    const layout = await store.describe(file);
    const object = layout?.segments.find(({ lengthBytes }) => lengthBytes === 80_000)?.object;
    if (object === undefined) throw new Error('a tensor was to be an object');
    return object;
  }

  test('a damaged object is left and told', async () => {
    const bucket = open();
    const { store, cold } = await stored(bucket);
    const object = await objectOf(store, cold);
    bucket.damage(objectKey(object));
    expect(await arrange(bucket, cold)).toMatchObject({ damaged: [object], mended: 0 });
    expect(await bucket.describe(objectKey(object))).not.toBeNull();
    expect(await bucket.describe(compressedKey(object))).toBeNull();
  });

  test('a damaged compressed form beside a good object is written anew, in the same run', async () => {
    const bucket = open();
    const { store, cold } = await stored(bucket);
    const object = await objectOf(store, cold);
    nowMs -= 2 * dayMs;
    await arrange(bucket, cold);
    nowMs += 2 * dayMs;
    bucket.damage(compressedKey(object));
    expect(await arrange(bucket, cold)).toMatchObject({ damaged: [], mended: 1, waiting: 0 });
    expect(await bucket.describe(objectKey(object))).toBeNull();
    expect(Buffer.compare(await readBack(bucket, cold), coldFile)).toBe(0);
    expect(await arrange(bucket, cold)).toMatchObject({ damaged: [], mended: 0, compressed: { objects: 0 } });
  });

  test('a damaged object beside a good compressed form is mended, whichever is wanted', async () => {
    for (const wanted of ['plain', 'compressed']) {
      nowMs = Date.parse('2026-01-01T00:00:00Z');
      const bucket = open();
      const { store, cold } = await stored(bucket);
      const object = await objectOf(store, cold);
      nowMs -= 2 * dayMs;
      await arrange(bucket, cold);
      nowMs += 2 * dayMs;
      bucket.damage(objectKey(object));
      const lists = wanted === 'plain' ? { compressed: [], plain: [cold] } : { compressed: [cold], plain: [] };
      const outcome = await arrangeObjects(bucket, { ...lists, unregisteredMs, means });
      expect(outcome).toMatchObject({ damaged: [], waiting: 0 });
      expect(Buffer.compare(await readBack(bucket, cold), coldFile)).toBe(0);
    }
  });

  test('an object that the service cannot read out is told, and the others are compressed', async () => {
    const bucket = open();
    const { store, cold } = await stored(bucket);
    const object = await objectOf(store, cold);
    const reason = 'the bytes are not those of the checksum that is kept with them';
    const failing: Bucket = {
      ...bucket,
      async read(key, range) {
        if (key === objectKey(object)) throw weighbridgeError('store/io', { action: 'read', path: key, reason });
        return bucket.read(key, range);
      },
    };
    const outcome = await arrange(failing, cold);
    expect(outcome.damaged).toEqual([object]);
    expect(outcome.compressed.objects).toBeGreaterThan(1);
  });

  test('when one write fails, all has ended before that is told', async () => {
    const bucket = open();
    const { cold } = await stored(bucket);
    let [begun, ended] = [0, 0];
    const failing: Bucket = {
      ...bucket,
      async create(key, body, options) {
        const isFirst = begun++ === 0;
        await new Promise((resolve) => setTimeout(resolve, isFirst ? 1 : 50));
        ended++;
        if (isFirst) throw weighbridgeError('store/io', { action: 'write', path: key, reason: 'the disk is full' });
        return bucket.create(key, body, options);
      },
    };
    await expectCode(arrange(failing, cold), 'store/io');
    expect([begun, ended]).toEqual([2, 2]);
  });

  test('a file of one object whose compressed form is damaged stops nothing', async () => {
    const bucket = open();
    const { store, cold } = await stored(bucket);
    const { digest } = await store.put(bytesSource(weights(5, 100_000), 'one'));
    nowMs += 3 * dayMs;
    await arrangeObjects(bucket, { compressed: [digest], plain: [], unregisteredMs, means });
    bucket.damage(compressedKey(digest));
    const outcome = await arrangeObjects(bucket, { compressed: [cold], plain: [digest], unregisteredMs, means });
    expect(outcome.damaged).toEqual([digest]);
    expect(outcome.compressed.objects).toBeGreaterThan(1);
  });

  test('what is damaged after it was compressed is found, set aside and healed by the file', async () => {
    const bucket = open();
    const { store, cold } = await stored(bucket);
    await arrange(bucket, cold);
    bucket.damage((await keysOf(bucket, 'compressed/'))[0] ?? '');
    await expectCode(store.verify(cold), 'store/corrupt');
    await store.quarantine(cold);
    await store.put(bytesSource(coldFile, 'cold'));
    await store.verify(cold);
  });

  test('an address of what is compressed is refused', async () => {
    const memory = open();
    const bucket = { ...memory, presign: async (key: string) => `https://bucket.example/${key}` };
    const { store, cold } = await stored(bucket);
    expect(await store.presign(cold, { expiresInSeconds: 60 })).not.toBeNull();
    await arrange(bucket, cold);
    await expectCode(store.presign(cold, { expiresInSeconds: 60 }), 'store/compressed');
  });

  test('a collection removes compressed objects and notes that no live file has, and no others', async () => {
    const bucket = open();
    const { store, cold, hot } = await stored(bucket);
    await store.collector?.claim('ours');
    await arrangeObjects(bucket, { compressed: [cold, hot], plain: [], unregisteredMs, means });
    nowMs += 40 * dayMs;
    for (let run = 0; run < 2; run++) {
      const request = { live: async () => new Set([hot]), owner: 'ours', unregisteredMs, graceMs: 0, dryRun: false };
      await store.collector?.collect({ ...request, now: new Date(nowMs) });
    }
    expect(await keysOf(bucket, 'incompressible/')).toEqual([]);
    expect(await store.has(cold)).toBe(false);
    expect(Buffer.compare(await readBack(bucket, hot), hotFile)).toBe(0);
    const held = new Set((await store.describe(hot))?.segments.map(({ object }) => compressedKey(object)));
    expect((await keysOf(bucket, 'compressed/')).every((key) => held.has(key))).toBe(true);
  });

  test('a reader that found an object just before it went reads its compressed form', async () => {
    const bucket = open();
    const { cold } = await stored(bucket);
    let moved = false;
    const racing: Bucket = {
      ...bucket,
      async read(key, range) {
        if (key.startsWith('sha256/') && !moved) {
          moved = true;
          await arrange(bucket, cold);
        }
        return bucket.read(key, range);
      },
    };
    await openBucketStore(racing).verify(cold);
    expect(moved).toBe(true);
  });

  test('a registration that found objects there, which are compressed before it ends, loses none', async () => {
    const bucket = open();
    const { cold } = await stored(bucket);
    const other = writeSafetensors({ tensors: [floats('b', 2), floats('a', 1), floats('new', 77)] });
    let moved = false;
    const racing: Bucket = {
      ...bucket,
      async create(key, body, options) {
        if (key.startsWith('recipes/') && !moved) {
          moved = true;
          await arrange(bucket, cold);
        }
        return bucket.create(key, body, options);
      },
    };
    const { digest } = await openBucketStore(racing, { time }).put(bytesSource(other, 'other'));
    expect(moved).toBe(true);
    expect(Buffer.compare(await readBack(bucket, digest), other)).toBe(0);
  });

  test('killed before any write and any removal, in both directions, nothing is lost and the next run ends it', async () => {
    for (let kill = 0; ; kill++) {
      nowMs = Date.parse('2026-01-01T00:00:00Z');
      const bucket = open();
      const { cold, hot } = await stored(bucket);
      let effects = 0;
      const dying = <Result>(run: () => Promise<Result>): Promise<Result> => {
        if (effects++ >= kill) throw new Error('killed');
        return run();
      };
      const mortal: Bucket = {
        ...bucket,
        create: async (key, body, options) => dying(() => bucket.create(key, body, options)),
        replace: async (key, body, expected) => dying(() => bucket.replace(key, body, expected)),
        remove: async (key, condition) => dying(() => bucket.remove(key, condition)),
      };
      const settings = { unregisteredMs, means };
      const there = { compressed: [cold], plain: [hot], ...settings };
      const back = { compressed: [], plain: [cold, hot], ...settings };
      const ended = await (async () => {
        await arrangeObjects(mortal, there);
        await arrangeObjects(mortal, back);
      })().then(
        () => true,
        () => false,
      );
      await openBucketStore(bucket).verify(cold);
      await openBucketStore(bucket).verify(hot);
      nowMs += 3 * dayMs;
      await arrangeObjects(bucket, there);
      await openBucketStore(bucket).verify(cold);
      const outcome = await arrangeObjects(bucket, back);
      expect(outcome.waiting).toBe(0);
      expect(await keysOf(bucket, 'compressed/')).toEqual([]);
      await openBucketStore(bucket).verify(cold);
      if (ended) break;
    }
  }, 120_000);
});
