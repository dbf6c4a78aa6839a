import { generateKeyPairSync, verify } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectCode } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findGcsCredentials } from './gcs-credentials.js';
import { openGcsBucket } from './open-gcs-bucket.js';

let folder: string;
let server: Server;
let address: string;
let asked: string[];
let answers: Record<string, object>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'credentials-'));
  asked = [];
  answers = {};
  server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'GOOGLE_APPLICATION_CREDENTIALS']) {
    vi.stubEnv(name, undefined);
  }
  // Nothing of the machine that the test runs on is asked.
  vi.stubEnv('CLOUDSDK_CONFIG', folder);
  vi.stubEnv('HOME', folder);
  vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const path = (request.url ?? '').replace(/\?.*$/, '');
  asked.push(`${request.method} ${path} ${Buffer.concat(chunks).toString()}`);
  const found = answers[path];
  response.writeHead(found === undefined ? 404 : 200, {
    'content-type': 'application/json',
    'metadata-flavor': 'Google',
  });
  response.end(JSON.stringify(found ?? { error: 'not_found' }));
}

const search = (proxy = {}) => findGcsCredentials({ proxy, universeDomain: null, timeoutMs: 5000 });

function writeCredentials(content: object): void {
  const path = join(folder, 'credentials.json');
  writeFileSync(path, JSON.stringify(content));
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', path);
}

/** What google-github-actions/auth writes: the token of the job is exchanged, and then stands for a service account. */
function federate(): void {
  answers['/oidc'] = { value: 'the-token-of-the-job' };
  const account = `${address}/v1/projects/-/serviceAccounts/ci@acme.iam.gserviceaccount.com:generateAccessToken`;
  writeCredentials({
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/github',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${address}/v1/token`,
    service_account_impersonation_url: account,
    credential_source: {
      url: `${address}/oidc?audience=p`,
      headers: { Authorization: 'Bearer request-token' },
      format: { type: 'json', subject_token_field_name: 'value' },
    },
  });
  answers['/v1/token'] = {
    access_token: 'federated',
    token_type: 'Bearer',
    expires_in: 3600,
    issued_token_type: 'urn:x',
  };
  const expireTime = new Date(Date.now() + 3_600_000).toISOString();
  answers[new URL(account).pathname] = { accessToken: 'of-the-account', expireTime };
}

function serviceAccount() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeCredentials({
    type: 'service_account',
    client_email: 'ci@acme.iam.gserviceaccount.com',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  });
  return publicKey;
}

test('a federation of workload identities, as in a job of GitHub Actions', async () => {
  federate();
  const credentials = await search();
  expect(await credentials.headers()).toEqual({ authorization: 'Bearer of-the-account' });
  expect(asked[0]).toContain('GET /oidc');
  expect(asked[1]).toContain('the-token-of-the-job');
  const before = asked.length;
  await credentials.headers();
  expect(asked).toHaveLength(before);
  await Promise.all([1, 2, 3].map(() => credentials.headers({ forceRefresh: true })));
  expect(asked).toHaveLength(2 * before);
  expect((await credentials.signer())?.email).toBe('ci@acme.iam.gserviceaccount.com');
});

test('without a key, IAM is asked to sign, through the proxy', async () => {
  federate();
  const tunnels: string[] = [];
  server.on('connect', ({ url }, socket) => {
    tunnels.push(url ?? '');
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
  });
  const proxy = { https: address.replace('//', '//me:planted-password@'), none: '127.0.0.1' };
  const credentials = await search(proxy);
  const bucket = openGcsBucket({ bucket: 'models', credentials });
  const error = await expectCode(bucket.presign('a', { expiresInSeconds: 60 }), 'store/denied');
  expect(new Set(tunnels)).toEqual(new Set(['iamcredentials.googleapis.com:443']));
  expect(error.remedy).toContain('iam.serviceAccounts.signBlob');
  expect(JSON.stringify([error.message, error.remedy, error.fields, error.cause ?? null])).not.toMatch(
    /planted|Bearer/,
  );
});

test('the key of a service account signs addresses, and nobody is asked', async () => {
  const publicKey = serviceAccount();
  const bucket = openGcsBucket({ bucket: 'models', prefix: 'prod' });
  const url = new URL((await bucket.presign('a/b', { expiresInSeconds: 60 })) ?? '');
  expect(`${url.origin}${url.pathname}`).toBe('https://storage.googleapis.com/models/prod/a/b');
  expect(url.searchParams.get('X-Goog-Credential')).toMatch(/^ci@acme\.iam\.gserviceaccount\.com\/\d{8}\/auto\//);
  expect(url.searchParams.get('X-Goog-Expires')).toBe('60');
  const signer = await (await search()).signer();
  const signature = await signer?.sign('text');
  expect(verify('RSA-SHA256', Buffer.from('text'), publicKey, signature ?? Buffer.alloc(0))).toBe(true);
  expect(asked).toEqual([]);
});

test('the metadata server of a machine', async () => {
  vi.stubEnv('METADATA_SERVER_DETECTION', 'assume-present');
  vi.stubEnv('GCE_METADATA_HOST', new URL(address).host);
  const path = '/computeMetadata/v1/instance/service-accounts/default';
  answers[`${path}/token`] = { access_token: 'of-the-machine', expires_in: 3600, token_type: 'Bearer' };
  answers[`${path}/email`] = {};
  expect(await (await search()).headers()).toEqual({ authorization: 'Bearer of-the-machine' });
});

test('a person may ask, and cannot sign', async () => {
  writeCredentials({ type: 'authorized_user', client_id: 'i', client_secret: 's', refresh_token: 'planted' });
  const bucket = openGcsBucket({ bucket: 'models' });
  const error = await expectCode(bucket.presign('a', { expiresInSeconds: 60 }), 'store/denied');
  expect(error.message).toContain('no service account');
  expect(error.remedy).toContain('roles/iam.serviceAccountTokenCreator');
});

test('none at all', async () => {
  const error = await expectCode(openGcsBucket({ bucket: 'models' }).describe('a'), 'store/denied');
  expect(error.message).toContain('no Google Cloud credentials were found');
  expect(error.remedy).toMatch(/id-token: write.*google-github-actions\/auth.*GOOGLE_APPLICATION_CREDENTIALS/);
});

test('a token that cannot be had is told by its code alone', async () => {
  federate();
  delete answers['/v1/token'];
  const error = await expectCode(openGcsBucket({ bucket: 'models' }).read('a'), 'store/denied');
  expect(error.message).toMatch(/sign in to gs:\/\/models: the credentials could not be had \(.*\)/);
  expect(JSON.stringify([error.message, error.remedy, error.fields, error.cause ?? null])).not.toContain(
    'token-of-the-job',
  );
});
