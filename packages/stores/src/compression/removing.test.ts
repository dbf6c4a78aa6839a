import { utf8 } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { type Condemned, condemnedKey, formatCondemned, objectKey, parseCondemned } from '@weighbridge/storage';
import { digestOf, openMemoryBucket } from '@weighbridge/testkit';
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { openCollector } from '../collection/collect.js';
import { removeSuperfluous } from './removing.js';

const leaseMs = 60_000;
const dayMs = 86_400_000;
const [key, twin] = [objectKey(digestOf('plain')), objectKey(digestOf('twin'))];
const superfluous = [{ key, twin, minAgeMs: 0 }];
const waiting: Condemned = {
  id: 'one',
  turn: 4,
  phase: 'condemned',
  graceMs: 10_000,
  leaseMs: 0,
  keys: [objectKey(digestOf('nobody'))],
};

let nowMs = 0;
let bucket: Bucket;
beforeEach(async () => {
  nowMs = Date.parse('2026-01-01T00:00:00Z');
  bucket = openMemoryBucket('test', () => new Date(nowMs));
  for (const each of [key, twin, ...waiting.keys]) await create(each);
  await bucket.replace(condemnedKey, utf8(formatCondemned(waiting)), null);
  nowMs += 4000;
});

const means = { leaseMs, monotonicMs: () => nowMs };
const create = (name: string) =>
  bucket.create(name, [utf8(name)], { sha256: createHash('sha256').update(name).digest() });
const control = async () => parseCondemned((await bucket.read(condemnedKey))?.bytes ?? new Uint8Array(0));
const collect = (dryRun = false) =>
  openCollector(bucket, means).collect({
    live: async () => new Set(),
    owner: 'ours',
    unregisteredMs: 0,
    graceMs: dayMs,
    dryRun,
    now: new Date(nowMs),
  });

describe('what a collection has condemned, while twins are removed', () => {
  test('waits on for the rest of its grace', async () => {
    expect(await removeSuperfluous(bucket, superfluous, means)).toEqual([key]);
    expect(await control()).toEqual({ ...waiting, turn: 6, graceMs: 6000 });
  });

  test('waits on when a removal fails', async () => {
    const failing: Bucket = {
      ...bucket,
      remove: async () => {
        throw new Error('out of reach');
      },
    };
    await expect(removeSuperfluous(failing, superfluous, means)).rejects.toThrow('out of reach');
    expect(await control()).toMatchObject({ phase: 'condemned', graceMs: 6000, keys: waiting.keys });
  });

  /** Nothing is written any more after the first removal, not even the end of the lease. */
  async function dieRemoving(): Promise<void> {
    let isDead = false;
    const die = () => {
      isDead = true;
      throw new Error('killed');
    };
    const mortal: Bucket = {
      ...bucket,
      remove: async () => die(),
      replace: async (...given) => (isDead ? die() : bucket.replace(...given)),
    };
    await expect(removeSuperfluous(mortal, superfluous, means)).rejects.toThrow('killed');
    expect(await control()).toMatchObject({ phase: 'deleting', keys: [] });
  }

  test('outlives the death of whoever removes, and the next collection goes on with it', async () => {
    await openCollector(bucket, means).claim('ours');
    await dieRemoving();
    expect(await collect()).toMatchObject({ phase: 'deleting', objects: [] });
    nowMs += leaseMs;
    expect(await collect(true)).toMatchObject({ phase: 'waiting', objects: [{ key: waiting.keys[0] }] });
    expect(await collect()).toMatchObject({ phase: 'waiting', objects: [{ key: waiting.keys[0] }] });
    expect(await control()).toMatchObject({ phase: 'condemned', graceMs: 6000, keys: waiting.keys });
    nowMs += 6000;
    expect(await collect()).toMatchObject({ phase: 'deleted', objects: [{ key: waiting.keys[0] }] });
  });

  test('outlives it, and the next removal of twins goes on with it', async () => {
    await dieRemoving();
    expect(await removeSuperfluous(bucket, superfluous, means)).toEqual([]);
    nowMs += leaseMs;
    expect(await removeSuperfluous(bucket, superfluous, means)).toEqual([key]);
    expect(await control()).toMatchObject({ phase: 'condemned', graceMs: 6000, keys: waiting.keys });
  });
});

describe('a collection that condemns while twins are removed', () => {
  test('condemns after that', async () => {
    await openCollector(bucket, means).claim('ours');
    await bucket.remove(condemnedKey);
    let races = 0;
    const racing: Bucket = {
      ...bucket,
      async *list(prefix) {
        if (prefix === 'recipes/' && races++ === 0) await removeSuperfluous(bucket, superfluous, means);
        yield* bucket.list(prefix);
      },
    };
    const request = { live: async () => new Set<never>(), owner: 'ours', unregisteredMs: 0, graceMs: dayMs };
    const outcome = await openCollector(racing, means).collect({ ...request, dryRun: false, now: new Date(nowMs) });
    expect(outcome).toMatchObject({ phase: 'condemned', dueAt: new Date(nowMs + dayMs).toISOString() });
    expect((await control())?.keys).toContain(waiting.keys[0]);
  });
});
