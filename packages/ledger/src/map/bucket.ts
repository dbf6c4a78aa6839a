import { bytesToHex, parseUtf8, type Sha256, utf8 } from '@weighbridge/core';
import { hashWithinTile, tileWidth } from '../merkle/tile.js';
import { hashBytes, leafHash } from '../merkle/tree.js';

/** Files that the map binds, with the SHA-256 of their bytes in hex. */
export type Bucket = ReadonlyMap<string, string>;

const modelFolder = /^models\/[^/]+(?=\/)/;

/**
 * The bucket of a file: `map/<first byte of the SHA-256 of its path>`. Files of one model share the bucket of their
 * folder, so that an append about a model changes one.
 */
export function bucketPath(sha256: Sha256, path: string): string {
  const key = modelFolder.exec(path)?.[0] ?? path;
  return formatBucketPath(sha256(utf8(key))[0] as number);
}

function formatBucketPath(place: number): string {
  return `map/${place.toString(16).padStart(2, '0')}`;
}

/** `<64 hex>  <path>` for each file, sorted by path: what `sha256sum -c` reads. Inverse of parseBucket. */
export function formatBucket(bucket: Bucket): Uint8Array {
  const lines = [...bucket]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, hex]) => `${hex}  ${path}\n`);
  return utf8(lines.join(''));
}

/** Null for bytes that formatBucket does not make. */
export function parseBucket(bytes: Uint8Array): Bucket | null {
  const bucket = new Map<string, string>();
  const text = decodeOrNull(bytes);
  if (text === null || (text !== '' && !text.endsWith('\n'))) return null;
  let last = '';
  for (const line of text === '' ? [] : text.slice(0, -1).split('\n')) {
    const [, hex = '', path = ''] = /^([0-9a-f]{64}) {2}([A-Za-z0-9._/-]+)$/.exec(line) ?? [];
    if (path === '' || path <= last) return null;
    bucket.set(path, hex);
    last = path;
  }
  return bucket;
}

function decodeOrNull(bytes: Uint8Array): string | null {
  try {
    return parseUtf8(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** SHA-256 of a file, as buckets write it. */
export function fileHash(sha256: Sha256, bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** A map that binds no file: the hashes of 256 empty buckets, one after the other. A bucket without files is no file. */
export function emptyTop(sha256: Sha256): Uint8Array {
  return fillTop(leafHash(sha256, new Uint8Array(0)));
}

function fillTop(hash: Uint8Array): Uint8Array {
  const top = new Uint8Array(tileWidth * hashBytes);
  for (let place = 0; place < tileWidth; place++) top.set(hash, place * hashBytes);
  return top;
}

/** The hash that a map has for the bucket at a path. */
export function bucketHash(top: Uint8Array, path: string): Uint8Array {
  const place = Number.parseInt(path.slice('map/'.length), 16);
  return top.subarray(place * hashBytes, (place + 1) * hashBytes);
}

/** A map in which some buckets, by path, have other bytes. */
export function replaceBuckets(sha256: Sha256, top: Uint8Array, buckets: ReadonlyMap<string, Uint8Array>): Uint8Array {
  // Of a Buffer, slice() would be a view: the map that is replaced stays what it is for whoever reads it again.
  const replaced = new Uint8Array(top);
  for (const [path, bytes] of buckets) bucketHash(replaced, path).set(leafHash(sha256, bytes));
  return replaced;
}

/** Root of a map: that of the RFC 6962 tree whose 256 leaves are the buckets. */
export function mapRoot(sha256: Sha256, top: Uint8Array): Uint8Array {
  return hashWithinTile(sha256, top, 0, tileWidth);
}
