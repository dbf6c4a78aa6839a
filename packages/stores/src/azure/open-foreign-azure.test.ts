import { createHmac } from 'node:crypto';
import { expectCode, openTestService, type TestService } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openForeignAzure } from './open-foreign-azure.js';

const version = '2026-11-20T08:15:30.1234567Z';

let service: TestService;
beforeEach(async () => {
  service = await openTestService();
});
afterEach(() => service.close());

/** What is said of a blob of which the service tells this. */
function describedBy(status: number, headers: Readonly<Record<string, string>>) {
  service.reply(() => ({ status, headers }));
  const key = Buffer.from('an-account-key-of-tests').toString('base64');
  const place = { account: 'acme', container: 'data', endpoint: `${service.address}/acme` };
  return openForeignAzure({ ...place, environment: { AZURE_STORAGE_KEY: key } }).describe('a/train.csv', null);
}

test('a blob has the version that the service names, and the MD5 that stands with it', async () => {
  const md5 = 'mgNkuembtIDdJeHwKEyFVQ==';
  expect(await describedBy(200, { 'x-ms-version-id': version, 'content-md5': md5, etag: '"0x8"' })).toMatchObject({
    version,
    md5: '9a0364b9e99bb480dd25e1f0284c8555',
    sha256: null,
  });
});

test.each([
  ['none of both', {}],
  ['what is no version and no MD5', { 'x-ms-version-id': 'a version', 'content-md5': 'mgNkuembtIDd' }],
])('%s is nothing', async (_name, headers: Readonly<Record<string, string>>) => {
  expect(await describedBy(200, headers)).toMatchObject({ version: null, md5: null, sha256: null });
});

test('no blob is null, and no container is an error that names it', async () => {
  expect(await describedBy(404, { 'x-ms-error-code': 'BlobNotFound' })).toBeNull();
  await expectCode(describedBy(404, { 'x-ms-error-code': 'ContainerNotFound' }), 'store/misconfigured');
});

test.each([
  ['of another account', 'https://teama.blob.core.windows.net/', {}],
  ['of a host that names no account', 'https://blobs.acme.example/', {}],
  [
    'of a host that names no account, beside another',
    'https://blobs.acme.example/',
    { AZURE_STORAGE_ACCOUNT: 'teama' },
  ],
])('a connection string %s is none of the account that a reference names', async (_name, endpoint, more) => {
  const connection = `BlobEndpoint=${endpoint};SharedAccessSignature=sv=1&sig=planted`;
  const environment = { ...more, AZURE_STORAGE_CONNECTION_STRING: connection };
  // Were anything sent, it would arrive here.
  const proxy = { https: service.address };
  const bucket = openForeignAzure({ account: 'teamb', container: 'weights', environment, proxy });
  const error = await expectCode(bucket.describe('m.bin', null), 'store/misconfigured');
  expect(error.remedy).toContain('"teamb"');
  expect(service.seen).toEqual([]);
});

test.each([
  ['nothing says which account it is of', {}, 'store/misconfigured'],
  ['it is of another account', { AZURE_STORAGE_ACCOUNT: 'other' }, 'store/misconfigured'],
  ['it is of that account', { AZURE_STORAGE_ACCOUNT: 'acme' }, null],
  ['the endpoint is its own', { AZURE_STORAGE_CONNECTION_STRING: 'endpoint' }, null],
])('a signature where %s', async (_name, environment: Readonly<Record<string, string>>, code) => {
  service.reply(() => ({ status: 404, headers: { 'x-ms-error-code': 'BlobNotFound' } }));
  const connection = `BlobEndpoint=${service.address}/acme;SharedAccessSignature=sv=1&sig=planted`;
  const isOwn = environment['AZURE_STORAGE_CONNECTION_STRING'] !== undefined;
  const signed = isOwn
    ? { AZURE_STORAGE_CONNECTION_STRING: connection }
    : { AZURE_STORAGE_SAS_TOKEN: 'sv=1&sig=planted' };
  const place = { account: 'acme', container: 'data', ...(isOwn ? {} : { endpoint: `${service.address}/acme` }) };
  const bucket = openForeignAzure({ ...place, environment: { ...environment, ...signed } });
  if (code !== null) {
    await expectCode(bucket.describe('a/train.csv', null), code as 'store/misconfigured');
    expect(service.seen).toEqual([]);
    return;
  }
  expect(await bucket.describe('a/train.csv', null)).toBeNull();
  expect(service.seen.map(({ url }) => url).join()).toContain('sig=planted');
});

test.each([
  [404, 'ContainerNotFound', 'store/misconfigured'],
  [404, 'ResourceNotFound', 'store/misconfigured'],
  [403, 'AuthorizationPermissionMismatch', 'store/denied'],
  [403, 'AuthorizationFailure', 'store/denied'],
  [403, 'AuthorizationResourceTypeMismatch', 'store/denied'],
  [409, 'BlobArchived', 'source/archived'],
] as const)('the remedy of %i %s is one for a reference', async (status, code, expected) => {
  service.reply(() => ({ status, headers: { 'x-ms-error-code': code } }));
  const key = Buffer.from('an-account-key-of-tests').toString('base64');
  const means = [
    { AZURE_STORAGE_KEY: key },
    { AZURE_STORAGE_SAS_TOKEN: 'sv=1&sig=planted', AZURE_STORAGE_ACCOUNT: 'acme' },
  ];
  for (const environment of means) {
    const place = { account: 'acme', container: 'data', endpoint: `${service.address}/acme` };
    const bucket = openForeignAzure({ ...place, environment });
    const error = await expectCode(bucket.read('m.bin', null, { offset: 0, lengthBytes: 3 }), expected);
    expect(error.remedy).not.toMatch(/store\.|weighbridge\.yaml|r, w|planted/);
  }
});

test('a signature goes to no other host, and whoever wrote the endpoint is sent to where it was written', async () => {
  for (const endpoint of ['https://blobs.acme.example/', 'http://acme.blob.core.windows.net/', 'blobs of acme']) {
    const connection = `AccountName=acme;SharedAccessSignature=sv=1&sig=planted;BlobEndpoint=${endpoint}`;
    const environment = { AZURE_STORAGE_CONNECTION_STRING: connection };
    const bucket = openForeignAzure({ account: 'acme', container: 'data', environment });
    const error = await expectCode(bucket.describe('m.bin', null), 'store/misconfigured');
    expect(error.remedy).toContain('BlobEndpoint');
    expect(error.remedy).not.toContain('weighbridge.yaml');
  }
});

test('an address of a version is for that version alone, and its signature says so', async () => {
  const key = Buffer.from('an-account-key-of-tests');
  const environment = { AZURE_STORAGE_KEY: key.toString('base64') };
  const at = new Date('2026-11-23T10:00:00.500Z');
  const place = { account: 'acme', container: 'data', endpoint: `${service.address}/acme` };
  const bucket = openForeignAzure({ ...place, environment, now: () => at });
  const text = (await bucket.presign('a/m.bin', version, { expiresInSeconds: 60 })) ?? '';
  const url = new URL(text);
  const { sig, ...rest } = Object.fromEntries(url.searchParams);
  expect(url.pathname).toBe('/acme/data/a/m.bin');
  const shared = { sv: '2021-12-02', spr: 'https,http', se: '2026-11-23T10:01:00Z', sp: 'r' };
  expect(rest).toEqual({ ...shared, sr: 'bv', versionid: version });
  // The fields of a service SAS in their order: learn.microsoft.com/rest/api/storageservices/create-service-sas.
  const name = '/blob/acme/data/a/m.bin';
  const before = ['r', '', shared.se, name, '', '', shared.spr, shared.sv, 'bv', version];
  const signed = [...before, '', '', '', '', '', ''].join('\n');
  expect(sig).toBe(createHmac('sha256', key).update(signed).digest('base64'));
  const plain = new URL((await bucket.presign('a/m.bin', null, { expiresInSeconds: 60 })) ?? '');
  expect(plain.searchParams.get('sr')).toBe('b');
  expect(plain.searchParams.has('versionid')).toBe(false);
});

test('nobody who has nothing but a signature gives it away', async () => {
  const environment = { AZURE_STORAGE_SAS_TOKEN: 'sv=1&sig=planted', AZURE_STORAGE_ACCOUNT: 'acme' };
  const place = { account: 'acme', container: 'data', endpoint: `${service.address}/acme` };
  const bucket = openForeignAzure({ ...place, environment });
  expect(await bucket.presign('m.bin', null, { expiresInSeconds: 60 })).toBeNull();
});
