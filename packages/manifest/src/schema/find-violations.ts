import type { JsonObject } from '@weighbridge/core';
import type { DocumentPath } from '../source/fault.js';

/** A keyword of a schema that a value does not meet. */
export interface Violation {
  readonly keyword: string;
  /** Where the value is; of a name, where its table is. */
  readonly path: DocumentPath;
  readonly data: unknown;
  /** The name of a member, when it is the name that is wrong; `data` is the same. */
  readonly propertyName?: string;
  /** What the keyword says: types, choices, a bound; of `required` and `additionalProperties` the key that it is about. */
  readonly wanted: unknown;
  /** The schema with the keyword. */
  readonly schema: JsonObject;
}

/** Answers whether to go on. */
type Tell = (violation: Violation) => boolean;

/** The way to a value, from its end: a path is only written out where something is wrong. */
interface Trail {
  readonly around: Trail | null;
  readonly step: DocumentPath[number];
}

/** A value where it is, and whom to tell what is wrong with it. */
interface Place<Value = unknown> {
  readonly data: Value;
  /** Null at the root. */
  readonly trail: Trail | null;
  readonly propertyName?: string;
  readonly tell: Tell;
}

/** Answers whether to go on. */
type Check<Value> = (wanted: never, place: Place<Value>, schema: JsonObject) => boolean;

/**
 * Tells each keyword of a schema that a value does not meet, and answers whether there was none. The schema is read as it
 * stands: a command checks two or three small files, and to compile their schemas first, as ajv does, takes many times as
 * long. It knows the keywords of JSON Schema 2020-12 that our schemas are written in, and tells what ajv tells, in its order.
 */
export function findViolations(schema: JsonObject, data: unknown, tell: Tell): boolean {
  let isValid = true;
  const told: Tell = (violation) => {
    isValid = false;
    return tell(violation);
  };
  check(schema, { data, trail: null, tell: told });
  return isValid;
}

function fits(schema: JsonObject, data: unknown): boolean {
  return findViolations(schema, data, () => false);
}

/** Those that speak of values of any type. */
const general: Readonly<Record<string, Check<unknown>>> = {
  const: (wanted: unknown, place, schema) => place.data === wanted || wrong('const', place, schema),
  enum: (wanted: readonly unknown[], place, schema) => wanted.includes(place.data) || wrong('enum', place, schema),
  // Only branches tell: which of them it is says what the value was meant to be.
  if: (condition: JsonObject, place, { then, else: otherwise }) =>
    check((fits(condition, place.data) ? then : otherwise) as JsonObject, place),
};

const ofNumbers: Readonly<Record<string, Check<number>>> = {
  maximum: (limit: number, place, schema) => place.data <= limit || wrong('maximum', place, schema),
  minimum: (limit: number, place, schema) => place.data >= limit || wrong('minimum', place, schema),
};

const ofTexts: Readonly<Record<string, Check<string>>> = {
  maxLength: (limit: number, place, schema) => isAtMost(place.data, limit) || wrong('maxLength', place, schema),
  minLength: (limit: number, place, schema) => isAtLeast(place.data, limit) || wrong('minLength', place, schema),
  pattern: (source: string, place, schema) => patternOf(source).test(place.data) || wrong('pattern', place, schema),
};

const ofLists: Readonly<Record<string, Check<readonly unknown[]>>> = {
  maxItems: (limit: number, place, schema) => place.data.length <= limit || wrong('maxItems', place, schema),
  minItems: (limit: number, place, schema) => place.data.length >= limit || wrong('minItems', place, schema),
  items: (element: JsonObject, { data, trail, tell }) =>
    data.every((item, index) => check(element, { data: item, trail: { around: trail, step: index }, tell })),
};

type Table = Readonly<Record<string, unknown>>;

const ofTables: Readonly<Record<string, Check<Table>>> = {
  maxProperties: (limit: number, place, schema) =>
    Object.keys(place.data).length <= limit || wrong('maxProperties', place, schema),
  required: (keys: readonly string[], place, schema) =>
    keys.every((key) => place.data[key] !== undefined || wrong('required', place, schema, key)),
  propertyNames: (name: JsonObject, { data, trail, tell }) =>
    Object.keys(data).every((key) => check(name, { data: key, trail, propertyName: key, tell })),
  additionalProperties: (others: boolean | JsonObject, place, schema) => {
    if (others === true) return true;
    const { data, trail, tell } = place;
    const known = (schema['properties'] ?? {}) as JsonObject;
    return Object.keys(data).every((key) => {
      if (Object.hasOwn(known, key)) return true;
      if (others === false) return wrong('additionalProperties', place, schema, key);
      return check(others, { data: data[key], trail: { around: trail, step: key }, tell });
    });
  },
  properties: (known: Readonly<Record<string, JsonObject>>, { data, trail, tell }) => {
    for (const key in known) {
      const member = known[key];
      if (member === undefined || data[key] === undefined) continue;
      if (!check(member, { data: data[key], trail: { around: trail, step: key }, tell })) return false;
    }
    return true;
  },
};

/** In the order in which ajv looks at them. */
const groups = [
  { type: 'number', checks: ofNumbers },
  { type: 'string', checks: ofTexts },
  { type: 'array', checks: ofLists },
  { type: 'object', checks: ofTables },
] as const;

/** Every keyword that a schema may have; the rest only describes. */
export const checkedKeywords: readonly string[] = [
  'type',
  'then',
  'else',
  ...[general, ...groups.map(({ checks }) => checks)].flatMap((checks) => Object.keys(checks)),
];

/** What a schema asks, put in order the first time that something is checked by it. */
interface Plan {
  readonly types: readonly string[];
  /** A wrong type is told first, but a single type that has keywords of its own is told where those are. */
  readonly typeIsLate: boolean;
  readonly general: readonly Step[];
  readonly groups: readonly { readonly type: string; readonly steps: readonly Step[] }[];
}

interface Step {
  readonly wanted: never;
  readonly meets: Check<unknown>;
}

const plans = new WeakMap<JsonObject, Plan>();

function planOf(schema: JsonObject): Plan {
  const known = plans.get(schema);
  if (known !== undefined) return known;
  const types = [schema['type'] ?? []].flat() as readonly string[];
  const asked = groups.map(({ type, checks }) => ({ type, steps: stepsOf(schema, checks as typeof general) }));
  const own = asked.filter(({ steps }) => steps.length > 0);
  const typeIsLate = types.length === 1 && own.some(({ type }) => type === types[0]);
  const plan = { types, typeIsLate, general: stepsOf(schema, general), groups: own };
  plans.set(schema, plan);
  return plan;
}

function stepsOf(schema: JsonObject, checks: Readonly<Record<string, Check<unknown>>>): readonly Step[] {
  const asked = Object.entries(checks).filter(([keyword]) => schema[keyword] !== undefined);
  return asked.map(([keyword, meets]) => ({ wanted: schema[keyword] as never, meets }));
}

function check(schema: JsonObject, place: Place): boolean {
  const plan = planOf(schema);
  const { data } = place;
  const isTyped = plan.types.length === 0 || plan.types.some((type) => isOfType(data, type));
  if (!isTyped && !plan.typeIsLate && !wrong('type', place, schema)) return false;
  if (!plan.general.every(({ wanted, meets }) => meets(wanted, place, schema))) return false;
  return plan.groups.every(({ type, steps }) => {
    if (isOfType(data, type)) return steps.every(({ wanted, meets }) => meets(wanted, place, schema));
    return isTyped || !plan.typeIsLate || type !== plan.types[0] || wrong('type', place, schema);
  });
}

function wrong(keyword: string, place: Place, schema: JsonObject, key?: string): boolean {
  const { data, trail, propertyName, tell } = place;
  const wanted = key ?? schema[keyword];
  return tell({
    keyword,
    path: pathOf(trail),
    data,
    ...(propertyName === undefined ? {} : { propertyName }),
    wanted,
    schema,
  });
}

function isOfType(data: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return data === null;
    case 'array':
      return Array.isArray(data);
    case 'object':
      return data !== null && typeof data === 'object' && !Array.isArray(data);
    case 'integer':
      return typeof data === 'number' && !Number.isNaN(data) && !(data % 1);
    default:
      return typeof data === type;
  }
}

function pathOf(trail: Trail | null): DocumentPath {
  const path: DocumentPath[number][] = [];
  for (let at = trail; at !== null; at = at.around) path.unshift(at.step);
  return path;
}

/** Characters are code points (JSON Schema validation, 6.3.1), of which a text has no more than units and at least half as many. */
function isAtMost(text: string, limit: number): boolean {
  return text.length <= limit || lengthOf(text) <= limit;
}

function isAtLeast(text: string, limit: number): boolean {
  return text.length >= 2 * limit || lengthOf(text) >= limit;
}

function lengthOf(text: string): number {
  let surrogates = 0;
  for (const _ of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) surrogates++;
  return text.length - surrogates;
}

const patterns = new Map<string, RegExp>();

function patternOf(source: string): RegExp {
  const known = patterns.get(source) ?? new RegExp(source, 'u');
  patterns.set(source, known);
  return known;
}
