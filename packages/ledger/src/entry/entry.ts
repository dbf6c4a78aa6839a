import { type Sha256, utf8, weighbridgeError } from '@weighbridge/core';
import type { LedgerEvent } from '../event.js';
import { maxEntryBytes } from '../merkle/bundle.js';
import { equalBytes } from '../merkle/tree.js';
import { formatBase64, parseBase64 } from '@weighbridge/core';
import { join, type NoteSigner, parseVerifierKey, type VerifierKey, type VerifySignature } from '../note/key.js';
import { isPlainObject, isWellFormed } from './schema.js';
import { formatStatement, type Parsed, parseJson, parseStatement } from './statement.js';

const payloadType = 'application/vnd.in-toto+json';
const signatureBytes = 64;

/** An entry read back: the event, and the `name+keyid` of the key that signed it. */
export interface Entry {
  readonly event: LedgerEvent;
  /** Null in an unsigned log. */
  readonly keyId: string | null;
}

/**
 * The bytes of an entry. With a signer: canonical JSON of a DSSE v1 envelope around the statement, else the statement.
 * @throws ledger/malformed-event, ledger/entry-too-large
 */
export function formatEntry(sha256: Sha256, event: LedgerEvent, signer: NoteSigner | null): Uint8Array {
  const statement = formatStatement(event);
  const entry = signer === null ? statement : utf8(sealedText(sha256, statement, signer));
  if (entry.length > maxEntryBytes) {
    throw weighbridgeError('ledger/entry-too-large', {
      type: event.type,
      sizeBytes: entry.length,
      maxBytes: maxEntryBytes,
    });
  }
  return entry;
}

function sealedText(sha256: Sha256, statement: Uint8Array, signer: NoteSigner): string {
  const { name, keyId } = parseVerifierKey(sha256, signer.verifierKey);
  const sig = formatBase64(signer.sign(preAuthenticationEncoding(statement)));
  return envelopeText({ payload: formatBase64(statement), keyid: `${name}+${keyId}`, sig });
}

/** Canonical JSON (RFC 8785) of an envelope: its members stand in their order, and texts are written as JSON writes them. */
function envelopeText({ payload, keyid, sig }: Readonly<Record<'payload' | 'keyid' | 'sig', string>>): string {
  return JSON.stringify({ payload, payloadType, signatures: [{ keyid, sig }] });
}

/** PAE of DSSE v1: what is signed, so that no other use of the key can be taken for an entry. */
export function preAuthenticationEncoding(payload: Uint8Array): Uint8Array {
  return join(utf8(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `), payload);
}

export interface EntryTrust {
  /** Whether the log is a signed one: an entry of the other kind is a fault. */
  readonly signed: boolean;
  readonly keys: readonly VerifierKey[];
  readonly verifySignature: VerifySignature;
}

/** Whether these bytes look like a signed entry; says nothing of the signature. */
export function isEnvelope(bytes: Uint8Array): boolean {
  return parseUtf8Loosely(bytes).startsWith('{"payload":');
}

/** Inverse of formatEntry: strict as parseStatement, and the signature must be a good one of a trusted key. */
export function parseEntry(bytes: Uint8Array, trust: EntryTrust): Parsed<Entry> {
  if (bytes.length > maxEntryBytes) return { fault: `it has more than ${maxEntryBytes} bytes` };
  if (isEnvelope(bytes) !== trust.signed) {
    return { fault: trust.signed ? 'it is not signed, and the log is' : 'it is signed, and the log is not' };
  }
  if (!trust.signed) {
    const statement = parseStatement(bytes);
    return 'fault' in statement ? statement : { value: { event: statement.value, keyId: null } };
  }
  const envelope = parseEnvelope(bytes);
  if ('fault' in envelope) return envelope;
  const { keyId, signature, payload } = envelope.value;
  const key = trust.keys.find((known) => `${known.name}+${known.keyId}` === keyId);
  if (key === undefined) return { fault: `it is signed by a key that is not trusted (${keyId})` };
  if (!trust.verifySignature(key.publicKey, preAuthenticationEncoding(payload), signature)) {
    return { fault: 'its signature is bad' };
  }
  const statement = parseStatement(payload);
  return 'fault' in statement ? statement : { value: { event: statement.value, keyId } };
}

/** The statement in an entry of either kind, without a look at signatures. For people and exports, never for trust. */
export function peekEntry(bytes: Uint8Array): Parsed<Entry> {
  if (!isEnvelope(bytes)) {
    const statement = parseStatement(bytes);
    return 'fault' in statement ? statement : { value: { event: statement.value, keyId: null } };
  }
  const envelope = parseEnvelope(bytes);
  if ('fault' in envelope) return envelope;
  const statement = parseStatement(envelope.value.payload);
  return 'fault' in statement ? statement : { value: { event: statement.value, keyId: envelope.value.keyId } };
}

interface Envelope {
  readonly keyId: string;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

function parseEnvelope(bytes: Uint8Array): Parsed<Envelope> {
  const parsed = parseJson(bytes);
  if ('fault' in parsed) return parsed;
  const value = parsed.value;
  const signatures: unknown = isPlainObject(value) ? value['signatures'] : null;
  const first: unknown = Array.isArray(signatures) ? signatures[0] : null;
  if (!isPlainObject(value) || !isPlainObject(first)) return { fault: 'it is no DSSE envelope' };
  const { keyid, sig } = first;
  const payload = typeof value['payload'] === 'string' ? parseBase64(value['payload']) : null;
  const signature = typeof sig === 'string' ? parseBase64(sig) : null;
  if (
    payload === null ||
    signature?.length !== signatureBytes ||
    typeof keyid !== 'string' ||
    keyid.length > 512 ||
    !isWellFormed(keyid)
  ) {
    return { fault: 'it is no DSSE envelope' };
  }
  // Only what we would write ourselves is an entry: one signature, no other member, canonical order.
  if (!equalBytes(utf8(envelopeText({ payload: value['payload'] as string, keyid, sig: sig as string })), bytes))
    return { fault: 'its envelope is not written canonically' };
  return { value: { keyId: keyid, payload, signature } };
}

const looseDecoder = new TextDecoder('utf-8');

function parseUtf8Loosely(bytes: Uint8Array): string {
  return looseDecoder.decode(bytes.subarray(0, 16));
}
