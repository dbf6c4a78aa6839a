import { createHash } from 'node:crypto';
import type { SourceAnswer, SourceRequest } from './fake-services.js';

/** A bucket with its objects; the newest version of a key is its last. */
export interface FakeBucket {
  readonly isVersioned: boolean;
  /** Whether uploads came with a SHA-256 over the whole object, which S3 then keeps. */
  readonly hasChecksums: boolean;
  readonly objects: Map<string, readonly { readonly version: string; readonly bytes: Uint8Array }[]>;
}

/** Puts an object into a bucket: a new version, or instead of what was there. */
export function putFake({ isVersioned, objects }: FakeBucket, key: string, bytes: Uint8Array): void {
  const before = isVersioned ? (objects.get(key) ?? []) : [];
  objects.set(key, [...before, { version: `v${before.length + 1}`, bytes }]);
}

/**
 * S3 as far as reading needs it, with the bucket in the path: HEAD and GET of objects, ranges, versions, checksums and
 * listings (API reference of 2006-03-01). It believes every signature and refuses who sends none.
 */
export function fakeS3(buckets: () => Readonly<Record<string, FakeBucket>>): (request: SourceRequest) => SourceAnswer {
  return (request) => {
    const [, name = '', ...words] = request.path.split('/').map(decodeURIComponent);
    const bucket = buckets()[name];
    const key = words.join('/');
    if (request.authorization?.startsWith('AWS4-HMAC-SHA256 ') !== true) return failure(403, 'AccessDenied');
    if (bucket === undefined) return failure(404, 'NoSuchBucket');
    if (key === '') return listing(bucket, request.query.get('prefix') ?? '');
    const versions = bucket.objects.get(key) ?? [];
    const asked = request.query.get('versionId');
    const found = asked === null ? versions.at(-1) : versions.find(({ version }) => version === asked);
    if (found === undefined) return failure(404, asked === null ? 'NoSuchKey' : 'NoSuchVersion');
    return { status: 200, bytes: found.bytes, headers: headersOf(bucket, found) };
  };
}

function headersOf(
  { isVersioned, hasChecksums }: FakeBucket,
  { version, bytes }: { readonly version: string; readonly bytes: Uint8Array },
): Readonly<Record<string, string>> {
  const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest();
  return {
    etag: `"${digest('md5').toString('hex')}"`,
    'last-modified': 'Fri, 01 May 2026 10:00:00 GMT',
    ...(isVersioned ? { 'x-amz-version-id': version } : {}),
    ...(hasChecksums ? { 'x-amz-checksum-sha256': digest('sha256').toString('base64') } : {}),
  };
}

function listing({ objects }: FakeBucket, prefix: string): SourceAnswer {
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  const contents = keys.map((key) => {
    const size = objects.get(key)?.at(-1)?.bytes.length ?? 0;
    const told = `<Size>${size}</Size><LastModified>2026-05-01T10:00:00.000Z</LastModified><ETag>&quot;e&quot;</ETag>`;
    return `<Contents><Key>${encodeURIComponent(key)}</Key>${told}</Contents>`;
  });
  const text = `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`;
  return { status: 200, text };
}

function failure(status: number, code: string): SourceAnswer {
  return { status, text: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.</Message></Error>` };
}
