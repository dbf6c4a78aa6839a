import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  manifest,
  weights,
} from './governed-repository.js';

const program = fileURLToPath(new URL('../../packages/cli/build/main.js', import.meta.url));
const example = fileURLToPath(new URL('../../examples/support-bot', import.meta.url));

let team: GovernedRepository;
let scratch: string;
let again: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-again-'));
  again = join(scratch, 'again');
  await putProgram('weighbridge', `exec '${process.execPath}' '${program}' "$@"`);
  team = await makeGovernedRepository();
});
afterEach(async () => {
  await team.dispose();
  await rm(scratch, { recursive: true, force: true });
});

/** A program that scripts find by its name. */
async function putProgram(name: string, text: string): Promise<void> {
  const path = join(scratch, 'bin', name);
  await mkdir(join(scratch, 'bin'), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
}

/** The script of a version, run in the clone as somebody pipes it to a shell. */
async function runScript(
  version: string,
  at = team.root,
): Promise<{ readonly status: number | null; readonly said: string }> {
  const { text } = await team.run('reproduce', { version, script: 'true' });
  const environment = localEnvironment();
  const env = { ...environment, PATH: `${join(scratch, 'bin')}${delimiter}${environment['PATH'] ?? ''}` };
  const { status, stdout, stderr } = spawnSync('sh', ['-s', '--', again], {
    cwd: at,
    env,
    input: text,
    encoding: 'utf8',
  });
  return { status, said: `${stdout}${stderr}` };
}

const digestAgain = async (path: string) => digestOf(await readFile(join(again, path)));
const digestHere = async (path: string) => digestOf(await readFile(join(team.root, path)));

describe('the script of reproduce, run', { timeout: 240_000 }, () => {
  it('brings every part of a system, prompts and retrieval as well, and ends well', async () => {
    team.built.git('rm', '-r', '--quiet', 'models', 'weighbridge.yaml');
    await cp(example, team.root, { recursive: true });
    const desk = 'name: desk\nkind: system\nuses: [{ model: bot, version: ^1 }, { model: handbook, version: ^1 }]\n';
    await team.write('models/desk/model.yaml', `${desk}owners: [bob]\n`);
    team.commit('Begin with the example, and a system of that system');
    await team.run('register');
    expect(await team.failure('pull', { model: 'desk@1.0.0' })).toBe('flow/no-artifacts');
    expect(await team.failure('store restore', { model: 'persona@1.0.0' })).toBe('flow/no-artifacts');
    expect(await team.failure('hold', { model: 'persona@1.0.0', reason: 'a case' })).toBe('flow/no-artifacts');
    const made = new Map<string, string>();
    for (const [brought, path] of [
      ['inputs/handbook/retrieval.yaml', 'models/handbook/retrieval.yaml'],
      ['inputs/persona/answer.jinja', 'models/persona/prompts/answer.jinja'],
      ['inputs/support/adapter_model.safetensors', 'models/support/out/adapter_model.safetensors'],
    ] as const)
      made.set(brought, await digestHere(path));
    await team.write('models/persona/prompts/answer.jinja', 'Say {{ question }} again.\n');
    team.commit('Another wording');
    const { status, said } = await runScript('desk@1.0.0');
    expect(status, said).toBe(0);
    for (const [brought, digest] of made) expect(await digestAgain(brought), brought).toBe(digest);
  });

  it('finds a base in the folder store of the clone, from the work tree that it makes and from any other', async () => {
    const policy = await team.read('weighbridge.yaml');
    await team.write('weighbridge.yaml', policy.replace(JSON.stringify(team.store), '.weighbridge/store'));
    await team.write('.gitignore', '.weighbridge/\n*.safetensors\n');
    team.built.git('rm', '--quiet', '--cached', `${folder}/model.safetensors`);
    await team.write(
      'models/fraud-de/model.yaml',
      `name: fraud-de\nkind: adapter\nbase: { model: "registry:fraud@^1" }\nartifacts: [adapter_model.safetensors, adapter_config.json]\nmetadata: { command: "test -f inputs/fraud/model.safetensors" }\n`,
    );
    await team.write('models/fraud-de/adapter_config.json', '{"peft_type": "LORA", "r": 4}\n');
    await team.write('models/fraud-de/adapter_model.safetensors', weights(5));
    await team.run('store push');
    team.commit('An adapter, whose bytes and those of its base are in the store');
    await team.run('register');
    const { status, said } = await runScript('fraud-de@1.0.0');
    expect(status, said).toBe(0);
    expect(await digestAgain('inputs/fraud/model.safetensors')).toBe(digestOf(weights(1)));
    const check = () => team.run('reproduce', { version: 'fraud-de@1.0.0', check: 'true' });
    expect((await check()).exitCode).toBe(0);
    const linked = join(scratch, 'linked');
    team.built.git('worktree', 'add', '--quiet', '--detach', linked);
    again = join(scratch, 'another');
    const second = await runScript('fraud-de@1.0.0', linked);
    expect(second.status, second.said).toBe(0);
    expect(await digestAgain('inputs/fraud/model.safetensors')).toBe(digestOf(weights(1)));
    for (const kind of ['sha256', 'recipes'])
      await rm(join(team.root, '.weighbridge/store', kind), { recursive: true, force: true });
    const { exitCode, json } = await check();
    expect(exitCode).toBe(1);
    expect(json).toMatchObject({
      reached: expect.arrayContaining([{ what: 'base registry:fraud', state: 'gone', because: expect.any(String) }]),
    });
  });

  it('runs a pipeline of DVC by the commit, with its data, and the bytes are made again', async () => {
    await putProgram('dvc', 'test "$*" = "repro --force --single-item -- dvc.yaml:train" && sh train.sh');
    const run = { cmd: 'sh train.sh', out: `${folder}/model.safetensors` };
    await team.write('raw/kept.bin', weights(1));
    await team.write('train.sh', `rm -f ${run.out}; cp raw/kept.bin ${run.out}\n`);
    await team.write('dvc.yaml', `stages:\n  train: { cmd: ${run.cmd}, deps: [raw/kept.bin], outs: [${run.out}] }\n`);
    const made = `outs: [{ path: ${run.out}, md5: 1536a2931c8370d3aeedd7183606fd7f }]`;
    await team.write('dvc.lock', `schema: '2.0'\nstages:\n  train: { cmd: ${run.cmd}, ${made} }\n`);
    await team.write('requirements.txt', '');
    await team.write(`${folder}/model.yaml`, `${manifest}environment: { lock: /requirements.txt }\n`);
    team.commit('A pipeline');
    await putProgram('python', 'test "$*" = "-m pip install --requirement ./requirements.txt"');
    await team.run('register');
    await team.write('train.sh', 'exit 1\n');
    await team.write(`${folder}/data.csv`, 'a,b\n9,9\n');
    team.commit('What came later');
    const { status, said } = await runScript('fraud@1.0.0');
    expect(status, said).toBe(0);
    expect(said).toContain('eval.accuracy = 0.95');
    expect(await digestAgain(run.out)).toBe(digestOf(weights(1)));
  });
});
