// needs: azurite
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAzureBucket } from '@weighbridge/stores';
import { describeBucket, expectCode, openTestService, seededBytes, type TestService } from '@weighbridge/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificate } from '../../packages/testkit/src/sigstore/certificate.js';
import { account, accountKey, type Azurite, openWithKey, startAzurite } from './azurite.js';
import { quickly } from './start-server.js';

/** Azurite takes tokens over TLS alone: in front of it, something that knows its certificate. */
let server: Azurite;
let front: Server;
let address: string;
let identity: TestService;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'azure-credentials-'));
  const { certificate, key } = writeCertificate();
  server = await startAzurite(['--oauth', 'basic', '--cert', certificate, '--key', key], { scheme: 'https' });
  front = createServer(passOn).listen(0, '127.0.0.1');
  await once(front, 'listening');
  address = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  identity = await openTestService();
});
afterAll(async () => {
  front.close();
  front.closeAllConnections();
  await Promise.all([server.stop(), identity.close()]);
  rmSync(folder, { recursive: true, force: true });
});

function writeCertificate() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [from, to] = [-1, 1].map((days) => new Date(Date.now() + days * 86_400_000)) as [Date, Date];
  const issuer = { name: 'azurite', key: privateKey, publicKey };
  const der = makeCertificate({ subject: 'azurite', issuer, publicKey, from, to });
  const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  writeFileSync(
    certificate,
    `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  );
  writeFileSync(key, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  return { certificate, key };
}

function passOn(incoming: IncomingMessage, response: ServerResponse): void {
  const { method = 'GET', headers, url = '/' } = incoming;
  const outgoing = requestHttps(new URL(url, server.endpoint), { method, headers, rejectUnauthorized: false });
  outgoing.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 0, answer.rawHeaders);
    answer.pipe(response);
  });
  incoming.pipe(outgoing);
}

const makePlace = () => server.makeContainer(address);

/** A token as Entra ID issues them; Azurite does not look at its signature. */
function tokenFor(audience: string, lastsMs: number): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    aud: audience,
    iss: 'https://sts.windows.net/tenant-1/',
    iat: now - 60,
    nbf: now - 60,
    exp: now + lastsMs / 1000,
    oid: 'object-1',
    tid: 'tenant-1',
  };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.planted`;
}

const hourMs = 3_600_000;
const storage = 'https://storage.azure.com';
const application = () => ({
  AZURE_TENANT_ID: 'tenant-1',
  AZURE_CLIENT_ID: 'client-1',
  AZURE_AUTHORITY_HOST: identity.address,
  ACTIONS_ID_TOKEN_REQUEST_URL: `${identity.address}/actions?v=2`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'token-of-the-job',
});

/** Whoever exchanges the token of a job gets the next of these tokens, the last one again and again. */
function issue(...tokens: readonly string[]): void {
  const left = [...tokens];
  identity.reply(({ url = '' }) => {
    if (url.startsWith('/actions')) return { status: 200, body: JSON.stringify({ value: 'a.job.token' }) };
    const token = left.length > 1 ? left.shift() : left[0];
    return { status: 200, body: JSON.stringify({ access_token: token, expires_in: 3600 }) };
  });
}

describe('by the token of a job', () => {
  // The contract asks for an address that needs no credentials, which a key of a delegation signs here.
  describeBucket('azurite', async () => {
    issue(tokenFor(storage, hourMs));
    const bucket = openAzureBucket({ ...(await makePlace()), prefix: 'deep', environment: application() });
    return { bucket, dispose: async () => {} };
  });

  test('the address is signed by a delegation, not by the account', async () => {
    issue(tokenFor(storage, hourMs));
    const bucket = openAzureBucket({ ...(await makePlace()), environment: application() });
    const addresses = await Promise.all(['a', 'b'].map((key) => bucket.presign(key, { expiresInSeconds: 600 })));
    for (const each of addresses) {
      const { searchParams } = new URL(each ?? '');
      expect(Object.fromEntries(searchParams)).toMatchObject({
        skoid: 'object-1',
        sktid: 'tenant-1',
        sp: 'r',
        sr: 'b',
      });
    }
  });

  test('a token that has ended is exchanged anew', async () => {
    issue(tokenFor(storage, -1000), tokenFor(storage, hourMs));
    const bucket = openAzureBucket({ ...(await makePlace()), ...quickly, environment: application() });
    expect(await bucket.replace('a', seededBytes(1, 10), null)).not.toBeNull();
  });

  test('a token for something else is refused, and not told', async () => {
    issue(tokenFor('https://vault.azure.net', hourMs));
    const bucket = openAzureBucket({ ...(await makePlace()), ...quickly, environment: application() });
    const error = await expectCode(bucket.read('a'), 'store/denied');
    expect(JSON.stringify([error.message, error.remedy, error.fields, error.stack])).not.toContain('planted');
  });
});

describe('by a shared access signature of the container', () => {
  const sign = (container: string, permissions: string) => {
    const expiry = new Date(Date.now() + hourMs).toISOString().replace(/\.\d+/, '');
    const version = '2021-12-02';
    const fields = [permissions, '', expiry, `/blob/${account}/${container}`, '', '', '', version, 'c'];
    const text = [...fields, ...Array.from({ length: 7 }, () => '')].join('\n');
    const sig = createHmac('sha256', Buffer.from(accountKey, 'base64')).update(text).digest('base64');
    return new URLSearchParams({ sv: version, se: expiry, sr: 'c', sp: permissions, sig }).toString();
  };

  test('everything but addresses for others', async () => {
    const place = await makePlace();
    const environment = { AZURE_STORAGE_SAS_TOKEN: sign(place.container, 'rwdl') };
    const bucket = openAzureBucket({ ...place, environment });
    const revision = await bucket.replace('a', seededBytes(1, 10), null);
    expect((await bucket.read('a'))?.revision).toBe(revision);
    for await (const { key } of bucket.list('')) expect(key).toBe('a');
    expect(await bucket.presign('a', { expiresInSeconds: 60 })).toBeNull();
    await bucket.remove('a');
    expect(await bucket.describe('a')).toBeNull();
  });

  test('one that may only read names what it lacks', async () => {
    const place = await makePlace();
    const environment = { AZURE_STORAGE_SAS_TOKEN: sign(place.container, 'r') };
    const bucket = openAzureBucket({ ...place, ...quickly, environment });
    expect(await bucket.read('a')).toBeNull();
    const error = await expectCode(bucket.replace('a', seededBytes(1, 10), null), 'store/denied');
    expect(error.remedy).toMatch(/here w was asked for/);
    expect(JSON.stringify([error.message, error.remedy, error.fields])).not.toContain('sig=');
  });
});

test('by a connection string, which says where the account is', async () => {
  const { container, endpoint } = await makePlace();
  const connection = `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${accountKey};BlobEndpoint=${endpoint};`;
  const bucket = openAzureBucket({ account, container, environment: { AZURE_STORAGE_CONNECTION_STRING: connection } });
  expect(await bucket.replace('a', seededBytes(1, 10), null)).not.toBeNull();
  expect(await openWithKey({ account, container, endpoint }).describe('a')).not.toBeNull();
});
