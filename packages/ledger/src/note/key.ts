import { bytesToHex, hexToBytes, type Sha256, utf8, weighbridgeError } from '@weighbridge/core';
import { formatBase64, parseBase64 } from '@weighbridge/core';
import { equalBytes } from '../merkle/tree.js';

/** Signature type of Ed25519 in C2SP signed-note. */
const ed25519Type = 1;
const keyBytes = 32;
const maxKeyTextLength = 1024;

/** Ed25519 verification: raw 32-byte public key, 64-byte signature. Injected: this package knows no cryptography. */
export type VerifySignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** What signs notes and entries. The private half stays with whoever made it. */
export interface NoteSigner {
  /** `name+hex keyid+base64(01 || public key)`. */
  readonly verifierKey: string;
  /** 64-byte Ed25519 signature (RFC 8032). */
  sign(message: Uint8Array): Uint8Array;
}

export interface VerifierKey {
  /** The key as it is written: name, key id and public key. */
  readonly text: string;
  readonly name: string;
  /** First four bytes of SHA-256(name || \n || 01 || public key), as 8 hex digits. */
  readonly keyId: string;
  readonly publicKey: Uint8Array;
}

export interface PrivateKeyNote {
  readonly name: string;
  readonly keyId: string;
  /** 32-byte Ed25519 seed. */
  readonly seed: Uint8Array;
}

/** Names of keys and origins of logs: not empty, without spaces, line breaks and `+` (C2SP signed-note). */
export function isKeyName(name: string): boolean {
  return name.length > 0 && name.length <= 256 && !/[\s+\p{Cc}\p{Cf}]/u.test(name) && utf8(name).length <= 512;
}

/** The key id that C2SP signed-note derives from a name and an Ed25519 public key. */
export function keyIdOf(sha256: Sha256, name: string, publicKey: Uint8Array): string {
  return bytesToHex(sha256(join(utf8(`${name}\n`), Uint8Array.of(ed25519Type), publicKey)).slice(0, 4));
}

/** `name+hex keyid+base64(01 || public key)`, as golang.org/x/mod/sumdb/note writes it. Inverse of parseVerifierKey. */
export function formatVerifierKey(sha256: Sha256, name: string, publicKey: Uint8Array): string {
  return `${name}+${keyIdOf(sha256, name, publicKey)}+${formatBase64(join(Uint8Array.of(ed25519Type), publicKey))}`;
}

/** @throws ledger/malformed-key, also when the key id is not the one of name and key. */
export function parseVerifierKey(sha256: Sha256, text: string): VerifierKey {
  const { name, keyId, key } = splitKey('verifier', text.trim().split('+', 2), text.trim());
  if (keyIdOf(sha256, name, key) !== keyId) throw malformed('verifier', 'the key id does not belong to the key');
  return { text: text.trim(), name, keyId, publicKey: key };
}

/**
 * `PRIVATE+KEY+name+hex keyid+base64(01 || seed)`, as golang.org/x/mod/sumdb/note writes it. The key id needs the public
 * key, so the caller gives it. Inverse of parsePrivateKeyNote.
 */
export function formatPrivateKeyNote(
  sha256: Sha256,
  key: { readonly name: string; readonly seed: Uint8Array; readonly publicKey: Uint8Array },
): string {
  const keyId = keyIdOf(sha256, key.name, key.publicKey);
  return `${privatePrefix}${key.name}+${keyId}+${formatBase64(join(Uint8Array.of(ed25519Type), key.seed))}`;
}

/**
 * The text of a private key. Whether the key id belongs to the seed can only be told with the public key, which the
 * caller derives. @throws ledger/malformed-key, never with the key's text in it.
 */
export function parsePrivateKeyNote(text: string): PrivateKeyNote {
  const trimmed = text.trim();
  if (!trimmed.startsWith(privatePrefix)) throw malformed('private', `it does not begin with ${privatePrefix}`);
  const rest = trimmed.slice(privatePrefix.length);
  const { name, keyId, key } = splitKey('private', rest.split('+', 2), rest);
  return { name, keyId, seed: key };
}

const privatePrefix = 'PRIVATE+KEY+';

/** base64 may hold `+`, so everything after the second one is the key. */
function splitKey(
  kind: 'private' | 'verifier',
  [name = '', keyId = '']: readonly string[],
  text: string,
): { readonly name: string; readonly keyId: string; readonly key: Uint8Array } {
  if (text.length > maxKeyTextLength) throw malformed(kind, 'it is too long');
  if (!isKeyName(name)) throw malformed(kind, 'its name is empty or has spaces or control characters');
  if (!/^[0-9a-f]{8}$/.test(keyId)) throw malformed(kind, 'its key id is not eight hexadecimal digits');
  const bytes = parseBase64(text.slice(name.length + 1 + keyId.length + 1));
  if (bytes === null) throw malformed(kind, 'its last part is not base64');
  if (bytes.length !== keyBytes + 1 || bytes[0] !== ed25519Type) throw malformed(kind, 'it is not an Ed25519 key');
  return { name, keyId, key: bytes.slice(1) };
}

function malformed(kind: 'private' | 'verifier', reason: string): Error {
  return weighbridgeError('ledger/malformed-key', { kind, reason });
}

/** Bytes one after the other. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** Whether a key id in hex is that of raw bytes. */
export function sameKeyId(keyId: string, raw: Uint8Array): boolean {
  return equalBytes(hexToBytes(keyId), raw);
}
