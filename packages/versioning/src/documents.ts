import type { JsonValue } from '@weighbridge/core';
import { isJsonList, isJsonObject, type KeyDifference, keyDifferences } from './json/key-differences.js';
import type { DocumentFacet } from './snapshot.js';

/**
 * The keys in which two parsed documents differ; none when only their layout does. Null where they cannot be compared:
 * one was not parsed, or they hold integers that JSON numbers cannot tell apart.
 */
export function documentDifferences(from: DocumentFacet, to: DocumentFacet): readonly KeyDifference[] | null {
  if (from.digest === to.digest) return [];
  if (from.content === null || to.content === null) return null;
  const found = keyDifferences(from.content, to.content);
  if (found.length === 0 && (holdsInexact(from.content) || holdsInexact(to.content))) return null;
  return found;
}

/** Whether a value holds an integer beyond 2^53, where two texts may have been read as one number. */
export function holdsInexact(value: JsonValue): boolean {
  if (typeof value === 'number') return Math.abs(value) > Number.MAX_SAFE_INTEGER;
  if (isJsonList(value)) return value.some(holdsInexact);
  return isJsonObject(value) && Object.values(value).some(holdsInexact);
}
