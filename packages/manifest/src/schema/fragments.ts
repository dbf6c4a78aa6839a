import type { JsonObject, JsonValue } from '@weighbridge/core';

/** What an editor shows for a key, and what messages are made of: `title` names what is expected there. */
export interface About {
  readonly title: string;
  readonly description: string;
  readonly examples: readonly JsonValue[];
  readonly default?: JsonValue;
}

/** Bounds that hold for everything that people write here. */
export const maxText = 2048;
export const maxItems = 1000;

export function text(about: About, rules: JsonObject = {}): JsonObject {
  return { ...about, type: 'string', minLength: 1, maxLength: maxText, ...rules };
}

export function choice(about: About, choices: readonly string[]): JsonObject {
  return { ...about, type: 'string', enum: choices };
}

export function list(about: About, items: JsonObject, rules: JsonObject = {}): JsonObject {
  return { ...about, type: 'array', items, maxItems, ...rules };
}

export function whole(about: About, range: { readonly minimum: number; readonly maximum: number }): JsonObject {
  return { ...about, type: 'integer', ...range };
}

/** A map with fixed keys; every other key is a fault. */
export function record(
  about: About,
  properties: Readonly<Record<string, JsonObject>>,
  required: readonly string[] = [],
): JsonObject {
  const strict: JsonObject = { ...about, type: 'object', properties, additionalProperties: false };
  return required.length === 0 ? strict : { ...strict, required };
}

/**
 * One of several records, told apart by the value of one key, so that a fault is told of the record that was meant.
 * Where no record has the value, the key alone is at fault.
 */
export function variants(
  about: About,
  { key, of }: { readonly key: string; readonly of: Readonly<Record<string, JsonObject>> },
): JsonObject {
  const names = Object.keys(of);
  const which = choice({ title: key, description: `One of ${names.join(', ')}.`, examples: names }, names);
  const unknown: JsonObject = {
    ...about,
    type: 'object',
    properties: { [key]: which },
    required: [key],
    additionalProperties: true,
  };
  return Object.entries(of).reduceRight<JsonObject>(
    (otherwise, [name, schema]) => ({
      ...about,
      type: 'object',
      if: { type: 'object', properties: { [key]: { const: name } }, required: [key] },
      then: schema,
      else: otherwise,
    }),
    unknown,
  );
}

/** A map whose keys are names that the writer chooses. */
export function table(about: About, names: JsonObject, values: JsonObject): JsonObject {
  return { ...about, type: 'object', propertyNames: names, additionalProperties: values, maxProperties: maxItems };
}

/** A threshold: a number, or text where the number needs quotes. Its digits are kept exactly as written. */
export function decimal(about: About): JsonObject {
  return { ...about, type: ['number', 'string'], pattern: '^[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d{1,4})?$' };
}

/** As decimal, and percentages. */
export function fraction(about: About): JsonObject {
  return {
    ...about,
    type: ['number', 'string'],
    pattern: '^[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d{1,4})? ?%?$',
  };
}

/** The same schema where nothing may stand instead. */
export function optional(schema: JsonObject): JsonObject {
  const { type } = schema;
  return { ...schema, type: [...(Array.isArray(type) ? type : [type ?? 'string']), 'null'] };
}

/** What each element of a list or each name of a map is, where the list itself was described. */
export function element(
  title: string,
  description: string,
  examples: readonly JsonValue[],
  rules: JsonObject,
): JsonObject {
  return { title, description, examples, ...rules };
}

/** Words between slashes, which need no escape in an address and are neither `.` nor `..`. */
export const keyPrefixWords =
  "(?!\\.{1,2}(?:/|$))[A-Za-z0-9!_.*'()=-]+(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9!_.*'()=-]+)*/?";
export const modelNamePattern = '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$';
export const idPattern = '^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$';
/** A login of the forge, with or without @. */
export const personPattern = '^@?[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\\[bot\\])?$';
/** A login, or a team as @org/team. */
export const loginPattern = '^@?[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:/[A-Za-z0-9][A-Za-z0-9_.-]{0,99}|\\[bot\\])?$';
export const stageNamePattern = '^[a-zA-Z0-9](?:[a-zA-Z0-9_/-]{0,61}[a-zA-Z0-9])?$';
export const digestPattern = '^sha256:[0-9a-f]{64}$';
export const durationPattern = '^\\d{1,7}[wdhms]$';
/** ISO 8601, without negative parts. */
export const isoDurationPattern =
  '^P(?=\\d|T\\d)(?:\\d+Y)?(?:\\d+M)?(?:\\d+W)?(?:\\d+D)?(?:T(?=\\d)(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d+)?S)?)?$';
