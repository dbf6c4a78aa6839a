import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Digest } from '@weighbridge/core';
import { condemnedKey } from '@weighbridge/storage';
import { type FolderStore, openFolderStore } from '@weighbridge/stores';
import { bytesSource, seededBytes, writeSafetensors } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { age, filesBelow, killAll, startProcess } from './killed-process.js';

const writers = 20;
const filesOfWriter = 4;
/** What is killed in each round, at a moment of its own: 200 moments in all; a patient person may ask for more. */
const killed = ['collect', 'register', 'register', 'pull'] as const;
const rounds = Number(process.env['WEIGHBRIDGE_COLLECTION_KILLS'] ?? 50);
const maxDelayMs = 1500;
const tensorBytes = 70 * 1024;
const owner = 'processes';
/** For so long a collector that was killed while it deleted is left alone: the lease of collection-process.mjs. */
const leaseOfProcessMs = 1500;
/** A machine that is busy is late; one that waits for more than so many leases waits for something else. */
const leasesUntilLate = 8;

let folder: string;
let root: string;
let store: FolderStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weighbridge-collection-'));
  root = join(folder, 'store');
  store = openFolderStore(root, { collector: { leaseMs: 100 } });
  await writeFile(join(folder, 'registered'), '');
});
afterEach(async () => {
  await killAll();
  await rm(folder, { recursive: true, force: true });
});

const start = (task: 'register' | 'collect' | 'hold' | 'pull', seed: number, count: number) =>
  startProcess('collection-process.mjs', [root, task, String(seed), String(count)]);

const ageStore = () => age(root, ['sha256', 'recipes', 'pins']);

function litterOf(number: number): Uint8Array {
  const tensor = (name: string, from: number) => ({
    name,
    dtype: 'U8' as const,
    shape: [tensorBytes],
    bytes: seededBytes(from, tensorBytes),
  });
  return writeSafetensors({ tensors: [tensor('a', 1 + number), tensor('z', 100 + number)] });
}

/** Old files that nobody registered, with the tensors that the writers are about to use. */
async function litter(): Promise<void> {
  for (let number = 0; number < 6; number++) await store.put(bytesSource(litterOf(number), 'old'));
  await ageStore();
}

const registered = async () =>
  new Set((await readFile(join(folder, 'registered'), 'utf8')).split('\n').filter(Boolean)) as ReadonlySet<Digest>;

async function expectNothingLost(): Promise<void> {
  for (const digest of await registered()) await store.verify(digest);
}

/** What was pulled stands under its name whole, or not at all. */
async function expectWholePulls(): Promise<void> {
  for (const name of await readdir(join(folder, 'pulled')).catch(() => [])) {
    if (name.endsWith('.partial')) continue;
    const bytes = await readFile(join(folder, 'pulled', name));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(name);
  }
}

/** Everything old: collections end, and what stays is what is registered. */
async function expectNothingOrphaned(): Promise<void> {
  await sleep(leaseOfProcessMs);
  for (let run = 0; run < 4; run++) {
    await ageStore();
    await sleep(150);
    const collected = { live: registered, owner, unregisteredMs: 2 * 86_400_000, graceMs: 0 };
    await store.collector?.collect({ ...collected, dryRun: false, now: new Date() });
  }
  await ageStore();
  const last = { live: registered, owner, unregisteredMs: 2 * 86_400_000, graceMs: 0, dryRun: true, now: new Date() };
  expect(await store.collector?.collect(last)).toMatchObject({ phase: 'nothing', objects: [] });
  expect(await readdir(join(root, 'pins')).catch(() => [])).toEqual([]);
}

test(`${writers} processes register files that share tensors while others collect`, async () => {
  await litter();
  await store.collector?.claim(owner);
  const collectors = [start('collect', 0, 60), start('collect', 1, 60)];
  const registering = Array.from({ length: writers }, (_, seed) => start('register', seed, filesOfWriter));
  for (const { ended } of registering) expect((await ended).code).toBe(0);
  const said = await Promise.all(collectors.map(({ ended }) => ended));
  expect(said.map(({ code }) => code)).toEqual([0, 0]);
  // The test has force only where something was condemned and deleted among the writers.
  expect(said.map((each) => each.said).join('')).toContain('deleted');
  expect((await registered()).size).toBeGreaterThan(3);
  await expectNothingLost();
  await expectNothingOrphaned();
  await expectNothingLost();
}, 300_000);

test('who is killed while deleting holds up others until its lease is over, and no longer', async () => {
  await litter();
  await store.collector?.claim(owner);
  const collected = { live: registered, owner, unregisteredMs: 2 * 86_400_000, graceMs: 0, dryRun: false };
  const collect = () => store.collector?.collect({ ...collected, now: new Date() });
  expect(await collect()).toMatchObject({ phase: 'condemned' });
  const before = await filesBelow(root, 'sha256');
  const deleting = start('hold', 0, 1);
  await deleting.hasSaid('holds');
  expect(await deleting.kill()).toBe(true);
  const heldSinceMs = (await stat(join(root, condemnedKey))).mtimeMs;
  const heldMs = () => Date.now() - heldSinceMs;

  // The writer names what is condemned, and cannot know whether it is being removed.
  let writtenMs = 0;
  const writing = openFolderStore(root)
    .put(bytesSource(litterOf(0), 'again'))
    .then(({ digest }) => {
      writtenMs = heldMs();
      return digest;
    });
  let phase = 'deleting';
  while (phase === 'deleting') {
    // All that was there is there while others are held up.
    if (heldMs() < leaseOfProcessMs / 2) expect(await filesBelow(root, 'sha256')).toEqual(before);
    phase = (await collect())?.phase ?? '';
    expect(heldMs()).toBeLessThan(leaseOfProcessMs * leasesUntilLate);
    await sleep(20);
  }
  expect(heldMs()).toBeGreaterThanOrEqual(leaseOfProcessMs);
  await store.verify(await writing);
  expect(writtenMs).toBeGreaterThanOrEqual(leaseOfProcessMs);
  await expectNothingOrphaned();
}, 60_000);

test(`killed at ${rounds * killed.length} moments of upload, pull and collection: nothing named is lost, and later runs leave nothing behind`, async () => {
  await litter();
  await store.collector?.claim(owner);
  const delays = seededBytes(77, rounds * killed.length);
  for (let round = 0; round < rounds; round++) {
    await litter();
    const running = killed.map((task, index) => start(task, round + 3 * index, 1000));
    await Promise.all(
      running.map((each, index) => {
        return each.killAfter(((delays[round * killed.length + index] ?? 0) / 255) * maxDelayMs);
      }),
    );
    await expectNothingLost();
    await expectWholePulls();
  }
  expect((await registered()).size).toBeGreaterThan(0);
  await expectNothingOrphaned();
  await expectNothingLost();
}, 1_800_000);
