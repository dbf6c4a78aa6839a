import { createHash } from 'node:crypto';
import { expectCode, openTestService, type Reply, type Seen, type TestService } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { usualRetries } from '../http/retry.js';
import type { AzureBucketOptions } from './azure-client.js';
import { openAzureBucket } from './open-azure-bucket.js';

const key = Buffer.from('planted-account-key').toString('base64');
const signature = 'sv=2021-12-02&sp=r&sig=planted%2Bsignature';
const retries = { ...usualRetries, maxTries: 3, firstDelayMs: 1, maxDelayMs: 2 };
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const five = new Uint8Array([1, 2, 3, 4, 5]);

let service: TestService;
beforeEach(async () => {
  service = await openTestService();
});
afterEach(() => service.close());

function open(options: Partial<AzureBucketOptions> = {}) {
  const place = { account: 'acme', container: 'models', prefix: 'prod', endpoint: `${service.address}/acme` };
  return openAzureBucket({ ...place, environment: { AZURE_STORAGE_KEY: key }, retries, ...options });
}
const withSignature = { environment: { AZURE_STORAGE_SAS_TOKEN: signature } };

const refuse = (status: number, code: string, headers = {}) => {
  const body = `\uFEFF<Error><Code>${code}</Code><AuthenticationErrorDetail>planted</AuthenticationErrorDetail></Error>`;
  service.reply(() => ({ status, headers: { 'x-ms-error-code': code, ...headers }, body }));
};
const create = (bucket = open()) => bucket.create('a/b', [five], { sha256: sha256Of(five) });
const firstOf = (bucket = open()) => (async () => bucket.list('a/')[Symbol.asyncIterator]().next())();

describe('what a refusal becomes', () => {
  test.each([
    ['ContainerNotFound', 404, 'store/misconfigured', /az storage container create.*acme.*models/],
    ['ContainerBeingDeleted', 409, 'store/misconfigured', /store\.container/],
    ['ResourceNotFound', 404, 'store/misconfigured', /store\.account/],
    ['AuthenticationFailed', 403, 'store/denied', /account key.*clock/],
    ['AuthorizationFailure', 403, 'store/denied', /Networking.*"acme"/],
    ['KeyBasedAuthenticationNotPermitted', 403, 'store/denied', /takes no keys.*id-token: write/],
    ['AccountIsDisabled', 403, 'store/denied', /Enable/],
    ['InsufficientAccountPermissions', 403, 'store/denied', /account key/],
    ['InvalidAuthenticationInfo', 401, 'store/denied', /Renew/],
    ['NoAuthenticationInformation', 401, 'store/denied', /az login/],
    ['BlobImmutableDueToPolicy', 409, 'store/denied', /legal hold/],
    ['LeaseIdMissing', 412, 'store/denied', /lease break/],
    ['SnapshotsPresent', 409, 'store/denied', /snapshots/],
    ['BlobArchived', 409, 'store/archived', /store restore MODEL@VERSION/],
    ['Md5Mismatch', 400, 'store/io', /run the command again/],
    ['RequestBodyTooLarge', 413, 'store/io', /run the command again/],
    ['ServerBusy', 503, 'store/unreachable', /run the command again/],
  ] as const)('%s %i', async (code, status, expected, remedy) => {
    refuse(status, code);
    const error = await expectCode(create(), expected);
    expect(error.message).toContain('write az://acme/models/prod/a/b');
    expect(error.remedy).toMatch(remedy);
    expectNothingPlanted(error);
  });

  test.each([
    ['AuthorizationPermissionMismatch', /permissions r, w, d and l \(here w /],
    ['AuthorizationSourceIPMismatch', /shared access signature/],
    ['AuthorizationFailure', /shared access signature/],
    ['AuthenticationFailed', /has ended/],
  ])('%s to a shared access signature', async (code, remedy) => {
    refuse(403, code);
    const error = await expectCode(create(open(withSignature)), 'store/denied');
    expect(error.remedy).toMatch(remedy);
    expectNothingPlanted(error);
  });

  test('a HEAD says why in a header', async () => {
    refuse(404, 'ContainerNotFound');
    await expectCode(open().describe('a'), 'store/misconfigured');
    refuse(404, 'BlobNotFound');
    expect(await open().describe('a')).toBeNull();
  });

  test('a 404 of somebody else is no absence', async () => {
    service.reply(() => ({ status: 404, body: 'Not here' }));
    await expectCode(open().describe('a'), 'store/misconfigured');
    await expectCode(open().read('a'), 'store/misconfigured');
    await expectCode(open().remove('a'), 'store/misconfigured');
  });

  test('a removal names the ETag, and what is gone is removed', async () => {
    const expected = { revision: '1', storedAt: '2026-11-23T10:00:00.000Z' };
    const conflict = { status: 412, headers: { 'x-ms-error-code': 'ConditionNotMet' } };
    const there = { etag: '"2"', 'content-length': '5', 'last-modified': 'Mon, 23 Nov 2026 10:00:00 GMT' };
    service.reply(({ method }) => (method === 'DELETE' ? conflict : { status: 200, headers: there }));
    expect(await open().remove('a', { expected })).toBe('kept');
    expect(service.seen[0]?.headers['if-match']).toBe('"1"');
    const gone = { status: 404, headers: { 'x-ms-error-code': 'BlobNotFound' } };
    service.reply(({ method }) => (method === 'DELETE' ? conflict : gone));
    expect(await open().remove('a', { expected })).toBe('removed');
  });

  test('an object that looks like an error is an object', async () => {
    const body = '<Error><Code>ContainerNotFound</Code></Error>';
    service.reply(() => ({ status: 200, headers: { etag: '"1"' }, body }));
    expect(Buffer.from((await open().read('a'))?.bytes ?? []).toString()).toBe(body);
  });
});

test('a write is conditional, and what it sends is compared on both sides', async () => {
  service.reply(() => ({ status: 201, headers: { etag: '"1"' } }));
  await create();
  const [{ headers, body, url } = expect.fail('nothing was sent')] = service.seen;
  expect(url).toBe('/acme/models/prod/a/b');
  expect(headers).toMatchObject({
    'if-none-match': '*',
    'content-length': '5',
    'content-md5': createHash('md5').update(five).digest('base64'),
    'x-ms-meta-sha256': sha256Of(five).toString('hex'),
    'x-ms-blob-type': 'BlockBlob',
    'x-ms-version': '2021-12-02',
  });
  expect(headers.authorization).toMatch(/^SharedKey acme:/);
  expect(body.equals(five)).toBe(true);
  expect(await open().replace('a', five, 'old')).toBe('1');
  expect(service.seen.at(-1)?.headers['if-match']).toBe('"old"');
});

test('bytes that are not those of their digest are not sent', async () => {
  await expectCode(open().create('a', [five], { sha256: sha256Of(new Uint8Array(5)) }), 'store/io');
  expect(service.seen).toEqual([]);
});

test.each([
  ['BlobAlreadyExists', 409],
  ['ConditionNotMet', 412],
])('%s: there is one already', async (code, status) => {
  refuse(status, code);
  expect(await create()).toBe('present');
  expect(await open().replace('a', five, null)).toBeNull();
});

test('the answer to an earlier try of our own is no loss', async () => {
  service.reply(({ method }, number) => {
    if (method === 'GET')
      return { status: 200, headers: { etag: '"mine"' }, body: Buffer.from(five).toString('latin1') };
    return number === 1 ? { status: 500 } : { status: 412, headers: { 'x-ms-error-code': 'ConditionNotMet' } };
  });
  expect(await open().replace('a', five, 'old')).toBe('mine');
});

test('bytes that are not those of the digest kept with them are an error', async () => {
  const headers = { etag: '"1"', 'x-ms-meta-sha256': sha256Of(five).toString('hex') };
  service.reply(() => ({ status: 200, headers, body: 'other' }));
  await expectCode(open().read('a'), 'store/io');
});

describe('a clock that is off', () => {
  const hour = 3_600_000;
  const datesOf = (seen: readonly Seen[]) => seen.map(({ headers }) => Date.parse(String(headers['x-ms-date'])));
  const strict: Reply = ({ headers }) => {
    const isRight = Math.abs(Date.parse(String(headers['x-ms-date'])) - Date.now()) < hour / 4;
    return isRight ? { status: 201 } : { status: 403, headers: { 'x-ms-error-code': 'AuthenticationFailed' } };
  };

  test.each([hour, -hour, 30 * 24 * hour])('by %i ms is corrected once, for all that follow', async (offMs) => {
    service.reply(strict);
    const bucket = open({ now: () => new Date(Date.now() + offMs) });
    expect(await create(bucket)).toBe('created');
    expect(await create(bucket)).toBe('created');
    expect(service.seen).toHaveLength(3);
  });

  test('is not what is wrong where it is right', async () => {
    refuse(403, 'AuthenticationFailed');
    await expectCode(create(), 'store/denied');
    expect(datesOf(service.seen)).toHaveLength(1);
  });
});

describe('listings', () => {
  const page = (blobs: readonly string[], next = '') =>
    `\uFEFF<?xml version="1.0"?><EnumerationResults><Blobs>${blobs.join('')}</Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`;
  const blob = (name: string, more = '') =>
    `<Blob><Name>${name}</Name><Properties><Last-Modified>Mon, 23 Nov 2026 10:00:00 GMT</Last-Modified><Etag>0x1</Etag><Content-Length>5</Content-Length>${more}</Properties></Blob>`;
  const facts = (name: string) => ({
    key: name,
    sizeBytes: 5,
    storedAt: '2026-11-23T10:00:00.000Z',
    revision: '0x1',
    storageClass: 'Hot',
  });
  const keysOf = async () => {
    const listed: unknown[] = [];
    for await (const each of open().list('a/')) listed.push(each);
    return listed;
  };

  test('go on where a page ends, and leave out what is no object of ours', async () => {
    service.reply(({ url }) => ({
      status: 200,
      body:
        url?.includes('marker=after+it') === true
          ? page([blob('prod/a/c'), blob('prod/a/folder', '<ResourceType>directory</ResourceType>')])
          : page([blob('prod/a/b'), blob('prod/a/NOT&amp;OURS'), blob('other/a/d')], 'after it'),
    }));
    expect(await keysOf()).toEqual([facts('a/b'), facts('a/c')]);
    expect(service.seen.map(({ url }) => new URL(url ?? '', 'http://x').searchParams.get('prefix'))).toEqual([
      'prod/a/',
      'prod/a/',
    ]);
  });

  test('of nothing are empty', async () => {
    service.reply(() => ({ status: 200, body: '<EnumerationResults><Blobs /><NextMarker /></EnumerationResults>' }));
    expect(await keysOf()).toEqual([]);
  });

  test.each(['', '<html>', '<a><b></a>', page(['<Blob><Name>prod/a/b</Name></Blob>'])])(
    'what is none is an error: %j',
    async (body) => {
      service.reply(() => ({ status: 200, body }));
      await expectCode(firstOf(), 'store/io');
    },
  );

  test('that go round in a circle are an error', async () => {
    service.reply(() => ({ status: 200, body: page([], 'again') }));
    await expectCode(keysOf(), 'store/io');
  });
});

describe('presigned addresses', () => {
  test('hold nothing but the right to read one blob', async () => {
    const at = new Date('2026-11-23T10:00:00.500Z');
    const url = new URL((await open({ now: () => at }).presign('a', { expiresInSeconds: 60 })) ?? '');
    expect(url.pathname).toBe('/acme/models/prod/a');
    const { sig, ...rest } = Object.fromEntries(url.searchParams);
    expect(sig).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(rest).toEqual({ sv: '2021-12-02', spr: 'https,http', se: '2026-11-23T10:01:00Z', sr: 'b', sp: 'r' });
  });

  test('are not made of a signature, which may more', async () => {
    expect(await open(withSignature).presign('a', { expiresInSeconds: 60 })).toBeNull();
  });

  test('last a week at most', async () => {
    await expectCode(open().presign('a', { expiresInSeconds: 7 * 24 * 3600 + 1 }), 'core/invariant');
  });
});

test('memory that is shared with other threads is sent as it is', async () => {
  service.reply(() => ({ status: 201 }));
  const memory = new Uint8Array(new SharedArrayBuffer(100_000)).fill(7);
  await open().create('a', [memory.subarray(0, 1000), memory.subarray(1000)], { sha256: sha256Of(memory) });
  expect(service.seen[0]?.body.equals(memory)).toBe(true);
});

test('requests go through the proxy that is named, but for hosts that go directly', async () => {
  service.reply(({ url }) => ({
    status: 200,
    headers: { etag: url === '/acme/models/prod/a' ? 'direct' : 'through' },
  }));
  const read = async (none: string) => {
    const proxy = { http: service.address, none };
    const place = none === '' ? { endpoint: 'http://blobs.acme.example' } : {};
    return (await open({ proxy, ...place }).read('a'))?.revision;
  };
  expect(await read('')).toBe('through');
  expect(service.seen.at(-1)?.url).toBe('http://blobs.acme.example/models/prod/a');
  expect(await read('127.0.0.1')).toBe('direct');
});

function expectNothingPlanted(error: { message: string; remedy: string; stack?: string; cause?: unknown }): void {
  const told = JSON.stringify([error, error.message, error.remedy, error.cause ?? null, error.stack]);
  expect(told).not.toMatch(/planted|sig=|SharedKey/);
  expect(told).not.toContain(key);
}
