import { watch } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolderStore } from '@weighbridge/stores';
import { digestOf, seededBytes, writeSafetensors } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository } from '../scenarios/governed-repository.js';
import { age, filesBelow, killAll } from './killed-process.js';
import { killTiering, type TieredScene } from './killed-tiering.js';
import { packProgram } from './packed-program.js';

const tensorBytes = 200 * 1024;
const tensors = 12;
/** Repositories at once, each with a store of its own. */
const lanes = 4;
/** Runs that are killed in each: 200 in all; a patient person may ask for more. */
const kills = Number(process.env['WEIGHBRIDGE_TIER_KILLS'] ?? 50);

const model = modelOf();
const digest = digestOf(model);

let repositories: GovernedRepository[];
let scratch: string;
beforeEach(async () => {
  repositories = [];
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-tiers-'));
});
afterEach(async () => {
  await killAll();
  for (const repository of repositories) await repository.dispose();
  await rm(scratch, { recursive: true, force: true });
});

/** Noise but for the exponents. */
function modelOf(): Uint8Array {
  const bytes = (seed: number) =>
    seededBytes(seed, tensorBytes).map((byte, index) => (index % 4 === 3 ? 0x3c + (byte & 1) : byte));
  const tensor = (index: number) => ({
    name: `own.${index}`,
    dtype: 'F32' as const,
    shape: [tensorBytes / 4],
    bytes: bytes(100 + index),
  });
  return writeSafetensors({ tensors: Array.from({ length: tensors }, (_, index) => tensor(index)) });
}

async function openArchived(): Promise<GovernedRepository> {
  const repository = await makeGovernedRepository({ policy: 'tiers: { cold: { archived: 0s, compress: true } }\n' });
  repositories.push(repository);
  await repository.write(`${folder}/model.safetensors`, model);
  repository.commit('Train');
  await repository.run('register');
  await repository.run('promote', { model: 'fraud@1.0.0', to: 'archived' });
  return repository;
}

function sceneOf({ root, store, read, write, commit }: GovernedRepository): TieredScene {
  const isLarge = (counted: number) => counted >= tensors;
  const count = async (part: string) => (await filesBelow(store, part)).length;
  let isToCompress = true;
  return {
    root,
    // Whatever is written goes through there.
    onStep(told) {
      const watcher = watch(join(store, 'tmp'), told);
      return () => watcher.close();
    },
    // So that plain forms may go, and whoever was killed holds neither a lease nor a lock.
    prepare: () => age(store, ['sha256', 'compressed', 'recipes', 'collection', 'tmp']),
    async expectNothingLost() {
      await openFolderStore(store).verify(digest);
      const [plain, compressed] = [await count('sha256'), await count('compressed')];
      return isLarge(plain) ? compressed > 0 : isLarge(compressed) && plain > 0;
    },
    async expectDone() {
      await openFolderStore(store).verify(digest);
      const [plain, compressed] = [await count('sha256'), await count('compressed')];
      expect(isToCompress ? [isLarge(compressed), plain] : [isLarge(plain), compressed]).toEqual([true, 0]);
    },
    async turn() {
      isToCompress = !isToCompress;
      const policy = await read('weighbridge.yaml');
      await write('weighbridge.yaml', policy.replace(/compress: \w+/, `compress: ${isToCompress}`));
      commit(isToCompress ? 'What is archived is compressed' : 'Nothing is compressed any more');
    },
  };
}

test(`compressing and expanding, killed at ${lanes * kills} moments: a later run completes it and nothing is lost`, async () => {
  const archived = await Promise.all(Array.from({ length: lanes }, openArchived));
  const program = await packProgram('tier-process.mjs', scratch);
  const done = await Promise.all(
    archived.map((each, lane) => killTiering(sceneOf(each), { program, kills, seed: 7 + lane })),
  );
  for (const [lane, { killed, halfway, completed }] of done.entries()) {
    expect(killed).toBe(kills);
    // The test has force only where runs were broken off in the midst of it, and others went on from there.
    expect(halfway).toBeGreaterThan(kills / 10);
    expect(completed).toBeGreaterThan(1);
    const repository = archived[lane] ?? expect.fail('each lane has a repository');
    expect((await repository.run('store verify')).json).toMatchObject({ verified: true });
    const into = join(scratch, String(lane));
    expect((await repository.run('pull', { model: 'fraud@1.0.0', into })).exitCode).toBe(0);
    const name = (await readdir(into, { recursive: true })).find((each) => each.endsWith('model.safetensors'));
    expect(Buffer.compare(await readFile(join(into, name ?? '')), model)).toBe(0);
  }
}, 900_000);
