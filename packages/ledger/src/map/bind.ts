import { invariant, type Sha256 } from '@weighbridge/core';
import { mapTopPath } from '../log/paths.js';
import type { BoundFiles } from './bound-files.js';
import { type Bucket, bucketPath, emptyTop, fileHash, formatBucket, mapRoot, replaceBuckets } from './bucket.js';

/** Files of the map to write, and its new root. */
export interface BindingChange {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly root: Uint8Array;
}

/** Binds files that an append writes; the bucket of each must have been read. */
export function bindFiles(
  sha256: Sha256,
  before: Pick<BoundFiles, 'buckets' | 'top'>,
  written: ReadonlyMap<string, Uint8Array>,
): BindingChange {
  const changed = new Map<string, Map<string, string>>();
  for (const [path, bytes] of written) {
    const at = bucketPath(sha256, path);
    const known: Bucket | undefined = changed.get(at) ?? before.buckets.get(at);
    invariant(known !== undefined, 'a file was to be bound whose bucket was not read');
    changed.set(at, new Map(known).set(path, fileHash(sha256, bytes)));
  }
  const buckets = new Map([...changed].map(([path, bucket]) => [path, formatBucket(bucket)]));
  const top = replaceBuckets(sha256, before.top, buckets);
  return { files: new Map([...buckets, [mapTopPath, top]]), root: mapRoot(sha256, top) };
}

/** The whole map of files. */
export function bindAll(sha256: Sha256, files: ReadonlyMap<string, Uint8Array>): BindingChange {
  const buckets = new Map([...files.keys()].map((path) => [bucketPath(sha256, path), new Map<string, string>()]));
  for (const [path, bytes] of files) buckets.get(bucketPath(sha256, path))?.set(path, fileHash(sha256, bytes));
  const written = new Map([...buckets].map(([path, bucket]) => [path, formatBucket(bucket)]));
  const top = replaceBuckets(sha256, emptyTop(sha256), written);
  return { files: new Map([...written, [mapTopPath, top]]), root: mapRoot(sha256, top) };
}
