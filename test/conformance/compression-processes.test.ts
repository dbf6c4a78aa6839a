import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Digest } from '@weighbridge/core';
import { arrangeObjects, openFolderBucket, openFolderStore } from '@weighbridge/stores';
import { seededBytes } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';

const program = fileURLToPath(new URL('compression-process.mjs', import.meta.url));
/** Rounds in which every process is killed at a moment of its own; a patient person may ask for more. */
const rounds = Number(process.env['WEIGHBRIDGE_COMPRESSION_KILLS'] ?? 12);
const maxDelayMs = 1500;
/** The lease of compression-process.mjs. */
const leaseOfProcessMs = 1500;

let folder: string;
let root: string;
let children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weighbridge-compression-'));
  root = join(folder, 'store');
  await writeFile(join(folder, 'registered'), '');
});
afterEach(async () => {
  for (const child of children) await kill(child);
  children = [];
  await rm(folder, { recursive: true, force: true });
});

function start(task: 'register' | 'arrange' | 'collect', seed: number, count: number) {
  const child = spawn(process.execPath, [program, root, task, String(seed), String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return {
    child,
    begun: once(child.stdout, 'data'),
    ended: once(child, 'close').then(([code]: unknown[]) => code),
    said: () => said,
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'close');
}

/** Makes what is there old, as if nobody had touched it for months. */
async function age(): Promise<void> {
  const old = new Date(Date.now() - 90 * 86_400_000);
  for (const part of ['sha256', 'recipes', 'pins', 'compressed']) {
    const entries = await readdir(join(root, part), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      // It may be removed meanwhile.
      await utimes(join(entry.parentPath, entry.name), old, old).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code !== 'ENOENT') throw cause;
      });
    }
  }
}

const registered = async () =>
  [...new Set((await readFile(join(folder, 'registered'), 'utf8')).split('\n').filter(Boolean))] as readonly Digest[];

async function expectNothingLost(): Promise<void> {
  const store = openFolderStore(root);
  for (const digest of await registered()) await store.verify(digest);
}

test(`killed at any moment, ${rounds} times, while others register and collect: nothing is lost`, async () => {
  expect(await start('register', 0, 8).ended).toBe(0);
  await openFolderStore(root).collector?.claim('processes');
  const delays = seededBytes(78, rounds * 4);
  let said = '';
  for (let round = 0; round < rounds; round++) {
    await age();
    const running = [
      start('arrange', round, 1000),
      start('arrange', round + 1, 1000),
      start('register', round, 1000),
      start('collect', 0, 1000),
    ];
    await Promise.all(
      running.map(async ({ child, begun }, index) => {
        await begun;
        await sleep(((delays[round * 4 + index] ?? 0) / 255) * maxDelayMs);
        await age();
        await kill(child);
      }),
    );
    said += running.map((each) => each.said()).join('');
    await expectNothingLost();
  }
  // The test has force only where something went both ways.
  expect(said).toContain('compressed true');
  expect(said).toContain('expanded true');

  await sleep(leaseOfProcessMs);
  await age();
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
