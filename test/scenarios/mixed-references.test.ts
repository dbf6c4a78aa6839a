import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFailure } from '@weighbridge/host';
import { digestOf, type FakeBucket, fakeS3, putFake, type ServedSource, serveSource } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  manifest,
  runIn,
  weights,
} from './governed-repository.js';

const first = weights(1);

let repository: GovernedRepository;
let service: ServedSource;
let scratch: string;
/** Why S3 lets nobody read, although it describes everything. */
let refusal: 'AccessDenied' | 'InvalidObjectState' | null;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-mixed-'));
  const models: FakeBucket = { isVersioned: true, hasChecksums: true, objects: new Map() };
  putFake(models, 'runs/42/model.safetensors', first);
  putFake(models, 'runs/42/text/labels.json', Buffer.from('{"a": 1}\n'));
  const s3 = fakeS3(() => ({ models }));
  refusal = null;
  service = await serveSource((request) => {
    const isRefused = refusal !== null && request.method === 'GET';
    return isRefused ? { status: 403, text: `<Error><Code>${refusal}</Code></Error>` } : s3(request);
  });
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(scratch, 'none'));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAPLANTED');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-planted-secret-key');
  repository = await makeGovernedRepository({ remote: true });
  repository.built.git('rm', '--quiet', '--cached', `${folder}/model.safetensors`);
  await rm(join(repository.root, folder, 'model.safetensors'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await service.close();
  await repository.dispose();
  await rm(scratch, { recursive: true, force: true });
});

function run(name: string, inputs: Readonly<Record<string, string>> = {}, root = repository.root) {
  return runIn(root, name, inputs, { ...localEnvironment(), AWS_ENDPOINT_URL: service.url });
}
async function failure(running: Promise<unknown>): Promise<string> {
  return running.then(
    () => 'none',
    (error: unknown) => describeFailure(error).code,
  );
}
/** Registers a version of these artifacts. */
async function register(artifacts: string): Promise<void> {
  const text = `${manifest.replace('[model.safetensors]', `[${artifacts}]`)}store: reference\n`;
  await repository.write(`${folder}/model.yaml`, text);
  await run('store push');
  repository.commit('Weights behind a reference');
  await run('register');
}

it('files in git beside references are pulled and exported from the commit, and have no address', async () => {
  const settings = '{"threshold": 0.5}\n';
  await repository.write(`${folder}/config.json`, settings);
  await register('config.json, "s3://models/runs/42/"');
  await repository.write(`${folder}/config.json`, '{"threshold": 0.9}\n');
  repository.commit('Other settings');
  const { root } = await repository.built.clone({ depth: 1 });
  const elsewhere = (name: string, inputs: Readonly<Record<string, string>>) =>
    run(name, { model: 'fraud@1.0.0', ...inputs }, root);
  const into = join(scratch, 'into');
  await elsewhere('pull', { into });
  expect(await readFile(join(into, 'config.json'), 'utf8')).toBe(settings);
  expect(digestOf(await readFile(join(into, 'model.safetensors')))).toBe(digestOf(first));
  const oci = join(scratch, 'oci');
  await elsewhere('export', { oci });
  const blob = join(oci, 'blobs/sha256', digestOf(Buffer.from(settings)).slice('sha256:'.length));
  expect(await readFile(blob, 'utf8')).toBe(settings);
  expect(await failure(elsewhere('store url', { path: 'text/*.json' }))).toBe('none');
  expect(await failure(elsewhere('store url', {}))).toBe('flow/no-addresses');
}, 120_000);

it('what git ignores beside references is told before anything is brought, and the others can be selected', async () => {
  await repository.write(`${folder}/.gitignore`, 'config.json\n');
  await repository.write(`${folder}/config.json`, '{}\n');
  await register('config.json, "s3://models/runs/42/"');
  const into = join(scratch, 'into');
  const pull = (only: Readonly<Record<string, string>>) =>
    failure(run('pull', { model: 'fraud@1.0.0', into, ...only }));
  expect(await pull({})).toBe('flow/not-in-git');
  await expect(readdir(into)).rejects.toThrow('ENOENT');
  expect(await pull({ only: '*.safetensors' })).toBe('none');
}, 60_000);

it('what its service archived gets no address, since none would be of use', async () => {
  await register('"s3://models/runs/42/"');
  const url = () => failure(run('store url', { model: 'fraud@1.0.0', path: '**/*.json' }));
  expect(await url()).toBe('none');
  refusal = 'InvalidObjectState';
  expect(await url()).toBe('source/archived');
  refusal = 'AccessDenied';
  expect(await url()).toBe('store/denied');
}, 60_000);
