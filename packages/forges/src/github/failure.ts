import { WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { TokenPermission } from './permissions.js';

/** What is known of an answer that was none, taken from octokit's error by shape; nothing else of it is kept. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Errors of a GraphQL answer by their type. */
  readonly types: readonly string[];
  /** Whether the connection broke before there was an answer. */
  readonly broken: boolean;
  readonly secondaryLimit: boolean;
}

/** What was asked for, in our own words: they go into messages. */
export interface Question {
  readonly address: string;
  /** A clause after "may not", such as `read pull request 17`. */
  readonly action: string;
  /** What is missing when the answer is 404, such as `pull request 17`. */
  readonly what: string;
  readonly needs: readonly TokenPermission[];
}

/** Reads octokit's RequestError; null for any other error. */
export function failedAnswer(error: unknown): FailedAnswer | null {
  const held = error as {
    readonly status?: unknown;
    readonly message?: unknown;
    readonly response?: {
      readonly headers?: Readonly<Record<string, string | undefined>>;
      readonly data?: { readonly errors?: readonly { readonly type?: unknown }[] } | string;
    };
  };
  const errors = typeof held.response?.data === 'object' ? held.response.data.errors : undefined;
  const types = Array.isArray(errors) ? errors.flatMap(({ type }) => (typeof type === 'string' ? [type] : [])) : [];
  if (typeof held.status !== 'number' && types.length === 0) return null;
  return {
    status: typeof held.status === 'number' ? held.status : 200,
    headers: held.response?.headers ?? {},
    types,
    broken: held.response === undefined,
    secondaryLimit: /secondary rate/i.test(String(held.message)),
  };
}

/** Whether the forge refused for the number of requests and not for what was asked. */
export function isRateLimit({ status, headers, types, secondaryLimit }: FailedAnswer): boolean {
  if (types.includes('RATE_LIMITED')) return true;
  const limited = secondaryLimit || headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined;
  return status === 429 || (status === 403 && limited);
}

/** The error of the catalogue for a failed request. Nothing of the answer gets into it but numbers and known words. */
export function forgeError(error: unknown, question: Question, now: Date, tries: number): WeighbridgeError {
  const own = ownError(error);
  if (own !== null) return own;
  const failed = failedAnswer(error);
  const { address, action, what } = question;
  if (failed === null) return weighbridgeError('forge/unexpected', { address, action, reason: 'it cannot be read' });
  if (isRateLimit(failed)) return weighbridgeError('forge/rate-limited', { address, until: limitEnd(failed, now) });
  if (failed.status === 401) return weighbridgeError('forge/unauthorized', { address });
  if (failed.status === 403 || failed.types.includes('FORBIDDEN') || failed.types.includes('INSUFFICIENT_SCOPES')) {
    return weighbridgeError('forge/forbidden', { address, action, permission: missingPermission(failed, question) });
  }
  if (failed.status === 404 || failed.status === 410 || failed.types.includes('NOT_FOUND')) {
    return weighbridgeError('forge/not-found', { address, what });
  }
  if (failed.broken || failed.status >= 500) {
    const reason = failed.broken ? 'the connection broke or took too long' : `status ${failed.status}`;
    return weighbridgeError('forge/unavailable', { address, action, tries, reason });
  }
  return weighbridgeError('forge/unexpected', { address, action, reason: `status ${failed.status}` });
}

/** An error of ours that travelled through octokit as a cause. */
function ownError(error: unknown): WeighbridgeError | null {
  if (error instanceof WeighbridgeError) return error;
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof WeighbridgeError ? cause : null;
}

/** GitHub says in a header what would do, such as `statuses=write; contents=read,issues=write`. */
function missingPermission({ headers }: FailedAnswer, { needs }: Question): string {
  const told = headers['x-accepted-github-permissions'];
  if (told !== undefined && /^[a-z_]+=(read|write|admin)([,;] ?[a-z_]+=(read|write|admin))*$/.test(told)) {
    return told.replaceAll('_', '-').replaceAll('=', ': ').replaceAll(/; ?/g, ' or ').replaceAll(/, ?/g, ' and ');
  }
  return needs.join(' and ') || 'a permission that it did not name';
}

/** When asking again makes sense, as RFC 3339. */
function limitEnd({ headers }: FailedAnswer, now: Date): string {
  const after = Number(headers['retry-after']);
  const reset = Number(headers['x-ratelimit-reset']);
  const at = after > 0 ? now.getTime() + after * 1000 : reset > 0 ? reset * 1000 : now.getTime() + 60_000;
  const latest = Math.min(at, now.getTime() + 24 * 3_600_000);
  return new Date(latest).toISOString();
}
