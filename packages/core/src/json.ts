import canonicalizeText from 'canonicalize';
import { weighbridgeError } from './errors/error.js';

/** Whatever JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
/** An object of JSON; its members are own and not changed. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/**
 * Canonical JSON (RFC 8785): the one text that is hashed and signed. Members whose value is `undefined` are left out.
 * @throws core/not-json for NaN, infinities and values that JSON cannot hold.
 */
export function canonicalJson(value: unknown): string {
  try {
    const text = canonicalizeText(value);
    if (text === undefined) throw new Error('the value is undefined');
    return text;
  } catch (cause) {
    throw weighbridgeError('core/not-json', { reason: cause instanceof Error ? cause.message : 'unknown' }, { cause });
  }
}
