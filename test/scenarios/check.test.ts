import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { WeighbridgeError } from '@weighbridge/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  manifest,
  runIn,
} from './governed-repository.js';

describe('check', () => {
  let repository: GovernedRepository;
  let events: string;
  let policy: string;
  beforeAll(async () => {
    repository = await makeGovernedRepository();
    events = await mkdtemp(join(tmpdir(), 'weighbridge-event-'));
    policy = await repository.read('weighbridge.yaml');
  });
  afterAll(async () => {
    await repository.dispose();
    await rm(events, { recursive: true });
  });

  /** As the job of a pull request, whose base is the last commit. */
  async function checkInPull() {
    const event = join(events, 'event.json');
    const sha = repository.built.git('rev-parse', 'HEAD').trim();
    await writeFile(event, JSON.stringify({ pull_request: { number: 1, base: { sha, ref: 'main' } } }));
    const environment = { ...localEnvironment(), GITHUB_EVENT_PATH: event, GITHUB_EVENT_NAME: 'pull_request' };
    return runIn(repository.root, 'check', {}, environment);
  }

  async function faultsOf(): Promise<readonly string[]> {
    const error: unknown = await repository.run('check').catch((thrown: unknown) => thrown);
    if (!(error instanceof WeighbridgeError)) throw new Error('no fault was found');
    return error.details.map(({ file, line }) => `${file}:${line}`);
  }

  it('looks at the change and not at its base: a repair passes, and a policy that goes does not', async () => {
    await repository.write('weighbridge.yaml', `${policy}stags: [a]\n`);
    repository.commit('A policy with a fault');
    await expect(checkInPull()).rejects.toMatchObject({ code: 'flow/invalid-files' });
    await repository.write('weighbridge.yaml', policy);
    expect((await checkInPull()).exitCode).toBe(0);
    repository.commit('Repair it');
    await rm(join(repository.root, 'weighbridge.yaml'));
    await expect(checkInPull()).rejects.toMatchObject({ code: 'flow/no-policy' });
    await repository.write('weighbridge.yaml', policy);
  });

  it('tells the faults of all files at once', async () => {
    await repository.write('weighbridge.yaml', `${policy}stags: [a]\n`);
    await repository.write('models/churn/model.yaml', 'name: churn\nkind: nothing\n');
    await repository.write(`${folder}/model.yaml`, `${manifest}retrieval: retrieval.yaml\n`);
    await repository.write(`${folder}/stages.yaml`, 'staging: newest\n');
    expect(await faultsOf()).toEqual([
      expect.stringMatching(/^weighbridge\.yaml:\d+$/),
      'models/churn/model.yaml:2',
      `${folder}/stages.yaml:1`,
      `${folder}/model.yaml:8`,
    ]);
    await repository.write('weighbridge.yaml', policy);
    await rm(join(repository.root, 'models/churn'), { recursive: true });
    await rm(join(repository.root, folder, 'stages.yaml'));
    expect(await faultsOf()).toEqual([`${folder}/model.yaml:8`]);
  });

  it('a model that went while others are built on it is told with the place, by version too', async () => {
    await repository.write(`${folder}/model.yaml`, manifest);
    await repository.write('models/persona/model.yaml', 'name: persona\nkind: prompt\nprompts: [p.md]\n');
    await repository.write('models/persona/p.md', 'Answer {{ question }}.\n');
    const bot = 'name: bot\nkind: system\nconfig: [bot.yaml]\nuses:\n  - { model: fraud, version: "*" }\n';
    await repository.write('models/bot/model.yaml', `${bot}  - { model: persona, version: "*" }\n`);
    await repository.write('models/bot/bot.yaml', 'depth: 1\n');
    const based = 'name: tuned\nkind: prompt\nbase: { model: "registry:persona@^1" }\nprompts: [p.md]\n';
    await repository.write('models/tuned/model.yaml', based);
    await repository.write('models/tuned/p.md', 'Answer.\n');
    repository.commit('A system');
    await repository.run('register');
    const since = repository.built.git('rev-parse', 'HEAD').trim();
    expect((await repository.run('check')).exitCode).toBe(0);
    repository.built.git('rm', '-rq', 'models/persona');
    repository.commit('Remove a part');
    const checked = await repository.run('check');
    expect(checked.exitCode).toBe(0);
    const warned = checked.notices.map(({ level, file, line }) => `${level} ${file}:${line}`);
    expect(warned.toSorted()).toEqual(['warning models/bot/model.yaml:6', 'warning models/tuned/model.yaml:3']);
    const told = await repository.run('version', { since });
    const { models } = told.json as { models: { model: string }[] };
    expect(models.map(({ model }) => model)).toEqual(['bot', 'tuned']);
    expect(told.text).not.toContain('No model changed');
    const places = told.notices.map(({ file, line }) => `${file}:${line}`);
    expect(places).toEqual(expect.arrayContaining(['models/bot/model.yaml:6', 'models/tuned/model.yaml:3']));
    expect((await repository.run('version', { models: 'bot' })).notices).toMatchObject([{ level: 'warning', line: 6 }]);
  });
});
