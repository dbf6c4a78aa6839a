import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seededBytes, writeSafetensors } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
} from '../scenarios/governed-repository.js';

const program = fileURLToPath(new URL('../peers/tier-process.mjs', import.meta.url));
const tensorBytes = 600 * 1024;
const tensors = 12;
/** Rounds in which a run is killed at a moment of its own; a patient person may ask for more. */
const rounds = Number(process.env['WEIGHBRIDGE_TIER_KILLS'] ?? 6);
const maxDelayMs = 1500;

let repository: GovernedRepository;
let scratch: string;
beforeEach(async () => {
  repository = await makeGovernedRepository({ policy: 'tiers: { cold: { archived: 0s, compress: true } }\n' });
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-tiers-'));
});
afterEach(async () => {
  await repository.dispose();
  await rm(scratch, { recursive: true, force: true });
});

/** Noise but for the exponents. */
function modelOf(seed: number): Uint8Array {
  const bytes = (from: number) =>
    seededBytes(from, tensorBytes).map((byte, index) => (index % 4 === 3 ? 0x3c + (byte & 1) : byte));
  const tensor = (index: number) => ({
    name: `own.${index}`,
    dtype: 'F32' as const,
    shape: [tensorBytes / 4],
    bytes: bytes(seed * 100 + index),
  });
  return writeSafetensors({ tensors: Array.from({ length: tensors }, (_, index) => tensor(index)) });
}

async function pathsOf(part: string): Promise<readonly string[]> {
  const entries = await readdir(join(repository.store, part), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Makes what is stored old, so that its plain form may go, and the lease of whoever was killed over. */
async function age(): Promise<void> {
  const old = new Date(Date.now() - 90 * 86_400_000);
  for (const part of ['sha256', 'compressed', 'recipes', 'collection'])
    for (const path of await pathsOf(part)) await utimes(path, old, old);
}

/** Whether the run had ended before it was killed. */
async function killedRun(delayMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [program, repository.root], {
    env: localEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  await sleep(delayMs);
  child.kill('SIGKILL');
  const [code] = (await ended) as readonly unknown[];
  return code === 0;
}

test(`compressing and expanding, killed ${rounds} times each: a later run completes it and nothing is lost`, async () => {
  await repository.write(`${folder}/model.safetensors`, modelOf(1));
  repository.commit('Train 1');
  await repository.run('register');
  await repository.run('promote', { model: 'fraud@1.0.0', to: 'archived' });
  const delays = seededBytes(7, rounds * 2);
  let killed = 0;

  async function killMany(from: number): Promise<void> {
    for (let round = from; round < from + rounds; round++) {
      await age();
      if (!(await killedRun(((delays[round] ?? 0) / 255) * maxDelayMs))) killed += 1;
      expect((await repository.run('store verify')).json).toMatchObject({ verified: true });
    }
    await age();
    await repository.run('store tier');
    await age();
    const arranged = { compressed: { objects: 0 }, expanded: { objects: 0 }, damaged: [], waiting: 0 };
    expect((await repository.run('store tier')).json).toMatchObject({ arranged });
  }

  await killMany(0);
  expect((await pathsOf('compressed')).length).toBeGreaterThanOrEqual(tensors);
  const policy = await repository.read('weighbridge.yaml');
  await repository.write('weighbridge.yaml', policy.replace('compress: true', 'compress: false'));
  repository.commit('Nothing is compressed any more');
  await killMany(rounds);
  expect(await pathsOf('compressed')).toEqual([]);
  // The test has force only where runs were broken off.
  expect(killed).toBeGreaterThan(0);

  expect((await repository.run('pull', { model: 'fraud@1.0.0', into: scratch })).exitCode).toBe(0);
  const name = (await readdir(scratch, { recursive: true })).find((each) => each.endsWith('model.safetensors'));
  expect(Buffer.compare(await readFile(join(scratch, name ?? '')), modelOf(1))).toBe(0);
}, 300_000);
