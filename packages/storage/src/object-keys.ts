import { type Digest, digestHex, formatDigest, hexToBytes, parseDigest } from '@weighbridge/core';

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

/** `compressed/ab/cdef…`: the same bytes as those of objectKey, compressed. @throws core/digest */
export function compressedKey(digest: Digest): string {
  return `compressed/${folded(digest)}`;
}

/** `incompressible/ab/cdef…`: notes that compressing the object saves too little. @throws core/digest */
export function incompressibleKey(digest: Digest): string {
  return `incompressible/${folded(digest)}`;
}

/** `recipes/ab/cdef….json`: how the file with this digest is put together. @throws core/digest */
export function recipeKey(digest: Digest): string {
  return `recipes/${folded(digest)}.json`;
}

/** Where damaged bytes that were found under a digest are kept for people to look at. @throws core/digest */
export function quarantineKey(digest: Digest, name: string): string {
  return `quarantine/${digestHex(parseDigest(digest))}.${name}`;
}

/** `pins/<hex>-<name>`: whoever writes it relies on what is stored under a digest. @throws core/digest */
export function pinKey(digest: Digest, name: string): string {
  return `pins/${digestHex(parseDigest(digest))}-${name}`;
}

/** `restored/<hex>.json`: until when a file stays readable that was restored. @throws core/digest */
export function restoredKey(digest: Digest): string {
  return `restored/${digestHex(parseDigest(digest))}.json`;
}

const restored = /^restored\/([0-9a-f]{64})\.json$/;

/** The file that a note of a restore is about; null for every other key. Inverse of restoredKey. */
export function digestOfRestored(key: string): Digest | null {
  const hex = restored.exec(key)?.[1];
  return hex === undefined ? null : formatDigest(hexToBytes(hex));
}

const digestKey =
  /^(?:(?:sha256|compressed|incompressible)\/([0-9a-f]{2})\/([0-9a-f]{62})|recipes\/([0-9a-f]{2})\/([0-9a-f]{62})\.json)$/;
const pinned = /^pins\/([0-9a-f]{64})-/;

/**
 * The digest that the key of an object, compressed or not, of a recipe or of a note about an object is about; null for
 * every other key. Inverse of objectKey, compressedKey, incompressibleKey and recipeKey.
 */
export function digestOfKey(key: string): Digest | null {
  const found = digestKey.exec(key);
  return found === null ? null : formatDigest(hexToBytes(found.slice(1).join('')));
}

/** The digest that a pin is about; null for what is no pin. */
export function digestOfPin(key: string): Digest | null {
  const hex = pinned.exec(key)?.[1];
  return hex === undefined ? null : formatDigest(hexToBytes(hex));
}

/** 256 folders keep a directory of a file system, and a listing of a bucket, at a size that people can look at. */
function folded(digest: Digest): string {
  const hex = digestHex(parseDigest(digest));
  return `${hex.slice(0, 2)}/${hex.slice(2)}`;
}
