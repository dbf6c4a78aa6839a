import { readdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository, weights } from './governed-repository.js';

interface Collected {
  readonly phase: string;
  readonly bytes: number;
  readonly objects: readonly { readonly key: string; readonly size: number }[];
}

describe('weighbridge store collect', () => {
  let repository: GovernedRepository;
  beforeEach(async () => {
    repository = await makeGovernedRepository();
  });
  afterEach(() => repository.dispose());

  const collect = async (inputs: Readonly<Record<string, string>> = {}) =>
    (await repository.run('store collect', inputs)).json as Collected;

  const storedFiles = async () =>
    (await readdir(repository.store, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && /[0-9a-f]{60}/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));

  /** Makes everything in the store as old as if it had been pushed months ago. */
  async function age(): Promise<void> {
    const old = new Date(Date.now() - 90 * 86_400_000);
    for (const path of await storedFiles()) await utimes(path, old, old);
  }

  /** Registers one version, and pushes the bytes of another one that nobody ever registers. */
  async function registerAndForget(): Promise<void> {
    await repository.run('register');
    await repository.write(`${folder}/model.safetensors`, weights(2, [100, 100]));
    await repository.run('store push');
    await rm(join(repository.root, folder, 'artifacts.lock'));
    await repository.write(`${folder}/model.safetensors`, weights(1));
  }

  it('condemns what nothing names, removes it after the grace, and keeps every version', async () => {
    await registerAndForget();
    expect(await collect({ 'dry-run': 'true' })).toMatchObject({ phase: 'nothing', objects: [] });
    await age();
    const before = await storedFiles();
    expect(before).toHaveLength(2);
    const foreseen = await collect({ 'dry-run': 'true' });
    expect(foreseen).toMatchObject({ phase: 'condemned' });
    expect(foreseen.objects).toHaveLength(1);
    expect(await readdir(repository.store)).not.toContain('collection');

    const condemned = await collect({ grace: '0s' });
    expect(condemned).toMatchObject({ phase: 'condemned', bytes: foreseen.bytes, objects: foreseen.objects });
    expect(await storedFiles()).toEqual(before);
    expect(await collect()).toMatchObject({ phase: 'deleted', bytes: foreseen.bytes, objects: foreseen.objects });
    expect(await storedFiles()).toHaveLength(1);
    expect(await collect()).toMatchObject({ phase: 'nothing' });
    expect((await repository.run('register')).exitCode).toBe(0);
  });

  it('waits for the end of the grace', async () => {
    await registerAndForget();
    await age();
    await collect();
    expect(await collect()).toMatchObject({ phase: 'waiting' });
    expect(await storedFiles()).toHaveLength(2);
  });

  it('keeps what is registered between condemning and deleting', async () => {
    await registerAndForget();
    await age();
    expect((await collect({ grace: '0s' })).objects).toHaveLength(1);
    await repository.write(`${folder}/model.safetensors`, weights(2, [100, 100]));
    repository.commit('Larger layer');
    expect((await repository.run('register')).exitCode).toBe(0);
    await age();
    expect(await collect()).toMatchObject({ phase: 'deleted', objects: [] });
    expect(await storedFiles()).toHaveLength(2);
  });

  it('takes no missing ledger for one that names nothing', async () => {
    expect(await repository.failure('store collect')).toBe('flow/not-collectable');
    await registerAndForget();
    await age();
    repository.built.git('update-ref', '-d', 'refs/heads/weighbridge');
    expect(await repository.failure('store collect')).toMatch(/^(?:flow\/ledger-missing|ledger\/rewound)$/);
    expect(await storedFiles()).toHaveLength(2);
  });

  it('leaves a store alone that another ledger uses, and one whose owners nobody noted', async () => {
    const note = join(repository.store, 'registry.json');
    await registerAndForget();
    await age();
    await rm(note);
    expect(await repository.failure('store collect')).toBe('store/not-owned');
    expect(await collect({ claim: 'true', grace: '0s' })).toMatchObject({ phase: 'condemned' });

    const other = await makeGovernedRepository();
    try {
      const policy = (await other.read('weighbridge.yaml')).replace(other.store, repository.store);
      await other.write('weighbridge.yaml', policy);
      other.commit('Share the store');
      await other.run('register');
      expect(await repository.failure('store collect')).toBe('store/not-owned');
      expect(await other.failure('store collect')).toBe('store/not-owned');
    } finally {
      await other.dispose();
    }
    expect((await storedFiles()).length).toBeGreaterThanOrEqual(2);
  });

  it('refuses a grace that is no duration', async () => {
    expect(await repository.failure('store collect', { grace: 'soon' })).toBe('host/input');
  });
});
