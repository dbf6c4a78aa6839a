// needs: moto, versitygw
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openS3Bucket } from '@weighbridge/stores';
import { expectCode, seededBytes } from '@weighbridge/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { rootKeys, type S3Server, startMoto, startVersityGateway } from './s3-servers.js';
import { quickly } from './start-server.js';

let moto: S3Server;
let gateway: S3Server;
let folder: string;
const before = { ...process.env };
beforeAll(async () => {
  [moto, gateway] = await Promise.all([startMoto(), startVersityGateway()]);
});
afterAll(() => Promise.all([moto.stop(), gateway.stop()]));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credentials-'));
  for (const name of Object.keys(process.env).filter((each) => each.startsWith('AWS_'))) delete process.env[name];
  // Nothing of the machine that the test runs on is asked.
  process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
  process.env['AWS_CONFIG_FILE'] = join(folder, 'config');
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(folder, 'credentials');
});
afterEach(() => {
  for (const name of Object.keys(process.env).filter((each) => each.startsWith('AWS_'))) delete process.env[name];
  for (const name of Object.keys(before)) process.env[name] = before[name];
  rmSync(folder, { recursive: true, force: true });
});

/** The gateway checks signatures: what can write there found the right keys. */
const write = async (options: { readonly profile?: string } = {}) =>
  openS3Bucket({ ...(await gateway.makeBucket()), ...quickly, ...options }).replace('a', seededBytes(1, 10), null);

test('the environment', async () => {
  process.env['AWS_ACCESS_KEY_ID'] = rootKeys.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = rootKeys.secretAccessKey;
  expect(await write()).not.toBeNull();
});

test('a profile, with its region', async () => {
  const { accessKeyId, secretAccessKey } = rootKeys;
  const lines = ['[acme]', `aws_access_key_id = ${accessKeyId}`, `aws_secret_access_key = ${secretAccessKey}`];
  writeFileSync(join(folder, 'credentials'), lines.join('\n'));
  writeFileSync(join(folder, 'config'), '[profile acme]\nregion = us-east-1\n');
  const { bucket, endpoint } = await gateway.makeBucket();
  const named = openS3Bucket({ bucket, endpoint, profile: 'acme', ...quickly });
  expect(await named.replace('a', seededBytes(1, 10), null)).not.toBeNull();
  await expectCode(write({ profile: 'of-nobody' }), 'store/denied');
});

test('a role, by the token of a job', async () => {
  writeFileSync(join(folder, 'token'), 'the-token-of-the-job');
  process.env['AWS_ROLE_ARN'] = 'arn:aws:iam::123456789012:role/ci';
  process.env['AWS_WEB_IDENTITY_TOKEN_FILE'] = join(folder, 'token');
  process.env['AWS_ENDPOINT_URL_STS'] = moto.endpoint;
  process.env['AWS_REGION'] = 'us-east-1';
  const bucket = openS3Bucket({ ...(await moto.makeBucket()), ...quickly });
  expect(await bucket.replace('a', seededBytes(1, 10), null)).not.toBeNull();
  expect(await bucket.presign('a', { expiresInSeconds: 60 })).toContain('X-Amz-Security-Token=');
});

test('none at all', async () => {
  const error = await expectCode(write(), 'store/denied');
  expect(error.message).toContain('no AWS credentials were found');
  expect(error.remedy).toContain('configure-aws-credentials');
});
