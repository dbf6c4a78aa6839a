import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltRepository } from '@weighbridge/testkit';
import { afterEach, expect, it } from 'vitest';
import { folder, makeGovernedRepository, runIn, weights } from './governed-repository.js';
import { mlmodelOf } from './mlmodel-file.js';
import { type Files, repositoryWith } from './ungoverned-repository.js';

let built: BuiltRepository;
afterEach(() => built.dispose());

it('the version that GTO tagged last is the first of the ledger while nothing changed', async () => {
  const repository = await makeGovernedRepository();
  built = repository.built;
  built.git('tag', '-a', 'fraud@v3.1.0', '-m', 'Registering artifact fraud version v3.1.0');
  expect((await repository.run('register')).json).toMatchObject({ models: [{ version: '3.1.0' }] });
});

it('versions that GTO tagged before there was a ledger are gone on with', async () => {
  const repository = await makeGovernedRepository();
  built = repository.built;
  const { git } = built;
  git('tag', '-a', 'fraud@v3.1.0', '-m', 'Registering artifact fraud version v3.1.0');
  await repository.write(`${folder}/model.safetensors`, weights(2));
  repository.commit('Retrain');
  const outcome = await repository.run('version');
  expect(outcome.json).toMatchObject({ models: [{ current: '3.1.0', next: '3.1.1', bump: 'patch' }] });
  expect((await repository.run('register')).json).toMatchObject({ models: [{ version: '3.1.1' }] });
  await repository.write(`${folder}/model.safetensors`, weights(2, [2, 3]));
  repository.commit('Widen');
  expect((await repository.run('version')).json).toMatchObject({ models: [{ current: '3.1.1', next: '4.0.0' }] });
});

interface RegisteredVersion {
  readonly version: string;
  readonly commit: string;
}

/** A repository that GTO tagged before init came, with what was committed between the two. */
async function taggedBefore(files: Files, later: Files): Promise<{ readonly tagged: string }> {
  built = await repositoryWith(files);
  const tagged = built.git('rev-parse', 'HEAD');
  built.git('tag', '-a', 'fraud@v2.1.0', '-m', 'Registering artifact fraud version v2.1.0');
  for (const [path, content] of Object.entries(later)) await writeFile(join(built.root, path), content);
  built.git('add', '-A');
  built.git('commit', '--quiet', '-m', 'Go on');
  await runIn(built.root, 'init', { 'no-workflows': 'true' });
  built.git('add', '-A');
  built.git('commit', '--quiet', '-m', 'Govern');
  return { tagged };
}

it('the version that GTO tagged before init is taken over at the commit of its tag, and register may follow init', async () => {
  const { tagged } = await taggedBefore({ 'fraud/model.safetensors': weights(1) }, { 'README.md': '# Our team\n' });
  const object = built.git('rev-parse', 'refs/tags/fraud@v2.1.0');
  const outcome = await runIn(built.root, 'register');
  expect(outcome.json).toMatchObject({ models: [{ outcome: 'registered', version: '2.1.0' }] });
  const shown = (await runIn(built.root, 'show', { models: 'fraud' })).json as { versions: RegisteredVersion[] };
  expect(shown.versions).toMatchObject([{ version: '2.1.0', commit: tagged }]);
  expect(built.git('rev-parse', 'refs/tags/fraud@v2.1.0')).toBe(object);
  expect(built.git('rev-parse', 'fraud#development#1^{commit}')).toBe(tagged);
  expect((await runIn(built.root, 'register')).json).toMatchObject({ models: [{ outcome: 'unchanged' }] });
  await writeFile(join(built.root, 'fraud/model.safetensors'), weights(2));
  expect((await runIn(built.root, 'version')).json).toMatchObject({ models: [{ current: '2.1.0', next: '2.1.1' }] });
});

it.each([
  ['was trained again since', { 'fraud/model.safetensors': weights(2) }, '2.1.1'],
  ['takes other inputs since', { 'fraud/model.safetensors': weights(1, [2, 3]) }, '3.0.0'],
  ['was saved again since, as other bytes of the same', { 'fraud/MLmodel': mlmodelOf({ saved: 2 }) }, '2.1.1'],
])('a model that GTO tagged before init and that %s goes on from that number', async (_, later, version) => {
  await taggedBefore({ 'fraud/model.safetensors': weights(1), 'fraud/MLmodel': mlmodelOf() }, later);
  const head = built.git('rev-parse', 'HEAD');
  expect((await runIn(built.root, 'register')).json).toMatchObject({ models: [{ outcome: 'registered', version }] });
  expect(built.git('rev-parse', `fraud@v${version}^{commit}`)).toBe(head);
});

it('a version that GTO tagged on another line of history is not taken over, and its number is not given again', async () => {
  built = await repositoryWith({ 'fraud/model.safetensors': weights(1) });
  built.git('checkout', '--quiet', '-b', 'aside');
  built.git('commit', '--quiet', '--allow-empty', '-m', 'Aside');
  built.git('tag', '-a', 'fraud@v2.1.0', '-m', 'Registering artifact fraud version v2.1.0');
  built.git('checkout', '--quiet', '-');
  await runIn(built.root, 'init', { 'no-workflows': 'true' });
  built.git('add', '-A');
  built.git('commit', '--quiet', '-m', 'Govern');
  expect((await runIn(built.root, 'register')).json).toMatchObject({ models: [{ version: '2.1.1' }] });
});

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');
const pipelineOf = (bytes: Uint8Array) => `schema: '2.0'
stages:
  train:
    cmd: python train.py
    outs: [{ path: fraud/model.safetensors, hash: md5, md5: ${md5(bytes)}, size: ${bytes.length} }]
`;

/** A repository of DVC and GTO in which init came after the tag; its weights are at hand, and at no remote. */
async function trackedBefore(now: Uint8Array): Promise<{ readonly tagged: string }> {
  built = await repositoryWith({
    '.dvc/config': '',
    '.gitignore': '/fraud/model.safetensors\n',
    'dvc.yaml':
      'artifacts:\n  fraud: { path: fraud/model.safetensors, type: model }\nstages:\n  train:\n    cmd: python train.py\n    outs: [fraud/model.safetensors]\n',
    'dvc.lock': pipelineOf(weights(1)),
    'fraud/model.safetensors': weights(1),
  });
  const tagged = built.git('rev-parse', 'HEAD');
  built.git('tag', '-a', 'fraud@v1.2.3', '-m', 'Registering artifact fraud version v1.2.3');
  await writeFile(join(built.root, 'fraud/model.safetensors'), now);
  await writeFile(join(built.root, 'dvc.lock'), pipelineOf(now));
  await runIn(built.root, 'init', { 'no-workflows': 'true' });
  await runIn(built.root, 'store push');
  built.git('add', '-A');
  built.git('commit', '--quiet', '-m', 'Govern');
  return { tagged };
}

it('what DVC names by the same digest as at the tag of GTO is that version, and no remote is asked', async () => {
  const { tagged } = await trackedBefore(weights(1));
  expect((await runIn(built.root, 'version')).json).toMatchObject({ models: [{ next: '1.2.3' }] });
  expect((await runIn(built.root, 'register')).json).toMatchObject({ models: [{ version: '1.2.3' }] });
  const shown = (await runIn(built.root, 'show', { models: 'fraud' })).json as { versions: RegisteredVersion[] };
  expect(shown.versions).toMatchObject([{ version: '1.2.3', commit: tagged }]);
});

it('weights that are not what DVC says of them are no version that was tagged', async () => {
  await trackedBefore(weights(1));
  await writeFile(join(built.root, 'fraud/model.safetensors'), weights(2));
  await runIn(built.root, 'store push');
  built.git('commit', '--quiet', '-a', '-m', 'Train without DVC');
  const outcome = (await runIn(built.root, 'register')).json as { models: readonly RegisteredVersion[] };
  expect(outcome.models).toHaveLength(1);
  expect(outcome.models[0]?.version).not.toBe('1.2.3');
});

it('where what GTO tagged is at no remote that its commit knows, the numbers go on above it, and it is said why', async () => {
  await trackedBefore(weights(2));
  const weighed = await runIn(built.root, 'version');
  expect(weighed.json).toMatchObject({ models: [{ next: '2.0.0' }] });
  const told = weighed.notices.filter(({ text }) => text.includes('fraud@v1.2.3 was cannot be read'));
  expect(told).toMatchObject([{ level: 'warning' }]);
  const policy = await readFile(join(built.root, 'weighbridge.yaml'), 'utf8');
  expect(policy).toContain('initial: 1.0.0');
  await writeFile(join(built.root, 'weighbridge.yaml'), policy.replace('initial: 1.0.0', 'initial: 1.2.4'));
  expect((await runIn(built.root, 'version')).json).toMatchObject({ models: [{ next: '1.2.4' }] });
  await writeFile(join(built.root, 'weighbridge.yaml'), policy.replace('initial: 1.0.0', 'initial: 1.1.0'));
  expect((await runIn(built.root, 'version')).json).toMatchObject({ models: [{ next: '2.0.0' }] });
});

it('a candidate of a release that GTO tagged becomes that release, and nothing below it', async () => {
  built = await repositoryWith({ 'fraud/model.safetensors': weights(1) });
  built.git('tag', '-a', 'fraud@v2.0.0-rc.1', '-m', 'Registering artifact fraud version v2.0.0-rc.1');
  await runIn(built.root, 'init', { 'no-workflows': 'true' });
  expect((await runIn(built.root, 'version')).json).toMatchObject({ models: [{ next: '2.0.0' }] });
});
