// needs: python
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository, weights } from '../scenarios/governed-repository.js';

const gto = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.peers', 'python', 'bin', 'gto');

function askGto(root: string, ...words: readonly string[]): unknown {
  const { status, stdout, stderr } = spawnSync(gto, [...words], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`gto ${words.join(' ')}: ${stderr}`);
  return JSON.parse(stdout);
}

let repository: GovernedRepository;
beforeAll(async () => {
  repository = await makeGovernedRepository();
  const { run, write, commit } = repository;
  await run('register');
  for (const to of ['staging', 'production']) await run('promote', { model: 'fraud@1.0.0', to });
  await write(`${folder}/model.safetensors`, weights(2, [2, 3]));
  commit('Widen');
  await run('register');
  for (const to of ['staging', 'production']) await run('promote', { model: 'fraud@2.0.0', to });
  await run('rollback', { model: 'fraud', stage: 'production', reason: 'bad' });
});
afterAll(() => repository.dispose());

it('gto show agrees with weighbridge show on versions and stages', async () => {
  const show = (await repository.run('show', { models: 'fraud' })).json as {
    stages: Record<string, string | null>;
    versions: { version: string }[];
  };
  const artifact = askGto(repository.root, 'show', 'fraud', '--json') as { version: string }[] | { version: string };
  const rows = Array.isArray(artifact) ? artifact : [artifact];
  const versions = new Set(rows.map((row) => row.version.replace(/^v/, '')));
  expect([...versions].sort()).toEqual(show.versions.map(({ version }) => version).sort());
  const all = askGto(repository.root, 'show', '--json') as Record<
    string,
    { version: string; stage: Record<string, string> }
  >;
  const stages = Object.fromEntries(
    Object.entries(all['fraud']?.stage ?? {}).map(([stage, version]) => [stage, version.replace(/^v/, '')]),
  );
  const held = Object.fromEntries(Object.entries(show.stages).filter(([, version]) => version !== null));
  expect(stages).toEqual(held);
});

it('gto history tells the same moves in the same order as the ledger', async () => {
  const history = (
    askGto(repository.root, 'history', '--json', '--ascending') as {
      event: string;
      version: string;
      stage: string | null;
    }[]
  ).filter(({ event }) => event === 'registration' || event === 'assignment');
  const log = (await repository.run('audit log')).json as {
    entries: { type: string; version: string; what: string }[];
  };
  const moves = log.entries.flatMap(({ type, version, what }) => {
    if (type === 'registered') return [`registration ${version}`];
    if (type === 'transitioned') return [`assignment ${version} ${/-> ([a-z]+)/.exec(what)?.[1] ?? ''}`];
    if (type === 'rolled-back') return [`assignment ${version} ${/^([a-z]+)/.exec(what)?.[1] ?? ''}`];
    return [];
  });
  expect(
    history.map(
      ({ event, version, stage }) => `${event} ${version.replace(/^v/, '')}${stage === null ? '' : ` ${stage}`}`,
    ),
  ).toEqual(moves);
});
