import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type DirectClient, openDirectClient } from './direct-client.js';

/** A web proxy, as HTTPS_PROXY, HTTP_PROXY and NO_PROXY name it; absent ones are none. */
export interface ProxySetting {
  readonly https?: string;
  readonly http?: string;
  /** Hosts that are asked directly, separated by commas: names with their subdomains, `host:port`, or `*` for all. */
  readonly none?: string;
}

/** Connections that are kept and used again. */
export interface Agents {
  readonly http: HttpAgent;
  /** Of either kind: one that goes through a proxy serves both protocols. */
  readonly https: HttpAgent;
  /** For what moves bytes, where no proxy lies between. */
  readonly direct: DirectClient | null;
}

/** The connection used last is the one least likely to have been closed meanwhile. */
const keeping = { keepAlive: true, scheduling: 'lifo' } as const;

/**
 * Connections to one host, through the proxy where there is one for it. The clients of proxies are loaded only then.
 * Idle connections do not keep the process alive.
 */
export async function openAgents(host: URL, proxy: ProxySetting): Promise<Agents> {
  const direct = { http: new HttpAgent(keeping), https: new HttpsAgent(keeping), direct: openDirectClient() };
  if (goesDirectly(host, proxy.none ?? '')) return direct;
  return {
    direct: proxy.http === undefined && proxy.https === undefined ? direct.direct : null,
    http: proxy.http === undefined ? direct.http : await throughHttpProxy(proxy.http),
    https: proxy.https === undefined ? direct.https : await throughHttpsProxy(proxy.https),
  };
}

async function throughHttpProxy(address: string): Promise<HttpAgent> {
  const { HttpProxyAgent } = await import('http-proxy-agent');
  return new HttpProxyAgent(address, keeping);
}

async function throughHttpsProxy(address: string): Promise<HttpAgent> {
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  return new HttpsProxyAgent(address, keeping);
}

/** Whether NO_PROXY names a host, as curl reads it. */
export function goesDirectly(host: URL, none: string): boolean {
  const port = host.port === '' ? (host.protocol === 'https:' ? '443' : '80') : host.port;
  const name = host.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return none
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, pattern = '', wantedPort = port] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      const domain = pattern.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
      return entry === '*' || (wantedPort === port && (name === domain || name.endsWith(`.${domain}`)));
    });
}
