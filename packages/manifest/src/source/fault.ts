import {
  type ErrorCode,
  type ErrorDetail,
  type ErrorFields,
  WeighbridgeError,
  weighbridgeError,
} from '@weighbridge/core';
import type { Position } from './line-index.js';

/** Keys and list indexes from the root of a document to one of its values. */
export type DocumentPath = readonly (string | number)[];

/** One thing that is wrong with a file, where, and what to do about it. `code` is one of core's error catalogue. */
export interface Fault extends ErrorDetail {
  readonly path: DocumentPath;
  readonly code: ErrorCode;
}

/** What reading a file came to: the checked value and where its parts stand, or every fault at once, in file order. */
export type Parsed<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** Where a value stands, counting from 1: a scalar itself, a map or list by its key; null when it is not written. */
      locate(path: DocumentPath): Position | null;
    }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** A list that is longer helps nobody: the rest is told as one last fault. */
export const maxListedFaults = 100;

/** Of a file that is wrong from end to end, no more faults than this are put into words. */
export const maxExplainedFaults = 1000;

/** A fault from the error catalogue; the compiler asks for each field that its texts name. */
export function makeFault<Code extends ErrorCode>(
  at: { readonly file: string; readonly position: Position; readonly path: DocumentPath },
  code: Code,
  fields: ErrorFields<Code>,
): Fault {
  const { message, remedy } = new WeighbridgeError(code, fields);
  return { file: at.file, ...at.position, path: at.path, code, message, remedy };
}

/** Faults in file order, the same fault once, and no more than `maxListedFaults` and one that counts the rest. */
export function orderFaults(faults: readonly Fault[]): readonly Fault[] {
  const seen = new Set<string>();
  const sorted = [...faults].sort((left, right) => left.line - right.line || left.column - right.column);
  const distinct = sorted.filter((fault) => {
    const key = `${fault.line}:${fault.column}:${fault.code}:${fault.message}`;
    return seen.has(key) ? false : seen.add(key);
  });
  const rest = distinct.length - maxListedFaults;
  const last = distinct[maxListedFaults];
  if (rest <= 0 || last === undefined) return distinct;
  const at = { file: last.file, position: { line: last.line, column: last.column }, path: [] };
  return [...distinct.slice(0, maxListedFaults), makeFault(at, 'manifest/too-many-faults', { count: rest })];
}

/** The faults of a file as the one error that ends a command: manifest/invalid, with every fault in `details`. */
export function faultsError(faults: readonly Fault[]): WeighbridgeError {
  const [first] = faults;
  return weighbridgeError(
    'manifest/invalid',
    {
      file: first?.file ?? 'the file',
      count: faults.length,
      line: first?.line ?? 1,
      first: first?.message ?? 'unknown',
    },
    { details: faults },
  );
}
