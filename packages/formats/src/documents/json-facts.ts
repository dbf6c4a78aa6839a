import {
  digestBytes,
  type JsonObject,
  type JsonValue,
  parseUtf8,
  type Sha256,
  utf8,
  weighbridgeError,
} from '@weighbridge/core';
import { compareCodePoints } from '../code-points.js';
import { isJsonObject } from './strict-json.js';

/** Text up to this many characters stays in facts as it is; longer text becomes its size and digest. */
export const maxFactCharacters = 4096;
/** Lists and objects whose canonical text is longer become their count and digest. */
export const maxFactListCharacters = 32 * 1024;

/** The text of a document. @throws formats/document-malformed for bytes that are not UTF-8 */
export function documentText(
  bytes: Uint8Array,
  { name, kind }: { readonly name: string; readonly kind: string },
): string {
  try {
    return parseUtf8(bytes);
  } catch (cause) {
    throw weighbridgeError('formats/document-malformed', { name, kind, reason: 'it is not UTF-8 text' }, { cause });
  }
}

/** An object without prototype whose keys are in the order of code points. Members that are undefined are left out. */
export function sortedObject(entries: Iterable<readonly [string, JsonValue | undefined]>): JsonObject {
  const sorted: Record<string, JsonValue> = Object.create(null);
  for (const [key, value] of [...entries].sort(([left], [right]) => compareCodePoints(left, right))) {
    if (value !== undefined) sorted[key] = value;
  }
  return sorted;
}

/** The same value with the keys of every object sorted. */
export function sortKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isJsonObject(value)) return value;
  return sortedObject(Object.entries(value).map(([key, member]) => [key, sortKeys(member)] as const));
}

/** Sorted without repetition: for lists that are sets in the program that wrote them. */
export function sortedSet(values: readonly JsonValue[]): readonly JsonValue[] {
  const byText = new Map(values.map((value) => [JSON.stringify(sortKeys(value)), sortKeys(value)]));
  return [...byText].sort(([left], [right]) => compareCodePoints(left, right)).map(([, value]) => value);
}

/**
 * A value with sorted keys that stays small: long text becomes `{bytes, digest}`, a long list or object
 * `{count, digest}`. Two values are equal exactly when their facts are.
 */
export function compactFact(value: JsonValue, sha256: Sha256): JsonValue {
  if (typeof value === 'string') {
    if (value.length <= maxFactCharacters) return value;
    const bytes = utf8(value);
    return { bytes: bytes.length, digest: digestBytes(sha256, bytes) };
  }
  if (typeof value !== 'object' || value === null) return value;
  const compact = sortKeys(value);
  const text = JSON.stringify(compact);
  if (text.length <= maxFactListCharacters) return compact;
  return {
    count: Array.isArray(value) ? value.length : Object.keys(value).length,
    digest: digestBytes(sha256, utf8(text)),
  };
}

export function textOrNull(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function numberOrNull(value: JsonValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
