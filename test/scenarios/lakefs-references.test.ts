import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFailure } from '@weighbridge/host';
import { digestOf, fakeLakefs, type ServedSource, serveSource } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  manifest,
  runIn,
  weights,
} from './governed-repository.js';

const [first, second] = ['1'.repeat(64), '2'.repeat(64)];
const key = 'AKIAJTESTS';
const secret = 'a-planted-secret';
const labels = new TextEncoder().encode('{"a": 1}\n');

let main: string;
let contents: Record<string, Uint8Array>;
let objects: Record<string, readonly string[]>;
let lakefs: ServedSource;
let repository: GovernedRepository;
let scratch: string;
beforeEach(async () => {
  main = first;
  contents = { 'runs/42/model.safetensors': weights(1), 'runs/42/labels.json': labels };
  objects = { [first]: Object.keys(contents) };
  lakefs = await serveSource(
    fakeLakefs(() => ({ key, secret, repositories: { models: { refs: { main }, objects, contents } } })),
  );
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-lakefs-'));
  repository = await makeGovernedRepository({ remote: true });
  repository.built.git('rm', '--quiet', '--cached', `${folder}/model.safetensors`);
  await rm(join(repository.root, folder, 'model.safetensors'));
  await refer('lakefs://models/main/runs/42/');
});
afterEach(async () => {
  await lakefs.close();
  await repository.dispose();
  await rm(scratch, { recursive: true, force: true });
});

type Inputs = Readonly<Record<string, string>>;
const credentials = (secretKey = secret) => ({
  LAKECTL_SERVER_ENDPOINT_URL: lakefs.url,
  LAKECTL_CREDENTIALS_ACCESS_KEY_ID: key,
  LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY: secretKey,
});
function run(
  name: string,
  inputs: Inputs = {},
  {
    root = repository.root,
    environment = credentials(),
  }: { readonly root?: string; readonly environment?: Inputs } = {},
) {
  return runIn(root, name, inputs, { ...localEnvironment(), ...environment });
}
async function failure(running: Promise<unknown>): Promise<{ readonly code: string; readonly remedy: string }> {
  return running.then(
    () => ({ code: 'none', remedy: '' }),
    (error: unknown) => {
      const { code, message, remedy } = describeFailure(error);
      expect(`${message} ${remedy}`).not.toContain(secret);
      return { code, remedy };
    },
  );
}
const refer = (reference: string) =>
  repository.write(
    `${folder}/model.yaml`,
    `${manifest.replace('[model.safetensors]', `["${reference}"]`)}store: reference\n`,
  );
const pull = (environment?: Inputs) =>
  failure(
    run(
      'pull',
      { model: 'fraud@1.0.0', into: join(scratch, 'again') },
      environment === undefined ? {} : { environment },
    ),
  );

it('weights of a branch of lakeFS are those of its commit, from the lock to the pull of another clone', async () => {
  await run('store push', { models: 'fraud' });
  const locked = JSON.parse(await repository.read(`${folder}/artifacts.lock`)) as {
    artifacts: { path: string; sha256: string; source: { address: string } }[];
  };
  expect(locked.artifacts.map(({ path, sha256, source }) => [path, sha256, source.address])).toEqual([
    [`${folder}/labels.json`, digestOf(labels), `lakefs://models/${first}/runs/42/labels.json`],
    [`${folder}/model.safetensors`, digestOf(weights(1)), `lakefs://models/${first}/runs/42/model.safetensors`],
  ]);
  repository.commit('Weights behind a branch');
  // The branch moves on while the change is reviewed, and the check asks nobody.
  objects[second] = ['runs/42/labels.json'];
  main = second;
  const before = lakefs.requests.length;
  expect((await run('version', {}, { environment: {} })).outputs).toMatchObject({ version: '1.0.0' });
  expect(lakefs.requests.length).toBe(before);
  expect((await run('register')).exitCode).toBe(0);
  expect((await run('promote', { model: 'fraud@1.0.0', to: 'staging' })).exitCode).toBe(0);
  const clone = await repository.built.clone({ depth: 1 });
  const into = join(scratch, 'into');
  const pulled = await run('pull', { model: 'fraud@staging', into }, { root: clone.root });
  expect(pulled.json).toMatchObject({ version: '1.0.0', store: null });
  expect((await readdir(into)).sort()).toEqual(['labels.json', 'model.safetensors']);
  expect(digestOf(await readFile(join(into, 'model.safetensors')))).toBe(digestOf(weights(1)));
  const oci = join(scratch, 'oci');
  expect((await run('export', { model: 'fraud@1.0.0', oci }, { root: clone.root })).json).toMatchObject({ present: 0 });
  expect((await failure(run('store url', { model: 'fraud@1.0.0' }))).code).toBe('flow/no-addresses');
});

it('a version of lakeFS is not pulled when it is gone, others or not shown, and the remedy is one of lakeFS', async () => {
  await run('store push');
  repository.commit('Weights behind a branch');
  await run('register');
  const refused = await pull(credentials('another-secret'));
  expect(refused.code).toBe('source/unread');
  expect(refused.remedy).toMatch(/LAKECTL_|LAKEFS_/);
  expect(refused.remedy).not.toContain('store.');
  contents['runs/42/model.safetensors'] = weights(2);
  expect((await pull()).code).toBe('source/changed');
  objects[first] = ['runs/42/labels.json'];
  expect((await pull()).code).toBe('source/gone');
  await rm(join(repository.root, folder, 'artifacts.lock'));
  await refer('lakefs://models/main/runs/7/');
  expect(await failure(run('store push'))).toMatchObject({ code: 'source/unread' });
});
