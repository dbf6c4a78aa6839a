import { createHash } from 'node:crypto';
import { invariant, weighbridgeError } from '@weighbridge/core';
import type { Bucket, ObjectFacts } from '@weighbridge/ports';
import { isObjectKey } from '@weighbridge/storage';
import { openAgents, type ProxySetting } from '../http/agents.js';
import { type RetryPolicy, usualRetries } from '../http/retry.js';
import { s3Address, type S3Place } from './s3-address.js';
import { type ListingPage, parseListing, timeOf } from './s3-listing.js';
import type { S3Operation } from './s3-refusal.js';
import { askS3, type S3Answer, type S3Request, type S3Sender } from './s3-requests.js';
import { openS3Session, type S3CredentialSource } from './s3-session.js';

/** A bucket of S3 or of a server that speaks its language, and how it is asked. */
export interface S3BucketOptions extends S3Place {
  /** Profile of the AWS configuration. Default: AWS_PROFILE, then the default one. */
  readonly profile?: string;
  /**
   * False for servers that know no `If-None-Match` and `If-Match`: then a look comes before each write, and two
   * processes that write the same key at once can overwrite each other. Default: true.
   */
  readonly conditionalWrites?: boolean;
  readonly proxy?: ProxySetting;
  /** Default: the chain of the AWS SDK, which asks environment, profile, web identity, container and instance. */
  readonly credentials?: S3CredentialSource;
  readonly retries?: RetryPolicy;
  /** How long a connection may stand still. Default: 30 seconds. */
  readonly idleMs?: number;
  /** How long one try of a request may take. Default: 10 minutes. */
  readonly totalMs?: number;
  readonly now?: () => Date;
}

/** Objects have at most 16 MiB by design; what is larger was not written by us. */
const maxObjectBytes = 64 * 1024 * 1024;
/** A thousand keys of 1024 characters with all that stands around them. */
const maxListingBytes = 16 * 1024 * 1024;
const maxDocumentBytes = 64 * 1024;
const usualIdleMs = 30_000;
const usualTotalMs = 10 * 60_000;
/** Signature V4 allows no more. */
const maxPresignSeconds = 7 * 24 * 60 * 60;

/**
 * S3, or a compatible server, as a bucket. The SDK finds credentials and signs; bodies go from the caller's memory to
 * the socket without a copy, with their SHA-256 in the signature and as the checksum that S3 keeps, so that the server
 * refuses what arrives otherwise. Nothing is loaded or asked before the first call.
 *
 * A 412 to a write that was tried before can be the answer to our own earlier try: `create` answers `present`,
 * `replace` looks whether the document is the one it wrote. Permissions: s3:GetObject, s3:PutObject, s3:DeleteObject
 * on the objects and s3:ListBucket on the bucket.
 * @throws store/misconfigured for an endpoint that is no address
 */
export function openS3Bucket(options: S3BucketOptions): Bucket {
  const address = s3Address(options);
  const conditional = options.conditionalWrites ?? true;
  let opening: Promise<S3Sender> | null = null;
  /** Whether anything has shown that the bucket is there: a HEAD cannot tell a missing bucket from a missing object. */
  let bucketSeen = false;

  const open = () => (opening ??= openSender(options, address.shown).catch(forgetFailure));
  function forgetFailure(cause: unknown): never {
    opening = null;
    throw cause;
  }

  async function askObject(
    key: string,
    request: Omit<S3Request, 'operation' | 'url'> & { readonly action: string; readonly permission: string },
  ): Promise<S3Answer> {
    const sender = await open();
    const { action, permission } = request;
    const operation = {
      action,
      path: `${address.shown}/${key}`,
      bucket: options.bucket,
      resource: `${options.bucket}/${address.prefix}*`,
      permission,
    };
    const answer = await askS3(sender, { ...request, operation, url: address.objectUrl(sender.session.region, key) });
    if (answer.status < 300) bucketSeen = true;
    return answer;
  }

  async function describe(key: string): Promise<ObjectFacts | null> {
    const looking = { action: 'look for', permission: 's3:GetObject', maxAnswerBytes: maxDocumentBytes };
    const head = (outcomes: readonly number[]) => askObject(key, { ...looking, method: 'HEAD', outcomes });
    const first = await head([200, 301, 400, 403, 404]);
    if (first.status === 200) return factsOf(key, first);
    if (first.status === 404 && bucketSeen) return null;
    // The answer to a HEAD cannot say why: a GET can, and mends the clock and the credentials on the way.
    const range = { range: 'bytes=0-0' };
    const got = await askObject(key, { ...looking, method: 'GET', headers: range, outcomes: [200, 206, 404, 416] });
    bucketSeen = true;
    if (got.status === 404) return null;
    const second = await head([200, 404]);
    return second.status === 404 ? null : factsOf(key, second);
  }

  async function put(
    key: string,
    body: readonly Uint8Array[],
    { sha256, expected }: { readonly sha256: Uint8Array; readonly expected: string | null },
  ): Promise<S3Answer> {
    const condition: Record<string, string> = expected === null ? { 'if-none-match': '*' } : { 'if-match': expected };
    const checksum = Buffer.from(sha256).toString('base64');
    return askObject(key, {
      action: 'write',
      permission: 's3:PutObject',
      method: 'PUT',
      headers: {
        'x-amz-sdk-checksum-algorithm': 'SHA256',
        'x-amz-checksum-sha256': checksum,
        ...(conditional ? condition : {}),
      },
      body,
      sha256,
      maxAnswerBytes: maxDocumentBytes,
      // There is nothing to match any more.
      outcomes: expected === null ? [200, 412] : [200, 404, 412],
    });
  }

  async function read(key: string, range?: { readonly offset: number; readonly lengthBytes: number }) {
    const answer = await askObject(key, {
      action: 'read',
      permission: 's3:GetObject',
      method: 'GET',
      headers:
        range === undefined
          ? { 'x-amz-checksum-mode': 'ENABLED' }
          : { range: `bytes=${range.offset}-${range.offset + range.lengthBytes - 1}` },
      maxAnswerBytes: maxObjectBytes,
      outcomes: [200, 206, 404, 416],
      check: (got) => (range === undefined && got.status === 200 ? doubtOfBytes(got) : null),
    });
    if (answer.status === 404) return null;
    invariant(answer.status !== 416, 'a range lies outside its object');
    // A server that knows no ranges sends the whole.
    const part = range !== undefined && answer.status === 200;
    const bytes = part ? answer.bytes.subarray(range.offset, range.offset + range.lengthBytes) : answer.bytes;
    invariant(range === undefined || bytes.length === range.lengthBytes, 'a range lies outside its object');
    return { bytes, revision: revisionOf(key, answer) };
  }

  function revisionOf(key: string, { headers }: S3Answer): string {
    if (headers.etag !== undefined) return headers.etag;
    const path = `${address.shown}/${key}`;
    throw weighbridgeError('store/io', { action: 'read', path, reason: 'the service named no ETag' });
  }

  function factsOf(key: string, answer: S3Answer): ObjectFacts {
    const { 'content-length': length, 'last-modified': modified } = answer.headers;
    const storedAt = timeOf(modified ?? '');
    if (length === undefined || storedAt === null) {
      const path = `${address.shown}/${key}`;
      throw weighbridgeError('store/io', { action: 'look for', path, reason: 'the service named no size or no time' });
    }
    return { key, sizeBytes: Number(length), storedAt, revision: revisionOf(key, answer) };
  }

  async function readPage(operation: S3Operation, prefix: string, token: string | null): Promise<ListingPage> {
    const sender = await open();
    const url = address.bucketUrl(sender.session.region);
    url.searchParams.set('list-type', '2');
    url.searchParams.set('encoding-type', 'url');
    url.searchParams.set('prefix', address.prefix + prefix);
    if (token !== null) url.searchParams.set('continuation-token', token);
    const pages: ListingPage[] = [];
    const check = async ({ bytes }: S3Answer) => {
      const page = await parseListing(bytes);
      if (page === null || (page.next !== null && page.next === token)) return 'the answer is no listing';
      pages.push(page);
      return null;
    };
    await askS3(sender, { operation, method: 'GET', url, maxAnswerBytes: maxListingBytes, outcomes: [200], check });
    const [page] = pages;
    invariant(page !== undefined, 'a listing was taken that had not been read');
    return page;
  }

  /** Whether the document is, byte for byte, what an earlier try of ours may have written. */
  async function revisionIfOurs(key: string, body: Uint8Array): Promise<string | null> {
    const current = await read(key);
    return current !== null && Buffer.compare(current.bytes, body) === 0 ? current.revision : null;
  }

  return {
    address: address.shown,
    describe: async (key) => describe(checkObjectKey(key)),

    async create(key, body, { sha256 }) {
      checkObjectKey(key);
      if (!conditional && (await describe(key)) !== null) return 'present';
      const { status } = await put(key, body, { sha256, expected: null });
      return status === 412 ? 'present' : 'created';
    },

    async replace(key, body, expected) {
      checkObjectKey(key);
      if (!conditional && ((await describe(key))?.revision ?? null) !== expected) return null;
      const sha256 = createHash('sha256').update(body).digest();
      const answer = await put(key, [body], { sha256, expected });
      if (answer.status === 200) return revisionOf(key, answer);
      return answer.repeated ? revisionIfOurs(key, body) : null;
    },

    async read(key, range) {
      checkObjectKey(key);
      if (range === undefined || range.lengthBytes > 0) return read(key, range);
      // HTTP has no empty ranges.
      const facts = await describe(key);
      return facts === null ? null : { bytes: new Uint8Array(0), revision: facts.revision };
    },

    async *list(prefix) {
      const operation = {
        action: 'list',
        path: `${address.shown}/${prefix}`,
        bucket: options.bucket,
        resource: options.bucket,
        permission: 's3:ListBucket',
      };
      let token: string | null = null;
      do {
        const page: ListingPage = await readPage(operation, prefix, token);
        for (const object of page.objects) {
          const key = object.key.slice(address.prefix.length);
          // What is no key of ours was put there by somebody else.
          if (object.key.startsWith(address.prefix + prefix) && isObjectKey(key)) yield { ...object, key };
        }
        token = page.next;
      } while (token !== null);
    },

    async remove(key) {
      await askObject(checkObjectKey(key), {
        action: 'remove',
        permission: 's3:DeleteObject',
        method: 'DELETE',
        maxAnswerBytes: maxDocumentBytes,
        outcomes: [200, 204, 404],
      });
    },

    async presign(key, { expiresInSeconds }) {
      invariant(expiresInSeconds > 0 && expiresInSeconds <= maxPresignSeconds, 'a presigned address lasts too long');
      const { session } = await open();
      return session.presign(address.objectUrl(session.region, checkObjectKey(key)), expiresInSeconds);
    },
  };
}

async function openSender(options: S3BucketOptions, shown: string): Promise<S3Sender> {
  const host = s3Address(options).bucketUrl(options.region ?? 'us-east-1');
  const agents = await openAgents(host, options.proxy ?? {});
  const session = await openS3Session({
    address: shown,
    region: options.region ?? null,
    fallbackRegion: options.endpoint === undefined ? null : 'us-east-1',
    profile: options.profile ?? null,
    credentials: options.credentials ?? null,
    agents,
    now: options.now ?? (() => new Date()),
  });
  return {
    session,
    agents,
    retries: options.retries ?? usualRetries,
    idleMs: options.idleMs ?? usualIdleMs,
    totalMs: options.totalMs ?? usualTotalMs,
  };
}

/** Servers that keep no checksum answer none, and a checksum of parts (`…-2`) is not that of the bytes. */
function doubtOfBytes({ headers, bytes }: S3Answer): string | null {
  const answered = headers['x-amz-checksum-sha256'];
  if (typeof answered !== 'string' || answered.includes('-')) return null;
  const actual = createHash('sha256').update(bytes).digest('base64');
  return actual === answered ? null : 'the bytes are not those of the checksum that is kept with them';
}

/** @throws core/invariant for what is no key */
function checkObjectKey(key: string): string {
  invariant(isObjectKey(key), 'an object was to have an illegal key');
  return key;
}
