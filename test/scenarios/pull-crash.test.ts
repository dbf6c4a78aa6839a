import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seededBytes, writeSafetensors } from '@weighbridge/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  manifest,
} from './governed-repository.js';

const runner = fileURLToPath(new URL('pull-runner.mjs', import.meta.url));
const mebibyte = 1024 * 1024;
const kills = 10;

/** Three files of 24 MiB: several are on their way at once. */
const names = ['a.safetensors', 'b.safetensors', 'c.safetensors'] as const;
const bytesOf = (name: string) =>
  writeSafetensors({
    tensors: [0, 1, 2].map((tensor) => ({
      name: `t${tensor}`,
      dtype: 'U8',
      shape: [8 * mebibyte],
      bytes: seededBytes(name.charCodeAt(0) * 10 + tensor, 8 * mebibyte),
    })),
  });

let repository: GovernedRepository;
let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-pull-'));
  repository = await makeGovernedRepository();
  await repository.write('.gitignore', '*.safetensors\n');
  await repository.write(`${folder}/model.yaml`, manifest.replace('[model.safetensors]', '[out/]'));
  for (const name of names) await repository.write(`${folder}/out/${name}`, bytesOf(name));
  await repository.run('store push');
  repository.commit('A model of three files');
  await repository.run('register');
}, 120_000);
afterAll(async () => {
  await repository.dispose();
  await rm(scratch, { recursive: true, force: true });
});

/** What the process told, or null when it was killed. */
function pull(into: string, killAfterMs: number | 'never'): { outcomes: string[]; elapsedMs: number } | null {
  const words = [runner, repository.root, 'fraud', '1.0.0', into, String(killAfterMs)];
  const child = spawnSync(process.execPath, words, { encoding: 'utf8', env: localEnvironment() });
  if (child.signal === 'SIGKILL') return null;
  if (child.status !== 0) throw new Error(`pull failed: ${child.stderr}`);
  return JSON.parse(child.stdout) as { outcomes: string[]; elapsedMs: number };
}

it(`a pull that is killed shows no file that is not whole, and the next one ends it (${kills} moments)`, async () => {
  const elapsedMs = pull(join(scratch, 'measured'), 'never')?.elapsedMs ?? 0;
  const chance = seededBytes(5, kills);
  const into = join(scratch, 'killed');
  let killed = 0;
  for (let run = 0; run < kills; run++) {
    if (run % 3 === 2) await rm(into, { recursive: true, force: true });
    if (pull(into, ((chance[run] ?? 0) / 256) * elapsedMs) === null) killed += 1;
    const visible = (await readdir(into).catch(() => [])).filter((name) => !name.endsWith('.partial'));
    for (const name of visible) expect((await readFile(join(into, name))).equals(bytesOf(name))).toBe(true);
  }
  expect(killed).toBeGreaterThan(2);
  expect(pull(into, 'never')?.outcomes).toHaveLength(names.length);
  expect((await readdir(into)).sort()).toEqual([...names]);
  for (const name of names) expect((await readFile(join(into, name))).equals(bytesOf(name))).toBe(true);
  expect(pull(into, 'never')?.outcomes).toEqual(['present', 'present', 'present']);
}, 300_000);
