import type { JsonObject, JsonValue } from '@weighbridge/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { checkedKeywords, findViolations } from './find-violations.js';
import { publishedSchemas } from './index.js';
import { schemaNames } from './published.js';

const descriptive = ['$schema', '$id', 'title', 'description', 'examples', 'default'];
const documentsOfEach = 400;

/** Every schema within a schema, itself included. */
function* within(schema: JsonObject): Generator<JsonObject> {
  yield schema;
  const members = Object.values((schema['properties'] ?? {}) as Record<string, JsonObject>);
  const others = ['items', 'additionalProperties', 'propertyNames', 'if', 'then', 'else'].map((key) => schema[key]);
  for (const inner of [...members, ...others])
    if (typeof inner === 'object' && inner !== null) yield* within(inner as JsonObject);
}

/** Numbers in [0, 1) from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const oddValues: readonly JsonValue[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  '',
  'x',
  '\u{1f600}'.repeat(3),
  'y'.repeat(5000),
  [],
  ['x'],
  {},
  { x: 1 },
];

/** A value of a schema, but for what goes wrong here and there. */
function valueOf(schema: JsonObject, random: () => number, wrongRate: number): JsonValue {
  const pick = (values: readonly JsonValue[]): JsonValue => values[Math.floor(random() * values.length)] ?? null;
  if (random() < wrongRate) return pick(oddValues);
  const [key, told] =
    Object.entries(((schema['if'] as JsonObject)?.['properties'] ?? {}) as Record<string, JsonObject>)[0] ?? [];
  if (key !== undefined && random() < 0.9) {
    const branch = schema[random() < 0.5 ? 'then' : 'else'];
    const chosen = branch === undefined ? {} : valueOf(branch as JsonObject, random, wrongRate);
    if (branch !== schema['then'] || typeof chosen !== 'object' || chosen === null || Array.isArray(chosen))
      return chosen;
    return { ...(chosen as JsonObject), [key]: told?.['const'] ?? 'x' };
  }
  const type = pick([schema['type'] ?? 'object'].flat() as readonly JsonValue[]);
  const examples = (schema['examples'] ?? []) as readonly JsonValue[];
  if (type === 'array') {
    const count = Math.floor(random() * 4) + (random() < 0.01 ? 1001 : 0);
    return Array.from({ length: count }, () => valueOf(schema['items'] as JsonObject, random, wrongRate));
  }
  if (type !== 'object') return examples.length > 0 ? pick(examples) : pick(oddValues);
  const made: Record<string, JsonValue> = {};
  for (const [key, member] of Object.entries((schema['properties'] ?? {}) as Record<string, JsonObject>))
    if (random() < 0.4) made[key] = valueOf(member, random, wrongRate);
  const others = schema['additionalProperties'];
  if (typeof others === 'object') {
    for (const name of ['a', 'staging', 'Not A Name', '-'].slice(0, Math.floor(random() * 5)))
      made[name] = valueOf(others as JsonObject, random, wrongRate);
  }
  if (random() < wrongRate) made['unheard-of'] = 1;
  return made;
}

/** What ajv tells of a value, but that a branch or a name is wrong when what is wrong with it is told already. */
function toldByAjv(validate: ReturnType<Ajv2020['compile']>, value: JsonValue): readonly string[] {
  void validate(value);
  const told = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames');
  return told.map(({ keyword, instancePath, propertyName, params }) => {
    const about = params as { missingProperty?: string; additionalProperty?: string };
    return [keyword, instancePath, propertyName ?? '', about.missingProperty ?? about.additionalProperty ?? ''].join(
      ' ',
    );
  });
}

function toldByUs(schema: JsonObject, value: JsonValue): readonly string[] {
  const told: string[] = [];
  findViolations(schema, value, ({ keyword, path, propertyName, wanted }) => {
    const pointer = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    const key = keyword === 'required' || keyword === 'additionalProperties' ? String(wanted) : '';
    return told.push([keyword, pointer, propertyName ?? '', key].join(' ')) > 0;
  });
  return told;
}

describe.each(schemaNames)('violations of the schema %s', (name) => {
  const schema = publishedSchemas[name];

  it('are looked for by every keyword that it has', () => {
    const used = new Set([...within(schema)].flatMap((part) => Object.keys(part)));
    expect([...used].filter((keyword) => !checkedKeywords.includes(keyword) && !descriptive.includes(keyword))).toEqual(
      [],
    );
  });

  it('are those that ajv tells, in its order', () => {
    const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
    const keywords = new Set<string>();
    let valid = 0;
    for (let seed = 0; seed < documentsOfEach; seed++) {
      const value = valueOf(schema, randomFrom(seed), seed % 2 === 0 ? 0.06 : 0.005);
      const told = toldByUs(schema, value);
      expect(told, `${seed}: ${JSON.stringify(value)?.slice(0, 2000)}`).toEqual(toldByAjv(validate, value));
      expect(findViolations(schema, value, () => false)).toBe(told.length === 0);
      for (const line of told) keywords.add(line.split(' ')[0] ?? '');
      if (told.length === 0) valid++;
    }
    // Enough of both kinds for the comparison to mean something.
    expect(valid).toBeGreaterThan(5);
    expect(keywords).toContain('type');
    expect(keywords.size).toBeGreaterThan(2);
  });
});

it('of numbers that are none are told as ajv tells them', () => {
  for (const type of ['integer', 'number'])
    for (const value of [NaN, Infinity, -Infinity, -0, 2 ** 53, 0.1]) {
      const schema: JsonObject = { type, minimum: -1, maximum: 5 };
      const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
      expect(toldByUs(schema, value), `${type} ${value}`).toEqual(toldByAjv(validate, value));
    }
});
