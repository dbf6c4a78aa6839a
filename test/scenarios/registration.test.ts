import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { makeSigningKey } from '@weighbridge/host';
import { writeZip } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository, manifest, weights } from './governed-repository.js';

type Shown = { stages: Record<string, string | null>; versions: { version: string; tag: string }[] };

describe('registering', () => {
  let repository: GovernedRepository;
  beforeEach(async () => {
    repository = await makeGovernedRepository();
  });
  afterEach(() => repository.dispose());

  const shown = async () => (await repository.run('show', { models: 'fraud' })).json as Shown;
  const versions = async () => (await shown()).versions.map(({ version }) => version);
  async function change(threshold: string): Promise<void> {
    await repository.write(`${folder}/settings.yaml`, `threshold: ${threshold}\n`);
    repository.commit(`Threshold ${threshold}`);
  }

  it('a release candidate by its tag can be repeated, and other content under that tag is refused', async () => {
    const { run, failure } = repository;
    const tag = 'fraud@v1.0.0-rc.1';
    expect((await run('register', { tag })).outputs).toMatchObject({ outcome: 'registered', version: '1.0.0-rc.1' });
    expect((await run('register', { tag })).outputs).toMatchObject({ outcome: 'unchanged', version: '1.0.0-rc.1' });
    await change('0.6');
    expect(await failure('register', { tag })).toBe('flow/wrong-tag');
    expect((await run('register', { tag: 'fraud@v1.0.0-rc.2' })).outputs['outcome']).toBe('registered');
    expect((await run('register')).outputs).toMatchObject({ outcome: 'registered', version: '1.0.0' });
    expect((await run('register', { tag: 'fraud@v1.0.0' })).outputs['outcome']).toBe('unchanged');
    expect(await versions()).toEqual(['1.0.0-rc.1', '1.0.0-rc.2', '1.0.0']);
    expect((await run('audit verify')).exitCode).toBe(0);
  });

  it('content of an older version is that version, also where no release precedes the commit', async () => {
    const { run, built } = repository;
    await run('register');
    const first = built.git('rev-parse', 'HEAD^{tree}');
    await change('0.6');
    await run('register');
    // History squashed to one commit with the tree of the first release.
    built.git('reset', '--quiet', '--hard', built.git('commit-tree', first, '-m', 'Squashed'));
    const again = await run('register');
    expect(again.outputs).toMatchObject({ outcome: 'unchanged', version: '1.0.0', tag: 'fraud@v1.0.0' });
    expect(again.notices.some(({ text }) => text.includes('1.0.0 again'))).toBe(true);
    expect(await versions()).toEqual(['1.0.0', '1.0.1']);
    expect((await shown()).stages['development']).toBe('1.0.1');
  });

  it('says that a lock is not read where git ignores it, and what is missing because of that', async () => {
    const { run, failure, write, commit, built, root } = repository;
    await write('.gitignore', '*.safetensors\n*.lock\n');
    built.git('rm', '--quiet', '--cached', `${folder}/model.safetensors`);
    for (const dryRun of ['true', 'false']) {
      const { notices } = await run('store push', { 'dry-run': dryRun });
      expect(notices.map(({ text }) => text)).toEqual([expect.stringContaining('.gitignore')]);
    }
    commit('Ignore weights and locks');
    const told = (await run('version')).notices.map(({ text }) => text);
    expect(told.filter((text) => text.startsWith(`${folder}/artifacts.lock is not read`))).toHaveLength(1);
    await rm(join(root, folder, 'model.safetensors'));
    expect(await failure('version')).toBe('flow/lock-ignored');
    await rm(join(root, folder, 'artifacts.lock'));
    expect(await failure('version')).toBe('flow/artifact-missing');
    await write(`${folder}/artifacts.lock`, '{}');
    await write('.gitignore', '*.safetensors\n');
    expect(await failure('version')).toBe('flow/invalid-files');
  });

  it('believes a lock only where the stored bytes have that header', async () => {
    const { run, failure, write, read, commit, built, root } = repository;
    await write('.gitignore', '*.safetensors\n');
    built.git('rm', '--quiet', '--cached', `${folder}/model.safetensors`);
    expect((await run('store push')).notices).toEqual([]);
    const lock = `${folder}/artifacts.lock`;
    const honest = await read(lock);
    await rm(join(root, folder, 'model.safetensors'));
    for (const lie of [
      honest.replace('"F32"', '"F16"'),
      honest.replaceAll('layer.weight', 'other.weight'),
      honest.replace(/("layer.weight": "sha256:)./, '$1_').replace('"sha256:_', '"sha256:0'),
    ]) {
      expect(lie).not.toBe(honest);
      await write(lock, lie);
      commit('Lie');
      expect(await failure('register')).toBe('flow/lock-differs');
    }
    await write(lock, honest);
    commit('Tell what is so');
    expect((await run('register')).outputs).toMatchObject({ outcome: 'registered', version: '1.0.0' });
    // The store is recorded although nothing was stored now: what can be rolled back to can be fetched.
    expect((await run('pull', { model: 'fraud@1.0.0', into: join(root, 'back') })).exitCode).toBe(0);
    expect(await readdir(join(root, 'back'))).toContain('model.safetensors');
  });

  it('believes what a lock says of the members of an archive only where the stored bytes hold them', async () => {
    const { run, failure, write, read, commit, root } = repository;
    const archive = (packed: boolean) => {
      const content = new Uint8Array(900).fill(7);
      const entry = { name: 'w.npy', content: new Uint8Array(deflateRawSync(content)), method: 8 };
      return writeZip([packed ? { ...entry, directory: { sizeBytes: content.length } } : { name: 'w.npy', content }]);
    };
    await write(`${folder}/model.yaml`, manifest.replace('model.safetensors', 'model.npz'));
    await write('.gitignore', '*.npz\n');
    await write(`${folder}/model.npz`, archive(false));
    await run('store push');
    const lock = `${folder}/artifacts.lock`;
    const honest = await read(lock);
    await rm(join(root, folder, 'model.npz'));
    await write(lock, honest.replace(/("w.npy": "sha256:)./, '$1_').replace('"sha256:_', '"sha256:0'));
    commit('Lie');
    expect(await failure('register')).toBe('flow/lock-differs');
    await write(lock, honest);
    commit('Tell what is so');
    expect((await run('register')).outputs).toMatchObject({ outcome: 'registered', version: '1.0.0' });
    await write(`${folder}/model.npz`, archive(true));
    await run('store push');
    await rm(join(root, folder, 'model.npz'));
    const again = await read(lock);
    expect(again).not.toBe(honest);
    commit('Pack the archive again');
    await run('register');
    expect(await versions()).toEqual(['1.0.0']);
    // As locks were before they told of members: the bytes decide.
    await write(lock, again.replace(/"tensors": \{[^}]*\}/, '"tensors": {}'));
    commit('Tell nothing of members');
    expect((await run('register')).outputs).toMatchObject({ outcome: 'registered', version: '1.0.1' });
  });

  it('refuses training data that is not what the commit has', async () => {
    const { run, failure, write, commit } = repository;
    await write(`${folder}/model.yaml`, manifest.replace('ref: data.csv', 'ref: table'));
    await write(`${folder}/table/1.csv`, '1\n');
    await write(`${folder}/table/2.csv`, '2\n');
    await write('.gitignore', '*.tmp\n');
    commit('Data in a folder');
    await write(`${folder}/table/1.csv`, 'changed\n');
    expect(await failure('register')).toBe('flow/uncommitted');
    await write(`${folder}/table/1.csv`, '1\n');
    await rm(join(repository.root, folder, 'table/2.csv'));
    expect(await failure('register')).toBe('flow/uncommitted');
    await write(`${folder}/table/2.csv`, '2\n');
    await write(`${folder}/table/3.csv`, '3\n');
    expect(await failure('register')).toBe('flow/uncommitted');
    await rm(join(repository.root, folder, 'table/3.csv'));
    await write(`${folder}/table/ignored.tmp`, 'x');
    expect((await run('register')).outputs['outcome']).toBe('registered');
  });

  it('does not pin data that git ignores, because no commit holds it', async () => {
    const { run, write, built, commit } = repository;
    await write('.gitignore', '*.csv\n');
    built.git('rm', '--quiet', '--cached', `${folder}/data.csv`);
    commit('Keep data out of git');
    const outcome = await run('register');
    expect(outcome.outputs['outcome']).toBe('registered');
    expect(outcome.notices.some(({ text }) => text.includes('cannot be pinned'))).toBe(true);
  });

  it('refuses a version tag that somebody put on another commit, before anything is recorded', async () => {
    const { run, failure, built } = repository;
    built.git('tag', '-a', '-m', 'by hand', 'fraud@v1.0.0', 'HEAD~1');
    expect(await failure('register')).toBe('flow/tag-elsewhere');
    expect(await versions()).toEqual([]);
    built.git('tag', '-d', 'fraud@v1.0.0');
    expect((await run('register')).outputs['outcome']).toBe('registered');
  });

  it('refuses a key that readers of the ledger do not trust, before anything is written', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'weighbridge-key-'));
    try {
      const { path } = await makeSigningKey(elsewhere, 'stranger');
      const text = (await readFile(path, 'utf8')).trim();
      expect(await repository.failure('register', { 'signing-key': text })).toBe('flow/untrusted-key');
      expect(await versions()).toEqual([]);
      expect((await repository.run('register')).outputs['outcome']).toBe('registered');
      const move = { model: 'fraud@1.0.0', to: 'staging', 'signing-key': text };
      expect(await repository.failure('promote', move)).toBe('flow/untrusted-key');
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  it('says where stage tags that were made by hand contradict the ledger', async () => {
    const { run, built } = repository;
    const warnings = async () => {
      const { notices } = await run('version');
      return notices.filter(({ level }) => level === 'warning').map(({ text }) => text);
    };
    await run('register');
    await run('promote', { model: 'fraud@1.0.0', to: 'staging' });
    expect(await warnings()).toEqual([]);
    built.git('tag', '-a', '-m', 'by hand', 'fraud#staging#7', 'HEAD~1');
    built.git('tag', '-a', '-m', 'by hand', 'fraud#production#8', 'HEAD');
    built.git('tag', '-a', '-m', 'by hand', 'fraud#development!#9', 'HEAD');
    expect(await warnings()).toEqual([
      expect.stringMatching(/fraud#development!#9 empties development, and the ledger has 1\.0\.0 there/),
      expect.stringMatching(/fraud#production#8 puts [0-9a-f]{12} into production, and the ledger has nothing there/),
      expect.stringMatching(
        /fraud#staging#7 .* the ledger has 1\.0\.0 there.*"weighbridge promote fraud@1\.0\.0 --to staging"/,
      ),
    ]);
    await run('promote', { model: 'fraud@1.0.0', to: 'staging' });
    expect(await warnings()).toEqual([expect.stringContaining('fraud#production#8')]);
  });

  it('does not promote what its store has lost', async () => {
    const { run, failure, store } = repository;
    await run('register');
    await rm(store, { recursive: true });
    expect(await failure('promote', { model: 'fraud@1.0.0', to: 'staging' })).toBe('store/missing');
    expect((await shown()).stages['staging']).toBeNull();
    expect((await run('promote', { model: 'fraud@1.0.0', to: 'archived' })).outputs['outcome']).toBe('promoted');
  });

  it('brings every line of stages.yaml in line when a rollback empties other stages', async () => {
    const { run, read, write } = repository;
    const path = `${folder}/stages.yaml`;
    await run('register');
    for (const to of ['staging', 'production']) await run('promote', { model: 'fraud@1.0.0', to });
    await write(`${folder}/model.safetensors`, weights(2));
    repository.commit('Retrain');
    await run('register');
    for (const to of ['staging', 'production']) await run('promote', { model: 'fraud@1.0.1', to });
    await write(path, `# who runs where\n${await read(path)}`);
    expect(await read(path)).toMatch(/^# who runs where\n[^]*staging: 1\.0\.1\n[^]*production: 1\.0\.1\n/);
    await run('rollback', { model: 'fraud', stage: 'production', reason: 'false positives doubled' });
    expect((await shown()).stages).toMatchObject({ staging: null, production: '1.0.0' });
    const lines = (await read(path)).split('\n').filter((line) => line !== '');
    expect(lines[0]).toBe('# who runs where');
    expect(lines).toContain('production: 1.0.0');
    expect(lines.some((line) => line.includes('1.0.1'))).toBe(false);
  });

  it('keeps a manifest while a stage runs its model, under another name too', async () => {
    const { run, failure, write, built, commit } = repository;
    await run('register');
    await run('promote', { model: 'fraud@1.0.0', to: 'staging' });
    built.git('rm', '--quiet', `${folder}/model.yaml`);
    commit('Remove the model');
    expect(await failure('gate')).toBe('flow/model-removed-in-stage');
    // A renamed model is another model: it begins anew, and the old name still holds its stage.
    await write(`${folder}/model.yaml`, manifest.replace('name: fraud', 'name: fraud-scoring'));
    commit('Rename the model');
    expect(await failure('gate')).toBe('flow/model-removed-in-stage');
    expect((await run('version')).outputs).toMatchObject({ model: 'fraud-scoring', version: '1.0.0', bump: 'initial' });
    await write(`${folder}/model.yaml`, manifest);
    commit('Bring it back');
    expect((await run('promote', { model: 'fraud@1.0.0', to: 'archived' })).outputs['outcome']).toBe('promoted');
    built.git('rm', '--quiet', `${folder}/model.yaml`);
    commit('Remove the model');
    expect((await run('gate')).exitCode).toBe(0);
  });
});
