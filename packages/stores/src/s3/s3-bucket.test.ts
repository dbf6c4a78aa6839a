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
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}
interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const keys = { accessKeyId: 'AKIDPLANTED', secretAccessKey: 'planted-secret', sessionToken: 'planted-token' };
const retries = { ...usualRetries, maxTries: 3, firstDelayMs: 1, maxDelayMs: 2 };
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const monday = 'Mon, 23 Nov 2026 10:00:00 GMT';
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
  response.writeHead(status, own).end(method === 'HEAD' ? undefined : body);
}

function open(options: Partial<S3BucketOptions> = {}) {
  const place = { bucket: 'models', prefix: 'prod', region: 'eu-central-1', endpoint };
  return openS3Bucket({ ...place, credentials: async () => keys, retries, ...options });
}

const refuse = (status: number, code: string, more = '', headers = {}) => {
  answers = () => ({ status, headers, body: `<Error><Code>${code}</Code>${more}<AWSAccessKeyId>AKIDPLANTED` });
};
const create = (bucket = open()) => bucket.create('a/b', [five], { sha256: sha256Of(five) });

describe('what a refusal becomes', () => {
  const forbidden =
    'User: arn:aws:sts::1:assumed-role/ci is not authorized to perform: kms:GenerateDataKey on resource';
  test.each([
    ['AccessDenied', 403, '', 'store/denied', /s3:PutObject on arn:aws:s3:::models\/prod\/\*.*s3:ListBucket/],
    ['AccessDenied', 403, `<Message>${forbidden}</Message>`, 'store/denied', /kms:GenerateDataKey on the key/],
    ['NoSuchBucket', 404, '', 'store/misconfigured', /store\.bucket/],
    ['PermanentRedirect', 301, '', 'store/misconfigured', /region of the bucket/],
    ['AuthorizationHeaderMalformed', 400, '<Region>us-west-2</Region>', 'store/misconfigured', /region: us-west-2/],
    ['NotImplemented', 501, '', 'store/misconfigured', /conditional_writes: false/],
    ['InvalidAccessKeyId', 403, '', 'store/denied', /id-token: write/],
    [
      'SignatureDoesNotMatch',
      403,
      '<StringToSign>planted-secret</StringToSign>',
      'store/denied',
      /AWS_SECRET_ACCESS_KEY/,
    ],
    ['ExpiredToken', 400, '<Token-0>planted-token</Token-0>', 'store/denied', /Renew/],
    ['RequestTimeTooSkewed', 403, '', 'store/denied', /clock/],
    ['BadDigest', 400, '', 'store/io', /run the command again/],
    ['EntityTooLarge', 400, '', 'store/io', /run the command again/],
    ['SlowDown', 503, '', 'store/unreachable', /run the command again/],
  ] as const)('%s %i %s', async (code, status, more, expected, remedy) => {
    refuse(status, code, more);
    const error = await expectCode(create(), expected);
    expect(error.message).toContain('write s3://models/prod/a/b');
    expect(error.remedy).toMatch(remedy);
    const told = JSON.stringify([error.message, error.remedy, error.fields, error.cause ?? null, error.stack]);
    expect(told).not.toMatch(/planted|PLANTED|Signature=/);
  });

  test('the region of the bucket stands in a header, too', async () => {
    refuse(301, 'PermanentRedirect', '', { 'x-amz-bucket-region': 'ap-south-1' });
    expect((await expectCode(create(), 'store/misconfigured')).remedy).toContain('region: ap-south-1');
  });

  test('a HEAD cannot say why, so that a GET is asked', async () => {
    refuse(403, 'AccessDenied');
    const error = await expectCode(open().describe('a'), 'store/denied');
    expect(error.remedy).toContain('s3:GetObject');
    expect(seen.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
  });

  test('a missing bucket is no missing object', async () => {
    refuse(404, 'NoSuchBucket');
    await expectCode(open().describe('a'), 'store/misconfigured');
    await expectCode(open().read('a'), 'store/misconfigured');
  });

  test('an object that looks like an error is an object', async () => {
    const body = '<Error><Code>NoSuchBucket</Code></Error>';
    answers = () => ({ status: 200, headers: { etag: '"1"' }, body });
    expect(Buffer.from((await open().read('a'))?.bytes ?? []).toString()).toBe(body);
  });

  test('a listing without permission names the bucket', async () => {
    refuse(403, 'AccessDenied');
    const listing = open().list('a/');
    const error = await expectCode((async () => listing[Symbol.asyncIterator]().next())(), 'store/denied');
    expect(error.remedy).toBe('Allow s3:ListBucket on arn:aws:s3:::models.');
  });
});

describe('credentials', () => {
  test('expired ones are renewed once', async () => {
    const forced: boolean[] = [];
    const credentials: S3BucketOptions['credentials'] = async (options) => {
      forced.push(options?.forceRefresh === true);
      return { ...keys, sessionToken: forced.includes(true) ? 'renewed' : 'old' };
    };
    const expired = { status: 400, body: '<Error><Code>ExpiredToken</Code></Error>' };
    answers = ({ headers }) => (headers['x-amz-security-token'] === 'renewed' ? { status: 200 } : expired);
    expect(await create(open({ credentials }))).toBe('created');
    expect(forced.filter(Boolean)).toHaveLength(1);
  });

  test('absent ones are a clear error, and looked for again by the next call', async () => {
    let there = false;
    const credentials: S3BucketOptions['credentials'] = async () => {
      if (there) return keys;
      throw Object.assign(new Error('planted-secret'), { name: 'CredentialsProviderError' });
    };
    answers = () => ({ status: 200 });
    const bucket = open({ credentials });
    const error = await expectCode(create(bucket), 'store/denied');
    expect(error.message).toContain('no AWS credentials');
    expect(error.remedy).toMatch(/id-token: write.*configure-aws-credentials/);
    expect(JSON.stringify([error.message, error.remedy, error.cause ?? null])).not.toContain('planted');
    there = true;
    expect(await create(bucket)).toBe('created');
  });

  test('without a region nothing is guessed', async () => {
    const bucket = openS3Bucket({ bucket: 'models', profile: 'of-nobody', credentials: async () => keys });
    expect((await expectCode(bucket.describe('a'), 'store/misconfigured')).remedy).toContain('store.region');
  });
});

test('a conflict of conditional writes is tried again', async () => {
  const conflict = { status: 409, body: '<Error><Code>ConditionalRequestConflict</Code></Error>' };
  answers = () => (seen.length < 3 ? conflict : { status: 412 });
  expect(await create()).toBe('present');
  expect(seen).toHaveLength(3);
});

test('the digest is signed, kept as the checksum, and the write conditional', async () => {
  answers = () => ({ status: 200 });
  await create();
  const [{ headers, body } = expect.fail('nothing was sent')] = seen;
  expect(headers).toMatchObject({
    'if-none-match': '*',
    'content-length': '5',
    'x-amz-content-sha256': sha256Of(five).toString('hex'),
    'x-amz-checksum-sha256': sha256Of(five).toString('base64'),
  });
  expect(headers.authorization).toMatch(/SignedHeaders=[^,]*if-none-match[^,]*x-amz-content-sha256/);
  expect(body.equals(five)).toBe(true);
});

test('without conditional writes a look comes first', async () => {
  answers = ({ method }) => (method === 'PUT' ? { status: 200 } : { status: 404, body: '<Code>NoSuchKey</Code>' });
  expect(await create(open({ conditionalWrites: false }))).toBe('created');
  expect(seen.at(-1)?.headers['if-none-match']).toBeUndefined();
  answers = () => ({ status: 200, headers: { etag: '"1"', 'content-length': '5', 'last-modified': monday } });
  expect(await create(open({ conditionalWrites: false }))).toBe('present');
  expect(seen.at(-1)?.method).toBe('HEAD');
});

test('memory that is shared with other threads is sent as it is', async () => {
  answers = () => ({ status: 200 });
  const memory = new Uint8Array(new SharedArrayBuffer(100_000)).fill(7);
  await open().create('a', [memory.subarray(0, 1000), memory.subarray(1000)], { sha256: sha256Of(memory) });
  expect(seen[0]?.body.equals(memory)).toBe(true);
});

test('an answer that never ends is given up', async () => {
  answers = () => ({ status: 200, headers: { 'content-length': '99999999999' } });
  await expectCode(open().read('a'), 'store/unreachable');
});

test.each(['', '<html>', '<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>', '<a><b></a>'])(
  'what is no listing is an error: %j',
  async (body) => {
    answers = () => ({ status: 200, body });
    const listing = open().list('');
    await expectCode((async () => listing[Symbol.asyncIterator]().next())(), 'store/io');
  },
);

test('requests go through the proxy that is named, but for hosts that go directly', async () => {
  answers = ({ url }) => ({ status: 200, headers: { etag: url === '/models/prod/a' ? 'direct' : 'through' } });
  const read = async (none: string) => {
    const proxy = { http: endpoint, none };
    const place = none === '' ? { endpoint: 'http://s3.acme.example' } : {};
    return (await open({ proxy, ...place }).read('a'))?.revision;
  };
  expect(await read('')).toBe('through');
  expect(seen.at(-1)?.url).toBe('http://s3.acme.example/models/prod/a');
  expect(await read('127.0.0.1')).toBe('direct');
});

test('https goes through a tunnel, and the password of the proxy stays where it is', async () => {
  const asked: string[] = [];
  server.on('connect', ({ url, headers }, socket) => {
    asked.push(`${url} ${headers['proxy-authorization'] === undefined ? 'nobody' : 'somebody'}`);
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
  });
  const proxy = { https: endpoint.replace('//', '//me:planted-password@') };
  const error = await expectCode(open({ proxy, endpoint: 'https://s3.acme.example' }).read('a'), 'store/denied');
  expect(asked).toEqual(['s3.acme.example:443 somebody']);
  expect(error.remedy).toContain('HTTPS_PROXY');
  expect(JSON.stringify([error.message, error.remedy, error.cause ?? null])).not.toContain('planted');
});

describe('storage classes', () => {
  const facts = { key: 'a/b', sizeBytes: 5, storedAt: '2026-11-23T10:00:00.000Z', revision: '"e1"' };
  const classesOf = () => open().classes ?? expect.fail('it has classes');
  const head = { etag: '"e1"', 'content-length': '5', 'last-modified': monday, 'x-amz-storage-class': 'GLACIER' };

  test('a move is a copy onto itself under the ETag that was seen', async () => {
    answers = ({ method }) =>
      method === 'HEAD' ? { status: 200, headers: head } : { status: 200, body: '<CopyObjectResult/>' };
    expect(await classesOf().move(facts, 'GLACIER')).toBe('moved');
    expect(seen[0]?.headers).toMatchObject({
      'x-amz-copy-source': '/models/prod/a/b',
      'x-amz-copy-source-if-match': '"e1"',
      'x-amz-storage-class': 'GLACIER',
    });
    await expectCode(classesOf().move(facts, 'STANDARD_IA'), 'store/misconfigured');
  });

  test('a copy that fails after its head was sent is no move', async () => {
    answers = () => ({ status: 200, body: '<Error><Code>InternalError</Code></Error>' });
    await expectCode(classesOf().move(facts, 'GLACIER'), 'store/io');
    answers = () => ({ status: 412 });
    expect(await classesOf().move(facts, 'GLACIER')).toBe('changed');
  });

  test('a restore names days and tier; one that is under way is left alone', async () => {
    answers = ({ method }) => (method === 'HEAD' ? { status: 200, headers: head } : { status: 202 });
    expect(await classesOf().restore('a/b', { days: 9, speed: 'cheap' })).toBe('restoring');
    expect(seen[1]?.url).toMatch(/\?restore=?$/);
    expect(seen[1]?.body.toString()).toMatch(/<Days>9<\/Days>.*<Tier>Bulk<\/Tier>/);
    answers = ({ method }) =>
      method === 'HEAD'
        ? { status: 200, headers: head }
        : { status: 409, body: '<Error><Code>RestoreAlreadyInProgress</Code></Error>' };
    expect(await classesOf().restore('a/b', { days: 9, speed: 'fast' })).toBe('restoring');
    answers = ({ method }) =>
      method === 'HEAD'
        ? { status: 200, headers: head }
        : { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' };
    const error = await expectCode(classesOf().restore('a/b', { days: 9, speed: 'fast' }), 'store/denied');
    expect(error.remedy).toContain('s3:RestoreObject');
  });
});

describe('a removal with a condition', () => {
  const facts = { revision: '"a"', storedAt: new Date(monday).toISOString() };
  const described = { status: 200, headers: { etag: '"a"', 'last-modified': monday, 'content-length': '5' } };

  test('looks when the object was written, since the same bytes have the same ETag', async () => {
    const later = 'Mon, 23 Nov 2026 10:00:01 GMT';
    answers = () => ({ ...described, headers: { ...described.headers, 'last-modified': later } });
    expect(await open().remove('a', { expected: facts })).toBe('kept');
    expect(seen.map(({ method }) => method)).toEqual(['HEAD']);
    answers = ({ method }) => (method === 'HEAD' ? described : { status: 204 });
    expect(await open().remove('a', { expected: facts })).toBe('removed');
    expect(seen.map(({ method }) => method)).toEqual(['HEAD', 'HEAD', 'DELETE']);
  });

  test('looks before each try, since somebody may have stored the bytes again in between', async () => {
    const later = { ...described.headers, 'last-modified': 'Mon, 23 Nov 2026 10:00:05 GMT' };
    let written = false;
    answers = ({ method }) => {
      if (method === 'HEAD') return written ? { status: 200, headers: later } : described;
      written = true;
      return { status: 503 };
    };
    expect(await open().remove('a', { expected: facts })).toBe('kept');
    expect(seen.map(({ method }) => method)).toEqual(['HEAD', 'DELETE', 'HEAD']);
  });

  test('a try that removed it and whose answer was lost has removed it', async () => {
    answers = ({ method }) => {
      if (method === 'DELETE') return { status: 503 };
      const isGone = seen.some((request) => request.method === 'DELETE');
      return isGone ? { status: 404, body: '<Code>NoSuchKey</Code>' } : described;
    };
    expect(await open().remove('a', { expected: facts })).toBe('removed');
    expect(seen.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  test('names the ETag, and does without where the server takes no such condition', async () => {
    answers = ({ method, headers }) => {
      if (method === 'HEAD') return described;
      return { status: headers['if-match'] === undefined ? 204 : 501 };
    };
    const bucket = open();
    expect(await bucket.remove('a', { expected: facts })).toBe('removed');
    expect(await bucket.remove('a', { expected: facts })).toBe('removed');
    const matches = seen.filter(({ method }) => method === 'DELETE').map(({ headers }) => headers['if-match']);
    expect(matches).toEqual(['"a"', undefined, undefined]);
    answers = ({ method }) => (method === 'HEAD' ? described : { status: 412 });
    expect(await open().remove('a', { expected: facts })).toBe('kept');
  });

  test('is asked whether it may be sent when it is signed, and before each further try', async () => {
    let allowed = true;
    answers = () => ({ status: 204 });
    const slow = async () => {
      allowed = false;
      return keys;
    };
    expect(await open({ credentials: slow }).remove('a', { isAllowed: () => allowed })).toBe('kept');
    expect(seen).toEqual([]);
    allowed = true;
    answers = () => {
      allowed = false;
      return { status: 503 };
    };
    expect(await open().remove('a', { isAllowed: () => allowed })).toBe('kept');
    expect(seen).toHaveLength(1);
  });
});
