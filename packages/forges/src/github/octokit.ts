import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { WeighbridgeError } from '@weighbridge/core';
import type { GitHubBounds } from './bounds.js';

/** The client that everything here goes through. */
export type GitHubOctokit = ReturnType<typeof openOctokit>;

/** What the client is made of. */
export interface OctokitOptions {
  readonly token: string;
  readonly apiUrl: string;
  readonly fetch: typeof fetch;
  readonly bounds: GitHubBounds;
  /** How long a second of waiting lasts; tests shorten it. */
  readonly secondMs: number;
}

/** Statuses that asking again does not change; those of rate limits are the throttling plugin's. */
const finalStatuses = [400, 401, 403, 404, 409, 410, 415, 422, 429, 451];

/**
 * Octokit's core with the plugins for paging, for trying again and for rate limits: 72 KB minified. With the generated
 * endpoint methods of @octokit/rest it would be 156 KB, by way of @actions/github 622 KB, for the same routes with the
 * same types.
 */
export function openOctokit({ token, apiUrl, fetch, bounds, secondMs }: OctokitOptions) {
  const budget = waitBudget(bounds.waitSeconds);
  const within = (seconds: number): boolean => budget.take(seconds);
  /** Innermost, so that it sees every try: the pauses of the retry plugin count as waiting too. */
  const countPauses = (octokit: Octokit): void => {
    octokit.hook.error('request', (error, options) => {
      const { retryCount: tries = 0 } = (options.request ?? {}) as { readonly retryCount?: number };
      const status = 'status' in error ? error.status : 0;
      const again = status >= 500 && tries < bounds.retries;
      // A bound of ours is no failure of the forge: asking again would meet it again.
      const final = error.cause instanceof WeighbridgeError;
      if (final || (again && !within((tries + 1) ** 2))) options.request = { ...options.request, retries: 0 };
      throw error;
    });
  };
  const Client = Octokit.plugin(countPauses, paginateRest, retry, throttling);
  return new Client({
    auth: token,
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: 'weighbridge',
    request: { fetch },
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    retry: { retries: bounds.retries, doNotRetry: finalStatuses, retryAfterBaseValue: secondMs },
    throttle: {
      onRateLimit: within,
      onSecondaryRateLimit: within,
      retryAfterBaseValue: secondMs,
      ...(secondMs < 1000 ? unpaced : {}),
    },
  });
}

/** Seconds of waiting that are left, over all requests. */
function waitBudget(seconds: number) {
  let left = seconds;
  return {
    take(wanted: number): boolean {
      if (wanted > left) return false;
      left -= wanted;
      return true;
    },
  };
}

/** Takes the place of the pauses of a second between two writes, where seconds are short. */
const unpacedGroup = {
  key: () => ({
    schedule: <Result>(_options: unknown, task: (...args: readonly unknown[]) => Result, ...args: readonly unknown[]) =>
      task(...args),
  }),
};
const unpaced: object = { write: unpacedGroup, notifications: unpacedGroup };

function ignore(): void {
  // The client has nothing to say: what fails is thrown.
}
