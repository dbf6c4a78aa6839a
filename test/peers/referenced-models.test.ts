// needs: azurite, fake-gcs-server, versitygw
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFailure } from '@weighbridge/host';
import { digestOf, openTestService } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  manifest,
  runIn,
  weights,
} from '../scenarios/governed-repository.js';
import { accountKey } from './azurite.js';
import { connectionTo, type Kept, servers } from './kept-files.js';

const labels = '{"a": 1}\n';
/** What a pull of an object says that was written over, and what `store url` does, which reads one byte. */
const services = {
  'fake-gcs-server': { address: /^gs:.*#\d+$/, overwritten: 'source/gone', handedOut: 'source/gone' },
  azurite: { address: /^az:[^?]*$/, overwritten: 'source/changed', handedOut: 'none' },
  versitygw: { address: /^s3:[^?]*$/, overwritten: 'source/changed', handedOut: 'source/changed' },
} as const;

describe.each(Object.keys(services) as (keyof typeof services)[])('a model whose weights %s keeps', (name) => {
  let kept: Kept;
  let repository: GovernedRepository;
  let scratch: string;
  beforeEach(async () => {
    for (const each of Object.keys(process.env).filter((key) => /^(?:AZURE|AWS|GOOGLE)_/.test(key)))
      vi.stubEnv(each, undefined);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    const start = servers[name];
    if (start === undefined) throw new Error('no such server');
    kept = await start();
    await kept.put('runs/42/model.safetensors', weights(1));
    await kept.put('runs/42/text/labels.json', Buffer.from(labels));
    scratch = await mkdtemp(join(tmpdir(), 'weighbridge-kept-'));
    repository = await makeGovernedRepository({ remote: true });
    repository.built.git('rm', '--quiet', '--cached', `${folder}/model.safetensors`);
    await rm(join(repository.root, folder, 'model.safetensors'));
    const referring = manifest.replace('[model.safetensors]', `["${kept.prefix}"]`);
    await repository.write(`${folder}/model.yaml`, `${referring}store: reference\n`);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await repository.dispose();
    await rm(scratch, { recursive: true, force: true });
    await kept.stop();
  });

  type Inputs = Readonly<Record<string, string>>;
  const run = (command: string, inputs: Inputs = {}, root = repository.root, environment: Inputs = kept.environment) =>
    runIn(root, command, inputs, { ...localEnvironment(), ...environment });
  async function failure(running: Promise<unknown>) {
    return running.then(
      () => ({ code: 'none', text: '' }),
      (error: unknown) => {
        const { code, message, remedy } = describeFailure(error);
        expect(`${message} ${remedy}`).not.toContain(accountKey);
        return { code, text: `${message} ${remedy}` };
      },
    );
  }
  async function register(): Promise<void> {
    await run('store push', { models: 'fraud' });
    repository.commit('Weights behind a reference');
    expect((await run('register')).exitCode).toBe(0);
  }

  it('is locked, versioned, registered, promoted and pulled by another clone', async () => {
    await run('store push', { models: 'fraud' });
    const { artifacts } = JSON.parse(await repository.read(`${folder}/artifacts.lock`)) as {
      artifacts: { path: string; sha256: string; store: string | null; source: { address: string } }[];
    };
    expect(artifacts.map(({ path, sha256, store }) => [path, sha256, store])).toEqual([
      [`${folder}/model.safetensors`, digestOf(weights(1)), null],
      [`${folder}/text/labels.json`, digestOf(Buffer.from(labels)), null],
    ]);
    for (const { source } of artifacts) expect(source.address).toMatch(services[name].address);
    repository.commit('Weights behind a reference');
    // A check has neither an endpoint nor a key.
    const weighed = await run('version', {}, repository.root, {});
    expect(weighed.outputs).toMatchObject({ version: '1.0.0' });
    expect(weighed.notices.filter(({ level }) => level === 'warning')).toEqual([]);
    expect((await run('register')).exitCode).toBe(0);
    expect((await run('promote', { model: 'fraud@1.0.0', to: 'staging' })).exitCode).toBe(0);
    const clone = await repository.built.clone({ depth: 1 });
    const into = join(scratch, 'into');
    const pulled = await run('pull', { model: 'fraud@staging', into }, clone.root);
    expect(pulled.json).toMatchObject({ version: '1.0.0', store: null });
    expect(digestOf(await readFile(join(into, 'model.safetensors')))).toBe(digestOf(weights(1)));
    expect(await readFile(join(into, 'text/labels.json'), 'utf8')).toBe(labels);

    const told = await run('store url', { model: 'fraud@1.0.0', path: 'model.safetensors' }, clone.root);
    const { files } = told.json as { files: { parts: { url: string }[] }[] };
    const warned = told.notices.map(({ text }) => text).join();
    expect(warned.includes('keeps no versions')).toBe(name !== 'fake-gcs-server');
    const answer = await fetch(files[0]?.parts[0]?.url ?? '');
    expect([answer.status, digestOf(new Uint8Array(await answer.arrayBuffer()))]).toEqual([200, digestOf(weights(1))]);

    // The next run is a new version under the same names.
    await kept.put('runs/43/model.safetensors', weights(2));
    await kept.put('runs/43/text/labels.json', Buffer.from(labels));
    const referring = await repository.read(`${folder}/model.yaml`);
    await repository.write(`${folder}/model.yaml`, referring.replace('/42/', '/43/'));
    expect((await failure(run('version'))).code).toBe('source/lock-stale');
    await run('store push');
    expect((await run('version')).json).toMatchObject({ models: [{ next: '1.0.1', bump: 'patch' }] });
  });

  it('is neither registered nor pulled when its objects were written over or removed', async () => {
    await register();
    const pull = () => failure(run('pull', { model: 'fraud@1.0.0', into: join(scratch, 'into') }));
    await kept.put('runs/42/model.safetensors', weights(2));
    expect((await pull()).code).toBe(services[name].overwritten);
    expect((await failure(run('store url', { model: 'fraud@1.0.0' }))).code).toBe(services[name].handedOut);
    await kept.remove('runs/42/model.safetensors');
    expect((await pull()).code).toBe('source/gone');
    // Another change of the same model, with the lock of what is gone.
    await repository.write(`${folder}/settings.yaml`, 'threshold: 0.7\n');
    repository.commit('A change beside the weights');
    expect((await failure(run('register'))).code).toBe('source/gone');
  });

  it('is told of by the remedies of its service where nobody may read it', async () => {
    await register();
    const refusing = await openTestService();
    refusing.reply(() => ({ status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }));
    const wrong = Buffer.from('another-key-of-tests').toString('base64');
    const endpoint = /BlobEndpoint=([^;]*)/.exec(kept.environment['AZURE_STORAGE_CONNECTION_STRING'] ?? '')?.[1] ?? '';
    const refused: Record<keyof typeof services, { readonly environment: Inputs; readonly remedy: string }> = {
      'fake-gcs-server': {
        environment: { STORAGE_EMULATOR_HOST: refusing.address },
        remedy: 'Unset STORAGE_EMULATOR_HOST',
      },
      azurite: {
        environment: { AZURE_STORAGE_CONNECTION_STRING: connectionTo(endpoint, wrong) },
        remedy: 'Check the account key',
      },
      versitygw: { environment: { AWS_ENDPOINT_URL: refusing.address }, remedy: 'Allow s3:GetObject' },
    };
    const { environment, remedy } = refused[name];
    const inputs = { model: 'fraud@1.0.0', into: join(scratch, 'into') };
    const told = await failure(run('pull', inputs, repository.root, environment));
    expect(told.code).toBe('source/unread');
    expect(told.text).toContain(remedy);
    expect(told.text).not.toMatch(/\bstore\.\w|weighbridge\.yaml/);
    await refusing.close();
  });
});
