import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bytesSource, seededBytes } from '@weighbridge/testkit';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFolderStore } from './folder-store.js';
import { hashFile } from './hash-file.js';

const writers = 20;
const kills = 50;
const objectBytes = 1_500_000;
const maxDelayMs = 250;

/** Waits for a word of its parent, then stores `count` objects whose bytes follow from their seeds. */
const writerProgram = `
import { openFolderStore } from './stores.mjs';
const [root, firstSeed, count, sizeBytes] = process.argv.slice(2).map((text, index) => index === 0 ? text : Number(text));
const store = openFolderStore(root);
process.once('message', async () => {
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const bytes = new Uint8Array(sizeBytes).fill(seed % 251);
    new DataView(bytes.buffer).setUint32(0, seed);
    const source = { name: 'seed ' + seed, sizeBytes, read: async (offset, length) => bytes.slice(offset, offset + length) };
    process.send(await store.put(source));
  }
  process.disconnect();
});
process.send('ready');
`;

describe('folder store among processes', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weighbridge-crash-'));
    await bundleStores(folder);
    await writeFile(join(folder, 'writer.mjs'), writerProgram);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test(`${writers} processes store the same bytes at once`, async () => {
    const root = join(folder, 'shared');
    const children = Array.from({ length: writers }, () => startWriter(root, { firstSeed: 7, count: 1 }));
    await Promise.all(children.map((child) => once(child, 'message')));
    const receipts = children.map((child) => once(child, 'message'));
    for (const child of children) child.send('go');
    const outcomes = (await Promise.all(receipts)).map(([receipt]) => receipt as { digest: string; outcome: string });
    await Promise.all(children.map((child) => ended(child)));
    expect(new Set(outcomes.map(({ digest }) => digest)).size).toBe(1);
    // One sends the bytes and another may be faster with the recipe: both stored something.
    const stored = outcomes.filter(({ outcome }) => outcome === 'stored').length;
    expect([1, 2]).toContain(stored);
    expect(await objectsOf(root)).toHaveLength(1);
    expect(await damagedObjects(root)).toEqual([]);
    expect(await readdir(join(root, 'tmp'))).toEqual([]);
  });

  test(`${kills} writers killed in the middle`, async () => {
    const root = join(folder, 'killed');
    const delays = seededBytes(50, kills);
    let leftBehind = 0;
    for (let run = 0; run < kills; run++) {
      const child = startWriter(root, { firstSeed: run * 1000, count: 1000 });
      await once(child, 'message');
      child.send('go');
      await sleep(((delays[run] ?? 0) / 255) * maxDelayMs);
      child.kill('SIGKILL');
      await ended(child);
      leftBehind = (await readdir(join(root, 'tmp')).catch(() => [])).length;
    }
    // The test has force only if kills did fall in the middle of writes and between them.
    expect(leftBehind).toBeGreaterThan(0);
    expect((await objectsOf(root)).length).toBeGreaterThan(0);
    expect(await damagedObjects(root)).toEqual([]);

    const again = startWriter(root, { firstSeed: 0, count: 3 });
    await once(again, 'message');
    const receipts: { outcome: string }[] = [];
    again.on('message', (receipt) => receipts.push(receipt as { outcome: string }));
    again.send('go');
    await ended(again);
    expect(receipts).toHaveLength(3);
    expect(await damagedObjects(root)).toEqual([]);

    // What the dead left behind goes when it is old enough, and the objects stay.
    const objects = await objectsOf(root);
    const sweeper = openFolderStore(root, { staleAfterMs: 0 });
    await sweeper.put(bytesSource(seededBytes(1, 10)));
    expect(await readdir(join(root, 'tmp'))).toEqual([]);
    expect((await objectsOf(root)).length).toBe(objects.length + 1);
  }, 120_000);

  function startWriter(root: string, { firstSeed, count }: { firstSeed: number; count: number }): ChildProcess {
    const values = [root, firstSeed, count, objectBytes].map(String);
    return fork(join(folder, 'writer.mjs'), values, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }
});

/** One plain module of this package, so that a child process needs neither a build nor a loader of TypeScript. */
async function bundleStores(folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, resolve: { conditions: ['weighbridge-source', 'node', 'import', 'default'] } },
    build: {
      ssr: join(import.meta.dirname, 'index.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'stores.mjs' } },
    },
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function objectsOf(root: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, 'sha256'), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function damagedObjects(root: string): Promise<readonly string[]> {
  const damaged: string[] = [];
  for (const path of await objectsOf(root)) {
    const { digest } = await hashFile(path);
    if (join(root, 'sha256', digest.slice(7, 9), digest.slice(9)) !== path) damaged.push(path);
  }
  return damaged;
}
