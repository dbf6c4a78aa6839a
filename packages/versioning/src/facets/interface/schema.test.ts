import type { JsonObject, JsonValue } from '@weighbridge/core';
import { describe, expect, test } from 'vitest';
import { compareSchemas } from './schema.js';

const kinds = (from: JsonValue, to: JsonValue, direction: 'input' | 'output' = 'input'): string[] =>
  compareSchemas(from, to, { direction, file: 'interface.json' }).map(({ kind }) =>
    kind.replace(/^(?:input|output)-/, ''),
  );
const nested = (leaf: JsonObject): JsonObject => ({
  type: 'object',
  properties: { list: { type: 'array', items: { type: 'object', properties: { leaf } } } },
});

describe('two schemas', () => {
  test.each<readonly [string, JsonValue, JsonValue, string, string]>([
    ['a longer text allowed', { maxLength: 5 }, { maxLength: 9 }, 'widened', 'widened'],
    ['a higher least value', { minimum: 0 }, { minimum: 1 }, 'narrowed', 'narrowed'],
    ['a pattern where there was none', {}, { pattern: '^a' }, 'narrowed', 'narrowed'],
    ['another pattern', { pattern: '^a' }, { pattern: '^b' }, 'retyped', 'retyped'],
    ['null allowed', { type: 'string' }, { type: ['string', 'null'] }, 'widened', 'widened'],
    [
      'null allowed, as OpenAPI writes it',
      { type: 'string' },
      { type: 'string', nullable: true },
      'widened',
      'widened',
    ],
    ['an integer only', { type: 'number' }, { type: 'integer' }, 'narrowed', 'narrowed'],
    ['no further properties', {}, { additionalProperties: false }, 'narrowed', 'narrowed'],
    ['further properties', { additionalProperties: false }, {}, 'widened', 'added'],
    [
      'an alternative gone',
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
      { anyOf: [{ type: 'string' }] },
      'narrowed',
      'narrowed',
    ],
    [
      'a further alternative',
      { oneOf: [{ type: 'string' }] },
      { oneOf: [{ type: 'string' }, { type: 'null' }] },
      'widened',
      'widened',
    ],
    [
      'a further condition',
      { allOf: [{ minimum: 1 }] },
      { allOf: [{ minimum: 1 }, { maximum: 9 }] },
      'narrowed',
      'narrowed',
    ],
    [
      'a change within an alternative',
      { anyOf: [{ type: 'string', maxLength: 5 }] },
      { anyOf: [{ type: 'string', maxLength: 9 }] },
      'widened',
      'widened',
    ],
    ['a change deep within', nested({ type: 'string' }), nested({ type: 'integer' }), 'retyped', 'retyped'],
    ['anything at all', { type: 'string' }, true, 'widened', 'widened'],
    ['a condition that cannot be told', { not: { const: 1 } }, { not: { const: 2 } }, 'retyped', 'retyped'],
    ['a constant', { const: 'a' }, { enum: ['a', 'b'] }, 'widened', 'widened'],
    [
      'items of a tuple',
      { prefixItems: [{ type: 'string' }] },
      { prefixItems: [{ type: 'string' }, { type: 'string' }] },
      'narrowed',
      'narrowed',
    ],
  ])('%s', (_, from, to, asInput, asOutput) => {
    expect(kinds(from, to)).toEqual([asInput]);
    expect(kinds(from, to, 'output')).toEqual([asOutput]);
    expect(kinds(from, from)).toEqual([]);
  });

  test('are the same in another order of types, values and keys', () => {
    expect(
      kinds(
        { type: ['null', 'string'], enum: ['a', 'b'], required: ['x', 'y'] },
        { required: ['y', 'x'], enum: ['b', 'a'], type: ['string', 'null'] },
      ),
    ).toEqual([]);
  });

  test('are compared through their definitions, also where these use themselves', () => {
    const tree = (value: JsonObject): JsonObject => ({
      $ref: '#/$defs/node',
      $defs: {
        node: {
          type: 'object',
          properties: { value, left: { $ref: '#/$defs/node' }, right: { $ref: '#/$defs/node' } },
        },
      },
    });
    expect(kinds(tree({ type: 'string' }), tree({ type: 'string' }))).toEqual([]);
    expect(kinds(tree({ type: 'string' }), tree({ type: 'integer' }))).toEqual(['retyped']);
  });

  test('with references that go in a circle or nowhere come to an end', () => {
    const circle: JsonObject = { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } };
    expect(kinds(circle, { ...circle, title: 'x' })).toEqual([]);
    expect(kinds({ $ref: '#/nowhere' }, { $ref: 'https://example.org/x' })).toEqual([]);
    expect(kinds({ properties: JSON.parse('{"__proto__": {"type": "string"}}') }, { properties: {} })).toEqual([
      'removed',
    ]);
  });

  test('that are deeper than anybody writes are told so', () => {
    const deep = (leaf: JsonObject): JsonObject =>
      Array.from({ length: 60 }).reduce<JsonObject>((inner) => ({ items: inner }), leaf);
    expect(kinds(deep({ type: 'string' }), deep({ type: 'integer' }))).toEqual(['keyword']);
  });
});
