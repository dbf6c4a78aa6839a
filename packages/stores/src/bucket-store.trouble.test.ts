import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utf8, weighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { formatRecipe, objectKey, ownersKey, recipeKey } from '@weighbridge/storage';
import {
  bytesSource,
  digestOf,
  expectCode,
  openMemoryBucket,
  seededBytes,
  writeSafetensors,
} from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openBucketStore } from './bucket-store.js';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

describe('bucket store in trouble', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weighbridge-trouble-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('broken off between any two effects, a run leaves no file, and the next one completes it', async () => {
    const bytes = model([70, 80, 90, 3, 2, 100].map((size) => size * kibibyte));
    const whole = openMemoryBucket();
    await openBucketStore(whole).put(bytesSource(bytes, 'a.safetensors'));
    for (let effects = 0; ; effects++) {
      const bucket = openMemoryBucket();
      const broken = openBucketStore(breaking(bucket, effects));
      const ended = await broken.put(bytesSource(bytes, 'a.safetensors')).catch((cause: unknown) => cause);
      if (!(ended instanceof Error)) break;
      const store = openBucketStore(bucket);
      const isVisible = await store.has(digestOf(bytes));
      if (isVisible) await store.verify(digestOf(bytes));
      expect(isVisible).toBe(bucket.keys().includes(recipeKey(digestOf(bytes))));
      await store.put(bytesSource(bytes, 'a.safetensors'));
      expect(await store.verify(digestOf(bytes))).toEqual({ sizeBytes: bytes.length });
      expect(bucket.keys()).toEqual(whole.keys());
      expect(effects).toBeLessThan(100);
    }
  });

  test('a pack that could not be read once is asked for again', async () => {
    const bytes = model([3000, 2000, 200 * kibibyte]);
    const bucket = openMemoryBucket();
    await openBucketStore(bucket).put(bytesSource(bytes, 'a.safetensors'));
    let failures = 1;
    const flaky: Bucket = {
      ...bucket,
      async read(key, range) {
        if (key.startsWith('sha256/') && failures-- > 0)
          throw weighbridgeError('store/unreachable', { action: 'read', path: key, reason: 'ECONNRESET', tries: 1 });
        return bucket.read(key, range);
      },
    };
    const opened = await openBucketStore(flaky).open(digestOf(bytes));
    await expectCode(opened.read(0, 8), 'store/unreachable');
    expect(Buffer.from(await opened.read(0, 8))).toEqual(Buffer.from(bytes.slice(0, 8)));
  });

  test('damage anywhere is found, and healed where present objects are compared', async () => {
    const bytes = model([300 * kibibyte, 70 * kibibyte, 3000, 2000]);
    const bucket = openMemoryBucket();
    const store = openBucketStore(bucket, { comparesPresent: true });
    await store.put(bytesSource(bytes, 'a.safetensors'));
    for (const key of bucket.keys().filter((each) => each !== ownersKey)) {
      bucket.damage(key);
      const code = key.startsWith('recipes/') ? 'store/recipe-malformed' : 'store/corrupt';
      await expectCode(store.verify(digestOf(bytes)), code);
      await expectCode(store.fetchTo(digestOf(bytes), join(folder, 'back')), code);
      expect(await readdir(folder)).toEqual([]);
      expect((await store.put(bytesSource(bytes, 'a.safetensors'))).outcome).toBe('stored');
      expect(await store.verify(digestOf(bytes))).toEqual({ sizeBytes: bytes.length });
    }
    expect(bucket.keys().filter((key) => key.startsWith('quarantine/'))).toHaveLength(4);
  });

  test('damage is set aside where it is not looked for, and healed then', async () => {
    const bytes = model([300 * kibibyte, 70 * kibibyte, 3000, 2000]);
    const bucket = openMemoryBucket();
    const store = openBucketStore(bucket);
    await store.put(bytesSource(bytes, 'a.safetensors'));
    for (const key of bucket.keys().filter((each) => each !== ownersKey)) {
      bucket.damage(key);
      expect([...(await store.quarantine(digestOf(bytes))).values()]).toEqual([expect.stringMatching(/^quarantine\//)]);
      expect(await store.has(digestOf(bytes))).toBe(false);
      expect((await store.put(bytesSource(bytes, 'a.safetensors'))).outcome).toBe('stored');
      expect(await store.verify(digestOf(bytes))).toEqual({ sizeBytes: bytes.length });
    }
  });

  test('what was damaged on the way is fetched again, and what is damaged where it lies is named', async () => {
    const bytes = model([17, 9].map((size) => size * mebibyte));
    const bucket = openMemoryBucket();
    const { digest } = await openBucketStore(bucket).put(bytesSource(bytes, 'a.safetensors'));
    const damaging = (times: number): Bucket => ({
      ...bucket,
      async read(key, range) {
        const read = await bucket.read(key, range);
        if (read === null || !key.startsWith('sha256/') || times-- <= 0) return read;
        const damaged = Uint8Array.from(read.bytes);
        damaged[0] = (damaged[0] ?? 0) ^ 1;
        return { ...read, bytes: damaged };
      },
    });
    const told: number[] = [];
    const target = join(folder, 'back');
    await openBucketStore(damaging(1)).fetchTo(digest, target, { onBytes: (count) => told.push(count) });
    expect((await readFile(target)).equals(bytes)).toBe(true);
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(bytes.length);
    expect(await openBucketStore(damaging(1)).verify(digest)).toEqual({ sizeBytes: bytes.length });
    const other = openBucketStore(damaging(Number.POSITIVE_INFINITY)).fetchTo(digest, join(folder, 'other'));
    const error = await expectCode(other, 'store/corrupt');
    expect(error.message).toMatch(/sha256\//);
    expect(await readdir(folder)).toEqual(['back']);
  });

  test('a file whose fetch fails leaves no late bytes in what is fetched after it', async () => {
    const [bad, good] = [model([5, 4, 6].map((size) => size * mebibyte)), model([6, 7].map((size) => size * mebibyte))];
    const bucket = openMemoryBucket();
    const plain = openBucketStore(bucket);
    await plain.put(bytesSource(bad, 'bad.safetensors'));
    await plain.put(bytesSource(good, 'good.safetensors'));
    const layout = await plain.describe(digestOf(bad));
    const [gone, ...others] = layout?.segments.filter(({ lengthBytes }) => lengthBytes > mebibyte) ?? [];
    const late = others.map(({ object }) => objectKey(object));
    const writers: (() => void)[] = [];
    const reads: string[] = [];
    const next = new Set((await plain.describe(digestOf(good)))?.segments.map(({ object }) => objectKey(object)));
    const slow: Bucket = {
      ...bucket,
      async read(key, range, into) {
        if (key === objectKey(gone?.object ?? digestOf(bad))) return null;
        if (late.includes(key)) {
          // What comes late is written when the next file has its bytes, or when nobody came.
          await new Promise<void>((resolve) => {
            writers.push(resolve);
            setTimeout(resolve, 2000);
          });
          into?.fill(0xee);
          return { bytes: into ?? new Uint8Array(range?.lengthBytes ?? 0), revision: 'late' };
        }
        const read = await bucket.read(key, range);
        if (read !== null && into !== undefined) into.set(read.bytes);
        reads.push(key);
        await new Promise((resolve) => setTimeout(resolve, 10));
        if (next.has(key)) for (const write of writers) write();
        await new Promise((resolve) => setTimeout(resolve, 10));
        return into === undefined || read === null ? read : { ...read, bytes: into };
      },
    };
    // Two buffers in all: the second file has those of the first.
    const store = openBucketStore(slow, { bufferBytes: 1 });
    await expectCode(store.fetchTo(digestOf(bad), join(folder, 'bad')), 'store/missing');
    reads.length = 0;
    await store.fetchTo(digestOf(good), join(folder, 'good'));
    expect((await readFile(join(folder, 'good'))).equals(good)).toBe(true);
    // Nothing had to be read a second time.
    expect(reads).toEqual([...new Set(reads)]);
  });

  test('a recipe for other bytes than its name says is found', async () => {
    const bucket = openMemoryBucket();
    const store = openBucketStore(bucket);
    const bytes = model([100 * kibibyte, 90 * kibibyte]);
    const { segments } = await store.ingest(bytesSource(bytes, 'a.safetensors'));
    const digest = digestOf(utf8('approved'));
    await bucket.replace(recipeKey(digest), utf8(formatRecipe({ digest, sizeBytes: bytes.length, segments })), null);
    const error = await expectCode(store.verify(digest), 'store/corrupt');
    expect(error.fields).toMatchObject({ expected: digest, actual: digestOf(bytes) });
    await expectCode(store.fetchTo(digest, join(folder, 'back')), 'store/corrupt');
    expect(await readdir(folder)).toEqual([]);
  });

  test('a segment that is gone is missing, one that is short is damaged, and no pack is too large to be read', async () => {
    const bucket = openMemoryBucket();
    const store = openBucketStore(bucket);
    const bytes = model([200 * kibibyte, 3000, 2000]);
    const { digest, segments, commit } = await store.ingest(bytesSource(bytes, 'a.safetensors'));
    await commit();
    const large = segments.find(({ packed }) => packed === null)!.digest;
    const pack = segments.find(({ packed }) => packed !== null)!.packed!.pack;
    for (const [object, body, code] of [
      [large, null, 'store/missing'],
      [large, new Uint8Array(5), 'store/corrupt'],
      [large, seededBytes(2, 300 * kibibyte), 'store/corrupt'],
      [pack, null, 'store/missing'],
      [pack, new Uint8Array(5), 'store/corrupt'],
      [pack, new Uint8Array(5 * mebibyte), 'store/corrupt'],
    ] as const) {
      const { bytes: before } = (await bucket.read(objectKey(object)))!;
      await bucket.remove(objectKey(object));
      if (body !== null) await bucket.replace(objectKey(object), body, null);
      await expectCode(store.verify(digest), code);
      await bucket.remove(objectKey(object));
      await bucket.replace(objectKey(object), before, null);
      await store.verify(digest);
    }
  });

  test('a fetch that was broken off goes on where it was', async () => {
    const bytes = model([17, 9, 20, 3].map((size) => size * mebibyte));
    const bucket = openMemoryBucket();
    const { digest } = await openBucketStore(bucket).put(bytesSource(bytes, 'a.safetensors'));
    let reads = 0;
    let left = 4;
    const faulty: Bucket = {
      ...bucket,
      read: async (key, range) => {
        if (key.startsWith('sha256/') && left-- <= 0) {
          throw weighbridgeError('store/unreachable', { action: 'read', path: key, tries: 3, reason: 'reset' });
        }
        reads++;
        return bucket.read(key, range);
      },
    };
    const store = openBucketStore(faulty, { bufferBytes: 1 });
    await expectCode(store.fetchTo(digest, join(folder, 'back')), 'store/unreachable');
    const [partial = ''] = await readdir(folder);
    expect(partial).toMatch(/^\.weighbridge-[0-9a-f]{16}\.partial$/);
    const kept = await readFile(join(folder, partial));
    expect(kept.length).toBeGreaterThan(16 * mebibyte);
    // One byte of what was kept goes bad meanwhile: that segment is fetched again, the others are not.
    kept[kept.length - 1] = (kept.at(-1) ?? 0) ^ 1;
    await writeFile(join(folder, partial), kept);
    const [before, all] = [reads, 7];
    left = all;
    await store.fetchTo(digest, join(folder, 'back'));
    expect(reads - before).toBeLessThan(all);
    expect(await readdir(folder)).toEqual(['back']);
    expect((await readFile(join(folder, 'back'))).equals(bytes)).toBe(true);
  }, 60_000);
});

function tensor(name: string, bytes: Uint8Array) {
  return { name, dtype: 'U8', shape: [bytes.length], bytes };
}

/** A safetensors file with tensors of these sizes; `seeds` gives some of them other bytes. */
function model(sizes: readonly number[], seeds: Readonly<Record<number, number>> = {}): Uint8Array {
  return writeSafetensors({
    tensors: sizes.map((size, index) =>
      tensor(`t${String(index).padStart(5, '0')}`, seededBytes(seeds[index] ?? index + 1, size)),
    ),
  });
}

/** A bucket whose writes fail for ever after so many: the last one before that may have been the crash. */
function breaking(bucket: Bucket, effects: number): Bucket {
  let left = effects;
  return {
    ...bucket,
    create: async (key, body, options) => {
      if (left-- <= 0) throw weighbridgeError('store/io', { action: 'write', path: key, reason: 'killed' });
      return bucket.create(key, body, options);
    },
  };
}
