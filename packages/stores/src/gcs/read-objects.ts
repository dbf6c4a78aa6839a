import { invariant, weighbridgeError } from '@weighbridge/core';
import type { ByteRange, ObjectFacts } from '@weighbridge/ports';
import { isObjectKey } from '@weighbridge/storage';
import type { Answer } from '../http/ask.js';
import { crc32c } from './crc32c.js';
import type { GcsAsked, GcsClient } from './gcs-client.js';
import { type GcsObject, type GcsPage, objectFields, parseObject, parsePage } from './gcs-objects.js';

/** Objects have at most 16 MiB by design; what is larger was not written by us. */
const maxObjectBytes = 64 * 1024 * 1024;
/** A thousand names of 1024 characters, escaped, with all that stands around them. */
const maxListingBytes = 16 * 1024 * 1024;
/** What the service lets a page have. */
const pageLength = 1000;
/** An error, or what is said of one object. */
export const maxDocumentBytes = 64 * 1024;

/** What the service knows of an object. @throws as askObject */
export async function describeObject(
  client: GcsClient,
  key: string,
  generation: string | null = null,
): Promise<ObjectFacts | null> {
  const described: GcsObject[] = [];
  const { status } = await client.askObject(key, {
    action: 'look for',
    permission: 'storage.objects.get',
    method: 'GET',
    query: { fields: objectFields, ...ofGeneration(generation) },
    maxAnswerBytes: maxDocumentBytes,
    outcomes: [200, 404],
    check: (answer) => (answer.status === 200 ? keep(described, parseObject(answer.bytes)) : null),
  });
  if (status === 404) return null;
  const { name: _name, ...facts } = checked(described);
  return { key, ...facts };
}

/**
 * The whole object, compared with the checksum that the service keeps of it, or a part, of which there is none; null
 * when there is no object. @throws core/invariant for a range outside of the object, and as askObject
 */
export async function readObject(
  client: GcsClient,
  key: string,
  range?: ByteRange,
  { generation = null, into }: { readonly generation?: string | null; readonly into?: Uint8Array | undefined } = {},
): Promise<{ readonly bytes: Uint8Array; readonly revision: string; readonly wholeBytes?: number } | null> {
  if (range?.lengthBytes === 0) {
    // HTTP has no empty ranges.
    const facts = await describeObject(client, key, generation);
    return facts === null ? null : { bytes: new Uint8Array(0), revision: facts.revision };
  }
  const asked = range === undefined ? wholeObject : partOf(range, into);
  const answer = await client.askBytes(key, { ...asked, query: ofGeneration(generation) });
  if (answer.status === 404) return null;
  invariant(answer.status !== 416, 'a range lies outside its object');
  // A server that knows no ranges sends the whole.
  const isWhole = range !== undefined && answer.status === 200;
  const bytes = isWhole ? answer.bytes.subarray(range.offset, range.offset + range.lengthBytes) : answer.bytes;
  invariant(range === undefined || bytes.length === range.lengthBytes, 'a range lies outside its object');
  const revision = revisionOf(client, key, answer);
  return isWhole ? { bytes, revision, wholeBytes: answer.bytes.length } : { bytes, revision };
}

/** What a request adds that means one generation of an object. */
function ofGeneration(generation: string | null): Readonly<Record<string, string>> {
  return generation === null ? {} : { generation };
}

const reading = {
  action: 'read',
  permission: 'storage.objects.get',
  method: 'GET',
  maxAnswerBytes: maxObjectBytes,
} as const;

/**
 * What was uploaded as gzip is sent decompressed to whoever does not take gzip, and then ranges do not count
 * (https://cloud.google.com/storage/docs/transcoding). What is meant is the bytes that are kept.
 */
const asKept = { 'accept-encoding': 'gzip' };

const wholeObject: GcsAsked = {
  ...reading,
  headers: asKept,
  outcomes: [200, 404],
  check: (answer) => (answer.status === 200 ? doubtOfBytes(answer) : null),
};

function partOf({ offset, lengthBytes }: ByteRange, into?: Uint8Array): GcsAsked {
  const headers = { ...asKept, range: `bytes=${offset}-${offset + lengthBytes - 1}` };
  return { ...reading, headers, into, outcomes: [200, 206, 404, 416] };
}

/** Every object has a CRC-32C; one that is absent is no reason to believe the bytes. */
function doubtOfBytes({ headers, bytes }: Answer): string | null {
  const answered = [headers['x-goog-hash'] ?? ''].flat().join(',');
  const kept = /(?:^|,)\s*crc32c=([A-Za-z0-9+/]{6}==)/.exec(answered)?.[1];
  if (kept === undefined) return 'the service named no checksum of the bytes';
  return kept === crc32c([bytes]) ? null : 'the bytes are not those of the checksum that is kept with them';
}

/** @throws store/io when the service names no generation */
function revisionOf({ address }: GcsClient, key: string, { headers }: Answer): string {
  const generation = headers['x-goog-generation'];
  if (typeof generation === 'string' && /^\d{1,20}$/.test(generation)) return generation;
  const reason = 'the service named no generation';
  throw weighbridgeError('store/io', { action: 'read', path: `${address.shown}/${key}`, reason });
}

/** Objects in the order of their keys; what is no key was put there by somebody else. @throws as askBucket */
export async function* listObjects(client: GcsClient, prefix: string): AsyncGenerator<ObjectFacts> {
  for await (const object of listForeign(client, prefix)) if (isObjectKey(object.key)) yield object;
}

/** The same with whatever keys there are. @throws as askBucket */
export async function* listForeign(client: GcsClient, prefix: string): AsyncGenerator<ObjectFacts> {
  const before = client.address.prefix;
  let token: string | null = null;
  do {
    const page: GcsPage = await readPage(client, prefix, token);
    for (const { name, ...facts } of page.objects) {
      if (name.startsWith(before + prefix)) yield { key: name.slice(before.length), ...facts };
    }
    token = page.next;
  } while (token !== null);
}

async function readPage(client: GcsClient, prefix: string, token: string | null): Promise<GcsPage> {
  const pages: GcsPage[] = [];
  await client.askBucket(prefix, {
    action: 'list',
    permission: 'storage.objects.list',
    method: 'GET',
    query: {
      prefix: client.address.prefix + prefix,
      maxResults: String(pageLength),
      fields: `nextPageToken,items(${objectFields})`,
      ...(token === null ? {} : { pageToken: token }),
    },
    maxAnswerBytes: maxListingBytes,
    outcomes: [200],
    check: ({ bytes }) => {
      const page = parsePage(bytes);
      return keep(pages, page?.next === token && token !== null ? null : page);
    },
  });
  return checked(pages);
}

/** Takes what was read, or says why there is a reason for doubt. */
function keep<Read>(taken: Read[], read: Read | null): string | null {
  if (read === null) return 'the answer is not what was asked for';
  taken.push(read);
  return null;
}

function checked<Read>([read]: readonly Read[]): Read {
  invariant(read !== undefined, 'an answer was taken that had not been read');
  return read;
}
