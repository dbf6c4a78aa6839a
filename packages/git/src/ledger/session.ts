import { type GitOptions, type GitResult, runGit } from '../run-git.js';
import type { LedgerServer } from './server.js';
import { isLocalPath } from './server.js';

/** Configured name of the server within a scratch repository. */
export const serverName = 'server';
/** Bytes that one batch of reads may bring. */
export const maxReadBytes = 512 * 1024 * 1024;

/** Git commands in one scratch repository. */
export interface Session {
  /** Absolute path of the scratch repository. */
  readonly folder: string;
  readonly server: LedgerServer;
  /** Works on what is there; never reaches out for what a partial clone left out. */
  local(args: readonly string[], options?: Omit<GitOptions, 'cwd' | 'gitConfig'>): Promise<GitResult>;
  /** Talks to the server. */
  remote(args: readonly string[], options?: Omit<GitOptions, 'cwd' | 'gitConfig'>): Promise<GitResult>;
}

/**
 * Nothing about the server is written into the scratch repository: each command is told anew, so that a changed remote
 * counts at once and no credential lies on the disk.
 */
export function openSession(folder: string, server: LedgerServer): Session {
  const base: readonly (readonly [string, string])[] = [
    ...server.config,
    [`remote.${serverName}.url`, server.fetchUrl],
    [`remote.${serverName}.pushurl`, server.pushUrl],
    ['fetch.unpackLimit', '100'],
    ['fetch.showForcedUpdates', 'false'],
    ['transfer.fsckObjects', 'false'],
    ['protocol.version', '2'],
    ['remote.pushDefault', serverName],
    ...localServer(server.fetchUrl),
  ];
  // Without these, git takes an object that the partial clone left out as missing and does not fetch it by itself, one
  // trip an object; the filter alone would already name the remote as one to ask.
  const lazy: readonly (readonly [string, string])[] = [
    [`remote.${serverName}.promisor`, 'true'],
    [`remote.${serverName}.partialclonefilter`, 'blob:none'],
  ];
  return {
    folder,
    server,
    local: (args, options = {}) => runGit(args, { ...options, cwd: folder, gitConfig: base }),
    remote: (args, options = {}) => runGit(args, { ...options, cwd: folder, gitConfig: [...base, ...lazy] }),
  };
}

/**
 * A repository on this machine is asked by a git that we start ourselves, so it can be told to leave blobs out, and not to
 * look for likenesses between those that are asked for: that took six times as long as handing over catalogues.
 */
function localServer(url: string): readonly (readonly [string, string])[] {
  if (!isLocalPath(url) && !url.startsWith('file://')) return [];
  return [
    [
      `remote.${serverName}.uploadpack`,
      'git -c pack.window=0 -c uploadpack.allowFilter=true -c uploadpack.allowAnySHA1InWant=true upload-pack',
    ],
    [`remote.${serverName}.receivepack`, 'git -c receive.autogc=false receive-pack'],
  ];
}
