/** A web proxy, as HTTPS_PROXY, HTTP_PROXY and NO_PROXY name it; absent ones are none. */
export interface ProxySetting {
  readonly https?: string;
  readonly http?: string;
  /** Hosts that are asked directly, separated by commas. */
  readonly none?: string;
}

/**
 * The platform's fetch, through the proxy where there is one: before Node 24 the platform's own ignores proxies, so
 * undici's is loaded then, and only then.
 */
export function platformFetch(proxy: ProxySetting): typeof fetch {
  if (proxy.https === undefined && proxy.http === undefined) return fetch;
  let loading: Promise<(input: unknown, init: object) => Promise<unknown>> | null = null;
  const through = async (input: unknown, init: object = {}) => (await (loading ??= load(proxy)))(input, init);
  return through as unknown as typeof fetch;
}

async function load(proxy: ProxySetting): Promise<(input: unknown, init: object) => Promise<unknown>> {
  const { EnvHttpProxyAgent, fetch: undiciFetch } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent({
    ...(proxy.https === undefined ? {} : { httpsProxy: proxy.https }),
    ...(proxy.http === undefined ? {} : { httpProxy: proxy.http }),
    noProxy: proxy.none ?? '',
  });
  return (input, init) => undiciFetch(input as Parameters<typeof undiciFetch>[0], { ...init, dispatcher });
}
