import { weighbridgeError } from './errors/error.js';
import { canonicalJson } from './json.js';

/** A SHA-256 digest as text: `sha256:` and 64 lower-case hexadecimal digits. */
export type Digest = `sha256:${string}`;

/** SHA-256 (FIPS 180-4) of one buffer: 32 bytes. Pure packages receive it; they never import a hash. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** SHA-256 of a stream of buffers. */
export interface Sha256Stream {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array;
}

const digestPattern = /^sha256:[0-9a-f]{64}$/;

/** Whether a text is a digest as this project writes it. */
export function isDigest(text: string): text is Digest {
  return digestPattern.test(text);
}

/** @throws core/digest */
export function parseDigest(text: string): Digest {
  if (!isDigest(text)) throw weighbridgeError('core/digest', { digest: text.slice(0, 100) });
  return text;
}

/** The text of a raw hash of 32 bytes. */
export function formatDigest(hash: Uint8Array): Digest {
  return `sha256:${bytesToHex(hash)}`;
}

/** The 64 hexadecimal digits of a digest. */
export function digestHex(digest: Digest): string {
  return digest.slice('sha256:'.length);
}

/** Digest of one buffer. */
export function digestBytes(sha256: Sha256, bytes: Uint8Array): Digest {
  return formatDigest(sha256(bytes));
}

/** Digest of the canonical JSON of a value. */
export function digestJson(sha256: Sha256, value: unknown): Digest {
  return digestBytes(sha256, utf8(canonicalJson(value)));
}

/** One of each for all texts: making one takes longer than what it does for a short text. */
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** The bytes of a text in UTF-8; a lone surrogate becomes U+FFFD. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** @throws TypeError for bytes that are not UTF-8; callers name what they were reading. */
export function parseUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Lower-case hexadecimal digits, two a byte. Inverse of hexToBytes. */
export function bytesToHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/** Inverse of bytesToHex. The caller has checked the digits. */
export function hexToBytes(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16);
  return bytes;
}
