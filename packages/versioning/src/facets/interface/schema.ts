import { canonicalJson, type JsonObject, type JsonValue } from '@weighbridge/core';
import { showValue } from '../../difference.js';
import { equalJson, isJsonList, isJsonObject, memberOf } from '../../json/key-differences.js';
import { unionOf } from '../../order.js';
import type { Direction, InterfaceDifference, InterfaceKind } from './kinds.js';
import { compareEnums, compareLimits, compareTypes, type SetRelation } from './schema-values.js';

/** Deeper schemas are compared as a whole. */
const maxDepth = 32;

/** Pairs of schemas that one comparison looks at; the rest is one `keyword` difference. */
const maxVisits = 20_000;

interface Walk {
  readonly direction: Direction;
  readonly file: string;
  readonly roots: readonly [JsonValue, JsonValue];
  readonly found: InterfaceDifference[];
  /** Pairs that were compared: definitions that are used twice, and such as use themselves, are told once. */
  readonly seen: Map<JsonValue, Set<JsonValue>>;
  visits: number;
}

/**
 * Compares two JSON Schemas (2020-12, and drafts that say the same) as what callers give or get. Whatever a caller could
 * give and no longer can, or could get and never could before, breaks; the opposite is a gain. Local references are
 * followed. Keywords whose effect cannot be told (`not`, `if`, changed patterns) count as another type.
 */
export function compareSchemas(
  from: JsonValue,
  to: JsonValue,
  options: { readonly direction: Direction; readonly file: string },
): InterfaceDifference[] {
  const walk: Walk = { ...options, roots: [from, to], found: [], seen: new Map(), visits: 0 };
  compare(walk, from, to, '', 0);
  return walk.found;
}

function compare(walk: Walk, fromWritten: JsonValue, toWritten: JsonValue, path: string, depth: number): void {
  walk.visits += 1;
  const from = resolve(fromWritten, walk.roots[0]);
  const to = resolve(toWritten, walk.roots[1]);
  if (isSeen(walk, from, to) || (isWithoutReferences(from) && isWithoutReferences(to) && equalJson(from, to))) return;
  if (depth > maxDepth || walk.visits > maxVisits) {
    report(walk, 'keyword', path, null, null, 'is nested too deeply to be compared');
    return;
  }
  if (!isJsonObject(from) || !isJsonObject(to)) {
    if (!equalJson(from, to)) relate(walk, schemaRelation(from, to), path, from, to);
    return;
  }
  for (const relation of compareTypes(from, to)) relate(walk, relation.relation, path, relation.from, relation.to);
  for (const relation of compareEnums(from, to)) relate(walk, relation.relation, path, relation.from, relation.to);
  for (const relation of compareLimits(from, to))
    relate(walk, relation.relation, `${path}/${relation.keyword}`, relation.from, relation.to);
  compareProperties(walk, from, to, path, depth);
  compareItems(walk, from, to, path, depth);
  compareAlternatives(walk, from, to, path, depth);
  compareRest(walk, from, to, path);
}

function isSeen({ seen }: Walk, from: JsonValue, to: JsonValue): boolean {
  if (!isJsonObject(from) || !isJsonObject(to)) return false;
  const partners = seen.get(from) ?? new Set();
  if (partners.has(to)) return true;
  seen.set(from, partners.add(to));
  return false;
}

function compareProperties(walk: Walk, from: JsonObject, to: JsonObject, path: string, depth: number): void {
  const [before, after] = [propertiesOf(from), propertiesOf(to)];
  const [asked, asks] = [requiredOf(from), requiredOf(to)];
  const names = unionOf([...before.keys(), ...asked], [...after.keys(), ...asks]);
  for (const name of names) {
    const place = `${path}/${name}`;
    const [was, is] = [before.has(name) || asked.has(name), after.has(name) || asks.has(name)];
    const [schema, now] = [before.get(name) ?? true, after.get(name) ?? true];
    if (was && !is) report(walk, `${walk.direction}-removed`, place, schema, null, 'was removed');
    else if (!was && is)
      report(
        walk,
        addedKind(walk.direction, asks.has(name)),
        place,
        null,
        now,
        `is new${asks.has(name) && walk.direction === 'input' ? ' and required' : ''}`,
      );
    else {
      if (asked.has(name) !== asks.has(name))
        report(
          walk,
          requiredKind(walk.direction, asks.has(name)),
          place,
          asked.has(name),
          asks.has(name),
          asks.has(name) ? 'is required now' : 'is optional now',
        );
      compare(walk, schema, now, place, depth + 1);
    }
  }
  compareOpenness(walk, from, to, path, depth);
}

function addedKind(direction: Direction, required: boolean): InterfaceKind {
  if (direction === 'output') return 'output-added';
  return required ? 'input-added-required' : 'input-added';
}

function requiredKind(direction: Direction, required: boolean): InterfaceKind {
  if (direction === 'input') return required ? 'input-required' : 'input-optional';
  return required ? 'output-guaranteed' : 'output-optional';
}

/** Properties that have no schema of their own. An output that may hold more is as if it had a new field. */
function compareOpenness(walk: Walk, from: JsonObject, to: JsonObject, path: string, depth: number): void {
  const [before, after] = [from['additionalProperties'] ?? true, to['additionalProperties'] ?? true];
  if (equalJson(before, after)) return;
  const place = `${path}/*`;
  if (before === false && walk.direction === 'output')
    report(walk, 'output-added', place, before, after, 'may be there now');
  else if (before === false) report(walk, 'input-widened', place, before, after, 'may be given now');
  else if (after === false) relate(walk, 'narrowed', place, before, after);
  else compare(walk, before, after, place, depth + 1);
}

function compareItems(walk: Walk, from: JsonObject, to: JsonObject, path: string, depth: number): void {
  const [before, after] = [from['items'], to['items']];
  if (before !== undefined || after !== undefined) compare(walk, before ?? true, after ?? true, `${path}[]`, depth + 1);
  const [first, second] = [listAt(from, 'prefixItems'), listAt(to, 'prefixItems')];
  for (let place = 0; place < Math.max(first.length, second.length); place++) {
    compare(walk, first[place] ?? before ?? true, second[place] ?? after ?? true, `${path}[${place}]`, depth + 1);
  }
}

/** Alternatives that are gone narrow, new ones widen; one that was changed is compared with what it was. */
function compareAlternatives(walk: Walk, from: JsonObject, to: JsonObject, path: string, depth: number): void {
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    const [before, after] = [listAt(from, keyword), listAt(to, keyword)];
    if (before.length === 0 && after.length === 0) continue;
    const [gone, fresh] = [withoutEqual(before, after), withoutEqual(after, before)];
    const place = `${path}/${keyword}`;
    if (before.length === after.length) {
      for (const [index, schema] of gone.entries()) compare(walk, schema, fresh[index] ?? true, place, depth + 1);
    } else {
      // Of allOf each part narrows, of the others each part widens; without any part everything is allowed.
      const [losing, gaining]: readonly [SetRelation, SetRelation] =
        keyword === 'allOf' || before.length * after.length === 0 ? ['widened', 'narrowed'] : ['narrowed', 'widened'];
      if (gone.length > 0) relate(walk, losing, place, gone, null);
      if (fresh.length > 0) relate(walk, gaining, place, null, fresh);
    }
  }
}

const understood =
  /^(?:type|nullable|enum|const|properties|required|additionalProperties|items|prefixItems|anyOf|oneOf|allOf|minimum|maximum|exclusiveMinimum|exclusiveMaximum|minLength|maxLength|minItems|maxItems|minProperties|maxProperties|multipleOf|pattern|format|uniqueItems|contentEncoding|contentMediaType|\$ref|\$defs|definitions|\$schema|\$id)$/;
const wording = /^(?:title|description|examples?|\$comment|deprecated|readOnly|writeOnly|x-.*)$/;
const opaque =
  /^(?:not|if|then|else|dependentRequired|dependentSchemas|dependencies|patternProperties|propertyNames|contains|minContains|maxContains|unevaluatedProperties|unevaluatedItems|\$dynamicRef|additionalItems|contentSchema)$/;

function compareRest(walk: Walk, from: JsonObject, to: JsonObject, path: string): void {
  for (const keyword of unionOf(Object.keys(from), Object.keys(to))) {
    const [before, after] = [memberOf(from, keyword) ?? null, memberOf(to, keyword) ?? null];
    if (understood.test(keyword) || equalJson(before, after)) continue;
    const place = `${path}/${keyword}`;
    if (opaque.test(keyword))
      relate(walk, before === null ? 'narrowed' : after === null ? 'widened' : 'retyped', place, before, after);
    else if (keyword === 'default')
      report(
        walk,
        walk.direction === 'input' ? 'default' : 'wording',
        place,
        before,
        after,
        `${showValue(before)} -> ${showValue(after)}`,
      );
    else report(walk, wording.test(keyword) ? 'wording' : 'keyword', place, before, after, 'changed');
  }
}

function relate(walk: Walk, relation: SetRelation, path: string, from: JsonValue, to: JsonValue): void {
  report(walk, `${walk.direction}-${relation}`, path, from, to, `${showValue(from)} -> ${showValue(to)}`);
}

function report(walk: Walk, kind: InterfaceKind, path: string, from: JsonValue, to: JsonValue, text: string): void {
  const place = `${walk.direction}${path}`;
  walk.found.push({ kind, path: `${walk.file}#${place}`, from, to, because: `${place} ${text} (${walk.file}).` });
}

/** `true` allows everything and `false` nothing. */
function schemaRelation(from: JsonValue, to: JsonValue): SetRelation {
  if (from === true || to === false) return 'narrowed';
  return to === true || from === false ? 'widened' : 'retyped';
}

/** Follows local references (`#/$defs/Name`), a bounded number of steps; others stay as written. */
function resolve(schema: JsonValue, root: JsonValue): JsonValue {
  let current = schema;
  for (let steps = 0; steps < maxDepth; steps++) {
    const reference = memberOf(current, '$ref');
    if (typeof reference !== 'string' || !reference.startsWith('#')) break;
    const target = pointerTarget(root, reference.slice(1));
    if (target === undefined) break;
    current = target;
  }
  return current;
}

function pointerTarget(root: JsonValue, pointer: string): JsonValue | undefined {
  let current: JsonValue | undefined = root;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    current = isJsonList(current) ? current[Number(name)] : memberOf(current, name);
  }
  return current;
}

function isWithoutReferences(schema: JsonValue): boolean {
  return !JSON.stringify(schema).includes('"$ref"');
}

function propertiesOf(schema: JsonObject): ReadonlyMap<string, JsonValue> {
  const properties = schema['properties'];
  return new Map(isJsonObject(properties) ? Object.entries(properties) : []);
}

function requiredOf(schema: JsonObject): ReadonlySet<string> {
  return new Set(listAt(schema, 'required').filter((name): name is string => typeof name === 'string'));
}

function listAt(schema: JsonObject, keyword: string): readonly JsonValue[] {
  const value = memberOf(schema, keyword);
  return isJsonList(value) ? value : [];
}

function withoutEqual(some: readonly JsonValue[], others: readonly JsonValue[]): JsonValue[] {
  const known = new Set(others.map(canonicalJson));
  return some.filter((schema) => !known.has(canonicalJson(schema)));
}
