import { canonicalJson, type JsonObject, type Sha256 } from '@weighbridge/core';
import { isJsonObject } from '@weighbridge/formats';
import {
  formatBase64,
  type NoteSigner,
  parseBase64,
  parseVerifierKey,
  preAuthenticationEncoding,
  type VerifySignature,
} from '@weighbridge/ledger';
import { type Read, statementPayloadType } from './statement.js';

const signatureBytes = 64;

/** A statement under one signature (DSSE v1, github.com/secure-systems-lab/dsse). */
export interface Envelope {
  readonly payload: Uint8Array;
  /** `name+key id` of a C2SP verifier key. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** What an Ed25519 signature proves: the statement, and the key that stands behind it. */
export interface VerifiedEnvelope {
  readonly payload: Uint8Array;
  readonly keyId: string;
}

/** Canonical JSON of an envelope around a statement, one line. The same bytes are signed as for an entry of the ledger. */
export function signEnvelope(sha256: Sha256, statement: Uint8Array, signer: NoteSigner): string {
  const { name, keyId } = parseVerifierKey(sha256, signer.verifierKey);
  const sig = formatBase64(signer.sign(preAuthenticationEncoding(statement)));
  const payload = formatBase64(statement);
  return canonicalJson({
    payload,
    payloadType: statementPayloadType,
    signatures: [{ keyid: `${name}+${keyId}`, sig }],
  });
}

/** Whether a document looks like an envelope; says nothing of its signature. */
export function isEnvelope(value: JsonObject): boolean {
  return Object.hasOwn(value, 'payload') && Object.hasOwn(value, 'signatures');
}

/** Reads an envelope: one signature, nothing else in it. */
export function parseEnvelope(value: JsonObject): Read<Envelope> {
  const [first, ...more] = Array.isArray(value['signatures']) ? value['signatures'] : [];
  if (first === undefined || more.length > 0) return { fault: 'it must have one signature' };
  const { keyid, sig } = isJsonObject(first) ? first : {};
  const payload = typeof value['payload'] === 'string' ? parseBase64(value['payload']) : null;
  const signature = typeof sig === 'string' ? parseBase64(sig) : null;
  if (typeof keyid !== 'string' || payload === null || signature?.length !== signatureBytes) {
    return { fault: 'it is no DSSE envelope with an Ed25519 signature' };
  }
  const known = { payload: value['payload'], payloadType: statementPayloadType, signatures: [{ keyid, sig }] };
  if (canonicalJson(known) !== canonicalJson(value)) return { fault: 'it holds more or other than a signed statement' };
  return { value: { payload, keyId: keyid, signature } };
}

/** Verifies an envelope against the keys of the policy. @throws ledger/malformed-key for a key that is none */
export function verifyEnvelope(
  value: JsonObject,
  trust: {
    readonly keys: readonly string[];
    readonly sha256: Sha256;
    readonly verifySignature: VerifySignature;
  },
): Read<VerifiedEnvelope> {
  const envelope = parseEnvelope(value);
  if ('fault' in envelope) return envelope;
  const { payload, keyId, signature } = envelope.value;
  const keys = trust.keys.map((text) => parseVerifierKey(trust.sha256, text));
  const key = keys.find((known) => `${known.name}+${known.keyId}` === keyId);
  if (key === undefined) return { fault: `it is signed by the key ${shown(keyId)}, which evidence.keys does not list` };
  if (!trust.verifySignature(key.publicKey, preAuthenticationEncoding(payload), signature)) {
    return { fault: `its signature by the key ${shown(keyId)} is bad` };
  }
  return { value: { payload, keyId } };
}

/** Others write key ids, and messages show them. */
function shown(keyId: string): string {
  return keyId.slice(0, 100).replaceAll(/[^\x21-\x7e]/g, '?');
}
