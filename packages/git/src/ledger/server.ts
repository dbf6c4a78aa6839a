import { resolve } from 'node:path';
import { runGit, runGitText } from '../run-git.js';

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
 * @throws git/failed outside of a repository
 */
export async function findServer(
  folder: string,
  options: {
    readonly remote: string;
    readonly offline: boolean;
    readonly gitConfig: Iterable<readonly [string, string]>;
  },
): Promise<LedgerServer> {
  const cwd = folder;
  const [gitFolder = '', objectFormat = ''] = (
    await runGitText(['rev-parse', '--path-format=absolute', '--git-common-dir', '--show-object-format'], { cwd })
  ).split(/\r?\n/);
  const top = await runGit(['rev-parse', '--show-toplevel'], { cwd, allowExit: 'any' });
  const base = top.exitCode === 0 ? top.stdout.toString('utf8').replace(/\r?\n$/, '') : gitFolder;
  const urlOf = async (extra: readonly string[]): Promise<string> => {
    const result = await runGit(['remote', 'get-url', ...extra, options.remote], { cwd, allowExit: 'any' });
    const url = result.exitCode === 0 ? (result.stdout.toString('utf8').split(/\r?\n/)[0] ?? '') : '';
    if (url === '') return gitFolder;
    return isLocalPath(url) ? resolve(base, url) : url;
  };
  const fetchUrl = await urlOf([]);
  const pushUrl = await urlOf(['--push']);
  const config = [...(await readTransport(cwd)), ...options.gitConfig];
  const place = { gitFolder: resolve(gitFolder), objectFormat: objectFormat || 'sha1', address: fetchUrl, config };
  return options.offline && fetchUrl !== gitFolder
    ? { ...place, fetchUrl: gitFolder, pushUrl: gitFolder, readOnly: options.remote }
    : { ...place, fetchUrl, pushUrl, readOnly: null };
}

/** Whether an address is a path and not `scheme://…` or `host:path`; `C:\` is a path. */
export function isLocalPath(url: string): boolean {
  if (/^[a-z][a-z0-9+.-]*::?\/\//i.test(url)) return false;
  return /^[a-z]:[\\/]/i.test(url) || !/^[^/\\]*:/.test(url);
}

/** Credentials may be among these: they are handed on in the environment and never written. */
async function readTransport(cwd: string): Promise<readonly (readonly [string, string])[]> {
  const { stdout } = await runGit(['config', '--local', '--includes', '--list', '-z'], { cwd, allowExit: [1] });
  const settings: (readonly [string, string])[] = [];
  for (const item of stdout.toString('utf8').split('\0')) {
    const [key = ''] = item.split('\n', 1);
    if (transportSetting.test(key)) settings.push([key, item.slice(key.length + 1)]);
  }
  return settings;
}
