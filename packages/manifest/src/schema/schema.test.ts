import { readFileSync } from 'node:fs';
import type { JsonObject, JsonValue } from '@weighbridge/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { formatSchema, publishedSchemas } from './index.js';
import { schemaAddress, schemaNames } from './published.js';

const folder = new URL('../../../../schemas/', import.meta.url);

/** Every schema of a key within a schema, with the path of keys to it. */
function* keys(schema: JsonObject, path: string): Generator<readonly [string, JsonObject]> {
  for (const [key, property] of Object.entries((schema['properties'] ?? {}) as JsonObject)) {
    yield [`${path}.${key}`, property as JsonObject];
    yield* keys(property as JsonObject, `${path}.${key}`);
  }
  for (const within of ['items', 'additionalProperties', 'then', 'else', 'propertyNames']) {
    const inner: JsonValue | undefined = schema[within];
    if (inner === undefined || typeof inner !== 'object') continue;
    yield [`${path}/${within}`, inner as JsonObject];
    yield* keys(inner as JsonObject, `${path}/${within}`);
  }
}

describe.each(schemaNames)('schema %s', (name) => {
  const schema = publishedSchemas[name];

  it('is published as it is (run "node tools/gen-schemas.mjs" after a build)', () => {
    expect(readFileSync(new URL(`${name}.schema.json`, folder), 'utf8')).toBe(formatSchema(name));
    expect(schema['$id']).toBe(schemaAddress(name));
  });

  it('is a schema of draft 2020-12 that a strict validator takes', () => {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true });
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(() => ajv.compile(schema)).not.toThrow();
  });

  it('describes every key and gives examples that hold', () => {
    const ajv = new Ajv2020({ strict: false });
    for (const [path, described] of keys(schema, name)) {
      expect(described['title'], `${path} title`).toBeTypeOf('string');
      expect(described['description'], `${path} description`).toBeTypeOf('string');
      expect(Array.isArray(described['examples']), `${path} examples`).toBe(true);
      const illustrative =
        /…/.test(JSON.stringify(described['examples'])) || path.startsWith('artifacts-lock.artifacts');
      if (illustrative) continue;
      for (const example of described['examples'] as readonly JsonValue[]) {
        expect(ajv.validate(described, example), `${path}: ${JSON.stringify(example)}`).toBe(true);
      }
    }
  });

  it('closes every map of fixed keys', () => {
    const maps = [['', schema] as const, ...keys(schema, name)].filter(([, described]) => 'properties' in described);
    const open = maps.filter(([, described]) => !('additionalProperties' in described)).map(([path]) => path);
    expect(maps.length).toBeGreaterThan(0);
    expect(open).toEqual([]);
  });
});
