import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildRepository, type BuiltRepository, type FakeGitHub, fakeGitHub } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runAction } from './run-action.js';

describe('a job that fails before it judges', () => {
  let hub: FakeGitHub;
  let folder: string;
  let checkout: BuiltRepository;
  const said: string[] = [];
  beforeEach(async () => {
    hub = await fakeGitHub();
    folder = await mkdtemp(join(tmpdir(), 'weighbridge-job-'));
    checkout = await buildRepository({ commits: [{ files: { 'weighbridge.yaml': 'version: 7\n' } }] });
    said.length = 0;
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.exitCode = undefined;
    await hub.dispose();
    await checkout.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs an action for a pull request whose head was green, in a checkout whose policy cannot be read. */
  const run = async (action: string, permissions: Readonly<Record<string, 'read' | 'write'>>) => {
    const repository = hub.addRepository({ name: 'acme/models' });
    const commit = hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '1' } });
    const number = hub.people.openPull(repository, { by: 'alice', branch: 'topic' });
    hub.people.reportStatus(repository, { by: 'ci[bot]', commit, context: 'weighbridge', state: 'success' });
    const { urls } = await hub.listen();
    const token = hub.actionsToken(repository, permissions);
    const event = join(folder, 'event.json');
    await writeFile(event, JSON.stringify({ pull_request: { number } }));
    const environment = {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'pull_request_target',
      GITHUB_EVENT_PATH: event,
      GITHUB_WORKSPACE: checkout.root,
      GITHUB_REPOSITORY: 'acme/models',
      GITHUB_API_URL: urls.api,
      GITHUB_GRAPHQL_URL: urls.graphql,
      GITHUB_SERVER_URL: urls.server,
      GITHUB_RUN_ID: '17',
      GITHUB_STEP_SUMMARY: '',
      GITHUB_OUTPUT: '',
      'INPUT_GITHUB-TOKEN': token,
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    await runAction(action);
    const statuses = repository.statuses.filter((each) => each.commit === commit);
    return { states: statuses.map(({ state }) => state), last: statuses.at(-1), token, urls };
  };

  it.each(['gate', ''])('takes the success back that stood there: action "%s"', async (action) => {
    const { states, last, token, urls } = await run(action, { 'pull-requests': 'read', statuses: 'write' });
    expect(states).toEqual(['success', 'error']);
    expect(last).toMatchObject({ context: 'weighbridge', targetUrl: `${urls.server}/acme/models/actions/runs/17` });
    expect(process.exitCode).toBe(2);
    expect(said.join('')).toContain('flow/invalid-files');
    expect(said.join('')).not.toContain(token);
  });

  it('fails all the same where the token may not say so', async () => {
    const { states } = await run('gate', { 'pull-requests': 'read', statuses: 'read' });
    expect(states).toEqual(['success']);
    expect(process.exitCode).toBe(2);
  });

  it('says nothing of a commit that it was not to judge', async () => {
    const { states } = await run('version', { 'pull-requests': 'read', statuses: 'write' });
    expect(states).toEqual(['success']);
  });
});
