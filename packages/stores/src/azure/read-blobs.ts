import { createHash } from 'node:crypto';
import { invariant, weighbridgeError } from '@weighbridge/core';
import type { ByteRange, ObjectFacts } from '@weighbridge/ports';
import { isObjectKey } from '@weighbridge/storage';
import type { Answer } from '../http/ask.js';
import { storedAtOf } from '../http/stored-at.js';
import type { AzureAsked, AzureClient } from './azure-client.js';
import { bareTag, type BlobPage, parseBlobPage } from './azure-listing.js';
import { permissions } from './azure-permissions.js';

/** Objects have at most 16 MiB by design; what is larger was not written by us. */
const maxObjectBytes = 64 * 1024 * 1024;
/** Five thousand names of 1024 characters with all that stands around them. */
const maxListingBytes = 32 * 1024 * 1024;
/** An error, or nothing. */
export const maxDocumentBytes = 64 * 1024;

/** Blobs keep the digest that they were written with under this name: the service itself knows MD5 alone. */
export const digestHeader = 'x-ms-meta-sha256';

/** @throws as AzureClient.askBlob */
export async function describeBlob(client: AzureClient, key: string): Promise<ObjectFacts | null> {
  return (await lookAtBlob(client, key))?.facts ?? null;
}

/** The same with the headers that say more. @throws as AzureClient.askBlob */
export async function lookAtBlob(
  client: AzureClient,
  key: string,
): Promise<{
  readonly facts: ObjectFacts & { readonly storageClass: string };
  readonly headers: Answer['headers'];
} | null> {
  const answer = await client.askBlob(key, {
    action: 'look for',
    permission: permissions.read,
    method: 'HEAD',
    maxAnswerBytes: maxDocumentBytes,
    outcomes: [200, 404],
  });
  if (answer.status === 404) return null;
  const { 'content-length': length, 'last-modified': modified, 'x-ms-access-tier': tier } = answer.headers;
  const storedAt = storedAtOf(modified ?? '');
  if (length === undefined || storedAt === null) throw unnamed(client, key, 'the service named no size or no time');
  // What has no tier is of a kind that has none, and is read like what is hot.
  const storageClass = typeof tier === 'string' ? tier : 'Hot';
  const facts = { key, sizeBytes: Number(length), storedAt, revision: revisionOf(client, key, answer), storageClass };
  return { facts, headers: answer.headers };
}

/**
 * The whole blob, compared with the digest that is kept with it, or a part, of which there is none; null when there is
 * no blob. @throws core/invariant for a range outside of the blob, and as AzureClient.askBlob
 */
export async function readBlob(
  client: AzureClient,
  key: string,
  range?: ByteRange,
  { version = null, into }: { readonly version?: string | null; readonly into?: Uint8Array | undefined } = {},
): Promise<{ readonly bytes: Uint8Array; readonly revision: string } | null> {
  if (range?.lengthBytes === 0) {
    // HTTP has no empty ranges.
    const facts = await describeBlob(client, key);
    return facts === null ? null : { bytes: new Uint8Array(0), revision: facts.revision };
  }
  const asked = range === undefined ? wholeBlob : partOf(range, into);
  const answer = await client.askBlob(key, { ...asked, ...ofVersion(version) });
  if (answer.status === 404) return null;
  const isInside = answer.status !== 416 && (range === undefined || answer.bytes.length === range.lengthBytes);
  invariant(isInside, 'a range lies outside its object');
  return { bytes: answer.bytes, revision: revisionOf(client, key, answer) };
}

/** What a request adds that means one version of a blob. */
export function ofVersion(version: string | null): { readonly query?: Readonly<Record<string, string>> } {
  return version === null ? {} : { query: { versionid: version } };
}

const reading = {
  action: 'read',
  permission: permissions.read,
  method: 'GET',
  maxAnswerBytes: maxObjectBytes,
} as const;

const wholeBlob: AzureAsked = {
  ...reading,
  outcomes: [200, 404],
  check: (answer) => (answer.status === 200 ? doubtOfBytes(answer) : null),
};

function partOf({ offset, lengthBytes }: ByteRange, into?: Uint8Array): AzureAsked {
  const headers = { 'x-ms-range': `bytes=${offset}-${offset + lengthBytes - 1}` };
  return { ...reading, headers, into, outcomes: [206, 404, 416] };
}

/** What somebody else has put there has no digest. */
function doubtOfBytes({ headers, bytes }: Answer): string | null {
  const kept = headers[digestHeader];
  if (typeof kept !== 'string') return null;
  const actual = createHash('sha256').update(bytes).digest('hex');
  return actual === kept ? null : 'the bytes are not those of the digest that is kept with them';
}

/** Objects in the order of their keys; what is no key was put there by somebody else. @throws as AzureClient.askBlob */
export async function* listBlobs(client: AzureClient, prefix: string): AsyncGenerator<ObjectFacts> {
  for await (const blob of listForeign(client, prefix)) if (isObjectKey(blob.key)) yield blob;
}

/** The same with whatever names there are. @throws as AzureClient.askBlob */
export async function* listForeign(client: AzureClient, prefix: string): AsyncGenerator<ObjectFacts> {
  let marker: string | null = null;
  do {
    const { page, before }: { page: BlobPage; before: string } = await readPage(client, prefix, marker);
    for (const { name, ...facts } of page.blobs) {
      if (name.startsWith(before + prefix)) yield { ...facts, key: name.slice(before.length) };
    }
    marker = page.next;
  } while (marker !== null);
}

async function readPage(client: AzureClient, prefix: string, marker: string | null) {
  const { address, ask } = await client.open();
  const pages: BlobPage[] = [];
  const check = async ({ bytes }: Answer) => {
    const page = await parseBlobPage(bytes);
    if (page === null || (page.next !== null && page.next === marker)) return 'the answer is no listing';
    pages.push(page);
    return null;
  };
  const which = { prefix: address.prefix + prefix, ...(marker === null ? {} : { marker }) };
  await ask(address.containerUrl, `${client.shown}/${prefix}`, {
    action: 'list',
    permission: permissions.list,
    method: 'GET',
    query: { restype: 'container', comp: 'list', ...which },
    maxAnswerBytes: maxListingBytes,
    outcomes: [200],
    check,
  });
  const [page] = pages;
  invariant(page !== undefined, 'a listing was taken that had not been read');
  return { page, before: address.prefix };
}

/** The ETag. @throws store/io when the service names none */
export function revisionOf(client: AzureClient, key: string, { headers }: Answer): string {
  if (headers.etag !== undefined) return bareTag(headers.etag);
  throw unnamed(client, key, 'the service named no ETag');
}

function unnamed({ shown }: AzureClient, key: string, reason: string): Error {
  return weighbridgeError('store/io', { action: 'read', path: `${shown}/${key}`, reason });
}
