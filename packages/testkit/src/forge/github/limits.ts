import { type FakeRequest, type FakeResponse, refusal } from './exchange.js';

/** What is to go wrong, and when. */
export interface Trouble {
  /** Applies to requests whose `METHOD /path` it matches; to all without it. */
  readonly on?: RegExp;
  /** How often; once without it. */
  readonly times?: number;
  readonly trouble:
    | { readonly kind: 'status'; readonly status: number }
    /** The connection breaks; with `after`, what was asked for is done first. */
    | { readonly kind: 'reset'; readonly after?: boolean }
    | { readonly kind: 'slow'; readonly delayMs: number }
    /** All requests of the hour are used up until so many seconds from now. */
    | { readonly kind: 'primary-limit'; readonly resetSeconds: number }
    | { readonly kind: 'secondary-limit'; readonly retryAfterSeconds: number }
    /** The answer is cut in the middle or not JSON at all. */
    | { readonly kind: 'body'; readonly body: string };
}

/** The connection that broke. */
export class ConnectionReset extends Error {}

/** Injected failures, and the count of requests that each token has left. */
export class Limits {
  /** Requests an hour for each token: 1,000 is what a workflow's token has. */
  hourly = 1000;
  readonly #used = new Map<string, number>();
  #troubles: { on: RegExp | null; left: number; trouble: Trouble['trouble'] }[] = [];

  add({ on, times = 1, trouble }: Trouble): void {
    this.#troubles.push({ on: on ?? null, left: times, trouble });
  }

  /** Nothing goes wrong any more, and all tokens have all their requests. */
  clear(): void {
    this.#troubles = [];
    this.#used.clear();
  }

  /** Answers as the trouble at hand says, or as the forge would. @throws ConnectionReset */
  async pass(request: FakeRequest, answer: () => Promise<FakeResponse>): Promise<FakeResponse> {
    const trouble = this.#take(`${request.method} ${request.url.pathname}`);
    switch (trouble?.kind) {
      case undefined:
        return this.#counted(request, await answer());
      case 'status':
        return { status: trouble.status, body: { message: 'Injected failure' } };
      case 'reset':
        if (trouble.after === true) await answer();
        throw new ConnectionReset('socket hang up');
      case 'slow':
        await new Promise((resolve) => {
          setTimeout(resolve, trouble.delayMs);
        });
        return answer();
      case 'primary-limit':
        return refusal(403, 'API rate limit exceeded for installation.', {
          'x-ratelimit-limit': String(this.hourly),
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + trouble.resetSeconds),
        });
      case 'secondary-limit':
        return refusal(
          403,
          'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
          {
            'retry-after': String(trouble.retryAfterSeconds),
          },
        );
      case 'body':
        return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(trouble.body) };
    }
  }

  #take(line: string): Trouble['trouble'] | undefined {
    const found = this.#troubles.find(({ on, left }) => left > 0 && (on === null || on.test(line)));
    if (found !== undefined) found.left--;
    return found?.trouble;
  }

  #counted(request: FakeRequest, response: FakeResponse): FakeResponse {
    const key = request.headers['authorization'] ?? '';
    // A conditional request that finds nothing new costs nothing.
    const used = (this.#used.get(key) ?? 0) + (response.status === 304 ? 0 : 1);
    this.#used.set(key, used);
    const left = Math.max(0, this.hourly - used);
    const headers = {
      'x-ratelimit-limit': String(this.hourly),
      'x-ratelimit-remaining': String(left),
      'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
      'x-ratelimit-resource': 'core',
    };
    if (used > this.hourly) return refusal(403, 'API rate limit exceeded for installation.', headers);
    return { ...response, headers: { ...headers, ...response.headers } };
  }
}
