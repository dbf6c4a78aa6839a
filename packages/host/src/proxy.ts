/** A web proxy, as HTTPS_PROXY, HTTP_PROXY and NO_PROXY name it; absent ones are none. */
export interface ProxyOfEnvironment {
  readonly https?: string;
  readonly http?: string;
  readonly none?: string;
}

/** The proxy of an environment, as curl and the runners read it, in either case. */
export function proxyOf(environment: Readonly<Record<string, string | undefined>>): ProxyOfEnvironment {
  const read = (name: string) => trimmed(environment[name]) ?? trimmed(environment[name.toUpperCase()]);
  const [https, http, none] = [read('https_proxy'), read('http_proxy'), read('no_proxy')];
  return {
    ...(https === null ? {} : { https }),
    ...(http === null ? {} : { http }),
    ...(none === null ? {} : { none }),
  };
}

function trimmed(value: string | undefined): string | null {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
}
