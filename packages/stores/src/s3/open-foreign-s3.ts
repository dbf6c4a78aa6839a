import type { IncomingHttpHeaders } from 'node:http';
import type { ForeignBucket, RemoteObject } from '@weighbridge/ports';
import { listForeign, maxDocumentBytes, ofVersion, readObject } from './read-objects.js';
import { openS3Client, type S3BucketOptions, type S3Client } from './s3-client.js';

/** A bucket that somebody else keeps, in whichever region. @throws store/misconfigured for an endpoint that is no address */
export function openForeignS3(options: S3BucketOptions): ForeignBucket {
  const client = openS3Client({ ...options, isForeign: true });
  return {
    describe: (key, version) => describeS3Object(client, key, version),
    list: (prefix) => listForeign(client, prefix),
    read: (key, version, range) => readObject(client, key, range, { version }),
    async presign(key, version, { expiresInSeconds }) {
      const session = await client.session();
      const url = client.address.objectUrl(session.region, key);
      for (const [name, value] of Object.entries(ofVersion(version).query ?? {})) url.searchParams.set(name, value);
      return session.presign(url, expiresInSeconds);
    },
  };
}

/**
 * What S3 says of one object that somebody else keeps: its version, and the checksums over all of its bytes. One HEAD;
 * a GET of the first byte follows where S3 cannot say why not, since the answer to a HEAD has no document. Null when
 * there is no such object. @throws as askS3
 */
async function describeS3Object(client: S3Client, key: string, version: string | null): Promise<RemoteObject | null> {
  const asked = {
    action: 'look at',
    permission: 's3:GetObject',
    maxAnswerBytes: maxDocumentBytes,
    ...ofVersion(version),
  } as const;
  const headers = { 'x-amz-checksum-mode': 'ENABLED' };
  const head = await client.askObject(key, { ...asked, method: 'HEAD', headers, outcomes: [200, 301, 400, 403, 404] });
  if (head.status === 200) return factsOf(head.headers);
  // A missing bucket answers a HEAD like a missing object; a refusal of this one says which it is.
  const range = { ...headers, range: 'bytes=0-0' };
  const got = await client.askObject(key, { ...asked, method: 'GET', headers: range, outcomes: [206, 404, 416] });
  return got.status === 404 ? null : factsOf(got.headers);
}

function factsOf(headers: IncomingHttpHeaders): RemoteObject {
  const version = textOf(headers['x-amz-version-id']);
  const total = /\/(\d+)$/.exec(textOf(headers['content-range']) ?? '')?.[1] ?? textOf(headers['content-length']);
  return {
    // An object from before the bucket kept versions is the version "null", which the next write replaces.
    version: version === 'null' ? null : version,
    sha256: wholeSha256(headers),
    md5: etagMd5(headers),
    sizeBytes: total === null ? null : Number(total),
  };
}

/** A checksum of parts ends in their number, and is none of the bytes. */
function wholeSha256(headers: IncomingHttpHeaders): string | null {
  const text = textOf(headers['x-amz-checksum-sha256']);
  if (text === null || headers['x-amz-checksum-type'] === 'COMPOSITE' || !/^[A-Za-z0-9+/]{43}=$/.test(text))
    return null;
  return Buffer.from(text, 'base64').toString('hex');
}

/**
 * The ETag is the MD5 of what was uploaded in one piece and is not encrypted with a key of KMS or of the customer
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html).
 */
function etagMd5(headers: IncomingHttpHeaders): string | null {
  const encrypted = textOf(headers['x-amz-server-side-encryption']);
  const byCustomer = headers['x-amz-server-side-encryption-customer-algorithm'] !== undefined;
  if (byCustomer || (encrypted !== null && encrypted !== 'AES256')) return null;
  return /^"?([0-9a-f]{32})"?$/.exec(textOf(headers.etag) ?? '')?.[1] ?? null;
}

function textOf(value: string | readonly string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
