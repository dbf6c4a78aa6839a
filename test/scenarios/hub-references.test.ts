import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeHub, type HubFile, seededBytes, serveSource, writeSafetensors } from '@weighbridge/testkit';
import { expect, it } from 'vitest';
import { describeFailure } from '@weighbridge/host';
import { folder, localEnvironment, makeGovernedRepository, manifest, runIn } from './governed-repository.js';

const weightBytes = 18_000_000;
function weightsOf(seed: number): HubFile {
  const bytes = seededBytes(seed, weightBytes);
  const tensors = [{ name: 'layer.weight', dtype: 'U8', shape: [weightBytes], bytes }];
  return { bytes: writeSafetensors({ tensors }), isLarge: true };
}
const [first, second] = ['1'.repeat(40), '2'.repeat(40)];
const config: HubFile = { bytes: new TextEncoder().encode('{"model_type": "bert"}'), isLarge: false };
const token = 'hf_planted_secret';

it('weights of a branch of the Hub are those of its commit, by their headers, also when the branch moves on', async () => {
  const [old, next] = [weightsOf(1), weightsOf(2)];
  const files = {
    [first]: { 'model.safetensors': old, 'config.json': config },
    [second]: { 'model.safetensors': next, 'config.json': config },
  };
  let main = first;
  const world = () => ({
    token,
    repositories: { 'models/acme/bert': { revisions: { main }, isPrivate: true, files } },
  });
  const hub = await serveSource(fakeHub(world));
  const repository = await makeGovernedRepository({ remote: true });
  const into = await mkdtemp(join(tmpdir(), 'weighbridge-hub-'));
  const run = (name: string, inputs: Readonly<Record<string, string>> = {}) =>
    runIn(repository.root, name, inputs, { ...localEnvironment(), HF_ENDPOINT: hub.url, HF_TOKEN: token });
  const sentBytes = () =>
    hub.requests.reduce((sum, { range }) => {
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
      return sum + (from === undefined ? 0 : Number(to) - Number(from) + 1);
    }, 0);
  try {
    repository.built.git('rm', '--quiet', `${folder}/model.safetensors`);
    const referring = manifest.replace('[model.safetensors]', '["hf://acme/bert@main"]');
    await repository.write(`${folder}/model.yaml`, `${referring}store: reference\n`);
    await run('store push');
    const lock = await repository.read(`${folder}/artifacts.lock`);
    expect(lock).toContain(`hf://acme/bert@${first}/model.safetensors`);
    expect(lock).not.toContain(token);
    repository.commit('Weights of the Hub');
    await run('register');
    expect(sentBytes()).toBeLessThan(100_000);

    main = second;
    expect((await run('version')).json).toMatchObject({ models: [{ next: null, bump: 'none' }] });
    await run('pull', { model: 'fraud@1.0.0', into });
    const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(digest(await readFile(join(into, 'model.safetensors')))).toBe(digest(old.bytes));
    expect(await readFile(join(into, 'config.json'), 'utf8')).toBe('{"model_type": "bert"}');

    await run('store push');
    expect((await run('version')).json).toMatchObject({ models: [{ next: '1.0.1', bump: 'patch' }] });
  } finally {
    await hub.close();
    await repository.dispose();
    await rm(into, { recursive: true, force: true });
  }
}, 60_000);

it('a lock that leaves out files of its commit, or mixes two, is refused', async () => {
  const tokenizer: HubFile = { bytes: new TextEncoder().encode('{"version": "1.0"}'), isLarge: false };
  const files = {
    [first]: { 'model.safetensors': weightsOf(1), 'config.json': config },
    [second]: { 'model.safetensors': weightsOf(2), 'config.json': config, 'tokenizer_config.json': tokenizer },
  };
  let main = first;
  const world = () => ({
    token,
    repositories: { 'models/acme/bert': { revisions: { main }, isPrivate: true, files } },
  });
  const hub = await serveSource(fakeHub(world));
  const repository = await makeGovernedRepository({ remote: true });
  const run = (name: string) =>
    runIn(repository.root, name, {}, { ...localEnvironment(), HF_ENDPOINT: hub.url, HF_TOKEN: token });
  const failure = (name: string) =>
    run(name).then(
      () => 'none',
      (error: unknown) => describeFailure(error),
    );
  const lock = `${folder}/artifacts.lock`;
  type Lock = { artifacts: { path: string; source: { address: string } }[] };
  const edit = async (written: string, change: (lock: Lock) => Lock['artifacts']) => {
    const read = JSON.parse(written) as Lock;
    await repository.write(lock, `${JSON.stringify({ ...read, artifacts: change(read) }, null, 2)}\n`);
    repository.commit('Another lock');
  };
  try {
    repository.built.git('rm', '--quiet', `${folder}/model.safetensors`);
    const referring = manifest.replace('[model.safetensors]', '["hf://acme/bert@main"]');
    await repository.write(`${folder}/model.yaml`, `${referring}store: reference\n`);
    await run('store push');
    const whole = await repository.read(lock);
    // What the branch gained later is no part of the commit that the lock names.
    main = second;
    await edit(whole, ({ artifacts }) => artifacts.filter(({ path }) => !path.endsWith('config.json')));
    expect(await failure('register')).toMatchObject({
      code: 'flow/lock-differs',
      message: expect.stringContaining('config.json'),
    });
    await edit(whole, ({ artifacts }) =>
      artifacts.map((each) =>
        each.path.endsWith('config.json')
          ? { ...each, source: { ...each.source, address: each.source.address.replace(first, second) } }
          : each,
      ),
    );
    expect(await failure('version')).toMatchObject({ code: 'flow/lock-differs' });
    await edit(whole, ({ artifacts }) => artifacts);
    expect(await failure('register')).toBe('none');
  } finally {
    await hub.close();
    await repository.dispose();
  }
}, 60_000);
