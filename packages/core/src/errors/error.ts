import { type ErrorCode, errorCatalogue } from './catalogue.js';
import type { ErrorDefinition, ExitCode } from './definition.js';

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The fields that the texts of an error name, so that none can be forgotten where it is raised. */
export type ErrorFields<Code extends ErrorCode> = {
  readonly [Name in
    | Placeholders<(typeof errorCatalogue)[Code]['message']>
    | Placeholders<(typeof errorCatalogue)[Code]['remedy']>]: string | number;
};

/** One of several places that an error speaks of, such as every fault of a file. Lines and columns count from 1. */
export interface ErrorDetail {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly remedy?: string;
}

/** What an error may carry besides its code and fields. */
export interface ErrorOptionsWithDetails {
  readonly cause?: unknown;
  readonly details?: readonly ErrorDetail[];
}

/**
 * The one error class. Its text is built from the catalogue and from fields that are known to be clean, never from a
 * response or an environment, so that no secret can be in it. Tests assert the code, people read message and remedy.
 */
export class WeighbridgeError extends Error {
  readonly code: ErrorCode;
  readonly fields: Readonly<Record<string, string | number>>;
  readonly remedy: string;
  readonly exitCode: ExitCode;
  readonly details: readonly ErrorDetail[];

  constructor(
    code: ErrorCode,
    fields: Readonly<Record<string, string | number>>,
    options: ErrorOptionsWithDetails = {},
  ) {
    const definition: ErrorDefinition = errorCatalogue[code];
    super(fillTemplate(definition.message, fields), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'WeighbridgeError';
    this.code = code;
    this.fields = fields;
    this.remedy = fillTemplate(definition.remedy, fields);
    this.exitCode = definition.exit;
    this.details = options.details ?? [];
  }
}

/** Builds an error of the catalogue; the compiler asks for each field that its texts name. */
export function weighbridgeError<Code extends ErrorCode>(
  code: Code,
  fields: ErrorFields<Code>,
  options?: ErrorOptionsWithDetails,
): WeighbridgeError {
  return new WeighbridgeError(code, fields, options);
}

/** Our own contradiction, never the user's: ends with exit code 70. */
export function invariant(condition: unknown, reason: string): asserts condition {
  if (!condition) throw weighbridgeError('core/invariant', { reason });
}

function fillTemplate(template: string, fields: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{([A-Za-z]+)\}/g, (whole, name: string) => String(fields[name] ?? whole));
}
