import { canonicalJson, type JsonObject, type JsonValue } from '@weighbridge/core';
import { unionOf } from '../order.js';

/** One key whose value differs. `from` or `to` is undefined where the key is absent. */
export interface KeyDifference {
  /** Dotted, with `[n]` for places of a list; the empty text is the whole. */
  readonly key: string;
  readonly from: JsonValue | undefined;
  readonly to: JsonValue | undefined;
}

/** Deeper values are compared as a whole. */
const maxDepth = 32;

/** More keys than this in one document are counted, not listed. */
export const maxKeyDifferences = 10_000;

/**
 * The keys in which two JSON values differ, in the order of keys. Objects are compared member by member whatever the
 * order of keys, lists of objects place by place, other lists as a whole.
 */
export function keyDifferences(from: JsonValue | undefined, to: JsonValue | undefined): readonly KeyDifference[] {
  const found: KeyDifference[] = [];
  collect(found, '', from, to, 0);
  return found;
}

export function equalJson(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left === right || canonicalJson(left) === canonicalJson(right);
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** A member that the object itself has; never one of its prototype. */
export function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function collect(
  found: KeyDifference[],
  key: string,
  from: JsonValue | undefined,
  to: JsonValue | undefined,
  depth: number,
): void {
  if (found.length >= maxKeyDifferences || equalJson(from, to)) return;
  if (depth < maxDepth && isJsonObject(from) && isJsonObject(to)) {
    for (const name of unionOf(Object.keys(from), Object.keys(to))) {
      collect(found, key === '' ? name : `${key}.${name}`, memberOf(from, name), memberOf(to, name), depth + 1);
    }
  } else if (depth < maxDepth && isListOfObjects(from) && isListOfObjects(to)) {
    for (let place = 0; place < Math.max(from.length, to.length); place++) {
      collect(found, `${key}[${place}]`, from[place], to[place], depth + 1);
    }
  } else {
    found.push({ key, from, to });
  }
}

function isListOfObjects(value: JsonValue | undefined): value is readonly JsonObject[] {
  return isJsonList(value) && value.length > 0 && value.every(isJsonObject);
}
