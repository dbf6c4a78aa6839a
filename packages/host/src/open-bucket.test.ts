import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePolicy } from '@weighbridge/manifest';
import { openTestService } from '@weighbridge/testkit';
import { afterEach, expect, it, vi } from 'vitest';
import { openBucket } from './open-bucket.js';

function policyOf(store: string) {
  const parsed = parsePolicy({ path: 'weighbridge.yaml', text: `version: 1\nstore: ${store}\n` });
  const policy = parsed.ok ? parsed.value.store : null;
  return policy === null || policy.type === 'folder' ? expect.fail(JSON.stringify(parsed)) : policy;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

it('is called by its address, whatever server it is on', () => {
  expect(openBucket(policyOf('s3://acme-models/prod/'), {}).address).toBe('s3://acme-models/prod');
  const own = '{ type: s3, bucket: acme-models, endpoint: "https://minio.acme.example" }';
  expect(openBucket(policyOf(own), {}).address).toBe('s3://acme-models');
  expect(openBucket(policyOf('gs://acme-models/prod/'), {}).address).toBe('gs://acme-models/prod');
});

it.each([
  ['of the process, where the SDK looks', { AWS_ACCESS_KEY_ID: 'AKIDOFTEST', AWS_SECRET_ACCESS_KEY: 'secret' }, {}],
  [
    'that are given',
    { AWS_ACCESS_KEY_ID: 'AKIDOFOTHERS', AWS_SECRET_ACCESS_KEY: 'secret' },
    { AWS_ACCESS_KEY_ID: 'AKIDOFTEST', AWS_SECRET_ACCESS_KEY: 'secret' },
  ],
])('is asked as the policy says, through the proxy of the environment, with the keys %s', async (_, around, given) => {
  for (const [name, value] of Object.entries(around)) vi.stubEnv(name, value);
  vi.stubEnv('AWS_PROFILE', undefined);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const scope = /Credential=([^,]*)/.exec(request.headers.authorization ?? '')?.[1]?.replace(/\/\d{8}\//, ' ');
    asked.push(`${request.method} ${request.url} ${scope}`);
    response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const http_proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const store =
    '{ type: s3, bucket: models, prefix: p, region: r-1, endpoint: "http://s3.acme.example", path_style: false }';
  expect(await openBucket(policyOf(store), { ...given, http_proxy }).read('a')).toBeNull();
  expect(asked).toEqual(['GET http://models.s3.acme.example/p/a AKIDOFTEST r-1/s3/aws4_request']);
  server.close();
  server.closeAllConnections();
});

const emulated = '{ type: gcs, bucket: models, prefix: p }';

it.each([
  ['by the environment', emulated, (host: string) => host],
  ['by the environment, with a scheme', emulated, (host: string) => `http://${host}`],
  [
    'by the policy, which counts more',
    '{ type: gcs, bucket: models, prefix: p, endpoint: "http://HOST" }',
    () => 'of-nobody:1',
  ],
])('an emulator of Cloud Storage is named %s, and told nothing of who asks', async (_, store, emulator) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? 'nobody'}`);
    response.writeHead(request.url?.includes('/o?') ? 200 : 404).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const policy = policyOf(store.replace('HOST', host));
  expect(await openBucket(policy, { STORAGE_EMULATOR_HOST: emulator(host) }).read('a')).toBeNull();
  expect(asked[0]).toBe('GET /download/storage/v1/b/models/o/p%2Fa?alt=media nobody');
  server.close();
  server.closeAllConnections();
});

it('another universe has a service of its own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'universe-'));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = {
    type: 'service_account',
    client_email: 'ci@acme.example',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
  writeFileSync(join(folder, 'key.json'), JSON.stringify(key));
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', join(folder, 'key.json'));
  const addressIn = (environment: Record<string, string>) =>
    openBucket(policyOf('gs://models/p'), environment).presign('a', { expiresInSeconds: 60 });
  expect(await addressIn({ STORAGE_EMULATOR_HOST: ' ' })).toMatch(
    /^https:\/\/storage\.googleapis\.com\/models\/p\/a\?X-/,
  );
  const elsewhere = { GOOGLE_CLOUD_UNIVERSE_DOMAIN: 'cloud.example' };
  expect(await addressIn(elsewhere)).toMatch(/^https:\/\/storage\.cloud\.example\/models\/p\/a\?X-/);
  rmSync(folder, { recursive: true });
});

it('in Azure is asked as the policy says, with the credentials and through the proxy of the environment', async () => {
  const service = await openTestService();
  service.reply(() => ({ status: 404, headers: { 'x-ms-error-code': 'BlobNotFound' } }));
  const store =
    '{ type: azure, account: acme, container: models, prefix: p, endpoint: "http://blobs.acme.example/acme" }';
  const environment = { http_proxy: service.address, AZURE_STORAGE_KEY: Buffer.alloc(64).toString('base64') };
  const bucket = openBucket(policyOf(store), environment);
  expect(bucket.address).toBe('az://acme/models/p');
  expect(await bucket.read('a')).toBeNull();
  const [{ url, headers } = expect.fail('nothing was asked')] = service.seen;
  expect(url).toBe('http://blobs.acme.example/acme/models/p/a');
  expect(headers.authorization).toMatch(/^SharedKey acme:/);
  await service.close();
});
