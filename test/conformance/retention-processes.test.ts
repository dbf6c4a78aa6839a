import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seededBytes } from '@weighbridge/testkit';
import { afterEach, expect, test } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository, weights } from '../scenarios/governed-repository.js';

const program = fileURLToPath(new URL('retention-process.mjs', import.meta.url));
/** Rounds in which a process that gives up bytes is killed; a patient person may ask for more. */
const rounds = Number(process.env['WEIGHBRIDGE_RETENTION_KILLS'] ?? 3);
const maxDelayMs = 4000;

let repository: GovernedRepository | null = null;
let child: ChildProcess | null = null;
afterEach(async () => {
  if (child !== null) await kill(child);
  await repository?.dispose();
});

async function kill(running: ChildProcess): Promise<void> {
  if (running.exitCode !== null || running.signalCode !== null) return;
  running.kill('SIGKILL');
  await once(running, 'close');
}

async function filesBelow(root: string, part: string): Promise<readonly string[]> {
  const found = await readdir(join(root, part), { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Makes what is stored old, and the lease of whoever was killed one that is over. */
async function age(root: string): Promise<void> {
  const old = new Date(Date.now() - 90 * 86_400_000);
  for (const part of ['sha256', 'recipes', 'pins', 'collection'])
    for (const path of await filesBelow(root, part)) await utimes(path, old, old);
}

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
    await age(store);
    child = spawn(process.execPath, [program, root], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
    await sleep(((delays[round] ?? 0) / 255) * maxDelayMs);
    await kill(child);
    expect((await run('store verify')).json).toMatchObject({ verified: true });
  }
  for (let turn = 0; turn < 5; turn++) {
    await age(store);
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
