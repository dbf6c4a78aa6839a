import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Digest } from '@weighbridge/core';
import { arrangeObjects, openFolderBucket, openFolderStore } from '@weighbridge/stores';
import { seededBytes } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { age, killAll, startProcess } from './killed-process.js';

/** Stores at once, since most of a round is waiting. */
const stores = 2;
/** Processes that compress and expand in each, each killed once a round at a moment of its own: 204 moments in all. */
const arrangers = 3;
/** A patient person may ask for more. */
const rounds = Number(process.env['WEIGHBRIDGE_COMPRESSION_KILLS'] ?? 34);
/** In one round of so many, others register and collect meanwhile, and are killed, too. */
const roundsForOthers = 3;
/** Runs that bring a store into one form after everybody was killed. */
const maxRuns = 10;
/** The lease of compression-process.mjs. */
const leaseOfProcessMs = 1500;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weighbridge-compression-'));
});
afterEach(async () => {
  await killAll();
  await rm(folder, { recursive: true, force: true });
});

type Task = 'register' | 'arrange' | 'collect';

/** A store of its own with what is registered in it. */
async function openScene(name: string) {
  const root = join(folder, name, 'store');
  const list = join(folder, name, 'registered');
  await mkdir(join(folder, name));
  await writeFile(list, '');
  const registered = async () =>
    [...new Set((await readFile(list, 'utf8')).split('\n').filter(Boolean))] as readonly Digest[];
  return {
    root,
    registered,
    start: (task: Task, seed: number, count: number) =>
      startProcess('compression-process.mjs', [root, task, String(seed), String(count)]),
    ageStore: () => age(root, ['sha256', 'recipes', 'pins', 'compressed']),
    /** For when nobody runs: the lease of whoever was killed is over, so that the next round removes again. */
    endLease: () => age(root, ['collection']),
    async expectNothingLost() {
      const store = openFolderStore(root);
      for (const digest of await registered()) await store.verify(digest);
    },
  };
}

type Scene = Awaited<ReturnType<typeof openScene>>;

/** How long this machine takes, as busy as it is, from the first word of a process to objects that went both ways. */
async function measureTurn({ start, ageStore }: Scene): Promise<number> {
  await ageStore();
  const run = start('arrange', 0, 2);
  await run.begun;
  const beganMs = performance.now();
  expect((await run.ended).code).toBe(0);
  expect(run.said()).toMatch(/compressed true[^]*expanded true/);
  return performance.now() - beganMs;
}

async function killMany(scene: Scene, seed: number): Promise<{ readonly said: string; readonly killed: number }> {
  const { start, ageStore, endLease, expectNothingLost } = scene;
  const delays = seededBytes(seed, rounds * (arrangers + 2));
  let said = '';
  let killed = 0;
  let turnMs = 0;
  for (let round = 0; round < rounds; round++) {
    await ageStore();
    await endLease();
    if (round === 0) turnMs = await measureTurn(scene);
    const arranging = Array.from({ length: arrangers }, (_, index) => start('arrange', round + index, 1000));
    const hasOthers = round % roundsForOthers === 0;
    const others = hasOthers ? [start('register', round, 1000), start('collect', 0, 1000)] : [];
    const wereRunning = await Promise.all(
      [...arranging, ...others].map(async (each, index) => {
        await each.begun;
        await sleep(((delays[round * (arrangers + 2) + index] ?? 0) / 255) * 2 * turnMs);
        await ageStore();
        return each.kill();
      }),
    );
    killed += wereRunning.slice(0, arrangers).filter(Boolean).length;
    said += arranging.map((each) => each.said()).join('');
    await expectNothingLost();
  }
  return { said, killed };
}

/** Later runs bring everything into one form, and back. */
async function expectArranged(scene: Scene): Promise<void> {
  const { registered, ageStore, expectNothingLost } = scene;
  await ageStore();
  expect((await arrangeAll(scene, { compressed: await registered(), plain: [] })).damaged).toEqual([]);
  await expectNothingLost();
  await arrangeAll(scene, { compressed: [], plain: await registered() });
  const left = await readdir(join(scene.root, 'compressed'), { recursive: true, withFileTypes: true });
  expect(left.filter((entry) => entry.isFile())).toEqual([]);
  await expectNothingLost();
}

/** Runs as often as a store needs where others were killed: what one leaves waiting, a later one does. */
async function arrangeAll(
  { root, endLease }: Scene,
  wanted: { readonly compressed: readonly Digest[]; readonly plain: readonly Digest[] },
) {
  const given = { ...wanted, unregisteredMs: 2 * 86_400_000, means: { leaseMs: 100 } };
  let outcome = await arrangeObjects(openFolderBucket(root), given);
  for (let run = 1; outcome.waiting > 0 && run < maxRuns; run++) {
    await sleep(200);
    await endLease();
    outcome = await arrangeObjects(openFolderBucket(root), given);
  }
  expect(outcome.waiting).toBe(0);
  return outcome;
}

test(`killed at ${stores * arrangers * rounds} moments while others register and collect: nothing is lost`, async () => {
  const scenes = await Promise.all(Array.from({ length: stores }, (_, index) => openScene(`scene-${index}`)));
  for (const { root, start } of scenes) {
    expect((await start('register', 0, 8).ended).code).toBe(0);
    await openFolderStore(root).collector?.claim('processes');
  }
  const done = await Promise.all(scenes.map((scene, index) => killMany(scene, 78 + index)));
  // The test has force only where something went both ways, and where what was killed was running.
  for (const { said, killed } of done) {
    expect(said).toContain('compressed true');
    expect(said).toContain('expanded true');
    expect(killed).toBe(arrangers * rounds);
  }
  await sleep(leaseOfProcessMs);
  for (const scene of scenes) await expectArranged(scene);
}, 1_800_000);
