import { createHash, generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome } from '@weighbridge/host';
import { describeFailure } from '@weighbridge/host';
import { type FakeGitHub, fakeGitHub, type Repository } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  runIn,
} from './governed-repository.js';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicPem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
const modelKey = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const policy = `signing:
  keys:
    release: |
      ${publicPem.trimEnd().replaceAll('\n', '\n      ')}
`;
const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

describe('the release of a version', () => {
  let team: GovernedRepository;
  let hub: FakeGitHub;
  let forge: Repository;
  let environment: Record<string, string | undefined>;
  beforeEach(async () => {
    team = await makeGovernedRepository({ remote: true, policy });
    await team.run('register', { 'model-key': modelKey });
    hub = await fakeGitHub();
    forge = hub.addRepository({ name: 'acme/models', from: team.built.remote ?? '' });
    environment = await jobWith({ contents: 'write' });
  });
  afterEach(async () => {
    await hub.dispose();
    await team.dispose();
  });

  /** A job of the repository whose token may do just this. */
  const jobWith = async (permissions: Readonly<Record<string, 'read' | 'write'>>) => {
    const { urls } = await hub.listen();
    return {
      ...localEnvironment(),
      GITHUB_REPOSITORY: forge.fullName,
      GITHUB_API_URL: urls.api,
      GITHUB_GRAPHQL_URL: urls.graphql,
      GITHUB_SERVER_URL: urls.server,
      GITHUB_TOKEN: hub.actionsToken(forge, permissions),
    };
  };
  const release = (inputs: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
    runIn(team.root, 'release', inputs, environment);
  const held = () => [...forge.releases.values()];
  const fileOf = (name: string, place = 0): string =>
    new TextDecoder().decode(held()[place]?.assets.find((asset) => asset.name === name)?.bytes);

  it('has notes, card, bill of materials and signature; a second run changes nothing', async () => {
    const made = await release({ versions: 'fraud@1.0.0' });
    expect(made.outputs['outcome']).toBe('created');
    expect(made.outputs['url']).toMatch(/\/acme\/models\/releases\/tag\/fraud%40v1\.0\.0$/);
    expect(held()).toMatchObject([{ tag: 'fraud@v1.0.0', name: 'fraud 1.0.0', draft: false, prerelease: false }]);
    expect(held()[0]?.body).toContain('**fraud 1.0.0** (first version)');
    const card = await team.run('card', { version: 'fraud', recorded: 'true' });
    const bom = await team.run('bom', { version: 'fraud', recorded: 'true' });
    expect(fileOf('fraud-1.0.0.card.md')).toBe(card.text);
    // The ledger names the bill of materials by this digest.
    expect(sha256(fileOf('fraud-1.0.0.cdx.json'))).toBe((bom.json as { recorded: string }).recorded);
    expect(JSON.parse(fileOf('fraud-1.0.0.sigstore.json'))).toMatchObject({ dsseEnvelope: expect.anything() });
    const before = JSON.stringify(held());
    const writes = () => hub.requests.filter(({ method }) => method !== 'GET').length;
    const asked = writes();
    expect((await release()).outputs['outcome']).toBe('same');
    expect(JSON.stringify(held())).toBe(before);
    expect(writes()).toBe(asked);
  });

  it('keeps what people wrote, and brings its own part in line', async () => {
    await release();
    const [made] = held();
    if (made === undefined) throw new Error('no release');
    made.body = `Thanks to alice!\n\n${made.body}\n\nSee you.`;
    made.assets = [];
    await team.run('promote', { model: 'fraud@1.0.0', to: 'staging', reason: 'Good' });
    expect((await release()).outputs['outcome']).toBe('updated');
    expect(held()).toHaveLength(1);
    expect(held()[0]?.body).toMatch(/^Thanks to alice!\n\n<!-- weighbridge:notes[^]*\n\nSee you\.$/);
    expect(held()[0]?.assets.map(({ name }) => name)).toEqual([
      'fraud-1.0.0.card.md',
      'fraud-1.0.0.cdx.json',
      'fraud-1.0.0.sigstore.json',
    ]);
  });

  it('of a version with a label is a prerelease, and not the latest', async () => {
    await release();
    await team.write(`${folder}/settings.yaml`, 'threshold: 0.6\n');
    team.commit('Threshold');
    await team.run('register', { tag: 'fraud@v1.0.1-rc.1', 'model-key': modelKey });
    forge.git.git(['fetch', '--quiet', team.built.remote ?? '', '+refs/tags/*:refs/tags/*']);
    // In the job of a pushed tag, that version is meant.
    environment = { ...environment, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/tags/fraud@v1.0.1-rc.1' };
    expect((await release()).outputs['outcome']).toBe('created');
    expect(held().map(({ tag, prerelease }) => [tag, prerelease])).toEqual([
      ['fraud@v1.0.0', false],
      ['fraud@v1.0.1-rc.1', true],
    ]);
    expect(forge.latestRelease).toBe(held()[0]?.id);
  });

  it('of a model that has nothing but a version with a label holds back no other', async () => {
    await team.write('models/persona/model.yaml', 'name: persona\nkind: prompt\nprompts: [p.md]\n');
    await team.write('models/persona/p.md', 'Answer {{ question }}.\n');
    team.commit('Persona');
    await team.run('register', { tag: 'persona@v1.0.0-rc.1', 'model-key': modelKey });
    forge.git.git(['fetch', '--quiet', team.built.remote ?? '', '+refs/tags/*:refs/tags/*']);
    await release();
    const told = held().map(({ tag, draft, prerelease }) => [tag, draft, prerelease]);
    expect(told).toHaveLength(2);
    expect(told).toContainEqual(['fraud@v1.0.0', false, false]);
    expect(told).toContainEqual(['persona@v1.0.0-rc.1', false, true]);
  });

  it('comes to every version that has none, whoever was to make it, the oldest first', async () => {
    await release();
    await team.write('models/persona/model.yaml', 'name: persona\nkind: prompt\nprompts: [p.md]\n');
    await team.write('models/persona/p.md', 'Answer {{ question }}.\n');
    team.commit('Persona');
    await team.run('register', { 'model-key': modelKey });
    for (const threshold of ['0.6', '0.7']) {
      await team.write(`${folder}/settings.yaml`, `threshold: ${threshold}\n`);
      team.commit('Threshold');
      await team.run('register', { 'model-key': modelKey });
    }
    forge.git.git(['fetch', '--quiet', team.built.remote ?? '', '+refs/tags/*:refs/tags/*']);
    await release();
    expect(held().map(({ tag }) => tag)).toEqual(['fraud@v1.0.0', 'persona@v1.0.0', 'fraud@v1.0.1', 'fraud@v1.0.2']);
    expect(forge.latestRelease).toBe(held()[3]?.id);
  });

  it('of an older version is made where the run that started this one registered it, and else left to people', async () => {
    await team.write(`${folder}/settings.yaml`, 'threshold: 0.6\n');
    team.commit('Threshold');
    const first = team.built.git('rev-parse', 'HEAD~1');
    await team.run('register', { 'model-key': modelKey });
    forge.git.git(['fetch', '--quiet', team.built.remote ?? '', '+refs/tags/*:refs/tags/*']);
    await release();
    expect(held().map(({ tag }) => tag)).toEqual(['fraud@v1.0.1']);
    const event = join(team.store, 'event.json');
    await writeFile(event, JSON.stringify({ workflow_run: { head_sha: first } }));
    environment = { ...environment, GITHUB_EVENT_NAME: 'workflow_run', GITHUB_EVENT_PATH: event };
    await release();
    expect(held().map(({ tag }) => tag)).toEqual(['fraud@v1.0.1', 'fraud@v1.0.0']);
    expect(forge.latestRelease).toBe(held()[0]?.id);
  });

  it('is not made of a tag that leads elsewhere, and others are all the same', async () => {
    await team.write('models/persona/model.yaml', 'name: persona\nkind: prompt\nprompts: [p.md]\n');
    await team.write('models/persona/p.md', 'Answer {{ question }}.\n');
    team.commit('Persona');
    await team.run('register', { 'model-key': modelKey });
    forge.git.git(['fetch', '--quiet', team.built.remote ?? '', '+refs/tags/*:refs/tags/*']);
    forge.git.tag('fraud@v1.0.0', team.built.git('rev-parse', 'HEAD'));
    const done = await release();
    expect(done.exitCode).toBe(1);
    expect(done.notices.map(({ text }) => text).join()).toContain('The tag fraud@v1.0.0');
    expect(held().map(({ tag }) => tag)).toEqual(['persona@v1.0.0']);
    await expect(release({ versions: 'fraud@1.0.0' })).rejects.toMatchObject({ code: 'forge/tag-elsewhere' });
  });

  it('that a run left unfinished is published by the next, and a draft that people keep is not', async () => {
    const uploads = /POST .*\/assets/;
    hub.inject({ on: uploads, times: 20, trouble: { kind: 'status', status: 422 } });
    await expect(release()).rejects.toMatchObject({ code: 'forge/unexpected' });
    expect(held()).toMatchObject([{ draft: true, body: expect.stringContaining('weighbridge:unfinished') }]);
    hub.limits.clear();
    expect((await release()).outputs['outcome']).toBe('updated');
    expect(held()).toMatchObject([{ draft: false, body: expect.not.stringContaining('unfinished') }]);

    const [made] = held();
    if (made === undefined) throw new Error('no release');
    Object.assign(made, { draft: true, body: 'Not before Monday.', assets: [] });
    const kept = JSON.stringify(held());
    const left = await release();
    expect(left).toMatchObject({ exitCode: 0, outputs: { outcome: 'left' } });
    expect(left.notices.map(({ text }) => text).join()).toContain('weighbridge release fraud@1.0.0');
    const registered = await runIn(team.root, 'register', { release: 'true' }, environment);
    expect(registered).toMatchObject({ exitCode: 0, text: expect.stringContaining('Left a draft fraud@v1.0.0') });
    expect(JSON.stringify(held())).toBe(kept);
    expect((await release({ versions: 'fraud@1.0.0' })).outputs['outcome']).toBe('updated');
    expect(held()).toMatchObject([{ draft: false, body: expect.stringMatching(/^Not before Monday\./) }]);
  });

  it('asked for as a draft stays one, whatever runs come to it by themselves', async () => {
    await release({ draft: 'true' });
    expect((await release()).outputs['outcome']).toBe('left');
    expect((await release({ draft: 'true' })).outputs['outcome']).toBe('same');
    expect(held()).toMatchObject([{ draft: true, body: expect.not.stringContaining('unfinished') }]);
    expect((await release({ versions: 'fraud' })).outputs['outcome']).toBe('updated');
    expect(held()).toMatchObject([{ draft: false }]);
  });

  it('that fails leaves what was done in the outputs, and says what was not begun', async () => {
    await release();
    await team.write('models/persona/model.yaml', 'name: persona\nkind: prompt\nprompts: [p.md]\n');
    await team.write('models/persona/p.md', 'Answer {{ question }}.\n');
    team.commit('Persona');
    await team.run('register', { 'model-key': modelKey });
    for (const threshold of ['0.6', '0.7']) {
      await team.write(`${folder}/settings.yaml`, `threshold: ${threshold}\n`);
      team.commit('Threshold');
      await team.run('register', { 'model-key': modelKey });
    }
    forge.git.git(['fetch', '--quiet', team.built.remote ?? '', '+refs/tags/*:refs/tags/*']);
    const limit = { kind: 'primary-limit', resetSeconds: 3600 } as const;
    hub.inject({ on: /releases\/tags\/fraud(%40|@)v1\.0\.1/, times: 5, trouble: limit });
    const failed = [{ model: 'fraud', version: '1.0.1', code: 'forge/rate-limited' }];
    const broken = await release();
    expect(broken.exitCode).toBe(3);
    expect(broken.json).toMatchObject({
      releases: [{ tag: 'persona@v1.0.0', outcome: 'created' }],
      failed,
      not_begun: [{ model: 'fraud', version: '1.0.2' }],
    });
    expect(JSON.parse(broken.outputs['releases'] ?? '')).toMatchObject([{ tag: 'persona@v1.0.0' }]);
    expect(JSON.parse(broken.outputs['failed'] ?? '')).toMatchObject(failed);
    expect(broken.outputs['not-begun']).toBe('[{"model":"fraud","version":"1.0.2"}]');
    expect(broken.outputs['outcome']).toBe('');
    expect(broken.markdown).toContain('`fraud@1.0.2` | not begun: run it again');

    // Also where the first of several fails, and nothing was done before it.
    hub.limits.clear();
    hub.inject({ on: /releases\/tags\/fraud(%40|@)v1\.0\.1/, times: 5, trouble: limit });
    const first = await release({ versions: 'fraud@1.0.1 fraud@1.0.2' });
    expect(first.json).toMatchObject({ releases: [], failed, not_begun: [{ model: 'fraud', version: '1.0.2' }] });
    hub.limits.clear();
    hub.inject({ on: /releases\/tags\/fraud(%40|@)v1\.0\.1/, times: 5, trouble: limit });

    // Named by somebody, or behind a registration: the same.
    const named = await release({ versions: 'persona fraud@1.0.1 fraud@1.0.2' });
    expect(named).toMatchObject({
      exitCode: 3,
      json: { releases: [{ tag: 'persona@v1.0.0', outcome: 'same' }], failed },
    });
    hub.limits.clear();
    hub.inject({ on: /releases\/tags\/fraud/, times: 5, trouble: limit });
    const registered = await runIn(team.root, 'register', { release: 'true' }, environment);
    expect(registered).toMatchObject({ exitCode: 3, outputs: { models: expect.stringContaining('"unchanged"') } });
    expect(registered.json).toMatchObject({ released: { failed: [{ model: 'fraud' }] } });
    hub.limits.clear();
    expect((await release()).json).toMatchObject({ failed: [], not_begun: [] });
    expect(held().map(({ tag, draft }) => [tag, draft])).toEqual(
      ['fraud@v1.0.0', 'persona@v1.0.0', 'fraud@v1.0.1', 'fraud@v1.0.2'].map((tag) => [tag, false]),
    );
  });

  it('is a draft where that is asked for, and only shown in a dry run', async () => {
    const dry = await release({ 'dry-run': 'true' });
    expect(dry.text).toContain('would be made or updated');
    expect(dry.text).toContain('fraud-1.0.0.cdx.json');
    expect(held()).toEqual([]);
    expect((await release({ draft: 'true' })).text).toContain('(a draft)');
    expect(held()).toMatchObject([{ draft: true }]);
  });

  it('comes with the registration where that is asked for, also in the run after one that ended too early', async () => {
    const registered = await runIn(team.root, 'register', { release: 'true' }, environment);
    expect(registered.outputs).toMatchObject({ outcome: 'unchanged', url: expect.stringContaining('fraud%40v1.0.0') });
    expect(registered.text).toContain('Released fraud@v1.0.0: created');
    expect(held()).toHaveLength(1);
    const again = await runIn(team.root, 'register', {}, environment);
    expect(again.outputs).toMatchObject({ url: '' });
  });

  it('needs a forge, the tag there, the permission to write and a version', async () => {
    const failure = async (inputs: Readonly<Record<string, string>> = {}) =>
      release(inputs).then(
        () => 'no failure',
        (error: unknown) => describeFailure(error),
      );
    expect(await failure({ versions: 'fraud@9.9.9' })).toMatchObject({ code: 'flow/unknown-version' });
    expect(await failure({ versions: '@1.0.0' })).toMatchObject({ code: 'host/input' });
    const working = environment;
    environment = await jobWith({ contents: 'read' });
    expect(await failure()).toMatchObject({ code: 'forge/forbidden', message: expect.stringContaining('contents') });
    environment = localEnvironment();
    expect(await failure()).toMatchObject({ code: 'flow/no-forge' });
    environment = working;
    forge.git.git(['tag', '--delete', 'fraud@v1.0.0']);
    expect(await failure()).toMatchObject({ code: 'forge/not-found' });
    expect(held()).toEqual([]);
  });
});
