import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeGitHub, fakeGitHub } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  folder as modelFolder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  runIn,
} from './governed-repository.js';

describe('a workflow that somebody runs by hand', () => {
  let team: GovernedRepository;
  let hub: FakeGitHub;
  let folder: string;
  beforeEach(async () => {
    team = await makeGovernedRepository({ remote: true });
    await team.run('register');
    hub = await fakeGitHub();
    folder = await mkdtemp(join(tmpdir(), 'weighbridge-dispatch-'));
  });
  afterEach(async () => {
    await hub.dispose();
    await team.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** A job of the hub's repository with what GitHub puts into its event. The step itself gives nothing. */
  async function dispatch(command: string, inputs: Readonly<Record<string, string>>) {
    const forge = hub.addRepository({
      name: `acme/${command}-${Object.keys(inputs).length}`,
      from: team.built.remote ?? '',
    });
    const { urls } = await hub.listen();
    const event = join(folder, 'event.json');
    await writeFile(event, JSON.stringify({ inputs, repository: { default_branch: 'main' } }));
    return runIn(
      team.root,
      command,
      {},
      {
        ...localEnvironment(),
        GITHUB_EVENT_NAME: 'workflow_dispatch',
        GITHUB_EVENT_PATH: event,
        GITHUB_REPOSITORY: forge.fullName,
        GITHUB_API_URL: urls.api,
        GITHUB_GRAPHQL_URL: urls.graphql,
        GITHUB_SERVER_URL: urls.server,
        GITHUB_TOKEN: hub.actionsToken(forge, { contents: 'write', 'pull-requests': 'write', statuses: 'write' }),
      },
    );
  }

  it('promotes and rolls back by what was typed into it', async () => {
    const entered = await dispatch('promote', { model: 'fraud@1.0.0', to: 'staging', reason: 'Looks good' });
    expect(entered.outputs).toMatchObject({ outcome: 'promoted', version: '1.0.0' });
    await dispatch('promote', { model: 'fraud', version: '1.0.0', stage: 'production', reason: '' });
    await team.write(`${modelFolder}/settings.yaml`, 'threshold: 0.6\n');
    team.commit('Threshold');
    await team.run('register');
    await team.run('promote', { model: 'fraud@1.0.1', to: 'staging' });
    await team.run('promote', { model: 'fraud@1.0.1', to: 'production' });
    const inputs = { model: 'fraud', stage: 'production', reason: 'False positives doubled', to: '' };
    const back = await dispatch('rollback', inputs);
    expect(back.outputs).toMatchObject({ outcome: 'rolled-back', from: '1.0.1', version: '1.0.0' });
    const { text } = await team.run('audit log');
    expect(text).toContain('Looks good');
    expect(text).toContain('False positives doubled');
  });

  it('says what is missing', async () => {
    await expect(dispatch('promote', { model: 'fraud@1.0.0' })).rejects.toMatchObject({ code: 'host/input' });
    await expect(dispatch('rollback', { model: 'fraud', reason: '' })).rejects.toMatchObject({
      code: 'flow/reason-missing',
    });
  });
});
