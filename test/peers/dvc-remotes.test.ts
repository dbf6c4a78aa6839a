// needs: dvc-s3, python, versitygw
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  manifest,
  runIn,
  weights,
} from '../scenarios/governed-repository.js';
import { rootKeys, startVersityGateway } from './s3-servers.js';

const peers = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.peers');
const dvcProgram = join(peers, 'bin', 'dvc');
/** The same DVC with what it needs for S3. */
const dvcForS3 = join(peers, 'dvc-s3', 'bin', 'dvc');
const labels = '{"a": 1}\n';

interface Locked {
  readonly path: string;
  readonly sha256: string;
  readonly source?: { readonly reference: string; readonly address: string };
}

let repository: GovernedRepository;
let scratch: string;
beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'weighbridge-dvc-'));
  repository = await makeGovernedRepository({ remote: true });
  const { built, root, write } = repository;
  built.git('rm', '--quiet', '--cached', `${folder}/model.safetensors`);
  rmSync(join(root, folder, 'model.safetensors'));
  dvc('init', '--quiet');
  dvc('remote', 'add', '--quiet', '--default', 'kept', join(scratch, 'remote'));
  await write(
    `${folder}/model.yaml`,
    `${manifest.replace('[model.safetensors]', '[weights, text]')}store: reference\n`,
  );
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await repository.dispose();
  rmSync(scratch, { recursive: true, force: true });
});

function dvc(...words: readonly string[]): void {
  dvcAt(repository.root, words);
}
function dvcAt(cwd: string, words: readonly string[], program = dvcProgram): void {
  const env = { ...process.env, DVC_NO_ANALYTICS: '1', DVC_SITE_CACHE_DIR: join(scratch, 'site') };
  execFileSync(program, words, { cwd, env, stdio: 'pipe' });
}

/** Weights under a `.dvc` file and a folder, pushed; then no byte of them is in this clone. */
async function pushAndForget(value: number, program = dvcProgram): Promise<void> {
  const { root, write } = repository;
  await write(`${folder}/weights/model.safetensors`, weights(value));
  await write(`${folder}/text/labels.json`, labels);
  await write(`${folder}/text/more/words.txt`, 'one\r\ntwo\r\n');
  dvc('add', '--quiet', `${folder}/weights/model.safetensors`, `${folder}/text`);
  dvcAt(root, ['push', '--quiet'], program);
  rmSync(join(root, folder, 'weights/model.safetensors'));
  rmSync(join(root, folder, 'text'), { recursive: true });
  rmSync(join(root, '.dvc/cache'), { recursive: true });
}

/** The files of that push with their digests, by path. */
const pushed = (value: number) => [
  [`${folder}/text/labels.json`, digestOf(Buffer.from(labels))],
  [`${folder}/text/more/words.txt`, digestOf(Buffer.from('one\r\ntwo\r\n'))],
  [`${folder}/weights/model.safetensors`, digestOf(weights(value))],
];

const lockedFiles = async () =>
  (JSON.parse(await repository.read(`${folder}/artifacts.lock`)) as { artifacts: Locked[] }).artifacts;

it('what DVC itself pushed into a folder is locked, versioned, registered and pulled without being at hand', async () => {
  await pushAndForget(1);
  await repository.run('store push', { models: 'fraud' });
  const locked = await lockedFiles();
  expect(locked.map(({ path, sha256 }) => [path, sha256])).toEqual(pushed(1));
  repository.commit('At the remote');
  expect((await repository.run('version')).outputs).toMatchObject({ version: '1.0.0' });
  expect((await repository.run('register')).exitCode).toBe(0);
  const into = join(scratch, 'into');
  await repository.run('pull', { model: 'fraud@1.0.0', into });
  expect(digestOf(readFileSync(join(into, 'weights/model.safetensors')))).toBe(digestOf(weights(1)));
  expect(readFileSync(join(into, 'text/more/words.txt'), 'utf8')).toBe('one\r\ntwo\r\n');

  await pushAndForget(2);
  expect(await repository.failure('version')).toBe('source/lock-stale');
  await repository.run('store push');
  expect((await repository.run('version')).json).toMatchObject({ models: [{ next: '1.0.1' }] });
  // Brought back by DVC, the files are what the lock says.
  dvc('pull', '--quiet');
  const weighed = await repository.run('version');
  expect(weighed.json).toMatchObject({ models: [{ next: '1.0.1' }] });
  expect(weighed.notices.filter(({ level }) => level === 'warning')).toEqual([]);
}, 240_000);

it('what DVC itself pushed to S3 is found by the url, the endpoint and the keys of the job', async () => {
  const server = await startVersityGateway();
  try {
    const place = await server.makeBucket();
    dvc('remote', 'modify', '--quiet', 'kept', 'url', `s3://${place.bucket}/kept`);
    dvc('remote', 'modify', '--quiet', 'kept', 'endpointurl', server.endpoint);
    vi.stubEnv('AWS_ACCESS_KEY_ID', rootKeys.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', rootKeys.secretAccessKey);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    await pushAndForget(1, dvcForS3);
    const run = (name: string, inputs: Readonly<Record<string, string>> = {}) =>
      runIn(repository.root, name, inputs, { ...localEnvironment(), AWS_ENDPOINT_URL_S3: server.endpoint });
    await run('store push');
    const locked = await lockedFiles();
    expect(locked.map(({ path, sha256 }) => [path, sha256])).toEqual(pushed(1));
    for (const { source } of locked)
      expect(source?.address).toMatch(new RegExp(`^s3://${place.bucket}/kept/files/md5/[0-9a-f]{2}/[0-9a-f]{30}`));
    repository.commit('In a bucket');
    expect((await repository.run('version')).outputs).toMatchObject({ version: '1.0.0' });
    expect((await run('register')).exitCode).toBe(0);
    const into = join(scratch, 'into');
    await run('pull', { model: 'fraud@1.0.0', into });
    expect(digestOf(readFileSync(join(into, 'weights/model.safetensors')))).toBe(digestOf(weights(1)));
    expect(readFileSync(join(into, 'text/labels.json'), 'utf8')).toBe(labels);
  } finally {
    await server.stop();
  }
}, 240_000);

it('what DVC imported is kept by its source: it is copied where it was pulled, and no push is asked for', async () => {
  const { built, root, write } = repository;
  const source = join(scratch, 'source');
  mkdirSync(source);
  const git = (...words: readonly string[]) => built.git('-C', source, ...words);
  git('init', '--quiet');
  dvcAt(source, ['init', '--quiet']);
  dvcAt(source, ['remote', 'add', '--quiet', '--default', 'theirs', join(scratch, 'theirs')]);
  writeFileSync(join(source, 'model.safetensors'), weights(3));
  dvcAt(source, ['add', '--quiet', 'model.safetensors']);
  dvcAt(source, ['push', '--quiet']);
  git('add', '-A');
  git('commit', '--quiet', '-m', 'Weights of somebody else');

  const imported = `${folder}/model.safetensors`;
  await write(`${folder}/model.yaml`, manifest);
  dvc('import', '--quiet', source, 'model.safetensors', '--out', imported);
  dvc('push', '--quiet');
  rmSync(join(root, imported));
  rmSync(join(root, '.dvc/cache'), { recursive: true, force: true });
  expect(await repository.failure('store push')).toBe('source/dvc-elsewhere');
  dvc('pull', '--quiet');
  await repository.run('store push');
  rmSync(join(root, imported));
  repository.commit('Imported, and copied');
  expect((await repository.run('register')).exitCode).toBe(0);
  const into = join(scratch, 'into');
  await repository.run('pull', { model: 'fraud@1.0.0', into });
  expect(digestOf(readFileSync(join(into, 'model.safetensors')))).toBe(digestOf(weights(3)));
}, 240_000);
