import type { JsonObject } from '@weighbridge/core';
import { artifactsLockSchema } from './artifacts-lock.js';
import { modelSchema } from './model.js';
import type { SchemaName } from './published.js';
import { retrievalSchema } from './retrieval.js';
import { runSchema } from './run.js';
import { stagesSchema } from './stages.js';
import { weighbridgeSchema } from './weighbridge.js';

/** The JSON Schemas (draft 2020-12) that editors read and that every file is checked by: one source for both. */
export const publishedSchemas: Readonly<Record<SchemaName, JsonObject>> = {
  model: modelSchema,
  stages: stagesSchema,
  weighbridge: weighbridgeSchema,
  'artifacts-lock': artifactsLockSchema,
  retrieval: retrievalSchema,
  run: runSchema,
};

/** The text of `schemas/<name>.schema.json`. */
export function formatSchema(name: SchemaName): string {
  return `${JSON.stringify(publishedSchemas[name], null, 2)}\n`;
}
