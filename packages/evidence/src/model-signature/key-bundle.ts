import type { JsonObject } from '@weighbridge/core';
import { isJsonObject } from '@weighbridge/formats';
import { formatBase64, parseBase64 } from '@weighbridge/ledger';
import { type Read, statementPayloadType } from '../statement.js';
import { quote } from './resources.js';

const mediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** A statement signed with a key, as a bundle holds it. */
export interface KeySignature {
  readonly payload: Uint8Array;
  /** Null in bundles from before version 1.1 of the reference implementation: every key of the policy is tried. */
  readonly fingerprint: string | null;
  readonly signature: Uint8Array;
}

/** A Sigstore bundle v0.3 around a statement that a key signed. */
export function formatKeyBundle({
  payload,
  fingerprint,
  signature,
}: KeySignature & { readonly fingerprint: string }): JsonObject {
  return {
    mediaType,
    verificationMaterial: { publicKey: { hint: fingerprint }, tlogEntries: [] },
    dsseEnvelope: {
      payload: formatBase64(payload),
      payloadType: statementPayloadType,
      signatures: [{ sig: formatBase64(signature), keyid: '' }],
    },
  };
}

/** What stands behind a bundle, by its verification material; null for none that can be told. */
export function methodOf(bundle: JsonObject): 'key' | 'certificate' | 'sigstore' | null {
  const material = isJsonObject(bundle['verificationMaterial'] ?? null)
    ? (bundle['verificationMaterial'] as JsonObject)
    : {};
  const named = (['publicKey', 'x509CertificateChain', 'certificate'] as const).filter(
    (member) => material[member] !== undefined,
  );
  if (named.length !== 1) return null;
  return named[0] === 'publicKey' ? 'key' : named[0] === 'certificate' ? 'sigstore' : 'certificate';
}

/** Reads a bundle whose verification material is a key. Says nothing yet of its signature. */
export function parseKeyBundle(bundle: JsonObject): Read<KeySignature> {
  const { mediaType: type, verificationMaterial: material, dsseEnvelope: envelope } = bundle;
  if (type !== mediaType) return { fault: 'it is a bundle of a version that is not known' };
  if (!hasOnly(bundle, ['mediaType', 'verificationMaterial', 'dsseEnvelope']))
    return { fault: 'its bundle has unknown members' };
  if (!isObject(material) || !isObject(envelope)) return { fault: 'it is no bundle of a signed statement' };
  const { publicKey, tlogEntries = [], timestampVerificationData = {}, ...more } = material;
  const empty = Array.isArray(tlogEntries) && tlogEntries.length === 0 && isObject(timestampVerificationData);
  if (!empty || Object.keys({ ...more, ...(timestampVerificationData as object) }).length > 0) {
    return { fault: 'it has log entries or times, which nobody vouches for beside a key' };
  }
  const fingerprint = readFingerprint(publicKey);
  return 'fault' in fingerprint ? fingerprint : readEnvelope(envelope, fingerprint.value);
}

function readFingerprint(publicKey: unknown): Read<string | null> {
  if (!isObject(publicKey)) return { fault: 'it names no key' };
  const { hint = null, rawBytes } = publicKey;
  // The key that an old bundle brings along proves nothing: only those of the policy are tried.
  if (hint === null && typeof rawBytes === 'string') return { value: null };
  return typeof hint === 'string' && hint !== '' ? { value: hint } : { fault: 'it names no key' };
}

function readEnvelope(envelope: JsonObject, fingerprint: string | null): Read<KeySignature> {
  const { payload: written, payloadType, signatures } = envelope;
  if (!hasOnly(envelope, ['payload', 'payloadType', 'signatures']))
    return { fault: 'its envelope has unknown members' };
  if (payloadType !== statementPayloadType) {
    const found = typeof payloadType === 'string' ? quote(payloadType) : 'nothing';
    return { fault: `it signs ${found} and no statement (${statementPayloadType})` };
  }
  const [first, ...others] = Array.isArray(signatures) ? signatures : [];
  if (!isObject(first) || others.length > 0) return { fault: 'it must have one signature' };
  if (!hasOnly(first, ['sig', 'keyid']) || ![undefined, null, ''].includes(first['keyid'] as null)) {
    return { fault: 'its signature names a key of its own, beside that of the bundle' };
  }
  const payload = typeof written === 'string' ? parseBase64(written) : null;
  const signature = typeof first['sig'] === 'string' ? parseBase64(first['sig']) : null;
  if (payload === null || signature === null) return { fault: 'its payload or signature is not base64' };
  return { value: { payload, fingerprint, signature } };
}

function hasOnly(value: JsonObject, known: readonly string[]): boolean {
  return Object.keys(value).every((key) => known.includes(key));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
