import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFailure } from '@weighbridge/host';
import {
  digestOf,
  type FakeBucket,
  fakeS3,
  putFake,
  seededBytes,
  type ServedSource,
  serveSource,
  writeSafetensors,
} from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  manifest,
  runIn,
} from './governed-repository.js';

const secret = 'a-planted-secret-key';
const lock = `${folder}/artifacts.lock`;
const weightBytes = 20_000_000;

/** Weights far larger than their header. */
function weightsOf(seed: number): Uint8Array {
  const bytes = seededBytes(seed, weightBytes);
  return writeSafetensors({ tensors: [{ name: 'layer.weight', dtype: 'U8', shape: [weightBytes], bytes }] });
}
const [first, second] = [weightsOf(1), weightsOf(2)];

type Locked = { path: string; sha256: string; store: string | null; tensors: object; source: { address: string } };

let repository: GovernedRepository;
let service: ServedSource;
let buckets: Record<string, FakeBucket>;
let scratch: string;
/** From which byte on reads are refused. */
let refusedFrom: number;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-s3-'));
  buckets = { models: { isVersioned: true, hasChecksums: true, objects: new Map() } };
  refusedFrom = Infinity;
  const s3 = fakeS3(() => buckets);
  service = await serveSource((request) => {
    const from = Number(/^bytes=(\d+)-/.exec(request.range ?? '')?.[1] ?? 0);
    const refused = { status: 403, text: '<Error><Code>AccessDenied</Code></Error>' };
    return request.method === 'GET' && from >= refusedFrom ? refused : s3(request);
  });
  putFake(modelsBucket(), 'runs/42/model.safetensors', first);
  putFake(modelsBucket(), 'runs/42/text/labels.json', new TextEncoder().encode('{"a": 1}\n'));
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

function modelsBucket(): FakeBucket {
  const { models } = buckets;
  if (models === undefined) throw new Error('no bucket');
  return models;
}
/** The chain of the AWS SDK reads the environment of the process. */
function give(keys: { readonly id: string; readonly secret: string }): void {
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(scratch, 'none'));
  vi.stubEnv('AWS_ACCESS_KEY_ID', keys.id);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', keys.secret);
}
/** A job that may read the bucket. */
function run(name: string, inputs: Readonly<Record<string, string>> = {}) {
  give({ id: 'AKIAPLANTED', secret });
  return runIn(repository.root, name, inputs, { ...localEnvironment(), AWS_ENDPOINT_URL: service.url });
}
/** A job that may not: nobody says who asks. */
function runBare(name: string, inputs: Readonly<Record<string, string>> = {}) {
  give({ id: '', secret: '' });
  return runIn(repository.root, name, inputs, { ...localEnvironment(), AWS_ENDPOINT_URL: service.url });
}
const refer = (reference: string, store = 'reference') =>
  repository.write(
    `${folder}/model.yaml`,
    `${manifest.replace('[model.safetensors]', `["${reference}"]`)}store: ${store}\n`,
  );
async function failure(running: Promise<unknown>): Promise<string> {
  try {
    await running;
  } catch (error) {
    const { code, message, remedy } = describeFailure(error);
    expect(`${message} ${remedy}`).not.toContain(secret);
    return code;
  }
  return 'none';
}
const lockedFiles = async () => (JSON.parse(await repository.read(lock)) as { artifacts: Locked[] }).artifacts;
const sentBytes = () =>
  service.requests.reduce((sum, { method, range }) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    return sum + (method === 'GET' && from !== undefined ? Number(to) - Number(from) + 1 : 0);
  }, 0);

describe('weights behind s3://', () => {
  it('are locked by their headers, versioned without a key, registered and pulled, and no byte is copied', async () => {
    await refer('s3://models/runs/42/');
    await run('store push', { models: 'fraud' });
    expect(sentBytes()).toBeLessThan(100_000);
    const locked = await lockedFiles();
    expect(locked.map(({ path, sha256, store, source }) => [path, sha256, store, source.address])).toEqual([
      [`${folder}/model.safetensors`, digestOf(first), null, 's3://models/runs/42/model.safetensors?versionId=v1'],
      [
        `${folder}/text/labels.json`,
        digestOf(new TextEncoder().encode('{"a": 1}\n')),
        null,
        's3://models/runs/42/text/labels.json?versionId=v1',
      ],
    ]);
    repository.commit('Weights behind a reference');

    const before = service.requests.length;
    const weighed = await runBare('version');
    expect(weighed.outputs).toMatchObject({ model: 'fraud', version: '1.0.0' });
    expect(weighed.notices.filter(({ level }) => level === 'warning')).toEqual([]);
    expect(service.requests.length).toBe(before);

    expect((await run('register')).exitCode).toBe(0);
    expect(sentBytes()).toBeLessThan(200_000);

    // What is written later under the same key is other bytes; the version keeps its own.
    putFake(modelsBucket(), 'runs/42/model.safetensors', second);
    const into = join(scratch, 'into');
    const pulled = await run('pull', { model: 'fraud@1.0.0', into });
    expect(pulled.json).toMatchObject({ store: null, version: '1.0.0' });
    expect(digestOf(await readFile(join(into, 'model.safetensors')))).toBe(digestOf(first));
    expect(await readFile(join(into, 'text/labels.json'), 'utf8')).toBe('{"a": 1}\n');
    expect((await run('show', { model: 'fraud' })).json).toBeDefined();
  }, 60_000);

  it('get a new version when the next run is referred to, under the same names', async () => {
    await refer('s3://models/runs/42/*.safetensors');
    await run('store push');
    repository.commit('First');
    await run('register');
    putFake(modelsBucket(), 'runs/43/model.safetensors', second);
    await refer('s3://models/runs/43/*.safetensors');
    expect(await failure(run('version'))).toBe('source/lock-stale');
    await run('store push');
    const { json } = await run('version');
    expect(json).toMatchObject({ models: [{ next: '1.0.1', bump: 'patch' }] });
  }, 60_000);

  it('are read to their end where S3 knows no SHA-256, and copied where the manifest says so', async () => {
    buckets['plain'] = { isVersioned: false, hasChecksums: false, objects: new Map() };
    putFake(buckets['plain'], 'a/model.safetensors', first);
    await refer('s3://plain/a/model.safetensors', 'copy');
    await run('store push');
    const [locked] = await lockedFiles();
    expect(locked).toMatchObject({
      sha256: digestOf(first),
      store: `folder:${repository.store}`,
      source: { address: 's3://plain/a/model.safetensors' },
    });
    expect(Object.keys(locked?.tensors ?? {})).toEqual(['layer.weight']);
    repository.commit('Copied');
    buckets['plain'].objects.clear();
    expect((await runBare('register')).exitCode).toBe(0);
    const into = join(scratch, 'copied');
    await runBare('pull', { model: 'fraud@1.0.0', into });
    expect(digestOf(await readFile(join(into, 'model.safetensors')))).toBe(digestOf(first));
  }, 60_000);

  it('are read live by a check that may, and told as not locked by one that may not', async () => {
    await refer('s3://models/runs/42/model.safetensors');
    repository.commit('Nothing is locked');
    const weighed = await run('version');
    expect(weighed.outputs).toMatchObject({ version: '1.0.0' });
    expect(weighed.notices.map(({ text }) => text).join()).toContain('was read where it is kept');
    expect(sentBytes()).toBeLessThan(100_000);
    expect(await failure(runBare('version'))).toBe('source/not-locked');
    expect(await failure(run('register'))).toBe('source/lock-needed');
    expect(await failure(run('version', { offline: 'true' }))).toBe('source/not-locked');
  });

  it('of an object that was written over or removed are neither registered nor pulled', async () => {
    buckets['plain'] = { isVersioned: false, hasChecksums: false, objects: new Map() };
    putFake(buckets['plain'], 'model.safetensors', first);
    await refer('s3://plain/model.safetensors');
    await run('store push');
    repository.commit('Without versions');
    putFake(buckets['plain'], 'model.safetensors', second);
    expect(await failure(run('register'))).toBe('source/changed');
    putFake(buckets['plain'], 'model.safetensors', first);
    await run('register');
    const pull = () => run('pull', { model: 'fraud@1.0.0', into: join(scratch, 'into') });
    putFake(buckets['plain'], 'model.safetensors', second);
    expect(await failure(pull())).toBe('source/changed');
    await expect(readFile(join(scratch, 'into/model.safetensors'))).rejects.toThrow('ENOENT');
    buckets['plain'].objects.clear();
    expect(await failure(pull())).toBe('source/gone');
  }, 60_000);

  it('that were broken off are gone on with, exported as an image and handed out by addresses', async () => {
    await refer('s3://models/runs/42/');
    await run('store push');
    repository.commit('Behind a reference');
    await run('register');
    const into = join(scratch, 'into');
    const eightMiB = 8 * 1024 * 1024;
    refusedFrom = eightMiB;
    expect(await failure(run('pull', { model: 'fraud@1.0.0', into }))).toBe('store/denied');
    expect(await readdir(into)).not.toContain('model.safetensors');
    refusedFrom = Infinity;
    const before = sentBytes();
    await run('pull', { model: 'fraud@1.0.0', into });
    expect(sentBytes() - before).toBe(first.length - eightMiB);
    expect(digestOf(await readFile(join(into, 'model.safetensors')))).toBe(digestOf(first));
    expect((await readdir(into)).sort()).toEqual(['model.safetensors', 'text']);

    // What is left can be wrong: then it is begun anew.
    await rm(join(into, 'model.safetensors'));
    refusedFrom = eightMiB;
    expect(await failure(run('pull', { model: 'fraud@1.0.0', into }))).toBe('store/denied');
    refusedFrom = Infinity;
    const [left = ''] = (await readdir(into)).filter((name) => name.endsWith('.partial'));
    await writeFile(join(into, left), new Uint8Array(eightMiB));
    await run('pull', { model: 'fraud@1.0.0', into });
    expect(digestOf(await readFile(join(into, 'model.safetensors')))).toBe(digestOf(first));

    const presigned = await run('store url', { model: 'fraud@1.0.0', path: '**/*.json', expires: '600' });
    const { files } = presigned.json as { files: { sha256: string; parts: { url: string; length: number }[] }[] };
    const part = files[0]?.parts[0];
    expect([files.length, part?.length]).toEqual([1, 9]);
    expect(part?.url).toMatch(/^http:.*\/models\/runs\/42\/text\/labels\.json\?versionId=v1&.*X-Amz-Signature=/);
    expect(part?.url).not.toContain(secret);
    expect(await failure(run('store restore', { model: 'fraud@1.0.0' }))).toBe('flow/not-stored');

    const oci = join(scratch, 'oci');
    const exported = await run('export', { model: 'fraud@1.0.0', oci });
    const blob = join(oci, 'blobs/sha256', digestOf(first).slice('sha256:'.length));
    expect(digestOf(await readFile(blob))).toBe(digestOf(first));
    expect(exported.json).toMatchObject({ tag: 'fraud-1.0.0', present: 0, layers: [{ digest: digestOf(first) }, {}] });
    expect((await run('export', { model: 'fraud@1.0.0', oci })).json).toMatchObject({ present: 2 });
  }, 240_000);

  it('in five hundred files have one entry of the ledger, and are pulled by another clone', async () => {
    const count = 500;
    const contentOf = (index: number) => new TextEncoder().encode(`{"part": ${index}}\n`);
    const nameOf = (index: number) => `part-${String(index).padStart(5, '0')}-of-00500.json`;
    for (let index = 1; index <= count; index++)
      putFake(modelsBucket(), `runs/a-long-name-of-a-run/shards/${nameOf(index)}`, contentOf(index));
    await refer('s3://models/runs/a-long-name-of-a-run/shards/');
    await run('store push');
    expect(await lockedFiles()).toHaveLength(count);
    repository.commit('Many files');
    expect((await run('register')).exitCode).toBe(0);
    const { root } = await repository.built.clone({ depth: 1 });
    const into = join(scratch, 'many');
    const environment = { ...localEnvironment(), AWS_ENDPOINT_URL: service.url };
    const pulled = await runIn(root, 'pull', { model: 'fraud@1.0.0', into }, environment);
    expect((pulled.json as { files: unknown[] }).files).toHaveLength(count);
    expect(await readdir(into)).toHaveLength(count);
    for (const index of [1, 250, count])
      expect(await readFile(join(into, nameOf(index)))).toEqual(Buffer.from(contentOf(index)));
    expect((await run('audit verify')).exitCode).toBe(0);
  }, 240_000);

  it('are what the manifest refers to: a lock that names another address, digest or header is refused', async () => {
    putFake(modelsBucket(), 'elsewhere/model.safetensors', second);
    await refer('s3://models/runs/42/model.safetensors');
    await run('store push');
    const written = await repository.read(lock);
    const forge = async (from: string, to: string) => {
      expect(written).toContain(from);
      await repository.write(lock, written.replace(from, to));
      repository.commit('Forged');
    };
    await forge('runs/42/model.safetensors?versionId=v1', 'elsewhere/model.safetensors?versionId=v1');
    expect(await failure(run('version'))).toBe('flow/lock-differs');
    await forge(digestOf(first), digestOf(second));
    expect(await failure(run('register'))).toBe('source/changed');
    await forge('"name":"layer.weight"', '"name":"layer.height"');
    expect(await failure(run('register'))).toBe('flow/lock-differs');
  });

  it('are all that is behind the reference: a lock without one of its files is refused', async () => {
    await refer('s3://models/runs/42/');
    await run('store push');
    putFake(modelsBucket(), 'runs/42/text/merges.txt', new TextEncoder().encode('a b\n'));
    repository.commit('Locked before the last file');
    expect((await run('version')).outputs).toMatchObject({ version: '1.0.0' });
    expect(await failure(run('register'))).toBe('flow/lock-differs');
    await run('store push');
    repository.commit('All of it');
    expect(await failure(run('register'))).toBe('none');
  }, 60_000);

  it('that were copied are registered by reference, and other weights do not pass for them', async () => {
    await refer('s3://models/runs/42/model.safetensors', 'copy');
    await run('store push');
    repository.commit('Copied');
    await run('register');
    await refer('s3://models/runs/42/model.safetensors');
    await repository.write(`${folder}/settings.yaml`, 'threshold: 0.7\n');
    await run('store push');
    const [copied] = await lockedFiles();
    expect(Object.keys(copied?.tensors ?? {})).toEqual(['layer.weight']);
    repository.commit('Referred to from now on');
    const before = sentBytes();
    expect(await failure(run('register'))).toBe('none');
    expect(sentBytes() - before).toBeLessThan(100_000);

    putFake(modelsBucket(), 'runs/42/model.safetensors', second);
    await run('store push');
    const { version, artifacts } = JSON.parse(await repository.read(lock)) as { version: 1; artifacts: Locked[] };
    const lying = artifacts.map((each) => ({ ...each, tensors: copied?.tensors }));
    await repository.write(lock, JSON.stringify({ version, artifacts: lying }));
    await repository.write(`${folder}/settings.yaml`, 'threshold: 0.8\n');
    repository.commit('Other weights, with the tensors of those before');
    expect(await failure(run('register'))).toBe('flow/lock-differs');
  }, 60_000);

  it('are not fetched to be copied where there is no store', async () => {
    await refer('s3://models/runs/42/', 'copy');
    const policy = await repository.read('weighbridge.yaml');
    await repository.write('weighbridge.yaml', policy.replace(/^store: .*\n/m, ''));
    expect(await failure(run('store push'))).toBe('flow/no-store');
    expect(service.requests).toEqual([]);
  });

  it('of nothing, of two with one name and of another kind of reference are told so', async () => {
    await refer('s3://models/runs/7/');
    expect(await failure(run('store push'))).toBe('source/unread');
    putFake(modelsBucket(), 'runs/43/model.safetensors', second);
    await refer('s3://models/runs/42/", "s3://models/runs/43/');
    expect(await failure(run('store push'))).toBe('source/name-taken');
    await refer('vendor:openai/gpt-4.1');
    expect(await failure(run('store push'))).toBe('flow/invalid-files');
  });
});
