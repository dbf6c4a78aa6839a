import type { JsonValue } from '@weighbridge/core';

/** What two snapshots differ in, before any rule has weighed it. `Kind` is closed for each facet. */
export interface Difference<Kind extends string = string> {
  readonly kind: Kind;
  /** The file, tensor, key or field that differs; `file#key` for a key of a file. */
  readonly path: string;
  readonly from: JsonValue;
  readonly to: JsonValue;
  /** One sentence for people. */
  readonly because: string;
}

/** How many names a sentence lists before it counts the rest. */
const namesListed = 3;

/** Above this a value is cut in a sentence. */
const valueLength = 60;

/** `a, b, c and 25 more`. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, namesListed).map((name) => shorten(name));
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** A value as a sentence shows it. */
export function showValue(value: JsonValue): string {
  if (value === null) return 'none';
  return shorten(typeof value === 'string' ? value : JSON.stringify(value));
}

export function shorten(text: string): string {
  return text.length > valueLength ? `${text.slice(0, valueLength - 1)}…` : text;
}

/** `1 tensor`, `3 tensors`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
