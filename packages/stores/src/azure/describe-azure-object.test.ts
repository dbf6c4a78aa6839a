import { expectCode, openTestService, type TestService } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeAzureObject } from './describe-azure-object.js';

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
  return describeAzureObject({ ...place, environment: { AZURE_STORAGE_KEY: key } }, 'a/train.csv');
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
