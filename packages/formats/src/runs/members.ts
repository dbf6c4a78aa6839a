import type { JsonObject, JsonValue } from '@weighbridge/core';
import { sortedObject } from '../documents/json-facts.js';
import { isJsonObject } from '../documents/strict-json.js';
import { runLimits } from './run-facts.js';
import { isSecret, withheld } from './secrets.js';

/** A list of `{key, value}`, as several services send maps; what is no such pair is left out. */
export function membersOfPairs(value: JsonValue | undefined, name = 'key'): JsonObject {
  const pairs = (Array.isArray(value) ? value : []).flatMap((each: JsonValue) => {
    const key = isJsonObject(each) ? each[name] : null;
    return isJsonObject(each) && typeof key === 'string' ? [[key, each['value'] ?? null] as const] : [];
  });
  return keptMembers(pairs);
}

/**
 * Members within the bounds of a record: the first thousand, long text cut; keys are sorted. A record is kept for ever and
 * read by everyone, so that what looks like a key, a token or a password is withheld.
 */
export function keptMembers(members: Iterable<readonly [string, JsonValue]>): JsonObject {
  const kept: (readonly [string, JsonValue])[] = [];
  for (const [key, value] of members) {
    if (kept.length >= runLimits.members) break;
    kept.push([key, keptMember(key, value)]);
  }
  return sortedObject(kept);
}

/** A member as a record keeps it. */
export function keptMember(key: string, value: JsonValue): JsonValue {
  return isSecret(key, value) ? withheld : keptValue(value);
}

/** Text and lists that nobody would read in a record are cut. */
function keptValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') {
    return value.length <= runLimits.textCharacters ? value : `${value.slice(0, runLimits.textCharacters)}…`;
  }
  if (typeof value !== 'object' || value === null) return value;
  const text = JSON.stringify(value);
  return text.length <= runLimits.textCharacters ? value : `${text.slice(0, runLimits.textCharacters)}…`;
}

/** The members of an object; none of every other value. */
export function membersOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

export function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** Milliseconds since 1970 as RFC 3339; null for what is no time. */
export function timeOfMs(value: JsonValue | undefined): string | null {
  const ms = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof ms !== 'number' || !Number.isFinite(ms) || ms <= 0 || ms > 8.64e15) return null;
  return new Date(ms).toISOString();
}

/** A hexadecimal commit id of git; null for everything else. */
export function commitOf(value: JsonValue | undefined): string | null {
  const text = textOf(value)?.trim().toLowerCase() ?? '';
  return /^[0-9a-f]{7,64}$/.test(text) ? text : null;
}
