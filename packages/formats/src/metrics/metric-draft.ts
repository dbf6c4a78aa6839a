import type { JsonObject } from '@weighbridge/core';
import { weighbridgeError } from '@weighbridge/core';
import { isDecimalText } from './exact-decimal.js';
import type { MetricDocument, MetricValue } from './metric-document.js';
import { type MetricNode, metricLimits } from './metric-node.js';
import { duplicateError, limitError } from './scan-json.js';

/** What a reader adds; absent parts are null in the document. */
export interface DraftValue {
  readonly key: string;
  readonly value: string;
  readonly stderr?: string | null;
  readonly samples?: number | null;
  readonly slice?: Readonly<Record<string, string>> | null;
}

/** A metric document while it is read: checks names, duplicates and bounds as values come in. */
export interface MetricDraft {
  readonly name: string;
  add(value: DraftValue): void;
  has(key: string, slice?: Readonly<Record<string, string>> | null): boolean;
  /** @throws formats/metrics-none when nothing was added */
  finish(format: string, context: JsonObject): MetricDocument;
}

/** Methods throw formats/metrics-duplicate and formats/metrics-limit. */
export function startDraft(name: string): MetricDraft {
  const values = new Map<string, MetricValue>();
  const add = (value: DraftValue): void => {
    const { key, slice = null } = value;
    const identity = identityOf(key, slice);
    if (values.has(identity)) throw duplicateError(name, key);
    if (values.size >= metricLimits.values) throw limitError(name, 'metrics', metricLimits.values);
    if (identity.length > metricLimits.keyLength)
      throw limitError(name, 'characters in the name of a metric', metricLimits.keyLength);
    if (value.value.length > metricLimits.textLength)
      throw limitError(name, 'characters in a value', metricLimits.textLength);
    values.set(identity, {
      key,
      value: value.value,
      stderr: value.stderr ?? null,
      samples: value.samples ?? null,
      slice,
    });
  };
  const finish = (format: string, context: JsonObject): MetricDocument => {
    if (values.size === 0) throw weighbridgeError('formats/metrics-none', { name });
    const sorted = [...values].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, value]) => value);
    return { format, values: sorted, context };
  };
  return { name, add, has: (key, slice = null) => values.has(identityOf(key, slice)), finish };
}

function identityOf(key: string, slice: Readonly<Record<string, string>> | null): string {
  // U+0000 sorts before every other character, so that a whole stands before its slices and `a` before `a.b`.
  if (slice === null) return key;
  const columns = Object.entries(slice).sort(([left], [right]) => (left < right ? -1 : 1));
  return `${key}\u0000${JSON.stringify(columns)}`;
}

const absentWords = /^(?:[+-]?(?:nan|inf|infinity|\.inf|\.nan)|#?n\/?a|none|null|undefined|missing|error|-|)$/i;

/**
 * The text of a node that stands where a metric could: a number, a boolean, a missing value, or a text that is a
 * number or one of the words that programs write in the place of one. Null for every other text, list and map.
 */
export function metricText(node: MetricNode | null | undefined): string | null {
  if (node === null || node === undefined || node.kind === 'list' || node.kind === 'map') return null;
  if (node.kind !== 'word') return node.text;
  const trimmed = node.text.length > metricLimits.textLength ? 'x' : node.text.trim();
  return isDecimalText(trimmed) || absentWords.test(trimmed) ? trimmed : null;
}

/** A count of samples: a non-negative integer (also written as 400.0), else null. */
export function sampleCount(text: string | null | undefined): number | null {
  if (text === null || text === undefined || !/^\d{1,15}(?:\.0+)?$/.test(text)) return null;
  return Math.trunc(Number(text));
}

/** A node as plain JSON for the context; numbers become their exact text. */
export function contextValue(node: MetricNode): JsonObject[string] {
  if (node.kind === 'list') return node.items.map(contextValue);
  if (node.kind === 'map') return contextObject([...node.entries].map(([key, value]) => [key, contextValue(value)]));
  if (node.kind === 'null') return null;
  return node.kind === 'boolean' ? node.text === 'true' : node.text;
}

/** An object of entries, absent values left out. Safe for names such as `__proto__`. */
export function contextObject(entries: Iterable<readonly [string, JsonObject[string] | undefined]>): JsonObject {
  const kept: [string, JsonObject[string]][] = [];
  for (const [key, value] of entries) if (value !== undefined && value !== null) kept.push([key, value]);
  return Object.fromEntries(kept);
}
