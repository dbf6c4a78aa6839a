import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expectCode } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { usualRetries } from '../http/retry.js';
import { openS3Bucket } from './open-s3-bucket.js';
import type { S3BucketOptions } from './s3-client.js';

interface Seen {
  readonly method: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}
interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const keys = { accessKeyId: 'AKID', secretAccessKey: 'a secret' };
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
  const { method, headers } = request;
  seen.push({ method, headers, body: Buffer.concat(chunks) });
  const { status, headers: own = {}, body = '' } = answers(seen.at(-1) as Seen);
  response.writeHead(status, own).end(body);
}

function open(options: Partial<S3BucketOptions> = {}) {
  const place = { bucket: 'models', prefix: 'prod', region: 'eu-central-1', endpoint };
  return openS3Bucket({ ...place, credentials: async () => keys, retries, ...options });
}

const create = (bucket: ReturnType<typeof open>) => bucket.create('a/b', [five], { sha256: sha256Of(five) });

describe('what the signature says of a body', () => {
  const checksum = { 'x-amz-checksum-sha256': sha256Of(five).toString('base64'), etag: '"e1"' };
  const digest = sha256Of(five).toString('hex');
  const unsigned = 'UNSIGNED-PAYLOAD';
  const contents = () => seen.map(({ headers }) => headers['x-amz-content-sha256']);
  const isUnsigned = ({ headers }: Seen) => headers['x-amz-content-sha256'] === unsigned;

  test('nothing once the server has answered the checksum of one that was signed', async () => {
    answers = () => ({ status: 200, headers: checksum });
    const bucket = open();
    for (const _time of [1, 2, 3]) expect(await create(bucket)).toBe('created');
    expect(contents()).toEqual([digest, unsigned, unsigned]);
    expect(seen[2]?.headers['x-amz-checksum-sha256']).toBe(checksum['x-amz-checksum-sha256']);
    expect(seen[2]?.headers.authorization).toMatch(/SignedHeaders=[^,]*x-amz-checksum-sha256/);
  });

  test.each([
    ['none', {}],
    ['another one', { 'x-amz-checksum-sha256': sha256Of(new Uint8Array(1)).toString('base64') }],
  ])('its digest where the server answers %s', async (_what, headers) => {
    answers = () => ({ status: 200, headers });
    const bucket = open();
    for (const _time of [1, 2, 3]) expect(await create(bucket)).toBe('created');
    expect(contents()).toEqual([digest, digest, digest]);
  });

  test.each([
    ['a host in the network', { endpoint: 'http://s3.acme.example' }],
    ['this machine by a proxy', {}],
  ])('its digest over plain http to %s', async (_what, place) => {
    answers = () => ({ status: 200, headers: checksum });
    const bucket = open({ proxy: { http: endpoint }, ...place });
    for (const _time of [1, 2]) expect(await create(bucket)).toBe('created');
    expect(contents()).toEqual([digest, digest]);
  });

  test('its digest again where a policy refuses what is not signed', async () => {
    answers = (request) =>
      isUnsigned(request) ? { status: 403, body: '<Code>AccessDenied</Code>' } : { status: 200, headers: checksum };
    const bucket = open();
    for (const _time of [1, 2, 3]) expect(await create(bucket)).toBe('created');
    expect(contents()).toEqual([digest, unsigned, digest, digest]);
  });

  test('what was stored without a checksum is written once more, over what the server took', async () => {
    answers = (request) => ({ status: 200, headers: isUnsigned(request) ? { etag: '"taken"' } : checksum });
    const bucket = open();
    for (const _time of [1, 2, 3]) expect(await create(bucket)).toBe('created');
    expect(contents()).toEqual([digest, unsigned, digest, digest]);
    expect(seen.map(({ headers }) => headers['if-match'])).toEqual([undefined, undefined, '"taken"', undefined]);
    expect(seen[2]?.body.equals(five)).toBe(true);
  });

  test('what was stored without a checksum and is gone when it is written once more is written anew', async () => {
    answers = (request) => {
      if (isUnsigned(request)) return { status: 200, headers: { etag: '"taken"' } };
      const isReplacing = request.headers['if-match'] !== undefined;
      return isReplacing ? { status: 404, body: '<Code>NoSuchKey</Code>' } : { status: 200, headers: checksum };
    };
    const bucket = open();
    for (const _time of [1, 2]) expect(await create(bucket)).toBe('created');
    expect(contents()).toEqual([digest, unsigned, digest, digest]);
    expect(seen.map(({ headers }) => headers['if-none-match'])).toEqual(['*', '*', undefined, '*']);
  });

  const puts = () => seen.filter(({ method }) => method === 'PUT').map((each) => each.headers['x-amz-content-sha256']);

  test('nothing is said again where a condition does not hold', async () => {
    answers = (request) => (isUnsigned(request) ? { status: 412 } : { status: 200, headers: checksum });
    const bucket = open();
    expect(await create(bucket)).toBe('created');
    for (const _time of [1, 2]) expect(await create(bucket)).not.toBe('created');
    expect(puts()).toEqual([digest, unsigned, unsigned]);
  });

  test('a server that is away is not taken for one that refuses', async () => {
    answers = (request) => (isUnsigned(request) ? { status: 503 } : { status: 200, headers: checksum });
    const bucket = open();
    await create(bucket);
    await expectCode(create(bucket), 'store/unreachable');
    expect(new Set(puts().slice(1))).toEqual(new Set([unsigned]));
  });

  test('what was to be replaced and is gone when it is written once more stays gone', async () => {
    answers = (request) => {
      if (request.method === 'GET') return { status: 404, body: '<Code>NoSuchKey</Code>' };
      if (isUnsigned(request)) return { status: 200, headers: { etag: '"taken"' } };
      return request.headers['if-match'] === '"taken"' ? { status: 404 } : { status: 200, headers: checksum };
    };
    const bucket = open();
    await create(bucket);
    expect(await bucket.replace('a/b', five, '"e1"')).toBeNull();
    expect(puts()).toEqual([digest, unsigned, digest]);
  });

  test('a refusal of both is told as it is', async () => {
    answers = (request) =>
      seen.length === 1 ? { status: 200, headers: checksum } : { status: isUnsigned(request) ? 400 : 403 };
    const bucket = open();
    await create(bucket);
    await expectCode(create(bucket), 'store/denied');
    expect(contents()).toEqual([digest, unsigned, digest]);
  });

  test('a document whose answer was lost with the permission is looked at before it counts as written by others', async () => {
    const first = { status: 200, headers: checksum };
    let lost = false;
    answers = ({ method, headers, body }) => {
      if (method === 'GET') return { status: 200, headers: { etag: '"e2"' }, body: '\u0001\u0002\u0003\u0004\u0005' };
      if (headers['if-match'] === undefined) return first;
      if (lost) return { status: 412 };
      lost = true;
      return { status: 403, body: body.toString() };
    };
    const bucket = open();
    await create(bucket);
    expect(await bucket.replace('a/b', five, '"e1"')).toBe('"e2"');
  });
});
