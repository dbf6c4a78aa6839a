import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Commit } from '@weighbridge/ports';
import type { Clone } from './clone.js';
import type { GitOptions, GitResult } from './run-git.js';

/** What every part of the repository adapter needs. */
export interface RepositoryContext {
  /** Absolute path of the checkout's root. */
  readonly root: string;
  /** As it was when it was opened, with the configuration that came with it. */
  readonly clone: Clone;
  /** Commits that were read, by their ids: what an id names does not change. */
  readonly commits: Map<string, Commit>;
  /** Name of the remote that counts, or null: there is none, or the network is not to be used. */
  readonly remote: string | null;
  /** Runs git in the root, with the configuration that the repository was opened with. */
  git(args: readonly string[], options?: Omit<GitOptions, 'cwd' | 'gitConfig'>): Promise<GitResult>;
}

/** The name and address on commits and tags that the program makes; the address can belong to nobody (RFC 2606). */
export const toolIdentity = { name: 'weighbridge', email: 'weighbridge@weighbridge.invalid' } as const;

/** Fetches only what is asked for, and writes no other ref or file. */
export const quietFetch = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-prune',
  '--no-write-fetch-head',
  '--no-recurse-submodules',
] as const;

/** Seconds since 1970 of an RFC 3339 time, as git writes them. */
export function epochSeconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

/** 9999-12-31T23:59:59Z: the last time that RFC 3339 can write. Commits can claim any. */
const maxEpochSeconds = 253_402_300_799;

/** Inverse of epochSeconds, UTC; what is out of range, or no number, becomes the nearest time that can be written. */
export function formatEpoch(seconds: number): string {
  const bounded = Math.min(Math.max(Number.isFinite(seconds) ? seconds : 0, 0), maxEpochSeconds);
  return new Date(bounded * 1000).toISOString().replace('.000Z', 'Z');
}

/** The file that names the commits at which a clone's history ends; a clone with all of its history has none. */
export function shallowFile({ clone }: RepositoryContext): string {
  return join(clone.gitFolder, 'shallow');
}

export function isShallow(context: RepositoryContext): boolean {
  return existsSync(shallowFile(context));
}
