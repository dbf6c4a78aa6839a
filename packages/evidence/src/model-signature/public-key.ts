import { bytesToHex, type Sha256, utf8 } from '@weighbridge/core';
import { formatBase64, parseBase64 } from '@weighbridge/ledger';

/** The curves that OpenSSF Model Signing names, each with the hash that its signatures are made with. */
export const curves = {
  'P-256': { hash: 'sha256', length: 91, prefix: '3059301306072a8648ce3d020106082a8648ce3d03010703420004' },
  'P-384': { hash: 'sha384', length: 120, prefix: '3076301006072a8648ce3d020106052b8104002203620004' },
  'P-521': { hash: 'sha512', length: 158, prefix: '30819b301006072a8648ce3d020106052b810400230381860004' },
} as const;
/** One of these curves. */
export type Curve = keyof typeof curves;

/** An ECDSA public key. The curve and the hash come from the key, never from what is to be verified with it. */
export interface EcdsaKey {
  readonly curve: Curve;
  /** SubjectPublicKeyInfo in DER, the point not compressed. */
  readonly spki: Uint8Array;
}

/** ECDSA (FIPS 186-5) with the hash of the key's curve over a message; the signature in DER. False for a bad one. */
export type VerifyEcdsa = (key: EcdsaKey, message: Uint8Array, signature: Uint8Array) => boolean;

/** Reads a PEM of a public key; null for what is no ECDSA key on one of the curves. */
export function parseEcdsaKey(pem: string): EcdsaKey | null {
  const match = /^-----BEGIN PUBLIC KEY-----\s([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/.exec(pem);
  const spki = match === null ? null : parseBase64((match[1] ?? '').replaceAll(/\s/g, ''));
  if (spki === null) return null;
  const hex = bytesToHex(spki);
  const found = Object.entries(curves).find(
    ([, { length, prefix }]) => spki.length === length && hex.startsWith(prefix),
  );
  return found === undefined ? null : { curve: found[0] as Curve, spki };
}

/** The PEM of a key, as OpenSSL writes it. */
export function formatEcdsaKey({ spki }: EcdsaKey): string {
  const lines = formatBase64(spki).match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
}

/** How bundles name a key: the SHA-256 of its PEM, in hexadecimal digits, as the reference implementation makes it. */
export function fingerprintOf(sha256: Sha256, key: EcdsaKey): string {
  return bytesToHex(sha256(utf8(formatEcdsaKey(key))));
}
