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
 * A fetch that bounds the number of requests and the time of each.
 * @throws forge/bound
 */
export function countedFetch(inner: typeof fetch, count: RequestCount, bounds: GitHubBounds): typeof fetch {
  return async (input, init) => {
    count.requests++;
    if (count.requests > bounds.requests) throw exceeded(`${bounds.requests} requests`);
    const timeout = AbortSignal.timeout(bounds.requestMs);
    const given = init?.signal;
    const signal = given === null || given === undefined ? timeout : AbortSignal.any([given, timeout]);
    return inner(input, { ...init, signal });
  };
}

/**
 * A fetch whose answers are whole: octokit takes a body that breaks off for an empty one.
 * @throws forge/bound after that many bytes
 */
export function wholeFetch(inner: typeof fetch, maxBytes: number): typeof fetch {
  return async (input, init) => {
    const response = await inner(input, init);
    if (response.body === null) return response;
    const chunks: Uint8Array[] = [];
    let sizeBytes = 0;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) throw exceeded(`${maxBytes} bytes in one answer`);
      chunks.push(chunk);
    }
    const { status, headers, url } = response;
    const whole = new Response(Buffer.concat(chunks), { status, headers });
    // A response that is made anew has no address, and octokit looks at it.
    return Object.defineProperty(whole, 'url', { value: url });
  };
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
