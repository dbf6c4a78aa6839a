import { resolve } from 'node:path';
import { type Clone, remoteUrl } from '../clone.js';
import type { Setting } from '../clone-settings.js';

/** Where the ledger branch is kept, and how this clone gets there. */
export interface LedgerServer {
  /** Absolute path of the clone's git folder; linked work trees share it. */
  readonly gitFolder: string;
  readonly objectFormat: string;
  readonly fetchUrl: string;
  readonly pushUrl: string;
  /** Where the ledger really is: the same as fetchUrl, but when that is out of reach. */
  readonly address: string;
  /** Name of the remote that keeps the ledger, when the network is not to be used; null when it can be written. */
  readonly readOnly: string | null;
  /** Configuration that each command to the server gets: the clone's own way there, then what the caller adds. */
  readonly config: readonly (readonly [string, string])[];
}

/** Settings of a clone that say how to reach a server; everything else of it has no meaning for the ledger. */
const transportSetting =
  /^(?:http|https|credential|url|ssh|protocol|remote\.[^\n]*\.proxy)\.|^core\.(?:sshcommand|askpass|gitproxy)$/i;

/**
 * Finds the server of a clone: the remote as git would fetch from it and push to it (insteadOf, pushurl and
 * pushInsteadOf count), or the clone itself when it has no such remote. Offline it is the clone in either case, and
 * what a remote keeps is not written.
 */
export async function findServer(
  clone: Clone,
  options: {
    readonly remote: string;
    readonly offline: boolean;
    readonly gitConfig: Iterable<readonly [string, string]>;
  },
): Promise<LedgerServer> {
  const { gitFolder, objectFormat, top } = clone;
  const fetchUrl = await remoteUrl(clone, options.remote, 'fetch');
  const config = [...transportOf(clone.settings), ...options.gitConfig];
  const itself = { fetchUrl: gitFolder, pushUrl: gitFolder };
  const place = { gitFolder, objectFormat, config };
  if (fetchUrl === null) return { ...place, ...itself, address: gitFolder, readOnly: null };
  const absolute = (url: string) => (isLocalPath(url) ? resolve(top ?? gitFolder, url) : url);
  const address = absolute(fetchUrl);
  if (options.offline && address !== gitFolder) return { ...place, ...itself, address, readOnly: options.remote };
  const pushUrl = absolute((await remoteUrl(clone, options.remote, 'push')) ?? gitFolder);
  return { ...place, fetchUrl: address, pushUrl, address, readOnly: null };
}

/** Whether an address is a path and not `scheme://…` or `host:path`; `C:\` is a path. */
export function isLocalPath(url: string): boolean {
  if (/^[a-z][a-z0-9+.-]*::?\/\//i.test(url)) return false;
  return /^[a-z]:[\\/]/i.test(url) || !/^[^/\\]*:/.test(url);
}

/** Credentials may be among these: they are handed on in the environment and never written. */
function transportOf(settings: readonly Setting[]): readonly (readonly [string, string])[] {
  const own = settings.filter(({ scope, key }) => scope === 'local' && transportSetting.test(key));
  return own.map(({ key, value }) => [key, value]);
}
