import { type Fault, maxExplainedFaults } from '../source/fault.js';
import type { SourceDocument } from '../source/source-document.js';
import { explainViolation } from './explain-violation.js';
import { findViolations } from './find-violations.js';
import { publishedSchemas } from './index.js';
import type { SchemaName } from './published.js';

/**
 * Faults of a document against a published schema. Programs write locks, and they are large, so of those the first
 * fault is enough; of files that people write, all are told.
 */
export function checkSchema(name: SchemaName, document: SourceDocument): readonly Fault[] {
  const faults: Fault[] = [];
  const mistyped = new Set<string>();
  const goesOn = (): boolean => name !== 'artifacts-lock' && faults.length < maxExplainedFaults;
  findViolations(publishedSchemas[name], document.value, (violation) => {
    if (violation.keyword === 'type') {
      // A condition in a schema says the type again.
      const place = JSON.stringify(violation.path);
      if (mistyped.has(place)) return goesOn();
      mistyped.add(place);
    }
    const fault = explainViolation(violation, document);
    if (fault !== null) faults.push(fault);
    return goesOn();
  });
  return faults;
}

/** Whether a value is as a published schema asks, without saying what is not. */
export function fitsSchema(name: SchemaName, value: unknown): boolean {
  return findViolations(publishedSchemas[name], value, () => false);
}
