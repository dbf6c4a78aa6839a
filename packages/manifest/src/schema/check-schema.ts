import type { JsonObject } from '@weighbridge/core';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { type DocumentPath, type Fault, maxExplainedFaults } from '../source/fault.js';
import type { SourceDocument } from '../source/source-document.js';
import { explainViolation } from './explain-violation.js';
import { publishedSchemas } from './index.js';
import type { SchemaName } from './published.js';

/** A schema that was compiled as far as documents with certain keys need it; null: all of it. */
interface Compiled {
  readonly keys: ReadonlySet<string> | null;
  readonly validate: ValidateFunction;
}

/**
 * Compiling a schema takes longer than checking by it, so each is compiled when the first file needs it, and then without
 * what is said of keys that the file does not have: a quarter of the start of a command would be spent on those of a policy.
 * When another file has further keys, it is compiled once more, whole.
 */
const compiled = new Map<SchemaName, Compiled>();

/**
 * Faults of a document against a published schema. Programs write locks, and they are large, so of those the first
 * fault is enough; of files that people write, all are told.
 */
export function checkSchema(name: SchemaName, document: SourceDocument): readonly Fault[] {
  const validate = validator(name, document.value);
  if (validate(document.value)) return [];
  const faults: Fault[] = [];
  const mistyped = new Set<string>();
  for (const error of validate.errors ?? []) {
    if (error.keyword === 'type') {
      // A condition in a schema says the type again.
      if (mistyped.has(error.instancePath)) continue;
      mistyped.add(error.instancePath);
    }
    if (faults.length >= maxExplainedFaults) break;
    const fault = explainViolation(error, document, pathOf(error, document.value));
    if (fault !== null) faults.push(fault);
  }
  return faults;
}

/** Whether a value is as a published schema asks, without saying what is not. */
export function fitsSchema(name: SchemaName, value: unknown): boolean {
  return validator(name, value)(value);
}

function validator(name: SchemaName, value: unknown): ValidateFunction {
  const found = keysOf(value);
  const before = compiled.get(name);
  if (before !== undefined && (before.keys === null || isWithin(found, before.keys))) return before.validate;
  const keys = before === undefined ? new Set(found) : null;
  // The standard keywords of draft 2020-12 are all that the schemas use; what they hold is tested when they are published.
  const ajv = new Ajv2020({
    allErrors: name !== 'artifacts-lock',
    verbose: true,
    strict: false,
    validateSchema: false,
    meta: false,
    // What is run once is not worth to be made faster.
    code: { optimize: false },
  });
  const schema = publishedSchemas[name];
  const validate = ajv.compile(keys === null ? schema : schemaOfKeys(schema, keys));
  compiled.set(name, { keys, validate });
  return validate;
}

function keysOf(value: unknown): readonly string[] {
  return value === null || typeof value !== 'object' ? [] : Object.keys(value);
}

function isWithin(found: readonly string[], keys: ReadonlySet<string>): boolean {
  return found.every((key) => keys.has(key));
}

/**
 * The same schema for every value that has none but these keys. Of the others it is left that they exist, and all of those
 * that may not be missing, which a message describes.
 */
function schemaOfKeys(schema: JsonObject, keys: ReadonlySet<string>): JsonObject {
  const { properties = {}, required = [] } = schema as { properties?: JsonObject; required?: readonly string[] };
  const isNeeded = (key: string) => keys.has(key) || required.includes(key);
  const kept = Object.entries(properties).map(([key, property]) => [key, isNeeded(key) ? property : true]);
  return { ...schema, properties: Object.fromEntries(kept) };
}

/** JSON Pointer (RFC 6901) to a path: a step into a list is a number, into a map a key, whatever it looks like. */
function pathOf(error: ErrorObject, root: unknown): DocumentPath {
  let around = root;
  return error.instancePath
    .split('/')
    .slice(1)
    .map((step) => {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
      const inList = Array.isArray(around);
      around = (around as Record<string, unknown> | null)?.[key];
      return inList ? Number(key) : key;
    });
}
