import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeFailure } from '@weighbridge/host';
import { digestOf, type FakeBucket, fakeS3, putFake, type ServedSource, serveSource } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  manifest,
  runIn,
  weights,
} from './governed-repository.js';

const lock = `${folder}/artifacts.lock`;
const [first, second] = [weights(1), weights(2)];
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');
const text = (words: string) => new TextEncoder().encode(words);
const recordOf = (bytes: Uint8Array, name: string) =>
  `outs:\n- md5: ${md5(bytes)}\n  size: ${bytes.length}\n  hash: md5\n  path: ${name}\n`;

type Locked = { path: string; sha256: string; store: string | null; source?: { reference: string; address: string } };

let repository: GovernedRepository;
let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-dvc-'));
  repository = await makeGovernedRepository({ remote: true });
  repository.built.git('rm', '--quiet', '--cached', `${folder}/model.safetensors`);
  await rm(join(repository.root, folder, 'model.safetensors'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await repository.dispose();
  await rm(scratch, { recursive: true, force: true });
});

const remoteFolder = () => join(scratch, 'remote');
const configure = (url: string, more = '', name = 'config') =>
  repository.write(`.dvc/${name}`, `[core]\n    remote = kept\n['remote "kept"']\n    url = ${url}\n${more}`);
const objectPath = (name: string) => `${name.slice(0, 2)}/${name.slice(2)}`;
async function keep(bytes: Uint8Array, layout = 'files/md5/', name = md5(bytes)): Promise<string> {
  const path = join(remoteFolder(), `${layout}${objectPath(name)}`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  return path;
}
/** The manifest of this model by its artifacts and by where its bytes are kept. */
const refer = (artifacts: string, store = 'reference') =>
  repository.write(
    `${folder}/model.yaml`,
    `${manifest.replace('[model.safetensors]', `[${artifacts}]`)}store: ${store}\n`,
  );
const track = (bytes: Uint8Array) =>
  repository.write(`${folder}/model.safetensors.dvc`, recordOf(bytes, 'model.safetensors'));
const lockedFiles = async () => (JSON.parse(await repository.read(lock)) as { artifacts: Locked[] }).artifacts;
async function failure(running: Promise<unknown>): Promise<string> {
  try {
    await running;
  } catch (error) {
    return describeFailure(error).code;
  }
  return 'none';
}
const run = (name: string, inputs: Readonly<Record<string, string>> = {}) => repository.run(name, inputs);

describe('weights at a remote of DVC in a folder', () => {
  beforeEach(() => configure(remoteFolder()));

  it('are locked, versioned, registered and pulled without being at hand', async () => {
    await refer('model.safetensors');
    await track(first);
    await keep(first);
    await run('store push', { models: 'fraud' });
    const address = `file:${join(remoteFolder(), 'files/md5', objectPath(md5(first)))}`;
    expect(await lockedFiles()).toMatchObject([
      {
        path: `${folder}/model.safetensors`,
        sha256: digestOf(first),
        store: null,
        source: { reference: `dvc:/${folder}/model.safetensors.dvc#${md5(first)}`, address },
      },
    ]);
    repository.commit('Weights at a DVC remote');
    const weighed = await run('version');
    expect(weighed.outputs).toMatchObject({ model: 'fraud', version: '1.0.0' });
    expect(weighed.notices.filter(({ level }) => level === 'warning')).toEqual([]);
    expect((await run('register')).exitCode).toBe(0);
    const into = join(scratch, 'into');
    expect((await run('pull', { model: 'fraud@1.0.0', into })).json).toMatchObject({ version: '1.0.0', store: null });
    expect(digestOf(await readFile(join(into, 'model.safetensors')))).toBe(digestOf(first));

    // Retrained: the record names other bytes, and the lock is of the ones before.
    await track(second);
    await keep(second);
    expect(await failure(run('version'))).toBe('source/lock-stale');
    await run('store push');
    expect((await run('version')).json).toMatchObject({ models: [{ next: '1.0.1', bump: 'patch' }] });
  }, 60_000);

  it('are copied into the store with "store: copy", and need the remote no more', async () => {
    await refer('model.safetensors', 'copy');
    await track(first);
    const path = await keep(first);
    await run('store push');
    expect(await lockedFiles()).toMatchObject([{ sha256: digestOf(first), store: expect.stringContaining('folder:') }]);
    await rm(path);
    repository.commit('Copied');
    expect((await run('register')).exitCode).toBe(0);
    const into = join(scratch, 'into');
    await run('pull', { model: 'fraud@1.0.0', into });
    expect(digestOf(await readFile(join(into, 'model.safetensors')))).toBe(digestOf(first));
  }, 60_000);

  it('of a folder are those that its list names, and no others can be locked as such', async () => {
    const list = text(
      JSON.stringify([
        { md5: md5(first), relpath: 'model.safetensors' },
        { md5: md5(text('{"a": 1}\n')), relpath: 'text/labels.json' },
      ]),
    );
    for (const bytes of [first, second, text('{"a": 1}\n')]) await keep(bytes);
    await keep(list, 'files/md5/', `${md5(list)}.dir`);
    await repository.write(
      `${folder}/out.dvc`,
      `outs:\n- md5: ${md5(list)}.dir\n  size: 1\n  nfiles: 2\n  hash: md5\n  path: out\n`,
    );
    for (const artifacts of ['out/*.safetensors', 'out/model.safetensors']) {
      await refer(artifacts);
      await run('store push');
      expect((await lockedFiles()).map(({ path }) => path)).toEqual([`${folder}/out/model.safetensors`]);
    }
    await refer('out');
    await run('store push');
    expect((await lockedFiles()).map(({ path }) => path)).toEqual([
      `${folder}/out/model.safetensors`,
      `${folder}/out/text/labels.json`,
    ]);
    repository.commit('A folder');
    expect((await run('version')).outputs).toMatchObject({ version: '1.0.0' });
    const written = await repository.read(lock);
    const forged = written
      .replaceAll(objectPath(md5(first)), objectPath(md5(second)))
      .replaceAll(digestOf(first), digestOf(second));
    await repository.write(lock, forged);
    repository.commit('Other bytes under its name');
    expect(await failure(run('register'))).toBe('flow/lock-differs');
    await repository.write(lock, written);
    repository.commit('The right ones');
    expect((await run('register')).exitCode).toBe(0);
  }, 60_000);

  it('are found through dvc.lock, in the layout of earlier releases, and by a folder beside the repository', async () => {
    await configure('../dvc-remote');
    const path = join(repository.root, 'dvc-remote', objectPath(md5(first)));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, first);
    await refer('model.safetensors');
    const out = `      - path: model.safetensors\n        md5: ${md5(first)}\n        size: ${first.length}\n`;
    await repository.write(
      `${folder}/dvc.lock`,
      `schema: '2.0'\nstages:\n  train:\n    cmd: python train.py\n    outs:\n${out}`,
    );
    await run('store push');
    const [locked] = await lockedFiles();
    expect(locked?.source).toEqual({
      reference: `dvc:/${folder}/dvc.lock#${md5(first)}`,
      address: `file:dvc-remote/${objectPath(md5(first))}`,
    });

    // A lock of DVC that has become too large to be read takes no address away, and makes no file of git a part.
    await refer('./');
    const large = `# ${'x'.repeat(8 * 2 ** 20)}\n`;
    await repository.write(`${folder}/dvc.lock`, `${large}${await repository.read(`${folder}/dvc.lock`)}`);
    await repository.write(`${folder}/.gitignore`, '/model.safetensors\n');
    await repository.write(`${folder}/model.safetensors`, first);
    await run('store push');
    const again = await lockedFiles();
    expect(again.find(({ path }) => path === `${folder}/model.safetensors`)?.source).toEqual(locked?.source);
    expect(again.map(({ path }) => path)).not.toContain(`${folder}/.gitignore`);
  }, 60_000);

  it('of a stage are where its dvc.yaml says: in the folder that it runs in, and not pushed by "push: false"', async () => {
    await configure(remoteFolder());
    await refer('out/model.safetensors');
    const out = `    - path: model.safetensors\n      md5: ${md5(first)}\n      hash: md5\n      size: ${first.length}\n`;
    await repository.write(`${folder}/dvc.lock`, `schema: '2.0'\nstages:\n  train:\n    cmd: x\n    outs:\n${out}`);
    const stage = (more: string) =>
      repository.write(
        `${folder}/dvc.yaml`,
        `stages:\n  train:\n    wdir: out\n    cmd: x\n    outs:\n    - model.safetensors${more}\n`,
      );
    await stage('');
    expect(await failure(run('store push'))).toBe('source/dvc-missing');
    await stage(':\n        push: false');
    expect(await failure(run('store push'))).toBe('source/dvc-elsewhere');
    await stage(':\n        remote: unknown');
    expect(await failure(run('store push'))).toBe('source/dvc-remote');
    // What cannot be read leaves the path that the lock has, in the folder of the lock.
    await stage(':\n        push: *alias');
    expect(await failure(run('store push'))).toBe('flow/artifact-missing');
    await stage('');
    await keep(first);
    await run('store push');
    expect((await lockedFiles()).map(({ path }) => path)).toEqual([`${folder}/out/model.safetensors`]);
  }, 60_000);

  it('are refused when they are missing, others, or nobody says where they are', async () => {
    await refer('model.safetensors');
    await track(first);
    expect(await failure(run('store push'))).toBe('source/dvc-missing');
    const path = await keep(first);
    await writeFile(path, second);
    expect(await failure(run('store push'))).toBe('source/dvc-differs');
    await writeFile(path, text('short'));
    expect(await failure(run('store push'))).toBe('source/dvc-differs');
    await writeFile(path, first);
    await repository.write('.dvc/config', '[core]\n    analytics = false\n');
    expect(await failure(run('store push'))).toBe('source/dvc-remote');
    await configure('ssh://somewhere/kept');
    expect(await failure(run('store push'))).toBe('source/dvc-remote');
    await configure(remoteFolder(), '    version_aware = true\n');
    expect(await failure(run('store push'))).toBe('source/dvc-remote');
    // What only this clone knows counts in this clone.
    await configure('ssh://somewhere/kept');
    await configure(remoteFolder(), '', 'config.local');
    expect(await failure(run('store push'))).toBe('none');
  }, 60_000);

  it('are read by their header in a check without a lock, and registered by the lock alone', async () => {
    await refer('model.safetensors');
    await track(first);
    await keep(first);
    repository.commit('No lock');
    const weighed = await run('version');
    expect(weighed.outputs).toMatchObject({ version: '1.0.0' });
    expect(weighed.notices.map(({ text: told }) => told).join('\n')).toContain('was read where it is kept');
    expect(await failure(run('register'))).toBe('source/lock-needed');
  }, 60_000);

  it('cannot be locked at an address that the remote does not have for them', async () => {
    await refer('model.safetensors');
    await track(first);
    await keep(first);
    await run('store push');
    const written = await repository.read(lock);
    await repository.write(lock, written.replaceAll(remoteFolder(), join(scratch, 'elsewhere')));
    expect(await failure(run('version'))).toBe('flow/lock-differs');
    await repository.write(lock, written.replaceAll(objectPath(md5(first)), objectPath(md5(second))));
    expect(await failure(run('version'))).toBe('flow/lock-differs');
  }, 60_000);

  it('that are at hand are locked as files, as ever', async () => {
    await refer('model.safetensors');
    await track(first);
    await repository.write('.gitignore', '*.safetensors\n');
    await repository.write(`${folder}/model.safetensors`, first);
    await run('store push');
    const [locked] = await lockedFiles();
    expect(locked?.sha256).toBe(digestOf(first));
    expect(locked?.source).toBeUndefined();
  }, 60_000);
});

describe('weights at a remote of DVC in S3', () => {
  let service: ServedSource;
  let bucket: FakeBucket;
  beforeEach(async () => {
    bucket = { isVersioned: false, hasChecksums: false, objects: new Map() };
    service = await serveSource(fakeS3(() => ({ models: bucket })));
    await configure('s3://models/dvc');
    await refer('model.safetensors');
    await track(first);
  });
  afterEach(() => service.close());
  const runAsked = (name: string, inputs: Readonly<Record<string, string>> = {}) => {
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(scratch, 'none'));
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAPLANTED');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-planted-secret-key');
    return runIn(repository.root, name, inputs, { ...localEnvironment(), AWS_ENDPOINT_URL: service.url });
  };

  it('are locked, registered and pulled from there', async () => {
    expect(await failure(runAsked('store push'))).toBe('source/dvc-missing');
    const key = `dvc/files/md5/${objectPath(md5(first))}`;
    putFake(bucket, key, first);
    await configure('s3://models/dvc', `    endpointurl = ${service.url}/\n`);
    await runAsked('store push');
    const [locked] = await lockedFiles();
    expect(locked?.source?.address).toBe(`s3://models/${key}`);
    repository.commit('At S3');
    // A check has the lock, and neither the endpoint nor keys.
    expect((await run('version')).outputs).toMatchObject({ version: '1.0.0' });
    expect((await runAsked('register')).exitCode).toBe(0);
    const into = join(scratch, 'into');
    await runAsked('pull', { model: 'fraud@1.0.0', into });
    expect(digestOf(await readFile(join(into, 'model.safetensors')))).toBe(digestOf(first));
  }, 60_000);

  it('are not asked for at an endpoint that the repository alone names', async () => {
    const other = await serveSource(fakeS3(() => ({ models: bucket })));
    await configure('s3://models/dvc', `    endpointurl = ${other.url}\n`);
    expect(await failure(runAsked('store push'))).toBe('source/dvc-remote');
    expect([other.requests.length, service.requests.length]).toEqual([0, 0]);
    await other.close();
  }, 60_000);
});
