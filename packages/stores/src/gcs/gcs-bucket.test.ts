import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expectCode } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { usualRetries } from '../http/retry.js';
import { crc32c } from './crc32c.js';
import type { GcsBucketOptions } from './gcs-client.js';
import { openGcsBucket } from './open-gcs-bucket.js';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}
interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const account = {
  headers: async () => ({ authorization: 'Bearer planted-token' }),
  signer: async () => null,
};
const retries = { ...usualRetries, maxTries: 3, firstDelayMs: 1, maxDelayMs: 2 };
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const five = new Uint8Array([1, 2, 3, 4, 5]);

let server: Server;
let endpoint: string;
let seen: Seen[];
let answers: (seen: Seen) => Answer;
beforeEach(async () => {
  seen = [];
  server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const { method, url, headers } = request;
  seen.push({ method, url, headers, body: Buffer.concat(chunks) });
  const { status, headers: own = {}, body = '' } = answers(seen.at(-1) as Seen);
  response.writeHead(status, own).end(body);
}

const open = (options: Partial<GcsBucketOptions> = {}) =>
  openGcsBucket({ bucket: 'models', prefix: 'prod', endpoint, credentials: account, retries, ...options });
const create = (bucket = open()) => bucket.create('a/b', [five], { sha256: sha256Of(five) });
const firstOf = async (listing: AsyncIterable<unknown>) => listing[Symbol.asyncIterator]().next();
const refusal = (code: number, reason: string, message = 'planted-message') =>
  JSON.stringify({ error: { code, message, errors: [{ domain: 'global', reason, message }] } });
const refuse = (code: number, reason: string, message?: string) => {
  answers = () => ({ status: code, body: refusal(code, reason, message) });
};
const textsOf = (error: { message: string; remedy: string; fields: unknown; cause?: unknown; stack?: string }) =>
  JSON.stringify([error.message, error.remedy, error.fields, error.cause ?? null, error.stack]);

describe('what a refusal becomes', () => {
  const forbidden = (permission: string) =>
    `planted@acme.iam.gserviceaccount.com does not have ${permission} access to the Google Cloud Storage object. Permission '${permission}' denied on resource (or it may not exist).`;
  test.each([
    [
      403,
      'forbidden',
      undefined,
      'store/denied',
      /storage\.objects\.create on gs:\/\/models: roles\/storage\.objectUser.*storage\.objects\.list/,
    ],
    [
      403,
      'forbidden',
      forbidden('storage.objects.delete'),
      'store/denied',
      /storage\.objects\.delete on gs:\/\/models/,
    ],
    [
      403,
      'forbidden',
      'planted does not have serviceusage.services.use access',
      'store/denied',
      /Allow whoever asks serviceusage\.services\.use on gs:\/\/models\.$/,
    ],
    [403, 'forbidden', 'Permission denied on Cloud KMS key planted', 'store/denied', /cryptoKeyEncrypterDecrypter/],
    [403, 'accountDisabled', undefined, 'store/denied', /billing/],
    [403, 'retentionPolicyNotMet', undefined, 'store/denied', /retention policy/],
    [403, 'insufficientPermissions', undefined, 'store/denied', /scope cloud-platform/],
    [403, 'vpcServiceControls', undefined, 'store/denied', /rule of the organisation/],
    [412, 'orgPolicyConstraintFailed', undefined, 'store/denied', /rule of the organisation/],
    [401, 'authError', undefined, 'store/denied', /id-token: write/],
    [404, 'notFound', undefined, 'store/misconfigured', /store\.bucket/],
    [
      400,
      'required',
      'Bucket is a requester pays bucket but no user project provided.',
      'store/misconfigured',
      /GOOGLE_CLOUD_QUOTA_PROJECT/,
    ],
    [
      400,
      'invalid',
      'Provided CRC32C "planted" doesn\'t match calculated CRC32C "x".',
      'store/io',
      /run the command again/,
    ],
    [400, 'invalid', undefined, 'store/io', /run the command again/],
    [429, 'rateLimitExceeded', undefined, 'store/unreachable', /run the command again/],
    [403, 'userRateLimitExceeded', undefined, 'store/unreachable', /run the command again/],
  ] as const)('%i %s %s', async (status, reason, message, expected, remedy) => {
    refuse(status, reason, message);
    const error = await expectCode(create(), expected);
    expect(error.message).toContain('write gs://models/prod/a/b');
    expect(error.remedy).toMatch(remedy);
    expect(textsOf(error)).not.toContain('planted');
  });

  test('the permission of each call is named', async () => {
    refuse(403, 'forbidden');
    const remedies = [
      (await expectCode(open().describe('a'), 'store/denied')).remedy,
      (await expectCode(open().read('a'), 'store/denied')).remedy,
      (await expectCode(open().remove('a'), 'store/denied')).remedy,
      (await expectCode(open().replace('a', five, null), 'store/denied')).remedy,
      (await expectCode(firstOf(open().list('')), 'store/denied')).remedy,
    ];
    const named = remedies.map((remedy) => /storage\.objects\.(\w+) on/.exec(remedy)?.[1]);
    expect(named).toEqual(['get', 'get', 'delete', 'create', 'list']);
  });

  test('a removal names the generation, and what is gone is removed', async () => {
    const written = { name: 'prod/a', generation: '8', size: '5', timeCreated: '2026-11-23T10:00:01Z' };
    const expected = { revision: '7', storedAt: '2026-11-23T10:00:00.000Z' };
    answers = ({ method }) =>
      method === 'DELETE' ? { status: 412, body: '{}' } : { status: 200, body: JSON.stringify(written) };
    expect(await open().remove('a', { expected })).toBe('kept');
    expect(seen[0]?.url).toContain('ifGenerationMatch=7');
    answers = ({ method, url }) => {
      if (method === 'DELETE') return { status: 412, body: '{}' };
      return url?.includes('/o/') === true ? { status: 404, body: '{}' } : { status: 200, body: '{}' };
    };
    expect(await open().remove('a', { expected })).toBe('removed');
  });

  test('a download is refused in a line of text', async () => {
    answers = () => ({ status: 403, body: "Permission 'storage.objects.get' denied on planted" });
    expect((await expectCode(open().read('a'), 'store/denied')).remedy).toContain('storage.objects.get');
  });

  test('a missing bucket is no missing object, whether the service says so or not', async () => {
    refuse(404, 'notFound', 'The specified bucket does not exist.');
    await expectCode(open().describe('a'), 'store/misconfigured');
    expect(seen).toHaveLength(1);
    refuse(404, 'notFound', 'Not Found');
    await expectCode(open().describe('a'), 'store/misconfigured');
    await expectCode(open().read('a'), 'store/misconfigured');
    await expectCode(open().remove('a'), 'store/misconfigured');
  });

  test('a bucket that was seen is not looked for again', async () => {
    const bucket = open();
    answers = ({ url }) =>
      url?.includes('/o?') ? { status: 200, body: '{}' } : { status: 404, body: 'No such object' };
    expect(await bucket.read('a')).toBeNull();
    expect(seen).toHaveLength(2);
    expect(await bucket.read('b')).toBeNull();
    expect(seen).toHaveLength(3);
  });

  test('an object that looks like an error is an object', async () => {
    const body = refusal(404, 'notFound', 'The specified bucket does not exist.');
    const headers = { 'x-goog-generation': '7', 'x-goog-hash': `crc32c=${crc32c([Buffer.from(body)])},md5=x` };
    answers = () => ({ status: 200, headers, body });
    const read = await open().read('a');
    expect(Buffer.from(read?.bytes ?? []).toString()).toBe(body);
    expect(read?.revision).toBe('7');
  });
});

describe('who asks', () => {
  test('is not told to what is no host of Google over TLS', async () => {
    answers = () => ({ status: 401, body: refusal(401, 'required') });
    const bucket = openGcsBucket({ bucket: 'models', endpoint, retries });
    const error = await expectCode(create(bucket), 'store/denied');
    expect(error.remedy).toContain('STORAGE_EMULATOR_HOST');
    expect(seen.map(({ headers }) => headers.authorization)).not.toContainEqual(expect.anything());
    expect(await bucket.presign('a', { expiresInSeconds: 1 })).toBe(`${endpoint}/models/a`);
  });

  test('is found out anew when a token has expired, once', async () => {
    const forced: boolean[] = [];
    const headers: typeof account.headers = async (options?: { forceRefresh?: boolean }) => {
      forced.push(options?.forceRefresh === true);
      return { authorization: forced.includes(true) ? 'Bearer new' : 'Bearer old' };
    };
    answers = (request) =>
      request.headers.authorization === 'Bearer new'
        ? { status: 200, body: '{"generation":"1"}' }
        : { status: 401, body: refusal(401, 'authError') };
    expect(await create(open({ credentials: { ...account, headers } }))).toBe('created');
    expect(forced.filter(Boolean)).toHaveLength(1);
  });

  test('is looked for again by the next call, and a failure tells names alone', async () => {
    let there = false;
    const headers = async () => {
      if (there) return { authorization: 'Bearer new' };
      throw Object.assign(new Error('planted'), { status: 400, response: { data: { error: 'invalid_grant' } } });
    };
    answers = () => ({ status: 200, body: '{"generation":"1"}' });
    const bucket = open({ credentials: { ...account, headers } });
    const error = await expectCode(create(bucket), 'store/denied');
    expect(error.message).toContain('(400 invalid_grant)');
    expect(textsOf(error)).not.toContain('planted');
    there = true;
    expect(await create(bucket)).toBe('created');
  });
});

test('what is said of an object and its bytes go in two parts, with the condition', async () => {
  answers = () => ({ status: 200, body: '{"generation":"12"}' });
  expect(await open().replace('doc', five, '11')).toBe('12');
  const [{ method, url, headers, body } = expect.fail('nothing was sent')] = seen;
  expect(method).toBe('POST');
  const query = new URL(url ?? '', endpoint).searchParams;
  expect(Object.fromEntries(query)).toEqual({ uploadType: 'multipart', ifGenerationMatch: '11', fields: 'generation' });
  const boundary = /^multipart\/related; boundary=(.*)$/.exec(headers['content-type'] ?? '')?.[1] ?? '';
  const [before, described, bytes, after] = body.toString('latin1').split(`--${boundary}`);
  expect(before).toBe('');
  expect(JSON.parse(described?.split('\r\n\r\n')[1] ?? '')).toEqual({ name: 'prod/doc', crc32c: crc32c([five]) });
  expect(bytes?.split('\r\n\r\n')[1]).toBe('\u0001\u0002\u0003\u0004\u0005\r\n');
  expect(after).toBe('--\r\n');
  expect(headers['content-length']).toBe(String(body.length));
});

test('bytes that are not those of the digest are not sent', async () => {
  answers = () => ({ status: 200, body: '{"generation":"1"}' });
  await expectCode(open().create('a', [five], { sha256: sha256Of(new Uint8Array(1)) }), 'store/io');
  expect(seen).toEqual([]);
});

test('memory that is shared with other threads is sent as it is', async () => {
  answers = () => ({ status: 200, body: '{"generation":"1"}' });
  const memory = new Uint8Array(new SharedArrayBuffer(100_000)).fill(7);
  await open().create('a', [memory.subarray(0, 1000), memory.subarray(1000)], { sha256: sha256Of(memory) });
  expect(seen[0]?.body.includes(Buffer.from(memory))).toBe(true);
});

test.each([
  ['another checksum', { 'x-goog-hash': 'crc32c=AAAAAA==' }],
  ['no checksum', {}],
])('bytes with %s are not believed', async (_, headers) => {
  answers = () => ({ status: 200, headers: { 'x-goog-generation': '1', ...headers }, body: 'bytes' });
  await expectCode(open().read('a'), 'store/io');
  expect(seen).toHaveLength(3);
});

test('an answer that never ends is given up', async () => {
  answers = () => ({ status: 200, headers: { 'content-length': '99999999999' } });
  await expectCode(open().read('a'), 'store/unreachable');
});

test.each([
  '',
  '<html>',
  '[]',
  '{"items":{}}',
  '{"items":[{"name":"prod/a"}]}',
  '{"items":[{"name":"prod/a","size":"1","timeCreated":"2026-11-23T10:00:00Z","generation":"x"}]}',
  '{"items":[],"nextPageToken":""}',
])('what is no listing is an error: %j', async (body) => {
  answers = () => ({ status: 200, body });
  await expectCode(firstOf(open().list('')), 'store/io');
});

test('a listing that goes round in circles ends', async () => {
  answers = () => ({ status: 200, body: '{"nextPageToken":"again"}' });
  await expectCode(firstOf(open().list('')), 'store/io');
});

test('an object moves by rewrites under its generation, and a class that is not kept is told', async () => {
  const facts = { key: 'a/b', sizeBytes: 5, storedAt: '2026-11-23T10:00:00.500Z', revision: '7' };
  const classes = open().classes ?? expect.fail('it has classes');
  const done = (storageClass: string) => JSON.stringify({ done: true, resource: { storageClass } });
  answers = ({ url }) => {
    const goesOn = new URL(url ?? '', endpoint).searchParams.get('rewriteToken') === 'more';
    return { status: 200, body: goesOn ? done('COLDLINE') : '{"done":false,"rewriteToken":"more"}' };
  };
  expect(await classes.move(facts, 'COLDLINE')).toBe('moved');
  expect(seen).toHaveLength(2);
  const url = new URL(seen[0]?.url ?? '', endpoint);
  expect(url.pathname).toBe('/storage/v1/b/models/o/prod%2Fa%2Fb/rewriteTo/b/models/o/prod%2Fa%2Fb');
  expect(Object.fromEntries(url.searchParams)).toMatchObject({ ifGenerationMatch: '7', ifSourceGenerationMatch: '7' });
  expect(seen[0]?.body.toString()).toBe('{"storageClass":"COLDLINE"}');
  answers = () => ({ status: 412, body: refusal(412, 'conditionNotMet') });
  expect(await classes.move(facts, 'COLDLINE')).toBe('changed');
  answers = () => ({ status: 200, body: done('STANDARD') });
  await expectCode(classes.move(facts, 'COLDLINE'), 'store/misconfigured');
  refuse(403, 'forbidden');
  expect((await expectCode(classes.move(facts, 'COLDLINE'), 'store/denied')).remedy).toContain(
    'storage.objects.create',
  );
});

test('what lies there and is no key of ours is left out', async () => {
  const item = (name: string) => ({ name, size: '1', timeCreated: '2026-11-23T10:00:00.5Z', generation: '1' });
  answers = () => ({ status: 200, body: JSON.stringify({ items: ['prod/', 'prod/A', 'prod/a', 'other'].map(item) }) });
  const listed = [];
  for await (const facts of open().list('')) listed.push(facts);
  const facts = { storedAt: '2026-11-23T10:00:00.500Z', revision: '1', storageClass: 'STANDARD' };
  expect(listed).toEqual([{ key: 'a', sizeBytes: 1, ...facts }]);
});

test('requests go through the proxy that is named, but for hosts that go directly', async () => {
  answers = ({ url }) => ({
    status: 200,
    headers: { 'x-goog-generation': url?.startsWith('/') ? '1' : '2', 'x-goog-hash': `crc32c=${crc32c([])}` },
  });
  const read = async (none: string) => {
    const proxy = { http: endpoint, none };
    const place = none === '' ? { endpoint: 'http://gcs.acme.example' } : {};
    return (await open({ proxy, ...place }).read('a'))?.revision;
  };
  expect(await read('')).toBe('2');
  expect(seen.at(-1)?.url).toBe('http://gcs.acme.example/download/storage/v1/b/models/o/prod%2Fa?alt=media');
  expect(await read('127.0.0.1')).toBe('1');
});
