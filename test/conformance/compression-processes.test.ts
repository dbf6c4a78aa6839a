import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Digest } from '@weighbridge/core';
import { arrangeObjects, openFolderBucket, openFolderStore } from '@weighbridge/stores';
import { seededBytes } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { age, killAll, startProcess } from './killed-process.js';

/** Rounds in which every process is killed at a moment of its own; a patient person may ask for more. */
const rounds = Number(process.env['WEIGHBRIDGE_COMPRESSION_KILLS'] ?? 12);
const maxDelayMs = 1500;
/** The lease of compression-process.mjs. */
const leaseOfProcessMs = 1500;

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weighbridge-compression-'));
  root = join(folder, 'store');
  await writeFile(join(folder, 'registered'), '');
});
afterEach(async () => {
  await killAll();
  await rm(folder, { recursive: true, force: true });
});

const start = (task: 'register' | 'arrange' | 'collect', seed: number, count: number) =>
  startProcess('compression-process.mjs', [root, task, String(seed), String(count)]);

const ageStore = () => age(root, ['sha256', 'recipes', 'pins', 'compressed']);

const registered = async () =>
  [...new Set((await readFile(join(folder, 'registered'), 'utf8')).split('\n').filter(Boolean))] as readonly Digest[];

async function expectNothingLost(): Promise<void> {
  const store = openFolderStore(root);
  for (const digest of await registered()) await store.verify(digest);
}

test(`killed at any moment, ${rounds} times, while others register and collect: nothing is lost`, async () => {
  expect((await start('register', 0, 8).ended).code).toBe(0);
  await openFolderStore(root).collector?.claim('processes');
  const delays = seededBytes(78, rounds * 4);
  let said = '';
  for (let round = 0; round < rounds; round++) {
    await ageStore();
    const running = [
      start('arrange', round, 1000),
      start('arrange', round + 1, 1000),
      start('register', round, 1000),
      start('collect', 0, 1000),
    ];
    await Promise.all(
      running.map(async (each, index) => {
        await each.begun;
        await sleep(((delays[round * 4 + index] ?? 0) / 255) * maxDelayMs);
        await ageStore();
        await each.kill();
      }),
    );
    said += running.map((each) => each.said()).join('');
    await expectNothingLost();
  }
  // The test has force only where something went both ways.
  expect(said).toContain('compressed true');
  expect(said).toContain('expanded true');

  await sleep(leaseOfProcessMs);
  await ageStore();
  const bucket = openFolderBucket(root);
  const means = { leaseMs: 100 };
  const given = { unregisteredMs: 2 * 86_400_000, means };
  await arrangeObjects(bucket, { compressed: await registered(), plain: [], ...given });
  await sleep(200);
  const last = await arrangeObjects(bucket, { compressed: await registered(), plain: [], ...given });
  expect(last).toMatchObject({ damaged: [], waiting: 0 });
  await expectNothingLost();
  const back = await arrangeObjects(bucket, { compressed: [], plain: await registered(), ...given });
  expect(back.expanded.objects).toBeGreaterThan(1);
  expect(back.waiting).toBe(0);
  await expectNothingLost();
}, 600_000);
