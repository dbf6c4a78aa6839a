import { parseDigest } from '@weighbridge/core';
import { lastPart, selectRemote } from '@weighbridge/manifest';
import type { ForeignBucket, RemoteFile, RemoteListing } from '@weighbridge/ports';
import { absent, maxRemoteFiles, tooMany } from '../remote-listing.js';
import { bucketOf, type ForeignBuckets, type ObjectReference } from './foreign-buckets.js';
import { refusalOf } from './pin-object.js';

const looksAtOnce = 8;

/**
 * The objects behind a reference: one by its key, all below a prefix that ends in a slash, or those that a pattern
 * matches; each by its version, with its SHA-256 where the service has one over all its bytes.
 */
export async function listObjects(buckets: ForeignBuckets, reference: ObjectReference): Promise<RemoteListing> {
  const bucket = bucketOf(buckets, reference);
  if ('because' in bucket) return { kind: 'unread', ...bucket };
  try {
    const keys = await keysOf(bucket, reference);
    if (keys === null) return tooMany;
    const files: (RemoteFile | null)[] = [];
    for (let start = 0; start < keys.length; start += looksAtOnce) {
      const some = keys.slice(start, start + looksAtOnce);
      files.push(...(await Promise.all(some.map((each) => lookAt(bucket, reference, each)))));
    }
    const there = files.filter((file) => file !== null);
    return there.length === 0 ? missing(reference) : { kind: 'files', files: there };
  } catch (error) {
    return { kind: 'unread', ...refusalOf(error) };
  }
}

interface NamedKey {
  readonly key: string;
  readonly name: string;
}

/** Null for more than there may be. */
async function keysOf(bucket: ForeignBucket, { key }: ObjectReference): Promise<readonly NamedKey[] | null> {
  const selection = selectRemote(key);
  if (selection.kind === 'file') return [{ key, name: lastPart(key) }];
  const keys: NamedKey[] = [];
  for await (const listed of bucket.list(selection.folder)) {
    const name = selection.nameOf(listed.key);
    if (name !== null) keys.push({ key: listed.key, name });
    if (keys.length > maxRemoteFiles) return null;
  }
  return keys;
}

async function lookAt(
  bucket: ForeignBucket,
  reference: ObjectReference,
  { key, name }: NamedKey,
): Promise<RemoteFile | null> {
  const found = await bucket.describe(key, reference.version);
  if (found === null || found.sizeBytes === null) return null;
  const address = { ...reference, key, version: reference.version ?? found.version };
  const sha256 = found.sha256 === null ? null : parseDigest(`sha256:${found.sha256}`);
  return { name, address, sizeBytes: found.sizeBytes, sha256 };
}

function missing({ key }: ObjectReference): RemoteListing {
  if (selectRemote(key).kind === 'files') return absent('nothing there matches', 'Correct the bucket and the prefix.');
  const remedy = 'Correct the bucket and the key; a prefix for all that is below it ends in a slash.';
  return absent('there is no such object', remedy);
}
