import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  runIn,
} from './governed-repository.js';

const runner = fileURLToPath(new URL('crash-runner.mjs', import.meta.url));

interface Step {
  readonly flow: 'register' | 'promote' | 'rollback';
  readonly request: Readonly<Record<string, unknown>>;
}

const register: Step = { flow: 'register', request: { models: [], tag: null, reason: null, dryRun: false } };
const promote: Step = {
  flow: 'promote',
  request: { model: 'fraud', version: '1.0.1', to: 'production', reason: 'x', dryRun: false, writeStages: true },
};
const rollback: Step = {
  flow: 'rollback',
  request: { model: 'fraud', stage: 'production', reason: 'bad', to: null, dryRun: false, writeStages: true },
};

/** Runs a step in a process of its own; answers the moments it passed, or null when it was killed. */
function runStep(root: string, { flow, request }: Step, killAt = 'never'): readonly string[] | null {
  const child = spawnSync(process.execPath, [runner, root, flow, JSON.stringify(request), killAt], {
    encoding: 'utf8',
    env: localEnvironment(),
  });
  if (child.signal === 'SIGKILL') return null;
  if (child.status !== 0) throw new Error(`${flow} failed: ${child.stderr}`);
  return JSON.parse(child.stdout) as string[];
}

/** All that a run leaves behind, without times: stages, versions, tags with their commits, stored objects, stages.yaml. */
async function stateOf(root: string, store: string): Promise<unknown> {
  const show = (await runIn(root, 'show', { models: 'fraud' })).json as { versions: { registered_at?: string }[] };
  const log = (await runIn(root, 'audit log')).json as { entries: { type: string; what: string; version: string }[] };
  const verify = await runIn(root, 'audit verify');
  const tags = spawnSync(
    'git',
    ['for-each-ref', '--format=%(refname:short) %(objecttype) %(*objectname)', 'refs/tags'],
    { cwd: root, encoding: 'utf8' },
  ).stdout;
  const inbox = spawnSync('git', ['for-each-ref', '--format=%(refname)', 'refs/weighbridge'], {
    cwd: root,
    encoding: 'utf8',
  }).stdout;
  const objects = (await readdir(store, { recursive: true })).filter((name) => /[0-9a-f]{60,}/.test(name)).sort();
  const stages = await readFile(join(root, folder, 'stages.yaml'), 'utf8').catch(() => null);
  const versions = show.versions.map(({ registered_at: _time, ...version }) => version);
  const entries = log.entries.map(({ type, what, version }) => ({ type, what, version }));
  return { show: { ...show, frozen: null, versions }, entries, verify: verify.exitCode, tags, inbox, objects, stages };
}

describe('killed before or after any effect, the next run finishes the work', () => {
  const base: Record<string, GovernedRepository> = {};
  const scratch: string[] = [];

  beforeAll(async () => {
    for (const name of ['register', 'promote', 'rollback'] as const) base[name] = await prepare(name);
  });
  afterAll(async () => {
    for (const repository of Object.values(base)) await repository.dispose();
    for (const path of scratch) await rm(path, { recursive: true, force: true });
  });

  /** A copy of a prepared repository; its store is shared, and content-addressed stores do not mind. */
  async function copyOf(repository: GovernedRepository): Promise<string> {
    const copy = await mkdtemp(join(tmpdir(), 'weighbridge-crash-'));
    scratch.push(copy);
    await cp(repository.root, copy, { recursive: true });
    return copy;
  }

  async function prepare(upTo: Step['flow']): Promise<GovernedRepository> {
    const repository = await makeGovernedRepository();
    if (upTo === 'register') return repository;
    await repository.run('register');
    for (const to of ['staging', 'production']) await repository.run('promote', { model: 'fraud@1.0.0', to });
    await repository.write(`${folder}/settings.yaml`, 'threshold: 0.6\n');
    repository.commit('Another threshold');
    await repository.run('register');
    await repository.run('promote', { model: 'fraud@1.0.1', to: 'staging' });
    if (upTo === 'rollback') await repository.run('promote', { model: 'fraud@1.0.1', to: 'production' });
    return repository;
  }

  it.each([register, promote, rollback])(
    '$flow',
    async (step) => {
      const repository = base[step.flow] as GovernedRepository;
      const undisturbed = await copyOf(repository);
      const moments = runStep(undisturbed, step) ?? [];
      expect(moments.length).toBeGreaterThanOrEqual(4);
      const expected = await stateOf(undisturbed, repository.store);
      for (const moment of moments) {
        const copy = await copyOf(repository);
        expect(runStep(copy, step, moment), `${step.flow} was not killed at ${moment}`).toBeNull();
        runStep(copy, step);
        expect(await stateOf(copy, repository.store), `after a kill at ${moment}`).toEqual(expected);
      }
    },
    600_000,
  );
});
