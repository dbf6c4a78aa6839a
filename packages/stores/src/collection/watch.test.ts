import { createHash } from 'node:crypto';
import { utf8 } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { condemnedKey, objectKey, ownersKey, parseCondemned, pinKey, recipeKey } from '@weighbridge/storage';
import { bytesSource, expectCode, openMemoryBucket, seededBytes, writeSafetensors } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { openBucketStore } from '../bucket-store.js';
import { usualLeaseMs } from './control.js';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const dayMs = 24 * 60 * 60 * 1000;

/** Counts what is asked of a bucket, and writes down in which order. */
function counted(bucket: Bucket): { readonly bucket: Bucket; readonly calls: string[] } {
  const calls: string[] = [];
  const told = <Arguments extends readonly unknown[], Result>(name: string, call: (...given: Arguments) => Result) => {
    return (...given: Arguments) => {
      calls.push(`${name} ${String(given[0]).slice(0, 10)}`);
      return call(...given);
    };
  };
  return {
    calls,
    bucket: {
      ...bucket,
      describe: told('describe', bucket.describe),
      create: told('create', bucket.create),
      replace: told('replace', bucket.replace),
      read: told('read', bucket.read),
      list: told('list', bucket.list),
      remove: told('remove', bucket.remove),
    },
  };
}

describe('what a writer does for collections', () => {
  test('the first file of a process costs three looks at what concerns all of them, the next ones nothing', async () => {
    const { bucket, calls } = counted(openMemoryBucket());
    const store = openBucketStore(bucket);
    await store.put(bytesSource(seededBytes(1, 100)));
    calls.length = 0;
    const second = openBucketStore(bucket);
    await second.put(bytesSource(seededBytes(2, 100)));
    expect(calls.map((call) => call.slice(0, 12))).toEqual([
      'describe reg',
      'read collect',
      'list compres',
      'create sha25',
    ]);
    calls.length = 0;
    await second.put(bytesSource(seededBytes(3, 100)));
    expect(calls).toHaveLength(1);
  });

  test('a young file needs no pin, an old one gets one that stays', async () => {
    let nowMs = Date.parse('2026-01-01T00:00:00Z');
    const memory = openMemoryBucket('test', () => new Date(nowMs));
    const time = { monotonicMs: () => nowMs, now: () => new Date(nowMs), pause: async () => {} };
    const store = openBucketStore(memory, { time });
    const { digest } = await store.put(bytesSource(seededBytes(1, 100)));
    await store.keep(digest);
    expect(memory.keys()).toEqual([ownersKey, objectKey(digest)]);
    nowMs += 2 * dayMs;
    await store.keep(digest);
    expect(memory.keys().filter((key) => key.startsWith('pins/'))).toHaveLength(1);
  });

  test('what is not there cannot be kept', async () => {
    const store = openBucketStore(openMemoryBucket());
    await expectCode(store.keep(`sha256:${'0'.repeat(64)}`), 'store/missing');
  });

  test.each([
    ['nothing', ''],
    ['a part of it', '{"grace_ms":0,"id":"one","keys":['],
  ])('of a document of which %s is left nobody takes anything, until no collection can run by it', async (_, left) => {
    let nowMs = Date.parse('2026-01-01T00:00:00Z');
    const memory = openMemoryBucket('test', () => new Date(nowMs));
    const store = openBucketStore(memory);
    const { digest } = await store.put(bytesSource(seededBytes(1, 100)));
    await store.collector?.claim('ours');
    await memory.replace(condemnedKey, utf8(left), null);
    const request = { live: async () => new Set([digest]), owner: 'ours', unregisteredMs: dayMs, graceMs: 0 };
    const collect = async (dryRun: boolean) => {
      return openBucketStore(memory).collector?.collect({ ...request, dryRun, now: new Date(nowMs) });
    };
    const put = () => openBucketStore(memory).put(bytesSource(seededBytes(2, 100)));
    nowMs += usualLeaseMs - 1;
    await expectCode(put(), 'store/control-malformed');
    await expectCode(collect(false), 'store/control-malformed');
    expect(Buffer.from((await memory.read(condemnedKey))?.bytes ?? []).toString()).toBe(left);
    nowMs += 1;
    await expectCode(collect(true), 'store/control-malformed');
    expect((await put()).outcome).toBe('stored');
    const mended = parseCondemned((await memory.read(condemnedKey))?.bytes ?? new Uint8Array(0));
    expect(mended).toMatchObject({ phase: 'done', keys: [] });
    expect(await collect(false)).toMatchObject({ phase: 'nothing' });
  });

  test('a document of a later release is replaced by nobody', async () => {
    let nowMs = Date.parse('2026-01-01T00:00:00Z');
    const memory = openMemoryBucket('test', () => new Date(nowMs));
    const later = utf8('{"list":[],"version":2}');
    await memory.replace(condemnedKey, later, null);
    nowMs += 40 * dayMs;
    await expectCode(openBucketStore(memory).put(bytesSource(seededBytes(1, 100))), 'store/control-malformed');
    expect((await memory.read(condemnedKey))?.bytes).toEqual(later);
  });

  test('a collection that deletes by a document that was damaged under it removes nothing any more', async () => {
    let nowMs = Date.parse('2026-01-01T00:00:00Z');
    const memory = openMemoryBucket('test', () => new Date(nowMs));
    const options = { collector: { monotonicMs: () => nowMs } };
    await openBucketStore(memory).put(bytesSource(seededBytes(1, 100)));
    await openBucketStore(memory).collector?.claim('ours');
    const request = { owner: 'ours', unregisteredMs: dayMs, graceMs: 0, dryRun: false };
    const collect = async (bucket: Bucket) => {
      const { collector } = openBucketStore(bucket, options);
      return collector?.collect({ ...request, now: new Date(nowMs), live: async () => new Set() });
    };
    nowMs += 40 * dayMs;
    await collect(memory);
    const before = memory.keys().filter((key) => key.startsWith('sha256/'));
    let isSpoiled = false;
    const spoiled: Bucket = {
      ...memory,
      async *list(prefix) {
        // Under its lease it looks at everything: the power fails, and comes back after the lease.
        if (prefix === 'recipes/' && !isSpoiled) {
          isSpoiled = true;
          await memory.replace(condemnedKey, utf8(''), (await memory.describe(condemnedKey))?.revision ?? null);
          nowMs += usualLeaseMs;
          await openBucketStore(memory).put(bytesSource(seededBytes(2, 100)));
        }
        yield* memory.list(prefix);
      },
    };
    expect(await collect(spoiled)).toMatchObject({ phase: 'deleting', objects: [] });
    expect(isSpoiled).toBe(true);
    for (const key of before) expect(memory.keys()).toContain(key);
  });

  test('a store in use without a note of owners gets none by being written to', async () => {
    const memory = openMemoryBucket();
    const { digest } = await openBucketStore(memory).put(bytesSource(seededBytes(1, 100)));
    await memory.remove(ownersKey);
    const store = openBucketStore(memory);
    await store.put(bytesSource(seededBytes(2, 100)));
    await store.collector?.own('ours');
    expect(memory.keys()).not.toContain(ownersKey);
    expect(memory.keys()).toContain(objectKey(digest));
  });

  test('a removal that arrives late hits nothing that was stored again meanwhile', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const memory = openMemoryBucket('test', () => now);
    const bytes = seededBytes(1, 100);
    const first = openBucketStore(memory);
    const { digest } = await first.put(bytesSource(bytes));
    await first.collector?.own('ours');
    let arrived = 0;
    const late: Bucket = {
      ...memory,
      async remove(key, condition) {
        // Another collection was faster, and somebody stored the bytes again.
        if (key === objectKey(digest) && arrived++ === 0) {
          await memory.remove(key);
          await memory.create(key, [bytes], { sha256: sha256(bytes) });
        }
        return memory.remove(key, condition);
      },
    };
    now = new Date('2026-03-01T00:00:00Z');
    const request = { owner: 'ours', unregisteredMs: dayMs, graceMs: 0, dryRun: false, now };
    const collect = async () => openBucketStore(late).collector?.collect({ ...request, live: async () => new Set() });
    expect((await collect())?.phase).toBe('condemned');
    expect(await collect()).toMatchObject({ phase: 'deleted', objects: [] });
    expect(arrived).toBe(1);
    expect(Buffer.from((await memory.read(objectKey(digest)))?.bytes ?? [])).toEqual(Buffer.from(bytes));
  });

  test('a recipe of a later release stops a collection, though nothing registered names it, and stays', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const memory = openMemoryBucket('test', () => now);
    const store = openBucketStore(memory);
    const { digest } = await store.put(bytesSource(seededBytes(1, 300_000)));
    await store.collector?.claim('ours');
    const key = recipeKey(digest);
    const later = utf8('{"parts":[],"version":3}');
    await memory.replace(key, later, (await memory.describe(key))?.revision ?? null);
    // Old enough that its age keeps nothing: a pin does.
    now = new Date('2026-03-01T00:00:00Z');
    await memory.create(pinKey(digest, 'a'), [utf8('{}')], { sha256: sha256(utf8('{}')) });
    const request = { owner: 'ours', unregisteredMs: dayMs, graceMs: 0, dryRun: false, now };
    const collecting = store.collector?.collect({ ...request, live: async () => new Set() });
    await expectCode(collecting ?? Promise.resolve(), 'store/recipe-newer');
    await expectCode(store.put(bytesSource(seededBytes(1, 300_000))), 'store/recipe-newer');
    expect((await memory.read(key))?.bytes).toEqual(later);
  });

  test('a live recipe that cannot be read stops a collection before anything is condemned', async () => {
    const old = openMemoryBucket('test', () => new Date('2026-01-01T00:00:00Z'));
    const store = openBucketStore(old);
    const tensors = ['a', 'b'].map((name, seed) => {
      return { name, dtype: 'U8' as const, shape: [70_000], bytes: seededBytes(seed + 1, 70_000) };
    });
    const { digest } = await store.put(bytesSource(writeSafetensors({ tensors })));
    await store.collector?.claim('ours');
    const recipe = old.keys().find((key) => key.startsWith('recipes/')) ?? '';
    old.damage(recipe);
    const request = { owner: 'ours', unregisteredMs: dayMs, graceMs: 0, dryRun: true, now: new Date('2027-01-01') };
    const collecting = store.collector?.collect({ ...request, live: async () => new Set([digest]) });
    await expectCode(collecting ?? Promise.resolve(), 'store/recipe-malformed');
  });
});
