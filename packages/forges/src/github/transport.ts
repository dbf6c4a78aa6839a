import { weighbridgeError } from '@weighbridge/core';
import type { GitHubBounds } from './bounds.js';

/** A web proxy, as HTTPS_PROXY, HTTP_PROXY and NO_PROXY name it; absent ones are none. */
export interface ProxySetting {
  readonly https?: string;
  readonly http?: string;
  /** Hosts that are asked directly, separated by commas. */
  readonly none?: string;
}

/** What was asked so far. */
export interface RequestCount {
  requests: number;
}

/**
 * A fetch that bounds the number of requests, the time of each and the bytes of each answer.
 * @throws forge/bound
 */
export function boundedFetch(inner: typeof fetch, count: RequestCount, bounds: GitHubBounds): typeof fetch {
  return async (input, init) => {
    count.requests++;
    if (count.requests > bounds.requests) throw exceeded(`${bounds.requests} requests`);
    const timeout = AbortSignal.timeout(bounds.requestMs);
    const given = init?.signal;
    const signal = given === null || given === undefined ? timeout : AbortSignal.any([given, timeout]);
    const response = await inner(input, { ...init, signal });
    return withinBytes(response, bounds.responseBytes);
  };
}

/** The same response with a body that ends with forge/bound once it has more bytes than that. */
function withinBytes(response: Response, maxBytes: number): Response {
  if (response.body === null || response.status === 304) return response;
  let sizeBytes = 0;
  const body = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        sizeBytes += chunk.length;
        if (sizeBytes > maxBytes) controller.error(exceeded(`${maxBytes} bytes in one answer`));
        else controller.enqueue(chunk);
      },
    }),
  );
  const bounded = new Response(body, { status: response.status, headers: response.headers });
  // A response that is made anew has no address, and octokit looks at it.
  return Object.defineProperty(bounded, 'url', { value: response.url });
}

function exceeded(bound: string): Error {
  return weighbridgeError('forge/bound', { bound });
}

/**
 * The platform's fetch, through the proxy where there is one. The platform's own ignores proxies before Node 24, so
 * undici's is loaded then, and only then.
 */
export async function platformFetch(proxy: ProxySetting): Promise<typeof fetch> {
  if (proxy.https === undefined && proxy.http === undefined) return fetch;
  const { EnvHttpProxyAgent, fetch: undiciFetch } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent({
    ...(proxy.https === undefined ? {} : { httpsProxy: proxy.https }),
    ...(proxy.http === undefined ? {} : { httpProxy: proxy.http }),
    noProxy: proxy.none ?? '',
  });
  const through = (input: unknown, init?: object): Promise<unknown> =>
    undiciFetch(input as Parameters<typeof undiciFetch>[0], { ...init, dispatcher });
  return through as unknown as typeof fetch;
}
