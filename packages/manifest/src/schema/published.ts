import type { JsonObject } from '@weighbridge/core';

/** Names of the published schemas; each is schemas/<name>.schema.json. */
export const schemaNames = ['model', 'stages', 'weighbridge', 'artifacts-lock', 'retrieval', 'run'] as const;
export type SchemaName = (typeof schemaNames)[number];

/** Where editors find the schemas, as the first line of a file names it. */
export function schemaAddress(name: SchemaName): string {
  return `https://raw.githubusercontent.com/weighbridge-dev/weighbridge/main/schemas/${name}.schema.json`;
}

/** The line by which editors with a YAML language server know the schema of a file. */
export function schemaLine(name: SchemaName): string {
  return `# yaml-language-server: $schema=${schemaAddress(name)}`;
}

/** Adds dialect and identity to a schema. */
export function published(name: SchemaName, schema: JsonObject): JsonObject {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: schemaAddress(name), ...schema };
}
