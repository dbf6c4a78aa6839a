import { type JsonObject, parseUtf8 } from '@weighbridge/core';
import { isJsonObject, parseStrictJson } from '@weighbridge/formats';
import { isEnvelope } from './envelope.js';
import type { Read } from './statement.js';

/** A statement of 16 MB in base64 with its certificate fits. */
export const maxAttestationBytes = 32 * 1024 * 1024;
/** Lines of a `.jsonl` and attestations of a forge that are looked at; each costs several signatures. */
export const maxAttestations = 32;

/** Where a signed statement about a metric document is looked for, in this order. */
export function attestationPaths(path: string): readonly string[] {
  return [`${path}.sigstore.json`, `${path}.intoto.jsonl`];
}

/** A signed statement as it was found: an envelope with an Ed25519 signature, or a Sigstore bundle. */
export interface FoundAttestation {
  readonly kind: 'envelope' | 'bundle';
  readonly value: JsonObject;
}

/**
 * Reads a file of attestations: one JSON document, or one a line. Duplicate names are refused: two readers could
 * understand such a file differently.
 */
export function readAttestations(bytes: Uint8Array): Read<readonly FoundAttestation[]> {
  if (bytes.length > maxAttestationBytes) return { fault: `it has more than ${maxAttestationBytes} bytes` };
  let text: string;
  try {
    text = parseUtf8(bytes);
  } catch {
    // No text, no attestation.
    return { fault: 'it is not UTF-8' };
  }
  const whole = recognise(text);
  if (whole !== null) return { value: [whole] };
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > maxAttestations) return { fault: `it has more than ${maxAttestations} lines` };
  const found = lines.map(recognise);
  const all = found.filter((attestation) => attestation !== null);
  if (found.length === 0 || all.length < found.length) {
    return { fault: 'it is neither a DSSE envelope nor a Sigstore bundle, nor lines of them' };
  }
  return { value: all };
}

/** What kind of attestation a value is; null for none. */
export function recogniseAttestation(value: unknown): FoundAttestation | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const attestation = value as JsonObject;
  if (typeof attestation['mediaType'] === 'string') return { kind: 'bundle', value: attestation };
  return isEnvelope(attestation) ? { kind: 'envelope', value: attestation } : null;
}

function recognise(text: string): FoundAttestation | null {
  try {
    const value = parseStrictJson(text, { name: 'the attestation' });
    return isJsonObject(value) ? recogniseAttestation(value) : null;
  } catch {
    // A line that is no strict JSON is no attestation; the caller says so.
    return null;
  }
}
