import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededBytes, writeSafetensors } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
} from '../scenarios/governed-repository.js';
import { age, filesBelow, killAll, startProcess } from './killed-process.js';

const tensorBytes = 600 * 1024;
const tensors = 12;
/** Rounds in which a run is killed at a moment of its own; a patient person may ask for more. */
const rounds = Number(process.env['WEIGHBRIDGE_TIER_KILLS'] ?? 20);
const maxDelayMs = 1500;

let repository: GovernedRepository;
let scratch: string;
beforeEach(async () => {
  repository = await makeGovernedRepository({ policy: 'tiers: { cold: { archived: 0s, compress: true } }\n' });
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-tiers-'));
});
afterEach(async () => {
  await killAll();
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

/** Makes what is stored old, so that its plain form may go, and the lease of whoever was killed over. */
const ageStore = () => age(repository.store, ['sha256', 'compressed', 'recipes', 'collection']);

test(`compressing and expanding, killed ${rounds} times each: a later run completes it and nothing is lost`, async () => {
  await repository.write(`${folder}/model.safetensors`, modelOf(1));
  repository.commit('Train 1');
  await repository.run('register');
  await repository.run('promote', { model: 'fraud@1.0.0', to: 'archived' });
  const delays = seededBytes(7, rounds * 2);
  let killed = 0;

  async function killMany(from: number): Promise<void> {
    for (let round = from; round < from + rounds; round++) {
      await ageStore();
      const run = startProcess('../peers/tier-process.mjs', [repository.root], localEnvironment());
      if (await run.killAfter(((delays[round] ?? 0) / 255) * maxDelayMs)) killed += 1;
      expect((await repository.run('store verify')).json).toMatchObject({ verified: true });
    }
    await ageStore();
    await repository.run('store tier');
    await ageStore();
    const arranged = { compressed: { objects: 0 }, expanded: { objects: 0 }, damaged: [], waiting: 0 };
    expect((await repository.run('store tier')).json).toMatchObject({ arranged });
  }

  await killMany(0);
  expect((await filesBelow(repository.store, 'compressed')).length).toBeGreaterThanOrEqual(tensors);
  const policy = await repository.read('weighbridge.yaml');
  await repository.write('weighbridge.yaml', policy.replace('compress: true', 'compress: false'));
  repository.commit('Nothing is compressed any more');
  await killMany(rounds);
  expect(await filesBelow(repository.store, 'compressed')).toEqual([]);
  // The test has force only where runs were broken off.
  expect(killed).toBeGreaterThan(0);

  expect((await repository.run('pull', { model: 'fraud@1.0.0', into: scratch })).exitCode).toBe(0);
  const name = (await readdir(scratch, { recursive: true })).find((each) => each.endsWith('model.safetensors'));
  expect(Buffer.compare(await readFile(join(scratch, name ?? '')), modelOf(1))).toBe(0);
}, 900_000);
