import { canonicalJson } from '@weighbridge/core';

/** Code-unit order, the same on every machine. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A sorted copy by a key; equal keys are ordered by content, so that the order in which a list came never shows. */
export function sortedBy<Item>(items: Iterable<Item>, key: (item: Item) => string): Item[] {
  return [...items].sort((left, right) => {
    const byKey = compareText(key(left), key(right));
    return byKey === 0 ? compareText(canonicalJson(left), canonicalJson(right)) : byKey;
  });
}

/** The names of both lists, sorted, each once. */
export function unionOf(left: Iterable<string>, right: Iterable<string>): string[] {
  return [...new Set([...left, ...right])].sort(compareText);
}
