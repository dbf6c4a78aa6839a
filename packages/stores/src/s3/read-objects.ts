import { createHash } from 'node:crypto';
import { invariant, weighbridgeError } from '@weighbridge/core';
import type { ByteRange, ObjectFacts } from '@weighbridge/ports';
import { isObjectKey } from '@weighbridge/storage';
import { storedAtOf } from '../http/stored-at.js';
import type { S3Asked, S3Client } from './s3-client.js';
import { type ListingPage, parseListing } from './s3-listing.js';
import type { S3Answer } from './s3-requests.js';

/** Objects have at most 16 MiB by design; what is larger was not written by us. */
const maxObjectBytes = 64 * 1024 * 1024;
/** A thousand keys of 1024 characters with all that stands around them. */
const maxListingBytes = 16 * 1024 * 1024;
/** An error, or nothing. */
export const maxDocumentBytes = 64 * 1024;
/** The class of what S3 says nothing about. */
export const usualClass = 'STANDARD';

/** What is known of an object without its bytes. @throws as askS3 */
export async function describeObject(client: S3Client, key: string): Promise<ObjectFacts | null> {
  const head = await findHead(client, key);
  return head === null ? null : factsOf(client, key, head);
}

/** HEAD, and what it leaves open; null when there is no object. @throws as askS3 */
export async function findHead(client: S3Client, key: string): Promise<S3Answer | null> {
  const looking = { action: 'look for', permission: 's3:GetObject', maxAnswerBytes: maxDocumentBytes };
  const head = (outcomes: readonly number[]) => client.askObject(key, { ...looking, method: 'HEAD', outcomes });
  const first = await head([200, 301, 400, 403, 404]);
  if (first.status === 200) return first;
  if (first.status === 404 && client.bucketSeen()) return null;
  // The answer to a HEAD cannot say why: a GET can, and mends the clock and the credentials on the way.
  const range = { range: 'bytes=0-0' };
  const asked = { ...looking, method: 'GET', headers: range, outcomes: [200, 206, 404, 416] } as const;
  const got = await client.askObject(key, { ...asked, maxAnswerBytes: maxObjectBytes });
  if (got.status === 404) return null;
  const second = await head([200, 404]);
  return second.status === 404 ? null : second;
}

/**
 * The whole object, compared with the checksum that S3 keeps of it, or a part, of which there is none; null when there
 * is no object. @throws core/invariant for a range outside of the object, and as askS3
 * @param version the version to read; null for the newest
 */
export async function readObject(
  client: S3Client,
  key: string,
  range?: ByteRange,
  { version = null, into }: { readonly version?: string | null; readonly into?: Uint8Array | undefined } = {},
): Promise<{ readonly bytes: Uint8Array; readonly revision: string; readonly wholeBytes?: number } | null> {
  if (range?.lengthBytes === 0) {
    // HTTP has no empty ranges.
    const facts = await describeObject(client, key);
    return facts === null ? null : { bytes: new Uint8Array(0), revision: facts.revision };
  }
  const asked = range === undefined ? wholeObject : partOf(range, into);
  const answer = await client.askObject(key, version === null ? asked : { ...asked, ...ofVersion(version) });
  if (answer.status === 404) return null;
  invariant(answer.status !== 416, 'a range lies outside its object');
  // A server that knows no ranges sends the whole.
  const isWhole = range !== undefined && answer.status === 200;
  const bytes = isWhole ? answer.bytes.subarray(range.offset, range.offset + range.lengthBytes) : answer.bytes;
  invariant(range === undefined || bytes.length === range.lengthBytes, 'a range lies outside its object');
  const revision = revisionOf(client, key, answer);
  return isWhole ? { bytes, revision, wholeBytes: answer.bytes.length } : { bytes, revision };
}

/** What a request adds that means one version of an object. */
export function ofVersion(version: string | null): { readonly query?: Readonly<Record<string, string>> } {
  return version === null ? {} : { query: { versionId: version } };
}

const reading = { action: 'read', permission: 's3:GetObject', method: 'GET', maxAnswerBytes: maxObjectBytes } as const;

const outcomesOfPart = [200, 206, 404, 416];

const wholeObject: S3Asked = {
  ...reading,
  headers: { 'x-amz-checksum-mode': 'ENABLED' },
  outcomes: [200, 404],
  check: (answer) => (answer.status === 200 ? doubtOfBytes(answer) : null),
};

function partOf({ offset, lengthBytes }: ByteRange, into?: Uint8Array): S3Asked {
  const headers = { range: `bytes=${offset}-${offset + lengthBytes - 1}` };
  const { action, permission, method, maxAnswerBytes } = reading;
  return { action, permission, method, maxAnswerBytes, headers, into, outcomes: outcomesOfPart };
}

/** Objects in the order of their keys; what is no key was put there by somebody else. @throws as askS3 */
export async function* listObjects(client: S3Client, prefix: string): AsyncGenerator<ObjectFacts> {
  for await (const object of listForeign(client, prefix)) if (isObjectKey(object.key)) yield object;
}

/** The same with whatever keys there are. @throws as askS3 */
export async function* listForeign(client: S3Client, prefix: string): AsyncGenerator<ObjectFacts> {
  const before = client.address.prefix;
  let token: string | null = null;
  do {
    const page: ListingPage = await readPage(client, prefix, token);
    for (const object of page.objects) {
      if (object.key.startsWith(before + prefix)) yield { ...object, key: object.key.slice(before.length) };
    }
    token = page.next;
  } while (token !== null);
}

async function readPage(client: S3Client, prefix: string, token: string | null): Promise<ListingPage> {
  const pages: ListingPage[] = [];
  const check = async ({ bytes }: S3Answer) => {
    const page = await parseListing(bytes);
    if (page === null || (page.next !== null && page.next === token)) return 'the answer is no listing';
    pages.push(page);
    return null;
  };
  const query = {
    'list-type': '2',
    'encoding-type': 'url',
    prefix: client.address.prefix + prefix,
    ...(token === null ? {} : { 'continuation-token': token }),
  };
  const listing = { action: 'list', permission: 's3:ListBucket', method: 'GET', outcomes: [200] } as const;
  await client.askBucket(prefix, { ...listing, query, maxAnswerBytes: maxListingBytes, check });
  const [page] = pages;
  invariant(page !== undefined, 'a listing was taken that had not been read');
  return page;
}

/** The ETag. @throws store/io when the service names none */
export function revisionOf(client: S3Client, key: string, { headers }: S3Answer): string {
  if (headers.etag !== undefined) return headers.etag;
  throw unnamed(client, key, 'the service named no ETag');
}

/** What the answer to a HEAD says. @throws store/io when it leaves out what an object has */
export function factsOf(client: S3Client, key: string, answer: S3Answer): ObjectFacts {
  const { 'content-length': length, 'last-modified': modified, 'x-amz-storage-class': kept } = answer.headers;
  const storedAt = storedAtOf(modified ?? '');
  if (length === undefined || storedAt === null) throw unnamed(client, key, 'the service named no size or no time');
  const storageClass = typeof kept === 'string' ? kept : usualClass;
  return { key, sizeBytes: Number(length), storedAt, revision: revisionOf(client, key, answer), storageClass };
}

function unnamed({ address }: S3Client, key: string, reason: string): Error {
  return weighbridgeError('store/io', { action: 'read', path: `${address.shown}/${key}`, reason });
}

/** Servers that keep no checksum answer none, and a checksum of parts (`…-2`) is not that of the bytes. */
function doubtOfBytes({ headers, bytes }: S3Answer): string | null {
  const answered = headers['x-amz-checksum-sha256'];
  if (typeof answered !== 'string' || answered.includes('-')) return null;
  const actual = createHash('sha256').update(bytes).digest('base64');
  return actual === answered ? null : 'the bytes are not those of the checksum that is kept with them';
}
