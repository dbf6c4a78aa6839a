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

/** Where a value is that is looked at, and whom to tell what is wrong with it. */
class Walk {
  /** Changed with each step: a path is only kept where something is wrong. */
  readonly path: DocumentPath[number][] = [];
  /** While the name of a member is looked at. */
  propertyName: string | undefined;
  readonly tell: Tell;

  constructor(tell: Tell) {
    this.tell = tell;
  }
}

/** Answers whether to go on. */
type Check<Value> = (wanted: never, data: Value, walk: Walk, schema: JsonObject) => boolean;

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
  check(schema, data, new Walk(told));
  return isValid;
}

function fits(schema: JsonObject, data: unknown): boolean {
  return findViolations(schema, data, () => false);
}

/** Those that speak of values of any type. */
const general: Readonly<Record<string, Check<unknown>>> = {
  const: (wanted: unknown, data, walk, schema) => data === wanted || wrong('const', data, walk, schema),
  enum: (wanted: readonly unknown[], data, walk, schema) => wanted.includes(data) || wrong('enum', data, walk, schema),
  // Only branches tell: which of them it is says what the value was meant to be.
  if: (condition: JsonObject, data, walk, { then, else: otherwise }) =>
    check((fits(condition, data) ? then : otherwise) as JsonObject, data, walk),
};

const ofNumbers: Readonly<Record<string, Check<number>>> = {
  maximum: (limit: number, data, walk, schema) => data <= limit || wrong('maximum', data, walk, schema),
  minimum: (limit: number, data, walk, schema) => data >= limit || wrong('minimum', data, walk, schema),
};

const ofTexts: Readonly<Record<string, Check<string>>> = {
  maxLength: (limit: number, data, walk, schema) => isAtMost(data, limit) || wrong('maxLength', data, walk, schema),
  minLength: (limit: number, data, walk, schema) => isAtLeast(data, limit) || wrong('minLength', data, walk, schema),
  pattern: (source: string, data, walk, schema) => patternOf(source).test(data) || wrong('pattern', data, walk, schema),
};

const ofLists: Readonly<Record<string, Check<readonly unknown[]>>> = {
  maxItems: (limit: number, data, walk, schema) => data.length <= limit || wrong('maxItems', data, walk, schema),
  minItems: (limit: number, data, walk, schema) => data.length >= limit || wrong('minItems', data, walk, schema),
  items: (element: JsonObject, data, walk) => {
    for (let index = 0; index < data.length; index++) if (!checkInside(element, data[index], walk, index)) return false;
    return true;
  },
};

type Table = Readonly<Record<string, unknown>>;

/** What a schema asks of one member. As a list: to go through the keys of a large schema makes a list of them each time. */
interface Member {
  readonly key: string;
  readonly schema: JsonObject;
}

const ofTables: Readonly<Record<string, Check<Table>>> = {
  maxProperties: (limit: number, data, walk, schema) =>
    Object.keys(data).length <= limit || wrong('maxProperties', data, walk, schema),
  required: (keys: readonly string[], data, walk, schema) => {
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] as string;
      if (data[key] === undefined && !wrong('required', data, walk, schema, key)) return false;
    }
    return true;
  },
  propertyNames: (name: JsonObject, data, walk) => {
    for (const key in data) {
      walk.propertyName = key;
      if (!check(name, key, walk)) return false;
    }
    walk.propertyName = undefined;
    return true;
  },
  additionalProperties: (others: boolean | JsonObject, data, walk, schema) => {
    if (others === true) return true;
    const known = (schema['properties'] ?? {}) as JsonObject;
    for (const key in data) {
      if (Object.hasOwn(known, key)) continue;
      const goesOn =
        others === false
          ? wrong('additionalProperties', data, walk, schema, key)
          : checkInside(others, data[key], walk, key);
      if (!goesOn) return false;
    }
    return true;
  },
  properties: (members: readonly Member[], data, walk) => {
    for (let at = 0; at < members.length; at++) {
      const { key, schema } = members[at] as Member;
      const value = data[key];
      if (value !== undefined && !checkInside(schema, value, walk, key)) return false;
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
  readonly groups: readonly Group[];
}

/** What it asks of values of one type. */
interface Group {
  readonly type: string;
  readonly steps: readonly Step[];
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
  return asked.map(([keyword, meets]) => ({ wanted: prepared(keyword, schema[keyword]) as never, meets }));
}

function prepared(keyword: string, wanted: unknown): unknown {
  if (keyword !== 'properties') return wanted;
  return Object.entries(wanted as JsonObject).map(([key, schema]) => ({ key, schema }));
}

function check(schema: JsonObject, data: unknown, walk: Walk): boolean {
  const plan = planOf(schema);
  const { types, typeIsLate, groups } = plan;
  const isTyped = types.length === 0 || isOfOne(data, types);
  if (!isTyped && !typeIsLate && !wrong('type', data, walk, schema)) return false;
  if (!meetsAll(plan.general, data, walk, schema)) return false;
  for (let at = 0; at < groups.length; at++) {
    const { type, steps } = groups[at] as Group;
    const goesOn = isOfType(data, type)
      ? meetsAll(steps, data, walk, schema)
      : isTyped || !typeIsLate || type !== types[0] || wrong('type', data, walk, schema);
    if (!goesOn) return false;
  }
  return true;
}

function meetsAll(steps: readonly Step[], data: unknown, walk: Walk, schema: JsonObject): boolean {
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at] as Step;
    if (!step.meets(step.wanted, data, walk, schema)) return false;
  }
  return true;
}

function checkInside(schema: JsonObject, data: unknown, walk: Walk, step: DocumentPath[number]): boolean {
  walk.path.push(step);
  const goesOn = check(schema, data, walk);
  walk.path.pop();
  return goesOn;
}

function wrong(
  keyword: string,
  data: unknown,
  { path, propertyName, tell }: Walk,
  schema: JsonObject,
  key?: string,
): boolean {
  return tell({
    keyword,
    path: [...path],
    data,
    ...(propertyName === undefined ? {} : { propertyName }),
    wanted: key ?? schema[keyword],
    schema,
  });
}

function isOfOne(data: unknown, types: readonly string[]): boolean {
  return types.length === 1 ? isOfType(data, types[0] as string) : types.some((type) => isOfType(data, type));
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
