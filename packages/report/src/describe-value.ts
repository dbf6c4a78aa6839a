import type { JsonObject, JsonValue } from '@weighbridge/core';
import { oneLine, shorten } from './escape-markdown.js';

/** A single value. */
const maxValue = 60;
/** Items of a list, or members of an object, that are named before the rest is counted. */
const named = 3;

/** A value as people read it, on one line: short digests, `a, b, c and 4 more`, `model phi-4, revision 0e9e39f`. */
export function describeValue(value: JsonValue): string {
  if (value === null) return 'none';
  if (isList(value)) return describeList(value);
  return isObject(value) ? describeObject(value) : describeText(value);
}

/** What was before and what is now. Lists of the same named things are told thing by thing. */
export function describeMove(from: JsonValue, to: JsonValue): string {
  if (isTensors(from) && isTensors(to)) return describeTensors(from, to);
  const [before, after] = [namedItems(from), namedItems(to)];
  const same = before !== null && after !== null && before.length > 0 && keysOf(before) === keysOf(after);
  if (!same) return `${describeValue(from)} → ${describeValue(to)}`;
  return counted(before.map(([name, value], place) => `${name} ${value} → ${after[place]?.[1] ?? 'none'}`));
}

/** Tensors of one file that differ, the largest first, as the facet of the weights lists them. */
interface Tensors extends JsonObject {
  readonly differing: number;
  readonly compared: number;
  readonly largest: readonly JsonValue[];
}

function isTensors(value: JsonValue): value is Tensors {
  return isObject(value) && typeof value['differing'] === 'number' && isList(value['largest'] ?? null);
}

/** `28 of 36 tensors differ: fc1.weight sha256:111111111111… → sha256:222222222222… and 27 more`. */
function describeTensors(from: Tensors, to: Tensors): string {
  const { differing, compared } = to;
  const [before] = namedItems(from.largest) ?? [];
  const [after] = namedItems(to.largest) ?? [];
  const told = `${differing} of ${compared} ${compared === 1 ? 'tensor' : 'tensors'} ${differing === 1 ? 'differs' : 'differ'}`;
  if (before === undefined || after === undefined) return told;
  const more = differing > 1 ? ` and ${differing - 1} more` : '';
  return `${told}: ${after[0]} ${before[1]} → ${after[1]}${more}`;
}

function describeList(values: readonly JsonValue[]): string {
  if (values.length === 0) return 'nothing';
  const numbers = values.every((value) => typeof value === 'number');
  // A shape is one thing.
  if (numbers && values.length <= 8) return `[${values.join(', ')}]`;
  const items = namedItems(values);
  return counted(items === null ? values.map(describeValue) : items.map(([name, value]) => `${name} ${value}`));
}

function describeObject(value: JsonObject): string {
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return members.length === 0
    ? 'nothing'
    : counted(members.map(([key, member]) => `${oneLine(key)} ${nested(member)}`));
}

/** What is inside of a list or an object: no further lists, so that no sentence nests. */
function nested(value: JsonValue): string {
  if (isList(value) && !value.every((item) => typeof item === 'number')) return `of ${value.length}`;
  return isObject(value) ? `of ${Object.keys(value).length}` : describeValue(value);
}

function describeText(value: string | number | boolean): string {
  const text = String(value);
  const digest = /^sha256:[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 19)}…` : text;
  return shorten(oneLine(digest), maxValue);
}

/** `a, b, c and 25 more`. */
function counted(items: readonly string[]): string {
  const more = items.length - named;
  // Nobody counts one that could as well be named.
  return more <= 1 ? items.join(', ') : `${items.slice(0, named).join(', ')} and ${more} more`;
}

/** Items that each are a name and what it is, such as `{tensor, is}` or `{path, sha256}`; null for any other list. */
function namedItems(value: JsonValue): readonly (readonly [string, string])[] | null {
  if (!isList(value)) return null;
  const items = value.map((item: JsonValue) => {
    const [first, second, ...rest] = isObject(item) ? Object.entries(item) : [];
    if (first === undefined || second === undefined || rest.length > 0 || typeof first[1] !== 'string') return null;
    return ['tensor', 'path', 'name'].includes(first[0])
      ? ([describeText(first[1]), nested(second[1])] as const)
      : null;
  });
  const known = items.filter((item) => item !== null);
  return known.length === items.length ? known : null;
}

function keysOf(items: readonly (readonly [string, string])[]): string {
  return JSON.stringify(items.map(([name]) => name));
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
