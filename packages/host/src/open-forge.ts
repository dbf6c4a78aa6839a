import type { Clock, Forge } from '@weighbridge/ports';
import { proxyOf } from './proxy.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a forge is asked; null where nothing says which. */
export interface ForgeAddress {
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly serverUrl: string;
  /** `owner/name` */
  readonly repository: string;
}

const githubServer = 'https://github.com';

/**
 * The forge that the environment of a job names, or outside of one the GitHub that `origin` leads to. GitHub Enterprise
 * Server and GHE.com are told by GITHUB_SERVER_URL and GITHUB_API_URL.
 */
export function forgeAddress(environment: Environment, origin: string | null): ForgeAddress | null {
  const serverUrl = trimmed(environment['GITHUB_SERVER_URL']) ?? githubServer;
  const repository = trimmed(environment['GITHUB_REPOSITORY']) ?? repositoryOf(origin, serverUrl);
  if (repository === null || !/^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+$/.test(repository)) return null;
  const apiUrl = trimmed(environment['GITHUB_API_URL']) ?? apiOf(serverUrl);
  const graphqlUrl = trimmed(environment['GITHUB_GRAPHQL_URL']) ?? graphqlOf(apiUrl);
  return { apiUrl, graphqlUrl, serverUrl, repository };
}

function trimmed(text: string | undefined): string | null {
  const value = text?.trim().replace(/\/+$/, '') ?? '';
  return value === '' ? null : value;
}

/** github.com and GHE.com have an API host of their own, a server of one's own a path. */
function apiOf(serverUrl: string): string {
  const { protocol, host } = new URL(serverUrl);
  return host === 'github.com' || host.endsWith('.ghe.com')
    ? `${protocol}//api.${host}`
    : `${protocol}//${host}/api/v3`;
}

function graphqlOf(apiUrl: string): string {
  return apiUrl.endsWith('/api/v3') ? `${apiUrl.slice(0, -'/v3'.length)}/graphql` : `${apiUrl}/graphql`;
}

/** `https://host/owner/name.git`, `ssh://git@host/owner/name` and `git@host:owner/name.git`, on that very server. */
function repositoryOf(origin: string | null, serverUrl: string): string | null {
  if (origin === null) return null;
  const { hostname } = new URL(serverUrl);
  const match =
    /^(?:[a-z+]+:\/\/(?:[^@/]+@)?([^/:]+)(?::\d+)?\/|(?:[^@/]+@)?([^/:]+):)([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(origin);
  if (match === null || (match[1] ?? match[2])?.toLowerCase() !== hostname.toLowerCase()) return null;
  return match[3] ?? null;
}

/**
 * The forge port of a job or of a terminal with a token; null where there is none to ask. Nothing is loaded or asked
 * before it is first used.
 */
export async function openForge(
  environment: Environment,
  options: { readonly token: string | null; readonly origin: string | null; readonly clock: Clock },
): Promise<Forge | null> {
  const token = options.token ?? trimmed(environment['GITHUB_TOKEN']) ?? trimmed(environment['GH_TOKEN']);
  const address = forgeAddress(environment, options.origin);
  if (token === null || address === null) return null;
  const { openGitHub } = await import('@weighbridge/forges');
  return openGitHub({ ...address, token, clock: options.clock, proxy: proxyOf(environment) });
}
