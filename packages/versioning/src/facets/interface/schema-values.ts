import { canonicalJson, type JsonObject, type JsonValue } from '@weighbridge/core';
import { isJsonList, memberOf } from '../../json/key-differences.js';

/** How the values that a schema allows became others: fewer, more, or not comparable. */
export type SetRelation = 'narrowed' | 'widened' | 'retyped';

export interface ValueRelation {
  readonly relation: SetRelation;
  readonly from: JsonValue;
  readonly to: JsonValue;
}

/** `type`, with `nullable` of OpenAPI; every integer is a number. */
export function compareTypes(from: JsonObject, to: JsonObject): ValueRelation[] {
  const [before, after] = [typesOf(from), typesOf(to)];
  if (before === null && after === null) return [];
  const sides = { from: before, to: after };
  if (before === null) return [{ relation: 'narrowed', ...sides }];
  if (after === null) return [{ relation: 'widened', ...sides }];
  const lost = before.filter((type) => !isAllowed(type, after));
  const won = after.filter((type) => !isAllowed(type, before));
  if (lost.length > 0 && won.length > 0) return [{ relation: 'retyped', ...sides }];
  if (lost.length > 0) return [{ relation: 'narrowed', ...sides }];
  return won.length > 0 ? [{ relation: 'widened', ...sides }] : [];
}

/** `enum` and `const`: values gone narrow, values new widen. */
export function compareEnums(from: JsonObject, to: JsonObject): ValueRelation[] {
  const [before, after] = [valuesOf(from), valuesOf(to)];
  if (before === null && after === null) return [];
  if (before === null) return [{ relation: 'narrowed', from: null, to: valueList(after) }];
  if (after === null) return [{ relation: 'widened', from: valueList(before), to: null }];
  const gone = [...before].filter(([text]) => !after.has(text)).map(([, value]) => value);
  const fresh = [...after].filter(([text]) => !before.has(text)).map(([, value]) => value);
  return [
    ...(gone.length > 0 ? [{ relation: 'narrowed' as const, from: gone, to: null }] : []),
    ...(fresh.length > 0 ? [{ relation: 'widened' as const, from: null, to: fresh }] : []),
  ];
}

const lower = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const upper = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
const exact = ['multipleOf', 'pattern', 'format', 'uniqueItems', 'contentEncoding', 'contentMediaType'];

/** Bounds and other limits of single values. */
export function compareLimits(from: JsonObject, to: JsonObject): (ValueRelation & { readonly keyword: string })[] {
  return [...lower, ...upper, ...exact].flatMap((keyword) => {
    const [before, after] = [limitAt(from, keyword), limitAt(to, keyword)];
    const relation = limitRelation(keyword, before, after);
    return relation === null ? [] : [{ keyword, relation, from: before, to: after }];
  });
}

function limitRelation(keyword: string, before: JsonValue, after: JsonValue): SetRelation | null {
  if (before === after) return null;
  if (before === null) return 'narrowed';
  if (after === null) return 'widened';
  if (typeof before !== 'number' || typeof after !== 'number' || exact.includes(keyword)) return 'retyped';
  return after > before === lower.includes(keyword) ? 'narrowed' : 'widened';
}

/** Absent, `false` and limits that are no plain value limit nothing that is told here. */
function limitAt(schema: JsonObject, keyword: string): JsonValue {
  const value = memberOf(schema, keyword) ?? null;
  return typeof value === 'object' || value === false ? null : value;
}

function typesOf(schema: JsonObject): string[] | null {
  const type = memberOf(schema, 'type');
  const written =
    typeof type === 'string'
      ? [type]
      : isJsonList(type)
        ? type.filter((each) => typeof each === 'string').map(String)
        : null;
  if (written === null) return null;
  if (memberOf(schema, 'nullable') === true) written.push('null');
  return [...new Set(written)].sort();
}

function isAllowed(type: string, types: readonly string[]): boolean {
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}

function valuesOf(schema: JsonObject): Map<string, JsonValue> | null {
  const listed = memberOf(schema, 'enum');
  const single = memberOf(schema, 'const');
  const values = isJsonList(listed) ? listed : single === undefined ? null : [single];
  return values === null
    ? null
    : new Map(
        values
          .map((value) => [canonicalJson(value), value] as const)
          .sort(([left], [right]) => (left < right ? -1 : 1)),
      );
}

function valueList(values: Map<string, JsonValue> | null): JsonValue {
  return [...(values ?? new Map<string, JsonValue>()).values()];
}
