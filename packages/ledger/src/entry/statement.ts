import {
  canonicalJson,
  type Digest,
  digestHex,
  digestJson,
  type ModelName,
  parseUtf8,
  type Sha256,
  utf8,
  type Version,
  weighbridgeError,
} from '@weighbridge/core';
import type { EventBodies, EventType, LedgerEvent } from '../event.js';
import { equalBytes } from '../merkle/tree.js';
import { checkEvent, isEventType } from './event-schema.js';
import { isPlainObject } from './schema.js';

const statementType = 'https://in-toto.io/Statement/v1';
const predicatePrefix = 'https://weighbridge.dev/ledger/';
const predicateSuffix = '/v1';
/** JSON nested deeper than this is refused before anything walks it. */
const maxJsonDepth = 48;

/** What was parsed, or why it could not be. */
export type Parsed<Value> = { readonly value: Value } | { readonly fault: string };

/**
 * The id of an event: 64 hex digits of what it means (type, model, version, body) and not of when it was written, so
 * that a repeated run makes the same id. `occasion` tells apart what may rightly happen twice.
 */
export function eventId<Type extends EventType>(
  sha256: Sha256,
  event: {
    readonly type: Type;
    readonly model: ModelName | null;
    readonly version: Version | null;
    readonly body: EventBodies[Type];
    readonly occasion?: string | number;
  },
): string {
  const { type, model, version, body, occasion = '' } = event;
  return digestHex(digestJson(sha256, { type, model, version, body, occasion }));
}

/**
 * An event as canonical JSON (RFC 8785) of an in-toto Statement v1. Subject: `model@version`, `model` or `policy`, with
 * the SHA-256 of the identity (of the policy, for policy-changed) where the event names one, else with the event's own
 * id under `weighbridge-event`. Predicate type: `https://weighbridge.dev/ledger/<type>/v1`.
 * Inverse of parseStatement. @throws ledger/malformed-event
 */
export function formatStatement(event: LedgerEvent): Uint8Array {
  const faults = checkEvent(event.type, event);
  if (faults.length > 0) {
    throw weighbridgeError('ledger/malformed-event', { type: event.type, reason: faults.slice(0, 5).join('; ') });
  }
  return utf8(canonicalJson(statementOf(event)));
}

function statementOf(event: LedgerEvent): unknown {
  const { type, ...predicate } = event;
  return {
    _type: statementType,
    subject: [{ name: subjectName(event), digest: subjectDigest(event) }],
    predicateType: `${predicatePrefix}${type}${predicateSuffix}`,
    predicate,
  };
}

function subjectName(event: LedgerEvent): string {
  if (event.model === null) return 'policy';
  return event.version === null ? event.model : `${event.model}@${event.version}`;
}

function subjectDigest(event: LedgerEvent): Readonly<Record<string, string>> {
  const named: Digest | null =
    event.type === 'policy-changed' ? event.body.policy : 'identity' in event.body ? event.body.identity : null;
  return named === null ? { 'weighbridge-event': event.id } : { sha256: digestHex(named) };
}

/**
 * The event of a statement. Strict: unknown and missing members, wrong values and every text other than the one that
 * formatStatement would write are faults.
 */
export function parseStatement(bytes: Uint8Array): Parsed<LedgerEvent> {
  const parsed = parseJson(bytes);
  if ('fault' in parsed) return parsed;
  const { value } = parsed;
  if (!isPlainObject(value) || typeof value['predicateType'] !== 'string' || !isPlainObject(value['predicate'])) {
    return { fault: 'it is no in-toto statement' };
  }
  const type = value['predicateType'].slice(predicatePrefix.length, -predicateSuffix.length);
  if (!isEventType(type)) return { fault: 'its predicate type is unknown' };
  const event = { ...value['predicate'], type } as unknown as LedgerEvent;
  const faults = checkEvent(type, event);
  if (faults.length > 0) return { fault: faults.slice(0, 5).join('; ') };
  // Bytes and not texts are compared: a byte order mark vanishes in decoding.
  const canonical = utf8(canonicalJson(statementOf(event)));
  return equalBytes(canonical, bytes) ? { value: event } : { fault: 'it is not written canonically' };
}

/** JSON of bounded depth from UTF-8. */
export function parseJson(bytes: Uint8Array): Parsed<unknown> {
  try {
    if (depthOf(bytes) > maxJsonDepth) return { fault: 'it is nested too deeply' };
    return { value: JSON.parse(parseUtf8(bytes)) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return { fault: 'it is not JSON in UTF-8' };
    throw error;
  }
}

const [quote, backslash] = [0x22, 0x5c];
const [openList, closeList, openMap, closeMap] = [0x5b, 0x5d, 0x7b, 0x7d];

/** How deep brackets nest, those within strings not counted. No byte of a longer UTF-8 sequence is one of these signs. */
function depthOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < bytes.length; at++) {
    const sign = bytes[at];
    if (sign === quote) at = endOfString(bytes, at);
    else if (sign === openMap || sign === openList) deepest = Math.max(deepest, ++depth);
    else if (sign === closeMap || sign === closeList) depth--;
  }
  return deepest;
}

function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
}
