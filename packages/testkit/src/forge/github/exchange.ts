import type { HubState, Repository, Token } from './state.js';

/** A request, wherever it came from. */
export interface FakeRequest {
  readonly method: string;
  /** Path and query below the root of the API. */
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A response before it is written anywhere. */
export interface FakeResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A document, bytes, or nothing. */
  readonly body?: unknown;
}

/** What an endpoint gets. */
export interface Exchange {
  readonly state: HubState;
  readonly token: Token;
  /** By the names of the route, such as `pull_number`. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  /** The body as it came, with its type. */
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** Whether the token holds this here, such as `contents=write`. */
  readonly may: (grant: string) => boolean;
  /** Of routes below `/repos/{owner}/{repo}`. */
  readonly repository: Repository;
  /** Root addresses as the client wrote them. */
  readonly urls: Urls;
}

/** Where clients find the fake. */
export interface Urls {
  readonly api: string;
  readonly graphql: string;
  readonly server: string;
}

/** One endpoint: its route as the official description writes it, what a token needs, and what it does. */
export interface Endpoint {
  readonly route: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;
  /**
   * Any one of these suffices, each a list of what is needed together, such as
   * `[['issues=write'], ['pull_requests=write']]`. None: any token may.
   */
  readonly needs: readonly (readonly string[])[];
  /** What is answered to a token without them, where it is not 403. */
  readonly refusal?: 404;
  readonly answer: (exchange: Exchange) => FakeResponse;
}

/** A refusal in GitHub's words. */
export function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): FakeResponse {
  return {
    status,
    headers,
    body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  };
}

export const notFound = refusal(404, 'Not Found');

/** A text of a body, or what stands for it when it was not given. */
export function textOf(body: Readonly<Record<string, unknown>>, name: string, absent = ''): string {
  const value = body[name];
  return typeof value === 'string' ? value : absent;
}

/** 422 as GitHub says it. */
export function unprocessable(message: string): FakeResponse {
  return {
    status: 422,
    body: {
      message: 'Validation Failed',
      errors: [{ resource: 'Request', field: 'body', code: 'custom', message }],
      documentation_url: 'https://docs.github.com/rest',
    },
  };
}

/** One page of a list with the Link header that leads to the others. */
export function page(
  exchange: { readonly query: URLSearchParams; readonly urls: Urls },
  path: string,
  items: readonly unknown[],
  wrap: (items: readonly unknown[], total: number) => unknown = (list) => list,
): FakeResponse {
  const size = Math.min(Math.max(Number(exchange.query.get('per_page') ?? 30), 1), 100);
  const number = Math.max(Number(exchange.query.get('page') ?? 1), 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const at = (target: number): string => {
    const query = new URLSearchParams(exchange.query);
    query.set('page', String(target));
    return `<${exchange.urls.api}${path}?${query.toString()}>`;
  };
  const links = [
    ...(number > 1 ? [`${at(number - 1)}; rel="prev"`, `${at(1)}; rel="first"`] : []),
    ...(number < last ? [`${at(number + 1)}; rel="next"`, `${at(last)}; rel="last"`] : []),
  ];
  return {
    status: 200,
    headers: links.length === 0 ? {} : { link: links.join(', ') },
    body: wrap(items.slice((number - 1) * size, number * size), items.length),
  };
}
