import { type Sha256, type WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { mapTopPath } from '../log/paths.js';
import type { LogSource } from '../log/source.js';
import { tileWidth } from '../merkle/tile.js';
import { equalBytes, hashBytes, leafHash } from '../merkle/tree.js';
import { type Bucket, bucketHash, bucketPath, emptyTop, fileHash, mapRoot, parseBucket } from './bucket.js';
import type { MapHead } from './head.js';

/** Files that are what the log says, and what an append needs to bind others in their place. */
export interface BoundFiles {
  /** Those that are there, by path; that the others are not is bound, too. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The buckets of all files asked for, by path of the bucket. */
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly top: Uint8Array;
}

/** The files that readBound looks at besides those asked for. */
export function bindingPaths(sha256: Sha256, paths: readonly string[]): readonly string[] {
  return [mapTopPath, ...new Set(paths.map((path) => bucketPath(sha256, path)))];
}

/**
 * Reads files that are made from the entries, and compares each with what the head of the map says of it: one bucket a
 * file, whatever their number. Of no log (null), there are none. @throws ledger/derived-differs
 */
export async function readBound(
  source: Pick<LogSource, 'read'>,
  head: MapHead | null,
  paths: readonly string[],
  sha256: Sha256,
): Promise<BoundFiles> {
  const bucketPaths = [...new Set(paths.map((path) => bucketPath(sha256, path)))];
  if (head === null) {
    return { files: new Map(), buckets: new Map(bucketPaths.map((path) => [path, new Map()])), top: emptyTop(sha256) };
  }
  const files = await source.read([...new Set([mapTopPath, ...bucketPaths, ...paths])]);
  const { buckets, top } = openBuckets(files, head, { bucketPaths, sha256 });
  const found = new Map<string, Uint8Array>();
  for (const path of paths) {
    const expected = buckets.get(bucketPath(sha256, path))?.get(path);
    const bytes = files.get(path);
    if (expected !== (bytes === undefined ? undefined : fileHash(sha256, bytes))) {
      throw differs(path, describeDifference(expected, bytes));
    }
    if (bytes !== undefined) found.set(path, bytes);
  }
  return { files: found, buckets, top };
}

/**
 * SHA-256 in hex of files that are made from the entries, as the head of the map vouches for them, without reading the
 * files; those that are not there are left out. @throws ledger/derived-differs
 */
export async function readBoundHashes(
  source: Pick<LogSource, 'read'>,
  head: MapHead | null,
  paths: readonly string[],
  sha256: Sha256,
): Promise<ReadonlyMap<string, string>> {
  if (head === null || paths.length === 0) return new Map();
  const bucketPaths = [...new Set(paths.map((path) => bucketPath(sha256, path)))];
  const { buckets } = openBuckets(await source.read([mapTopPath, ...bucketPaths]), head, { bucketPaths, sha256 });
  return new Map(
    paths.flatMap((path) => {
      const hash = buckets.get(bucketPath(sha256, path))?.get(path);
      return hash === undefined ? [] : [[path, hash] as const];
    }),
  );
}

function openBuckets(
  files: ReadonlyMap<string, Uint8Array>,
  head: MapHead,
  { bucketPaths, sha256 }: { readonly bucketPaths: readonly string[]; readonly sha256: Sha256 },
): Pick<BoundFiles, 'buckets' | 'top'> {
  const top = files.get(mapTopPath);
  if (top?.length !== tileWidth * hashBytes || !equalBytes(mapRoot(sha256, top), head.root)) {
    throw differs(mapTopPath, 'it does not hash to the root of the map');
  }
  return {
    buckets: new Map(bucketPaths.map((path) => [path, readBucket(files.get(path), { path, top, sha256 })])),
    top,
  };
}

function readBucket(
  bytes: Uint8Array | undefined,
  about: { readonly path: string; readonly top: Uint8Array; readonly sha256: Sha256 },
): Bucket {
  const content = bytes ?? new Uint8Array(0);
  if (!equalBytes(leafHash(about.sha256, content), bucketHash(about.top, about.path))) {
    throw differs(about.path, 'it does not hash to its place in the map');
  }
  const bucket = parseBucket(content);
  if (bucket === null) throw differs(about.path, 'it is not well-formed');
  return bucket;
}

function describeDifference(expected: string | undefined, bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return 'it is missing';
  return expected === undefined ? 'it should not be there' : 'it has other bytes';
}

function differs(path: string, because: string): WeighbridgeError {
  return weighbridgeError('ledger/derived-differs', { path, because });
}
