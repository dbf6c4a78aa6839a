import { type Digest, digestHex, parseDigest } from '@weighbridge/core';

const legalKey = /^[a-z0-9._-]+(?:\/[a-z0-9._-]+)*$/;
const maxKeyLength = 512;

/** Whether a text is a key that every bucket takes: `/`-separated words of `a-z 0-9 . _ -`, none of them `.` or `..`. */
export function isObjectKey(text: string): boolean {
  return legalKey.test(text) && text.length <= maxKeyLength && !/(?:^|\/)\.\.?(?:\/|$)/.test(text);
}

/** `sha256/ab/cdef…`: an object that is named by its bytes. @throws core/digest, so that no other text becomes a key */
export function objectKey(digest: Digest): string {
  return `sha256/${folded(digest)}`;
}

/** `recipes/ab/cdef….json`: how the file with this digest is put together. @throws core/digest */
export function recipeKey(digest: Digest): string {
  return `recipes/${folded(digest)}.json`;
}

/** Where damaged bytes that were found under a digest are kept for people to look at. @throws core/digest */
export function quarantineKey(digest: Digest, name: string): string {
  return `quarantine/${digestHex(parseDigest(digest))}.${name}`;
}

/** 256 folders keep a directory of a file system, and a listing of a bucket, at a size that people can look at. */
function folded(digest: Digest): string {
  const hex = digestHex(parseDigest(digest));
  return `${hex.slice(0, 2)}/${hex.slice(2)}`;
}
