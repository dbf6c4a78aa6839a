import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Digest, utf8 } from '@weighbridge/core';
import { digestTensors, readHeader } from '@weighbridge/formats';
import type { Bucket } from '@weighbridge/ports';
import { chunkLimits, objectKey, recipeKey } from '@weighbridge/storage';
import {
  assembleSafetensors,
  bytesSource,
  describeStore,
  digestOf,
  expectCode,
  openMemoryBucket,
  seededBytes,
  writeGguf,
  writeSafetensors,
  writeTorch,
} from '@weighbridge/testkit';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openBucketStore } from './bucket-store.js';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

for (const comparesPresent of [true, false]) {
  describeStore(`memory bucket, ${comparesPresent ? 'comparing' : 'trusting'}`, async () => {
    const bucket = openMemoryBucket();
    const store = openBucketStore(bucket, { comparesPresent });
    return {
      store,
      damage: async (digest) => bucket.damage(objectKey(digest)),
      ...(comparesPresent ? {} : { quarantine: (digest: Digest) => store.quarantine(digest) }),
      dispose: async () => {},
    };
  });
}

describe('bucket store', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weighbridge-bucket-store-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('an object for each large tensor, a pack for the small ones, a recipe for the file', async () => {
    const bucket = openMemoryBucket();
    const bytes = model([300 * kibibyte, 70 * kibibyte, 3000, 2000]);
    const { digest, segments, commit } = await openBucketStore(bucket).ingest(bytesSource(bytes, 'a.safetensors'));
    await commit();
    expect(segments.map(({ packed }) => packed !== null)).toEqual([true, false, false, true, true]);
    expect(bucket.keys().filter((key) => key.startsWith('sha256/'))).toHaveLength(3);
    expect(bucket.keys().filter((key) => key.startsWith('recipes/'))).toEqual([recipeKey(digest)]);
  });

  test('tensors are shared by files of three formats', async () => {
    const bucket = openMemoryBucket();
    const store = openBucketStore(bucket);
    const weight = seededBytes(5, 256 * kibibyte);
    await store.put(bytesSource(writeSafetensors({ tensors: [tensor('w', weight)] }), 'a.safetensors'));
    const gguf = writeGguf({ tensors: [{ name: 'w', ggmlType: 24, extents: [weight.length], bytes: weight }] });
    const stored = await store.ingest(bytesSource(gguf, 'a.gguf'));
    expect(stored.storedBytes).toBeLessThan(kibibyte);
    expect(stored.segments.some(({ digest }) => digest === digestOf(weight))).toBe(true);
  });

  test('a fine-tune that changes one large tensor stores that tensor', async () => {
    const store = openBucketStore(openMemoryBucket());
    const sizes = [500, 300, 200, 100].map((size) => size * kibibyte);
    await store.put(bytesSource(model(sizes), 'a.safetensors'));
    const tuned = await store.ingest(bytesSource(model(sizes, { 1: 99 }), 'a.safetensors'));
    expect(tuned.storedBytes).toBe(300 * kibibyte);
  });

  test('a fine-tune that changes one small tensor stores one pack, and with a like file that tensor alone', async () => {
    const sizes = Array.from({ length: 600 }, (_, index) => 2000 + (index % 7) * 1000);
    const [base, tuned] = [model(sizes), model(sizes, { 300: 99_999 })];
    const bucket = openMemoryBucket();
    const store = openBucketStore(bucket);
    const { digest } = await store.put(bytesSource(base, 'a.safetensors'));
    const packs = bucket.keys().filter((key) => key.startsWith('sha256/')).length;
    expect(packs).toBeGreaterThan(2);
    const like = await store.ingest(bytesSource(tuned, 'a.safetensors'), { like: [digest] });
    expect(like.storedBytes).toBe(sizes[300]);
    await like.commit();
    expect(await store.verify(digestOf(tuned))).toEqual({ sizeBytes: tuned.length });

    const other = openMemoryBucket();
    await openBucketStore(other).put(bytesSource(base, 'a.safetensors'));
    await openBucketStore(other).put(bytesSource(tuned, 'a.safetensors'));
    expect(other.keys().filter((key) => key.startsWith('sha256/'))).toHaveLength(packs + 1);
  });

  test('what a like file claims and does not hold is stored anew', async () => {
    const sizes = Array.from({ length: 100 }, () => 3000);
    const bucket = openMemoryBucket();
    const store = openBucketStore(bucket);
    const { digest, segments, commit } = await store.ingest(bytesSource(model(sizes), 'a.safetensors'));
    await commit();
    const pack = segments[0]?.packed?.pack;
    bucket.damage(objectKey(pack!));
    const bytes = model(sizes, { 50: 77 });
    const tuned = await store.ingest(bytesSource(bytes, 'a.safetensors'), { like: [digest, digestOf(bytes)] });
    await tuned.commit();
    expect(await store.verify(digestOf(bytes))).toEqual({ sizeBytes: bytes.length });
    // Only the first piece of the pack was damaged.
    expect(tuned.storedBytes).toBeLessThan(20_000);
  });

  test('property: models come back byte for byte, with the digests of their tensors', async () => {
    const store = openBucketStore(openMemoryBucket(), { comparesPresent: true });
    await fc.assert(
      fc.asyncProperty(modelFile, fc.nat(), fc.nat(), async ({ name, bytes }, start, length) => {
        const source = bytesSource(bytes, `models/${name}`);
        const header = await readHeader(source, { sha256, openBeside: async () => null });
        expect(header).not.toBeNull();
        const ingested = await store.ingest(source, { header });
        expect(ingested.tensors).toEqual(await digestTensors(header!, async () => source, newHash));
        await ingested.commit();
        await store.fetchTo(digestOf(bytes), join(folder, name));
        expect((await readFile(join(folder, name))).equals(bytes)).toBe(true);
        await store.fetchTo(digestOf(bytes), join(folder, 'sized'), { sizeBytes: bytes.length });
        expect((await readFile(join(folder, 'sized'))).equals(bytes)).toBe(true);
        const opened = await store.open(digestOf(bytes));
        const offset = start % bytes.length;
        const lengthBytes = length % (bytes.length - offset);
        const part = Buffer.from(await opened.read(offset, lengthBytes));
        expect(part.equals(bytes.subarray(offset, offset + lengthBytes))).toBe(true);
        expect(Buffer.concat(await readSegments(opened, ingested.segments)).equals(bytes)).toBe(true);
      }),
      { seed: 30, numRuns: 60 },
    );
  });

  test('a large file takes threads, and gives the same', async () => {
    const bytes = model([20 * mebibyte, 17 * mebibyte, 5000, 3 * mebibyte]);
    const source = bytesSource(bytes, 'a.safetensors');
    const header = await readHeader(source, { sha256, openBeside: async () => null });
    const store = openBucketStore(openMemoryBucket(), { bufferBytes: 1, threadedBytes: 1 });
    const ingested = await store.ingest(source, { header });
    expect(ingested.digest).toBe(digestOf(bytes));
    expect(ingested.tensors).toEqual(await digestTensors(header!, async () => source, newHash));
    await ingested.commit();
    await store.fetchTo(ingested.digest, join(folder, 'back'));
    expect((await readFile(join(folder, 'back'))).equals(bytes)).toBe(true);
    await expectCode(store.put(bytesSource(bytes, 'a', bytes.length + 1)), 'store/source-changed');
  }, 60_000);

  test('a small file whose size is known takes one request', async () => {
    const bytes = seededBytes(3, 5 * kibibyte);
    const bucket = openMemoryBucket();
    const asked: string[] = [];
    const counting: Bucket = {
      ...bucket,
      read: (key, range) => (asked.push(`read ${key}`), bucket.read(key, range)),
      describe: (key) => (asked.push(`describe ${key}`), bucket.describe(key)),
    };
    const { digest, sizeBytes } = await openBucketStore(bucket).put(bytesSource(bytes, 'a.bin'));
    await openBucketStore(counting).fetchTo(digest, join(folder, 'back'), { sizeBytes });
    expect(asked).toEqual([`read ${objectKey(digest)}`]);
    await bucket.remove(objectKey(digest));
    const again = openBucketStore(counting).fetchTo(digest, join(folder, 'gone'), { sizeBytes });
    await expectCode(again, 'store/missing');
  });

  test('what is there is not sent again', async () => {
    const bytes = seededBytes(1, 20 * mebibyte);
    const bucket = openMemoryBucket();
    await openBucketStore(bucket).put(bytesSource(bytes));
    const sent: number[] = [];
    const counting: Bucket = {
      ...bucket,
      create: (key, body, options) => {
        sent.push(body.reduce((sum, { length }) => sum + length, 0));
        return bucket.create(key, body, options);
      },
    };
    expect((await openBucketStore(counting).put(bytesSource(bytes))).outcome).toBe('present');
    expect(Math.max(...sent)).toBeLessThan(256 * kibibyte);
  });

  test('an insertion into a file of no known format stores a pack or two, and with a like file the pieces around it', async () => {
    const rows = seededBytes(3, 40 * mebibyte);
    const inserted = Buffer.concat([rows.subarray(0, mebibyte), utf8('one more row'), rows.subarray(mebibyte)]);
    const bucket = openMemoryBucket();
    const store = openBucketStore(bucket);
    const { digest } = await store.put(bytesSource(rows, 'a.csv'));
    const near = await store.ingest(bytesSource(inserted, 'a.csv'), { like: [digest] });
    expect(near.storedBytes).toBeLessThan(3 * chunkLimits.maxBytes);
    const alone = await store.ingest(bytesSource(inserted, 'a.csv'));
    expect(alone.storedBytes).toBeLessThan(4 * mebibyte);
    await alone.commit();
    expect(await store.verify(digestOf(inserted))).toEqual({ sizeBytes: inserted.length });
  });

  test('where buffers end does not show in the pieces, nor how large they are', async () => {
    const bytes = seededBytes(4, 40 * mebibyte);
    const lengths = async (from: number) => {
      const store = openBucketStore(openMemoryBucket());
      const { segments } = await store.ingest(bytesSource(bytes.subarray(from), 'a.csv'));
      return segments.map(({ digest }) => digest);
    };
    const [whole, later] = [new Set(await lengths(0)), await lengths(5 * mebibyte + 1)];
    expect(later.filter((digest) => !whole.has(digest)).length).toBeLessThan(5);
    expect(later.length).toBeGreaterThan(300);
  });

  test('further rows of a table leave most of its pieces as they were', async () => {
    const table = (rows: number) =>
      writeSafetensors({
        tensors: [
          { name: 'w', dtype: 'U8', shape: [rows, 64], bytes: seededBytes(5, 200_000 * 64).subarray(0, rows * 64) },
        ],
      });
    const store = openBucketStore(openMemoryBucket());
    await store.put(bytesSource(table(150_000), 'a.safetensors'));
    const grown = await store.ingest(bytesSource(table(150_100), 'a.safetensors'));
    expect(grown.storedBytes).toBeLessThan(300 * kibibyte);
  });

  test('whole objects of an early release are read', async () => {
    const bucket = openMemoryBucket();
    const store = openBucketStore(bucket);
    const bytes = seededBytes(1, 17 * mebibyte);
    const digest = digestOf(bytes);
    await bucket.create(objectKey(digest), [bytes], { sha256: sha256(bytes) });
    expect(await store.has(digest)).toBe(true);
    expect(await store.verify(digest)).toEqual({ sizeBytes: bytes.length });
    const opened = await store.open(digest);
    const [at, few] = [16 * mebibyte - 3, 6];
    expect(Buffer.from(await opened.read(at, few))).toEqual(Buffer.from(bytes.slice(at, at + few)));
    await store.fetchTo(digest, join(folder, 'back'));
    expect((await readFile(join(folder, 'back'))).equals(bytes)).toBe(true);
    bucket.damage(objectKey(digest));
    await expectCode(store.verify(digest), 'store/corrupt');
  });

  test('a file that only looks like a model is stored like any other', async () => {
    const store = openBucketStore(openMemoryBucket());
    const header = utf8(JSON.stringify({ w: { dtype: 'F32', shape: [4], data_offsets: [0, 99_999_999] } }));
    const bytes = assembleSafetensors(header, { buffers: [seededBytes(1, 200 * kibibyte)] });
    const { segments, commit } = await store.ingest(bytesSource(bytes, 'a.safetensors'));
    expect(segments.every(({ lengthBytes }) => lengthBytes <= chunkLimits.maxBytes)).toBe(true);
    await commit();
    expect(await store.verify(digestOf(bytes))).toEqual({ sizeBytes: bytes.length });
  });

  test('tensors that a header puts outside the file or upon each other beyond reason are refused', async () => {
    const store = openBucketStore(openMemoryBucket());
    const source = bytesSource(seededBytes(1, 200 * kibibyte), 'a.bin');
    const header = (spans: readonly (readonly [number, number])[]) => ({
      format: 'safetensors' as const,
      tensors: spans.map(([startByte, endByte], index) => ({
        name: `t${index}`,
        dtype: 'U8',
        shape: [endByte - startByte],
        location: { file: 'a.bin', startByte, endByte },
      })),
      attributes: {},
      graph: null,
      imports: [],
      bytesRead: 0,
    });
    await expectCode(store.ingest(source, { header: header([[0, 200 * kibibyte + 1]]) }), 'formats/truncated');
    const nested = Array.from({ length: 100 }, (_, index): [number, number] => [index, 200 * kibibyte]);
    await expectCode(store.ingest(source, { header: header(nested) }), 'formats/too-complex');
    const tied = header([
      [5, 150_000],
      [5, 150_000],
      [100_000, 204_800],
      [7, 7],
      [0, 204_800],
    ]);
    const { tensors, commit } = await store.ingest(source, { header: tied });
    expect(tensors).toEqual(await digestTensors(tied, async () => source, newHash));
    await commit();
    expect(await store.verify(digestOf(seededBytes(1, 200 * kibibyte)))).toEqual({ sizeBytes: 200 * kibibyte });
  });
});

const newHash = () => createHash('sha256');

function sha256(bytes: Uint8Array): Uint8Array {
  return newHash().update(bytes).digest();
}

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

const dtypes = { F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I8: 1, U8: 1, BOOL: 1, F8_E4M3: 1 } as const;

/** Model files of three formats, with tied, empty and large tensors, all larger than what is stored whole. */
const modelFile = fc
  .record({
    format: fc.constantFrom('safetensors', 'gguf', 'torch'),
    counts: fc.array(fc.oneof(fc.nat(500), fc.nat(20_000), fc.constant(0)), { maxLength: 12 }),
    dtype: fc.constantFrom(...(Object.keys(dtypes) as (keyof typeof dtypes)[])),
    seed: fc.nat(1000),
  })
  .map(({ format, counts, dtype, seed }) => {
    const all = [...counts, 50_000, 80_000];
    if (format === 'safetensors') {
      const tensors = all.map((count, index) => ({
        name: `t${index}`,
        dtype,
        shape: [count],
        bytes: seededBytes(seed + (index % 3), count * dtypes[dtype]),
      }));
      return { name: 'a.safetensors', bytes: writeSafetensors({ tensors, metadata: { seed: `${seed}` } }) };
    }
    if (format === 'gguf') {
      const tensors = all.map((count, index) => ({
        name: `t${index}`,
        ggmlType: 24,
        extents: [count + 1],
        bytes: seededBytes(seed + index, count + 1),
      }));
      return { name: 'a.gguf', bytes: writeGguf({ tensors, padsEnd: seed % 2 === 0 }) };
    }
    return { name: 'a.pt', bytes: writeTorch(all.map((count, index) => seededBytes(seed + index, count))) };
  });

async function readSegments(
  source: { read(offset: number, lengthBytes: number): Promise<Uint8Array> },
  segments: readonly { readonly lengthBytes: number }[],
): Promise<readonly Uint8Array[]> {
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const { lengthBytes } of segments) {
    parts.push(await source.read(offset, lengthBytes));
    offset += lengthBytes;
  }
  return parts;
}
