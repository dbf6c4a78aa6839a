import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { type DocumentPath, type Fault, maxExplainedFaults } from '../source/fault.js';
import type { SourceDocument } from '../source/source-document.js';
import { explainViolation } from './explain-violation.js';
import { publishedSchemas } from './index.js';
import type { SchemaName } from './published.js';

/** Compiling a schema takes longer than checking by it, so each is compiled when the first file needs it. */
const compiled = new Map<SchemaName, ValidateFunction>();

/**
 * Faults of a document against a published schema. Programs write locks, and they are large, so of those the first
 * fault is enough; of files that people write, all are told.
 */
export function checkSchema(name: SchemaName, document: SourceDocument): readonly Fault[] {
  const validate = validator(name);
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
  return validator(name)(value);
}

function validator(name: SchemaName): ValidateFunction {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  // The standard keywords of draft 2020-12 are all that the schemas use; what they hold is tested when they are published.
  const ajv = new Ajv2020({
    allErrors: name !== 'artifacts-lock',
    verbose: true,
    strict: false,
    validateSchema: false,
  });
  const validate = ajv.compile(publishedSchemas[name]);
  compiled.set(name, validate);
  return validate;
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
