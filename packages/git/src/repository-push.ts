import { weighbridgeError } from '@weighbridge/core';
import type { RepositoryContext } from './repository-context.js';

export interface PushOutcome {
  /** `rejected`: the remote was asked and said no, for a reason that only a look at the remote tells apart. */
  readonly outcome: 'pushed' | 'present' | 'rejected';
  readonly reason: string;
}

/**
 * Pushes one object to one ref and nothing else. With `createOnly` the ref must not exist at the remote; else the push
 * must be a fast-forward. @throws git/failed when the remote cannot be reached or does not let us in
 */
export async function pushRef(
  { git }: RepositoryContext,
  remote: string,
  { object, ref, createOnly }: { readonly object: string; readonly ref: string; readonly createOnly: boolean },
): Promise<PushOutcome> {
  const lease = createOnly ? [`--force-with-lease=${ref}:`] : [];
  const args = [
    'push',
    '--porcelain',
    '--no-verify',
    '--no-signed',
    '--no-follow-tags',
    '--recurse-submodules=no',
    ...lease,
    remote,
    `${object}:${ref}`,
  ];
  const { exitCode, stdout, stderr } = await git(args, { allowExit: [1] });
  const line =
    stdout
      .toString('utf8')
      .split('\n')
      .find((text) => /^[ +*=!-]\t/.test(text)) ?? '';
  const reason = /\((.*)\)$/.exec(line)?.[1] ?? 'no reason given';
  if (line.startsWith('=')) return { outcome: 'present', reason };
  if (exitCode === 0) return { outcome: 'pushed', reason };
  if (line.startsWith('!')) return { outcome: 'rejected', reason };
  throw weighbridgeError('git/failed', { command: 'push', exitCode, reason: stderr.trim().slice(-500) || reason });
}
