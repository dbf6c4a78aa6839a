import { readdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectStore, filesOfWorkTree, readGovernance, registerModels, type Surroundings } from '@weighbridge/flows';
import type { Forge } from '@weighbridge/ports';
import { expectCode, memoryForge } from '@weighbridge/testkit';
import {
  folder,
  type GovernedRepository,
  makeGovernedRepository,
  openSurroundings,
  weights,
} from './governed-repository.js';

interface Told {
  readonly phase: string;
  readonly bytes: number;
  readonly released: readonly { readonly version: string; readonly rule: string; readonly freed: number }[];
  readonly spared: readonly { readonly version: string; readonly because: string }[];
}

const retention = (lines: string) => `retention:\n  grace: 0s\n  keep_versions: 1\n${lines}`;
const archivedAtOnce = '  archived: { development: 0s }\n';

describe('which branch is the default one', () => {
  let repository: GovernedRepository;
  afterEach(() => repository.dispose());

  it('is asked of the remote by what removes things and by what ends holds: the clone may be stale', async () => {
    const archived = retention('  archived: { development: 0s }\n  hold_release: [nobody]\n');
    repository = await makeGovernedRepository({ remote: true, policy: archived });
    const { built } = repository;
    const stale = built.git('branch', '--show-current');
    await repository.run('register');
    const about = { model: 'fraud@1.0.0', reason: 'Doe v. Acme' };
    await repository.run('hold', about);
    expect(await repository.failure('hold release', about)).toBe('flow/not-allowed');

    // The clone goes on to believe in a branch whose policy lets everybody, and the remote has another default branch.
    built.git('push', '--quiet', 'origin', `${stale}:kept`);
    built.git('--git-dir', built.remote ?? '', 'symbolic-ref', 'HEAD', 'refs/heads/kept');
    const policy = await repository.read('weighbridge.yaml');
    await repository.write('weighbridge.yaml', policy.replace('  hold_release: [nobody]\n', ''));
    repository.commit('Let everybody end holds');
    expect(built.git('symbolic-ref', 'refs/remotes/origin/HEAD')).toContain(stale);
    expect(await repository.failure('hold release', about)).toBe('flow/policy-outdated');
    const told = (await repository.run('store collect', { 'dry-run': 'true' })).json as Told;
    expect(told.phase).toBe('nothing');

    await repository.write('weighbridge.yaml', policy.replace(repository.store, `${repository.store}-other`));
    repository.commit('Another store');
    expect(await repository.failure('store collect', { 'dry-run': 'true' })).toBe('flow/policy-outdated');

    built.git('--git-dir', built.remote ?? '', 'symbolic-ref', 'HEAD', 'refs/heads/none');
    expect(await repository.failure('hold release', about)).toBe('flow/default-branch-unread');
    expect(await repository.failure('store collect', { 'dry-run': 'true' })).toBe('flow/not-collectable');
  });
});

describe('what changes while a collection runs', () => {
  let repository: GovernedRepository;
  afterEach(() => repository.dispose());

  const adapter = `name: tuned
kind: model
base: { model: "registry:fraud@1.0.0" }
artifacts: [model.safetensors]
`;
  const objects = async () =>
    (await readdir(repository.store, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && /[0-9a-f]{60}/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
  const age = async () => {
    const old = new Date(Date.now() - 90 * 86_400_000);
    for (const path of await objects()) await utimes(path, old, old);
  };

  /** 1.0.0, whose time is over, and 1.0.1; a model that is built on 1.0.0 is about to be registered. */
  async function prepare(): Promise<Surroundings> {
    repository = await makeGovernedRepository({ policy: retention('  unpromoted: 0s\n') });
    await repository.run('register');
    await repository.write(`${folder}/model.safetensors`, weights(2));
    repository.commit('Retrain');
    await repository.run('register');
    await repository.write('models/tuned/model.yaml', adapter);
    await repository.write('models/tuned/model.safetensors', weights(3));
    repository.commit('Tune the first version');
    await age();
    return openSurroundings(repository.root);
  }
  const request = { models: ['tuned'], tag: null, reason: null, dryRun: false };

  it('nothing is given up in a store that is not this ledger’s alone', async () => {
    const { ledger } = await prepare();
    const { size } = await ledger.head();
    await rm(join(repository.store, 'registry.json'));
    for (const dryRun of ['true', 'false'])
      expect(await repository.failure('store collect', { 'dry-run': dryRun })).toBe('store/not-owned');
    expect((await ledger.head()).size).toBe(size);
    expect(
      (await repository.run('pull', { model: 'fraud@1.0.0', into: join(repository.root, 'pulled') })).exitCode,
    ).toBe(0);
  });

  it('bytes that are given up while something is registered that rests on them stay', async () => {
    const surroundings = await prepare();
    const { ledger } = surroundings;
    let released = 0;
    const racing: Surroundings = {
      ...surroundings,
      ledger: {
        ...ledger,
        append: async (...given) => {
          if (released++ === 0) {
            const told = (await repository.run('store collect')).json as Told;
            expect(told.released).toMatchObject([{ version: '1.0.0' }]);
          }
          return ledger.append(...given);
        },
      },
    };
    expect((await registerModels(racing, request)).registrations).toMatchObject([{ outcome: 'registered' }]);
    await age();
    const before = await objects();
    expect(before).toHaveLength(3);
    for (let run = 0; run < 3; run++) await repository.run('store collect');
    expect(await objects()).toEqual(before);
  });

  it('what rests on bytes that were given up before is refused', async () => {
    await prepare();
    await repository.run('store collect');
    expect(await repository.failure('register', { models: 'tuned' })).toBe('flow/no-version-in-range');
    expect((await repository.run('register', { models: 'fraud' })).exitCode).toBe(0);
  });

  it('nothing is given up by a clock that is not the clock of the store', async () => {
    const surroundings = await prepare();
    const { policy } = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
    const forgeAt = (time: Forge['time']): Forge => ({ ...memoryForge(), time });
    const collectAt = (differenceMs: number, dryRun = false, forge: Forge | null = null) => {
      const clock = { now: () => new Date(Date.now() + differenceMs) };
      const asked = { opened: policy, graceMs: null, dryRun, claim: false };
      return collectStore({ ...surroundings, clock, forge }, asked);
    };
    for (const days of [-365, 365]) {
      await expectCode(collectAt(days * 86_400_000), 'flow/clocks-differ');
    }
    // Only the ledger tells a slow clock where the store has the same one, or is not asked.
    await expectCode(collectAt(-86_400_000, true), 'flow/clock-behind');
    await collectAt(-60_000, true);
    // Only the forge tells that both clocks are fast, as they are where the store is a folder of the same machine.
    const lagging = forgeAt(async () => new Date(Date.now() - 86_400_000));
    await expectCode(collectAt(0, false, lagging), 'flow/clocks-differ');
    expect((await repository.run('audit log')).text).not.toContain('bytes-released');
    const silent = forgeAt(async () => {
      throw weighbridgeError('forge/unauthorized', { address: 'memory' });
    });
    const done = await collectAt(60_000, false, silent);
    expect(done.release.due).toMatchObject([{ rule: 'retention.unpromoted: 0s' }]);
    expect(done.notices).toMatchObject([{ level: 'warning', text: expect.stringContaining('could not be compared') }]);
  });
});

describe('retention of registered versions', () => {
  let repository: GovernedRepository;
  afterEach(() => repository.dispose());

  const collect = async (inputs: Readonly<Record<string, string>> = {}) =>
    (await repository.run('store collect', inputs)).json as Told;
  const dry = () => collect({ 'dry-run': 'true' });

  const stored = async () =>
    (await readdir(repository.store, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && /[0-9a-f]{60}/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));

  /** Makes what is stored old, so that age keeps nothing. */
  async function age(): Promise<void> {
    const old = new Date(Date.now() - 90 * 86_400_000);
    for (const path of await stored()) await utimes(path, old, old);
  }

  /** 1.0.0, 1.0.1 and 1.0.2, each with bytes of its own, all old. */
  async function registerThree(lines: string): Promise<void> {
    repository = await makeGovernedRepository({ policy: retention(lines) });
    await repository.run('register');
    for (const value of [2, 3]) {
      await repository.write(`${folder}/model.safetensors`, weights(value));
      repository.commit(`Retrain ${value}`);
      await repository.run('register');
    }
    await age();
    expect(await stored()).toHaveLength(3);
  }

  /** Gives up and condemns, and removes. */
  async function collectAll(): Promise<void> {
    for (let run = 0; run < 2; run++) await collect();
  }

  describe('of archived versions', () => {
    beforeEach(() => registerThree(archivedAtOnce));

    it('keeps every version that is not archived', async () => {
      expect(await dry()).toMatchObject({ phase: 'nothing', released: [], spared: [] });
      await collectAll();
      expect(await stored()).toHaveLength(3);
    });

    it('gives up what is over, on record, and removes what no other version has', async () => {
      await repository.run('promote', { model: 'fraud@1.0.0', to: 'archived' });
      const foreseen = await dry();
      expect(foreseen.released).toMatchObject([{ version: '1.0.0', rule: 'retention.archived.development: 0s' }]);
      expect(foreseen.released[0]?.freed).toBeGreaterThan(0);
      expect(foreseen).toMatchObject({ phase: 'condemned', bytes: foreseen.released[0]?.freed });
      expect((await repository.run('audit log')).text).not.toContain('bytes-released');

      expect((await collect()).released).toMatchObject(foreseen.released);
      expect(await collect()).toMatchObject({ phase: 'deleted', released: [] });
      expect(await stored()).toHaveLength(2);
      const log = (await repository.run('audit log')).text;
      expect(log.match(/bytes-released/g)).toHaveLength(1);
      expect((await repository.run('audit verify')).exitCode).toBe(0);
      expect((await repository.run('store verify')).exitCode).toBe(0);
      expect((await repository.run('store stats')).text).toContain('bytes released');
      expect((await repository.run('show')).text).toContain('released');
      expect((await repository.run('audit show')).text).toContain('1.0.0 gave up its bytes');
      for (const command of ['pull', 'promote'] as const) {
        const inputs = { model: 'fraud@1.0.0', ...(command === 'promote' ? { to: 'staging' } : {}) };
        expect(await repository.failure(command, inputs)).toBe('flow/bytes-released');
      }
      expect((await repository.run('pull', { model: 'fraud@1.0.2' })).exitCode).toBe(0);
    });

    it('is told by the policy of the default branch, and not by the checkout', async () => {
      await repository.run('promote', { model: 'fraud@1.0.0', to: 'archived' });
      const policy = await repository.read('weighbridge.yaml');
      repository.built.git('config', 'init.defaultBranch', repository.built.git('branch', '--show-current').trim());
      repository.built.git('checkout', '--quiet', '-b', 'topic');
      await repository.write('weighbridge.yaml', policy.replace(archivedAtOnce, ''));
      repository.commit('Keep everything');
      expect((await dry()).released).toHaveLength(1);
      await repository.write('weighbridge.yaml', policy.replace(repository.store, `${repository.store}-other`));
      repository.commit('Another store');
      expect(await repository.failure('store collect', { 'dry-run': 'true' })).toBe('flow/policy-outdated');
    });

    it('keeps the newest versions whatever their age', async () => {
      for (const version of ['1.0.0', '1.0.1', '1.0.2'])
        await repository.run('promote', { model: `fraud@${version}`, to: 'archived' });
      const foreseen = await dry();
      expect(foreseen.released.map(({ version }) => version)).toEqual(['1.0.0', '1.0.1']);
      expect(foreseen.spared).toMatchObject([{ version: '1.0.2' }]);
    });

    it('keeps bytes that a version has which stays', async () => {
      await repository.write(`${folder}/model.safetensors`, weights(1));
      await repository.write(`${folder}/settings.yaml`, 'threshold: 0.7\n');
      repository.commit('The first weights again');
      await repository.run('register');
      await age();
      await repository.run('promote', { model: 'fraud@1.0.0', to: 'archived' });
      expect((await dry()).released).toMatchObject([{ version: '1.0.0', freed: 0 }]);
      await collectAll();
      expect(await stored()).toHaveLength(3);
      expect((await repository.run('pull', { model: 'fraud@1.0.3' })).exitCode).toBe(0);
    });

    it('keeps what is on hold, and tells it', async () => {
      const about = { model: 'fraud@1.0.0', reason: 'Doe v. Acme' };
      await repository.run('hold', { ...about, matter: 'doe' });
      await repository.run('hold', { ...about, matter: 'audit', until: '2999-12-31' });
      await repository.run('promote', { model: 'fraud@1.0.0', to: 'archived' });
      expect(await dry()).toMatchObject({
        released: [],
        spared: [{ version: '1.0.0', because: 'on hold for doe, audit' }],
      });
      expect((await repository.run('store stats')).text).toContain('On hold: fraud 1.0.0 for doe');
      expect((await repository.run('audit show')).text).toContain('fraud 1.0.0 is on hold for audit');
      await collectAll();
      expect(await stored()).toHaveLength(3);
    });

    it('gives up what was on hold when the last hold is released', async () => {
      const about = { model: 'fraud@1.0.0', reason: 'Doe v. Acme' };
      await repository.run('hold', { ...about, matter: 'doe' });
      await repository.run('hold', { ...about, matter: 'audit' });
      await repository.run('promote', { model: 'fraud@1.0.0', to: 'archived' });
      await repository.run('hold', { ...about, model: 'fraud@1.0.1', matter: 'doe' });
      const ended = await repository.run('hold release', { ...about, matter: 'doe' });
      expect(ended.json).toMatchObject({
        still_held: [
          { version: '1.0.0', matter: 'audit' },
          { version: '1.0.1', matter: 'doe' },
        ],
      });
      expect(ended.text).toContain('Still on hold: fraud 1.0.1 for doe');
      expect(await repository.failure('hold release', { ...about, matter: 'doe' })).toBe('flow/hold-unknown');
      expect((await dry()).released).toEqual([]);
      await repository.run('hold release', { ...about, matter: 'audit' });
      await collectAll();
      expect(await stored()).toHaveLength(2);
      expect(await repository.failure('hold', about)).toBe('flow/bytes-released');
      expect((await repository.run('audit verify')).exitCode).toBe(0);
    });
  });

  it('counts from the last change for versions that came no further than the first stage', async () => {
    await registerThree('  unpromoted: 0s\n');
    await repository.run('promote', { model: 'fraud@1.0.0', to: 'development' });
    await repository.run('promote', { model: 'fraud@1.0.0', to: 'staging' });
    await repository.run('promote', { model: 'fraud@1.0.1', to: 'development' });
    expect((await dry()).released).toEqual([]);
    await repository.write(`${folder}/model.safetensors`, weights(4));
    repository.commit('Retrain');
    await repository.run('register');
    expect((await dry()).released.map(({ version }) => version)).toEqual(['1.0.1', '1.0.2']);
  });

  it('refuses holds that would be over, without a reason, or released by others than the policy names', async () => {
    await registerThree('  hold_release: [legal-team]\n');
    const about = { model: 'fraud@1.0.0', reason: 'audit' };
    expect(await repository.failure('hold', { ...about, until: '2020-01-01' })).toBe('flow/hold-ended');
    expect(await repository.failure('hold', { ...about, reason: ' ' })).toBe('flow/reason-missing');
    await repository.run('hold', about);
    expect(await repository.failure('hold release', about)).toBe('flow/not-allowed');
  });
});
