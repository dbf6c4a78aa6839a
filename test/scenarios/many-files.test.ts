import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository, manifest } from './governed-repository.js';

/** More than the entry of a ledger can name. */
const count = 500;
let repository: GovernedRepository;
let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-many-'));
  repository = await makeGovernedRepository({ remote: true });
});
afterEach(async () => {
  await repository.dispose();
  await rm(scratch, { recursive: true, force: true });
});

/** Makes everything in the store as old as if it had been pushed months ago. */
async function ageStored(): Promise<void> {
  const old = new Date(Date.now() - 90 * 86_400_000);
  for (const entry of await readdir(repository.store, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), old, old);
}

it('a version of very many files is registered, told, pulled, verified and kept', async () => {
  await repository.write(`${folder}/model.yaml`, manifest.replace('[model.safetensors]', '[out/]'));
  for (let at = 0; at < count; at++) await repository.write(`${folder}/out/part-${at}.bin`, `part ${at}\n`);
  repository.commit('A model in very many files');
  await repository.run('register');
  const shown = (await repository.run('show', { models: 'fraud' })).json as { versions: { artifacts: unknown }[] };
  expect(shown.versions).toMatchObject([{ artifacts: { count, size: expect.any(Number) as number } }]);

  const into = join(scratch, 'into');
  const pulled = (await repository.run('pull', { model: 'fraud@1.0.0', into })).json as { files: unknown[] };
  expect(pulled.files).toHaveLength(count);
  expect(await readdir(into)).toHaveLength(count);
  expect(await readFile(join(into, 'part-499.bin'), 'utf8')).toBe('part 499\n');

  // A collection that took the entry for a version without files would condemn all of them.
  await ageStored();
  expect((await repository.run('store collect', { grace: '0s' })).json).toMatchObject({ phase: 'nothing' });
  expect((await repository.run('store verify')).json).toMatchObject({ verified: true });
  expect((await repository.run('audit verify')).exitCode).toBe(0);

  // The next version is compared with it, and shares what did not change.
  await repository.write(`${folder}/out/part-3.bin`, 'another part\n');
  repository.commit('One part changed');
  await repository.run('register');
  const next = join(scratch, 'next');
  await repository
    .run('pull', { model: 'fraud', version: 'development', into: next })
    .catch(async () => repository.run('pull', { model: 'fraud@development', into: next }));
  expect(await readFile(join(next, 'part-3.bin'), 'utf8')).toBe('another part\n');
});
