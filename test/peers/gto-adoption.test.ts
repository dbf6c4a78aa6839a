// needs: python
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildRepository, type BuiltRepository } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runIn, weights } from '../scenarios/governed-repository.js';

const programs = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.peers', 'python', 'bin');

let built: BuiltRepository;
let scratch: string;
beforeEach(async () => {
  built = await buildRepository({ commits: [{ files: { 'README.md': '# Team\n' } }] });
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-gto-'));
});
afterEach(async () => {
  await built.dispose();
  await rm(scratch, { recursive: true, force: true });
});

function ask(program: 'dvc' | 'gto', ...words: readonly string[]): string {
  const env = { ...process.env, DVC_NO_ANALYTICS: '1', DVC_SITE_CACHE_DIR: join(scratch, 'site') };
  return execFileSync(join(programs, program), words, { cwd: built.root, env, stdio: 'pipe', encoding: 'utf8' });
}

function commit(message: string): string {
  built.git('add', '-A');
  built.git('commit', '--quiet', '-m', message);
  return built.git('rev-parse', 'HEAD');
}

async function govern(): Promise<void> {
  await runIn(built.root, 'init', { 'no-workflows': 'true' });
  commit('Govern');
}

/** The version of a model that GTO shows, with the stages that it has there. */
function shownByGto(model: string): unknown {
  const all = JSON.parse(ask('gto', 'show', '--json')) as Record<string, unknown>;
  return all[model];
}

async function registered(model: string): Promise<unknown> {
  const shown = (await runIn(built.root, 'show', { models: model })).json as { versions: readonly object[] };
  return shown.versions;
}

it('a repository that GTO tagged is taken over by init and register, in this order', async () => {
  await mkdir(join(built.root, 'fraud'));
  await writeFile(join(built.root, 'fraud/model.safetensors'), weights(1));
  const tagged = commit('Add weights');
  ask('gto', 'register', 'fraud', '--version', 'v2.1.0');
  await writeFile(join(built.root, 'README.md'), '# Our team\n');
  commit('Tell more');
  await govern();
  expect((await runIn(built.root, 'register')).json).toMatchObject({ models: [{ version: '2.1.0' }] });
  expect(await registered('fraud')).toMatchObject([{ version: '2.1.0', commit: tagged }]);
  expect(shownByGto('fraud')).toMatchObject({ version: 'v2.1.0', stage: { development: 'v2.1.0' } });
});

it('weights that DVC keeps and GTO tagged are that version, although the tag knew no lock of ours', async () => {
  ask('dvc', 'init', '--quiet');
  ask('dvc', 'remote', 'add', '--quiet', '--default', 'kept', join(scratch, 'remote'));
  await mkdir(join(built.root, 'fraud'));
  await writeFile(join(built.root, 'fraud/model.safetensors'), weights(1));
  ask('dvc', 'add', '--quiet', 'fraud/model.safetensors');
  await writeFile(
    join(built.root, 'dvc.yaml'),
    'artifacts:\n  fraud: { path: fraud/model.safetensors, type: model }\n',
  );
  ask('dvc', 'push', '--quiet');
  const tagged = commit('Track weights');
  ask('gto', 'register', 'fraud', '--version', 'v1.3.0');
  await govern();
  await runIn(built.root, 'store push');
  commit('Lock');
  expect((await runIn(built.root, 'version')).json).toMatchObject({ models: [{ next: '1.3.0' }] });
  expect((await runIn(built.root, 'register')).json).toMatchObject({ models: [{ version: '1.3.0' }] });
  expect(await registered('fraud')).toMatchObject([{ version: '1.3.0', commit: tagged }]);
  await writeFile(join(built.root, 'fraud/model.safetensors'), weights(2));
  ask('dvc', 'add', '--quiet', 'fraud/model.safetensors');
  await runIn(built.root, 'store push');
  expect((await runIn(built.root, 'version')).json).toMatchObject({ models: [{ next: '1.3.1' }] });
});
