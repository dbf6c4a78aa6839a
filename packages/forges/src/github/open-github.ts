import { weighbridgeError } from '@weighbridge/core';
import type { Clock, Forge } from '@weighbridge/ports';
import { attestations } from './attestations.js';
import { type GitHubBounds, defaultBounds } from './bounds.js';
import { readChecks } from './checks.js';
import { openClient } from './client.js';
import { stickyComments } from './comments.js';
import { history } from './history.js';
import { openings } from './openings.js';
import { people } from './people.js';
import { readBranchChecks, readProtection } from './protection.js';
import { readPull } from './pull/read-pull.js';
import { pullSummaries } from './pull/summaries.js';
import { releases } from './releases/publish-release.js';
import { readTagProtection } from './rulesets.js';
import { workflowRuns } from './runs.js';
import { readSelf } from './self.js';
import { readTime } from './read-time.js';
import { readSetting } from './setting.js';
import { statuses } from './statuses.js';
import type { ProxySetting, RequestCount } from './transport.js';

/** How to reach one repository on GitHub, GitHub Enterprise Server or GHE.com. */
export interface GitHubOptions {
  /** GITHUB_API_URL, such as `https://api.github.com` or `https://ghes.example/api/v3`. */
  readonly apiUrl: string;
  /** GITHUB_GRAPHQL_URL. */
  readonly graphqlUrl: string;
  /** GITHUB_SERVER_URL, whose host stands in messages. */
  readonly serverUrl: string;
  /** GITHUB_REPOSITORY: `owner/name`. */
  readonly repository: string;
  readonly token: string;
  readonly clock: Clock;
  /** Instead of the platform's, such as that of a fake. Proxies are then its own concern. */
  readonly fetch?: typeof fetch;
  readonly proxy?: ProxySetting;
  readonly bounds?: Partial<GitHubBounds>;
  /** How long a second of waiting lasts, in milliseconds. Tests shorten it; 1000 otherwise. */
  readonly secondMs?: number;
}

/** The forge on GitHub, which also counts what it asked for. */
export interface GitHubForge extends Forge {
  /** Requests so far, tries included. */
  readonly requests: () => number;
}

/**
 * Opens a repository on GitHub. Nothing is loaded or asked before the first method is called.
 * @throws forge/repository, forge/no-token
 */
export function openGitHub(options: GitHubOptions): GitHubForge {
  if (!/^[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/.test(options.repository)) {
    throw weighbridgeError('forge/repository', { repository: options.repository });
  }
  if (options.token === '') throw weighbridgeError('forge/no-token', {});
  const count: RequestCount = { requests: 0 };
  const client = openClient({
    ...options,
    fetch: options.fetch,
    proxy: options.proxy ?? {},
    bounds: { ...defaultBounds, ...options.bounds },
    secondMs: options.secondMs ?? 1000,
    count,
  });
  const self = readSelf(client);
  const selfId = async (): Promise<string> => (await self()).id;
  const forge: Forge = {
    address: client.address,
    pull: (number, question) => readPull(client, number, question),
    checks: (commit) => readChecks(client, commit),
    protection: (branch) => readProtection(client, branch),
    branchChecks: (branch) => readBranchChecks(client, branch),
    tagProtection: () => readTagProtection(client),
    setting: () => readSetting(client, self),
    time: () => readTime(client),
    ...pullSummaries(client),
    ...history(client),
    ...statuses(client),
    ...stickyComments(client, selfId),
    ...openings(client, selfId),
    ...releases(client),
    ...people(client),
    ...workflowRuns(client),
    ...attestations(client),
  };
  return { ...guarded(forge), requests: () => count.requests };
}

/** An answer of another shape than GitHub's meets our code as a TypeError: it says so, and nothing of the answer. */
function guarded(forge: Forge): Forge {
  const methods = Object.entries(forge).filter(([, member]) => typeof member === 'function') as readonly [
    string,
    (...args: readonly unknown[]) => Promise<unknown>,
  ][];
  const wrapped = methods.map(([name, method]) => [
    name,
    async (...args: readonly unknown[]) => {
      try {
        return await method(...args);
      } catch (cause) {
        if (!(cause instanceof TypeError)) throw cause;
        const action = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
        const reason = 'a part of the answer is missing or of another kind';
        throw weighbridgeError('forge/unexpected', { address: forge.address, action, reason }, { cause });
      }
    },
  ]);
  return { ...forge, ...(Object.fromEntries(wrapped) as Omit<Forge, 'address'>) };
}
