import { seededBytes } from '@weighbridge/testkit';
import { afterEach, expect, test } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository, weights } from '../scenarios/governed-repository.js';
import { age, filesBelow, killAll, startProcess } from './killed-process.js';

/** Rounds in which a process that gives up bytes is killed; a patient person may ask for more. */
const rounds = Number(process.env['WEIGHBRIDGE_RETENTION_KILLS'] ?? 3);
const maxDelayMs = 4000;

let repository: GovernedRepository | null = null;
afterEach(async () => {
  await killAll();
  await repository?.dispose();
});

/** Makes what is stored old, and the lease of whoever was killed one that is over. */
const ageStore = (root: string) => age(root, ['sha256', 'recipes', 'pins', 'collection']);

test(`killed at any moment, ${rounds} times: what keeps its bytes has them, and the rest goes once`, async () => {
  repository = await makeGovernedRepository({
    policy: 'retention:\n  grace: 0s\n  keep_versions: 1\n  archived: { development: 0s }\n',
  });
  const { run, store, root, write, commit } = repository;
  const delays = seededBytes(91, rounds);
  await run('register');
  for (let round = 0; round < rounds; round++) {
    await write(`${folder}/model.safetensors`, weights(round + 2));
    commit(`Retrain ${round}`);
    await run('register');
    await run('promote', { model: `fraud@1.0.${round}`, to: 'archived' });
    await ageStore(store);
    await startProcess('retention-process.mjs', [root]).killAfter(((delays[round] ?? 0) / 255) * maxDelayMs);
    expect((await run('store verify')).json).toMatchObject({ verified: true });
  }
  for (let turn = 0; turn < 5; turn++) {
    await ageStore(store);
    await run('store collect');
  }
  const last = (await run('store collect')).json as { readonly phase: string };
  expect(last.phase).toBe('nothing');
  expect(await filesBelow(store, 'sha256')).toHaveLength(1);
  const log = (await run('audit log')).text;
  for (let round = 0; round < rounds; round++)
    expect(
      log.split('\n').filter((line) => line.includes('bytes-released') && line.includes(`1.0.${round} `)),
    ).toHaveLength(1);
  expect((await run('audit verify')).exitCode).toBe(0);
  expect((await run('store verify')).json).toMatchObject({ verified: true });
}, 3_600_000);
