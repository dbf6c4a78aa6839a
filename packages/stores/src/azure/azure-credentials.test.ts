import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectCode, openTestService, type Reply, type Seen, type TestService } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { usualRetries } from '../http/retry.js';
import type { AzureBucketOptions } from './azure-client.js';
import { openAzureBucket } from './open-azure-bucket.js';
import { isTrusted } from './blob-hosts.js';

const retries = { ...usualRetries, maxTries: 3, firstDelayMs: 1, maxDelayMs: 2 };
const application = { AZURE_TENANT_ID: 'tenant-1', AZURE_CLIENT_ID: 'client-1' };
/** A token as GitHub issues it, without a signature. */
const jobToken = `e30.${Buffer.from(
  JSON.stringify({ iss: 'https://token.actions.example', sub: 'repo:acme/models:environment:production' }),
).toString('base64url')}.planted`;

let service: TestService;
let folder: string;
let issued: number;
beforeEach(async () => {
  service = await openTestService();
  folder = await mkdtemp(join(tmpdir(), 'azure-credentials-'));
  issued = 0;
  service.reply(answer);
});
afterEach(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

/** The tokens of every service are `planted-1`, `planted-2` …; blobs are there for whoever has one. */
const answer: Reply = ({ url = '' }) => {
  if (url.startsWith('/acme/')) return { status: 200, headers: { etag: '"1"' }, body: 'bytes' };
  if (url.startsWith('/actions')) return { status: 200, body: JSON.stringify({ value: jobToken }) };
  return { status: 200, body: JSON.stringify({ access_token: `planted-${++issued}`, expires_in: 3600 }) };
};

/** Nothing of the machine that the test runs on is asked: no `az`, no metadata service. */
function open(environment: Readonly<Record<string, string>>, options: Partial<AzureBucketOptions> = {}) {
  const here = {
    AZURE_AUTHORITY_HOST: service.address,
    AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://127.0.0.1:1',
    PATH: folder,
  };
  const place = { account: 'acme', container: 'models', endpoint: `${service.address}/acme` };
  return openAzureBucket({ ...place, environment: { ...here, ...environment }, retries, ...options });
}
const authorizationOf = (seen: Seen | undefined) => seen?.headers.authorization;
const formOf = (seen: Seen | undefined) => Object.fromEntries(new URLSearchParams(seen?.body.toString() ?? ''));
const scope = { grant_type: 'client_credentials', client_id: 'client-1', scope: 'https://storage.azure.com/.default' };

describe('a host that is none of Azure', () => {
  const foreign = 'https://acme.blob.core.windows.net.example';
  const signature = 'sv=2026-02-06&sp=rl&se=2030-01-01T00%3A00%3A00Z&sig=cGxhbnRlZA%3D%3D';

  test.each([
    ['a token', { ...application, AZURE_CLIENT_SECRET: 'planted-secret' }],
    ['a signature', { AZURE_STORAGE_SAS_TOKEN: signature }],
  ])('is sent no request with %s, although it speaks https', async (_, environment) => {
    for (const endpoint of [foreign, 'https://127.0.0.1.example/acme', 'https://core.windows.net/acme']) {
      const error = await expectCode(open(environment, { endpoint }).read('a'), 'store/misconfigured');
      expect(error.message).toContain(new URL(endpoint).hostname);
      expect(JSON.stringify(error)).not.toMatch(/planted|cGxhbnRlZA/);
    }
    expect(service.seen.filter(({ url }) => url?.startsWith('/acme/'))).toEqual([]);
  });

  test.each([
    ['https://acme.blob.core.windows.net', true],
    ['https://acme.z6.blob.storage.azure.net', true],
    ['https://acme.blob.core.usgovcloudapi.net', true],
    ['https://localhost:10000', true],
    ['http://[::1]:10000', true],
    ['https://acme.blob.core.windows.net.example', false],
    ['https://acme-blob-core-windows.net', false],
    ['https://evilcore.windows.net', false],
    ['https://localhost.example', false],
  ])('%s: %j', (endpoint, trusted) => {
    expect(isTrusted(new URL(endpoint))).toBe(trusted);
  });
});

describe('Entra ID', () => {
  test('by a secret', async () => {
    await open({ ...application, AZURE_CLIENT_SECRET: 'planted-secret' }).read('a');
    const [first, second] = service.seen;
    expect(first?.url).toBe('/tenant-1/oauth2/v2.0/token');
    expect(formOf(first)).toEqual({ ...scope, client_secret: 'planted-secret' });
    expect(authorizationOf(second)).toBe('Bearer planted-1');
  });

  const asserted = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' };

  test('by a token in a file, read anew each time', async () => {
    const file = join(folder, 'token');
    await writeFile(file, 'first\n');
    let nowMs = Date.now();
    const bucket = open({ ...application, AZURE_FEDERATED_TOKEN_FILE: file }, { now: () => new Date(nowMs) });
    await bucket.read('a');
    await writeFile(file, 'second');
    nowMs += 3_600_000;
    await bucket.read('a');
    const exchanges = service.seen.filter(({ method }) => method === 'POST').map(formOf);
    expect(exchanges).toEqual(['first', 'second'].map((token) => ({ ...scope, ...asserted, client_assertion: token })));
  });

  const job = () => ({
    ...application,
    GITHUB_ACTIONS: 'true',
    ACTIONS_ID_TOKEN_REQUEST_URL: `${service.address}/actions?version=2`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'planted-request-token',
  });

  test('by the token of a GitHub Actions job', async () => {
    await open(job()).read('a');
    const [first, second, third] = service.seen;
    expect(first?.url).toBe('/actions?version=2&audience=api%3A%2F%2FAzureADTokenExchange');
    expect(authorizationOf(first)).toBe('Bearer planted-request-token');
    expect(formOf(second)).toEqual({ ...scope, ...asserted, client_assertion: jobToken });
    expect(authorizationOf(third)).toBe('Bearer planted-1');
  });

  test('many that ask at once ask for one token, and it is used until shortly before it ends', async () => {
    let nowMs = Date.now();
    const bucket = open({ ...application, AZURE_CLIENT_SECRET: 's' }, { now: () => new Date(nowMs) });
    await Promise.all(['a', 'b', 'c'].map((key) => bucket.read(key)));
    nowMs += 54 * 60_000;
    await bucket.read('d');
    expect(issued).toBe(1);
    nowMs += 2 * 60_000;
    await bucket.read('e');
    expect(issued).toBe(2);
  });

  test('a token that lasts minutes is used for half of its time', async () => {
    service.reply((seen, number) =>
      seen.method === 'POST'
        ? { status: 200, body: JSON.stringify({ access_token: `planted-${++issued}`, expires_in: 240 }) }
        : answer(seen, number),
    );
    let nowMs = Date.now();
    const bucket = open({ ...application, AZURE_CLIENT_SECRET: 's' }, { now: () => new Date(nowMs) });
    for (const minutes of [0, 1, 1.5]) {
      nowMs += minutes * 60_000;
      await Promise.all([bucket.read('a'), bucket.read('b')]);
    }
    expect(issued).toBe(2);
  });

  test('a token that the service takes no more is renewed once', async () => {
    service.reply((seen, number) => {
      const isOld = authorizationOf(seen) === 'Bearer planted-1';
      return isOld
        ? { status: 401, headers: { 'x-ms-error-code': 'InvalidAuthenticationInfo' } }
        : answer(seen, number);
    });
    const bucket = open({ ...application, AZURE_CLIENT_SECRET: 's' });
    // All of them are refused, and one new token serves them all.
    expect(await Promise.all(['a', 'b', 'c'].map((key) => bucket.read(key)))).not.toContain(null);
    expect(issued).toBe(2);
  });

  test.each([
    [
      'AADSTS700213: No match for planted subject',
      /issuer "https:\/\/token.actions.example" and subject "repo:acme\/models:environment:production"/,
    ],
    ['AADSTS90002: Tenant planted not found', /AZURE_TENANT_ID/],
    ['AADSTS700016: Application planted', /AZURE_CLIENT_ID/],
  ])('%s', async (description, remedy) => {
    service.reply((seen, number) =>
      seen.method === 'POST'
        ? { status: 400, body: JSON.stringify({ error: 'invalid_client', error_description: description }) }
        : answer(seen, number),
    );
    const error = await expectCode(open(job()).read('a'), 'store/denied');
    expect(error.message).toContain(`Entra ID answered ${description.replace(/:.*/, '')}`);
    expect(error.remedy).toMatch(remedy);
    expect(JSON.stringify([error.message, error.remedy, error.fields, error.stack])).not.toContain('planted');
  });

  test('a role that is missing is named', async () => {
    const mismatch = { status: 403, headers: { 'x-ms-error-code': 'AuthorizationPermissionMismatch' } };
    service.reply((seen, number) => (seen.url?.startsWith('/acme/') === true ? mismatch : answer(seen, number)));
    const bucket = open({ ...application, AZURE_CLIENT_SECRET: 's' });
    const error = await expectCode(bucket.remove('a'), 'store/denied');
    expect(error.remedy).toMatch(
      /"Storage Blob Data Contributor", which has Microsoft\.Storage.*blobs\/delete.*"acme".*"models"/,
    );
    const reading = await expectCode(bucket.read('a'), 'store/denied');
    expect(reading.remedy).toContain('"Storage Blob Data Reader"');
    const signing = await expectCode(bucket.presign('a', { expiresInSeconds: 60 }), 'store/denied');
    expect(signing.remedy).toContain('"Storage Blob Delegator"');
  });

  test('tokens are sent to nobody who listens on the way', async () => {
    const environment = { ...application, AZURE_CLIENT_SECRET: 's' };
    const bucket = open(environment, { endpoint: 'http://blobs.acme.example' });
    await expectCode(bucket.read('a'), 'store/misconfigured');
    await expectCode(
      open({ ...environment, AZURE_AUTHORITY_HOST: 'http://acme.example' }).read('a'),
      'store/misconfigured',
    );
    expect(service.seen).toEqual([]);
  });
});

describe('a managed identity', () => {
  test('of App Service and its kin', async () => {
    const hosted = { IDENTITY_ENDPOINT: `${service.address}/msi`, IDENTITY_HEADER: 'planted-header' };
    await open(
      { ...hosted, AZURE_CLIENT_ID: 'client-1' },
      { proxy: { http: 'http://127.0.0.1:1', none: '127.0.0.1' } },
    ).read('a');
    const [first, second] = service.seen;
    expect(first?.url).toBe('/msi?api-version=2019-08-01&resource=https%3A%2F%2Fstorage.azure.com&client_id=client-1');
    expect(first?.headers['x-identity-header']).toBe('planted-header');
    expect(authorizationOf(second)).toBe('Bearer planted-1');
  });

  test('of a machine', async () => {
    await open({ AZURE_POD_IDENTITY_AUTHORITY_HOST: service.address }).read('a');
    const [look, first, second] = service.seen;
    expect(look?.headers['metadata']).toBeUndefined();
    expect(first?.url).toBe(
      '/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fstorage.azure.com',
    );
    expect(first?.headers['metadata']).toBe('true');
    expect(authorizationOf(second)).toBe('Bearer planted-2');
  });

  test('that a machine does not have', async () => {
    service.reply(() => ({
      status: 400,
      body: JSON.stringify({ error: 'invalid_request', error_description: 'Identity not found' }),
    }));
    const error = await expectCode(
      open({ AZURE_POD_IDENTITY_AUTHORITY_HOST: service.address }).read('a'),
      'store/denied',
    );
    expect(error.remedy).toContain('az login');
  });
});

describe('the Azure CLI', () => {
  /** An `az` that runs a program of Node, wherever the tests run. */
  const install = async (program: string) => {
    const [script, quoted] = [join(folder, 'az.cjs'), JSON.stringify(process.execPath)];
    await writeFile(script, program);
    await writeFile(join(folder, 'az.cmd'), `@${quoted} "%~dp0az.cjs" %*\r\n`);
    await writeFile(join(folder, 'az'), `#!/bin/sh\nexec ${quoted} '${script}' "$@"\n`);
    await chmod(join(folder, 'az'), 0o755);
  };

  test('whose user has logged in', async () => {
    const token = { accessToken: 'planted-cli', expires_on: Math.floor(Date.now() / 1000) + 3600 };
    const asked = JSON.stringify(join(folder, 'asked'));
    await install(
      `require('node:fs').appendFileSync(${asked}, process.argv.slice(2).join(' ') + '\\n'); console.log('${JSON.stringify(token)}');`,
    );
    await open({ AZURE_TENANT_ID: 'tenant-1' }).read('a');
    expect(authorizationOf(service.seen[0])).toBe('Bearer planted-cli');
    expect(await readFile(join(folder, 'asked'), 'utf8')).toBe(
      'account get-access-token --resource https://storage.azure.com --output json --tenant tenant-1\n',
    );
  });

  test.each(['process.exit(1)', `console.log('help')`, `console.log('{"accessToken":"planted"}')`])(
    'that has nobody: %s',
    async (program) => {
      await install(program);
      await expectCode(open({}).read('a'), 'store/denied');
    },
  );
});

describe('none', () => {
  test('is a clear error, and looked for again by the next call', async () => {
    const environment: Record<string, string> = {};
    const bucket = openAzureBucket({
      account: 'acme',
      container: 'models',
      endpoint: `${service.address}/acme`,
      retries,
      environment,
    });
    environment['PATH'] = folder;
    environment['AZURE_POD_IDENTITY_AUTHORITY_HOST'] = 'http://127.0.0.1:1';
    const error = await expectCode(bucket.read('a'), 'store/denied');
    expect(error.message).toContain('no Azure credentials were found');
    expect(error.remedy).toMatch(/id-token: write.*azure\/login.*az login/);
    environment['AZURE_STORAGE_KEY'] = Buffer.from('planted-account-key').toString('base64');
    expect(await bucket.read('a')).not.toBeNull();
  });

  test('in a job that names an application says what the job lacks', async () => {
    const error = await expectCode(open({ ...application, GITHUB_ACTIONS: 'true' }).read('a'), 'store/denied');
    expect(error.message).toContain('may not ask for a token');
  });
});

describe('of the account', () => {
  const key = Buffer.from('planted-account-key').toString('base64');

  test('in a connection string, which names the endpoint too', async () => {
    const connection = `AccountName=acme;AccountKey=${key};BlobEndpoint=${service.address}/acme`;
    const bucket = openAzureBucket({
      account: 'acme',
      container: 'models',
      environment: { AZURE_STORAGE_CONNECTION_STRING: connection },
    });
    expect(await bucket.read('a')).not.toBeNull();
    expect(authorizationOf(service.seen[0])).toMatch(/^SharedKey acme:/);
  });

  test.each(['?sv=2021-12-02&sp=rl&sig=a%2Bb%3D', 'sv=2021-12-02&sp=rl&sig=a+b='])(
    'in a signature: %s',
    async (sas) => {
      await open({ AZURE_STORAGE_SAS_TOKEN: sas }).read('a');
      expect(service.seen[0]?.url).toBe('/acme/models/a?sv=2021-12-02&sp=rl&sig=a%2Bb%3D');
      expect(authorizationOf(service.seen[0])).toBeUndefined();
    },
  );

  test.each([
    { AZURE_STORAGE_KEY: 'planted, not base64' },
    { AZURE_STORAGE_SAS_TOKEN: 'planted' },
    { AZURE_STORAGE_CONNECTION_STRING: 'planted' },
    { AZURE_STORAGE_CONNECTION_STRING: `AccountName=planted;AccountKey=${key}` },
    {
      AZURE_STORAGE_CONNECTION_STRING: `AccountName=acme;AccountKey=${key};BlobEndpoint=https://planted.blob.core.windows.net`,
    },
    { AZURE_STORAGE_KEY: key, AZURE_STORAGE_ACCOUNT: 'planted' },
  ])('not usable %#', async (environment) => {
    const error = await expectCode(open(environment).read('a'), 'store/misconfigured');
    expect(JSON.stringify([error.message, error.remedy, error.fields, error.stack])).not.toMatch(/planted|cGxhbnRlZ/);
  });
});
