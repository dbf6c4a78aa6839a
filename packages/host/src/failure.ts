import { showControls } from './clean-text.js';
import { type ErrorDetail, type ExitCode, WeighbridgeError, weighbridgeError } from '@weighbridge/core';

/** What ended a command, ready to be shown. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly exitCode: ExitCode;
  readonly details: readonly ErrorDetail[];
  /** For WEIGHBRIDGE_DEBUG only. */
  readonly stack: string;
}

/** Every error ends here: ours by its code, all others as our bug. */
export function describeFailure(error: unknown): Failure {
  const known =
    error instanceof WeighbridgeError ? error : weighbridgeError('host/unexpected', { reason: reasonOf(error) });
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const { code, message, remedy, exitCode, details } = known;
  return { code, message, remedy, exitCode, details, stack };
}

/** For a terminal. */
export function renderFailure(failure: Failure): string {
  const places = failure.details.map(({ file, line, column, message, remedy }) => {
    const help = remedy === undefined ? '' : `\n      ${remedy}`;
    return `  ${file}:${line}:${column}  ${message}${help}`;
  });
  return showControls([`error: ${failure.message} [${failure.code}]`, ...places, `  ${failure.remedy}`].join('\n'));
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = (error as NodeJS.ErrnoException).code;
  return code === undefined ? error.message : `${code}: ${error.message}`;
}
