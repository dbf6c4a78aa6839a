import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bucket, CollectionRequest, Store } from '@weighbridge/ports';
import { objectKey, quarantineKey, recipeKey } from '@weighbridge/storage';
import {
  bytesSource,
  digestOf,
  expectCode,
  type MemoryBucket,
  openMemoryBucket,
  seededBytes,
  writeSafetensors,
} from '@weighbridge/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { openBucketStore } from '../bucket-store.js';
import { openFolderBucket } from '../folder-bucket.js';
import { openFolderStore } from '../folder-store.js';

const dayMs = 24 * 60 * 60 * 1000;
const tensorBytes = 150_000;

/** Two tensors that all files have, and one of its own. */
function modelOf(seed: number): Uint8Array {
  const tensor = (name: string, own: number) => ({
    name,
    dtype: 'U8' as const,
    shape: [tensorBytes],
    bytes: seededBytes(own, tensorBytes),
  });
  return writeSafetensors({ tensors: [tensor('encoder', 1), tensor('decoder', 2), tensor('head', 10 + seed)] });
}

const versions = [1, 2, 3, 4].map(modelOf);
const [first = new Uint8Array(0)] = versions;
const shared = digestOf(seededBytes(1, tensorBytes));

let nowMs: number;
let bucket: MemoryBucket;
let store: Store;
beforeEach(async () => {
  nowMs = Date.parse('2026-01-01T00:00:00Z');
  bucket = openMemoryBucket('test', () => new Date(nowMs));
  store = openStore(bucket);
  for (const bytes of versions) await store.put(bytesSource(bytes, 'model.safetensors'));
  await store.collector?.claim('ours');
});

function openStore(over: Bucket): Store {
  return openBucketStore(over, {
    time: { monotonicMs: () => nowMs, now: () => new Date(nowMs), pause: async () => {} },
  });
}

/** Runs until what nothing names is gone. */
async function collect(options: Pick<CollectionRequest, 'origin'> = {}): Promise<void> {
  for (let run = 0; run < 2; run++) {
    nowMs += 40 * dayMs;
    await store.collector?.collect({
      live: async () => new Set(versions.map(digestOf)),
      owner: 'ours',
      unregisteredMs: dayMs,
      graceMs: 0,
      dryRun: false,
      now: new Date(nowMs),
      ...options,
    });
  }
}

async function brokenFiles(): Promise<number> {
  const found = await Promise.allSettled(versions.map((bytes) => store.verify(digestOf(bytes))));
  return found.filter(({ status }) => status === 'rejected').length;
}

async function damageShared(): Promise<void> {
  bucket.damage(objectKey(shared));
  for (const bytes of versions) await expectCode(store.verify(digestOf(bytes)), 'store/corrupt');
}

const objects = () => bucket.keys().filter((key) => key.startsWith('sha256/'));

/** As releases did that set the recipe aside with the damage. */
async function moveRecipesAside(): Promise<void> {
  for (const bytes of versions) {
    const digest = digestOf(bytes);
    const recipe = (await bucket.read(recipeKey(digest)))?.bytes ?? new Uint8Array(0);
    const sha256 = createHash('sha256').update(recipe).digest();
    await bucket.create(quarantineKey(digest, '0b0e0b4e-0000-4000-8000-000000000000'), [recipe], { sha256 });
    await bucket.remove(recipeKey(digest));
  }
}

describe('damage that is set aside', () => {
  test('takes nothing with it that is sound, and no collection does', async () => {
    await damageShared();
    const before = objects();
    for (const bytes of versions) await store.quarantine(digestOf(bytes));
    expect(objects()).toEqual(before.filter((key) => key !== objectKey(shared)));
    expect(bucket.keys().filter((key) => key.startsWith('quarantine/'))).toHaveLength(1);
    const left = objects();
    await collect();
    expect(objects()).toEqual(left);
  });

  test('is mended for all files that shared it by storing one of them', async () => {
    await damageShared();
    for (const bytes of versions) await store.quarantine(digestOf(bytes));
    for (const bytes of versions) expect(await store.has(digestOf(bytes))).toBe(false);
    expect((await store.put(bytesSource(first, 'model.safetensors'))).outcome).toBe('stored');
    expect(await brokenFiles()).toBe(0);
    for (const bytes of versions) expect(await store.has(digestOf(bytes))).toBe(true);
    expect((await store.put(bytesSource(first, 'model.safetensors'))).outcome).toBe('present');
  });

  test('of a recipe is the recipe, and its pieces stay until the file is stored again', async () => {
    bucket.damage(recipeKey(digestOf(first)));
    await expectCode(store.verify(digestOf(first)), 'store/recipe-malformed');
    const before = objects();
    await store.quarantine(digestOf(first));
    expect(await store.has(digestOf(first))).toBe(false);
    await expectCode(collect(), 'store/pieces-unknown');
    expect(objects()).toEqual(before);
    await store.put(bytesSource(first, 'model.safetensors'));
    await collect();
    expect(await brokenFiles()).toBe(0);
    expect(objects()).toEqual(before);
  });

  test('by several processes at once ends for all of them', async () => {
    const root = await mkdtemp(join(tmpdir(), 'weighbridge-aside-'));
    try {
      const folder = openFolderStore(root);
      for (const bytes of versions) await folder.put(bytesSource(bytes, 'model.safetensors'));
      const path = join(root, objectKey(shared));
      await chmod(path, 0o644);
      await writeFile(path, 'damage');
      let copies = 0;
      const racing = openFolderBucket(root);
      const late = openBucketStore(racing, {
        copy: async (from, to) => {
          // Everybody has found the damage before the first one takes it away.
          if (copies++ === 0) await folder.quarantine(digestOf(first));
          await racing.copy(from, to);
        },
      });
      expect([...(await late.quarantine(digestOf(first)))]).toEqual([]);
      expect(copies).toBe(1);
      expect(await readdir(join(root, 'quarantine'))).toHaveLength(1);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });

  test('is nothing where everything is sound', async () => {
    const before = bucket.keys();
    for (const bytes of versions) await store.quarantine(digestOf(bytes));
    expect(bucket.keys()).toEqual(before);
  });
});

describe('a live file without a recipe', () => {
  test('keeps the pieces that a recipe in quarantine names, and gets it back', async () => {
    await moveRecipesAside();
    const before = objects();
    await collect();
    expect(objects()).toEqual(before);
    expect(await brokenFiles()).toBe(4);
    for (const bytes of versions) await store.quarantine(digestOf(bytes));
    expect(await brokenFiles()).toBe(0);
  });

  test('ends a collection before anything is condemned when nobody knows its pieces', async () => {
    await bucket.remove(recipeKey(digestOf(first)));
    await expectCode(collect(), 'store/pieces-unknown');
    expect(bucket.keys()).not.toContain('collection/condemned.json');
  });

  test.each([
    ['was never in this store', { sizeBytes: first.length, isHere: false }],
    ['is one object at most', { sizeBytes: 128 * 1024, isHere: true }],
  ])('ends none where it %s', async (_, origin) => {
    await bucket.remove(recipeKey(digestOf(first)));
    const before = objects();
    await collect({ origin: () => origin });
    expect(objects().length).toBeLessThan(before.length);
  });
});
