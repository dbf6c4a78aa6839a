import { weighbridgeError } from '@weighbridge/core';
import { serverName, type Session } from './session.js';

/** One ref to move, from what it is believed to be (null: absent) to a commit (null: delete it). */
export interface RefMove {
  readonly ref: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** Words of servers that mean "never", not "not now". */
const denials = /protected|hook declined|denied|prohibited|not allowed|permission|GH0\d\d|refusing|read-only/i;

/**
 * Moves refs all at once or not at all. `raced`: somebody else moved one of them first, so look again.
 * `denied`: the server does not want it, now or later. @throws git/failed when the server is not reached
 */
export async function pushAtomically(
  session: Session,
  moves: readonly RefMove[],
): Promise<{ readonly outcome: 'pushed' } | { readonly outcome: 'raced' | 'denied'; readonly reason: string }> {
  const leases = moves.map(({ ref, from }) => `--force-with-lease=${ref}:${from ?? ''}`);
  const specs = moves.map(({ ref, to }) => `${to ?? ''}:${ref}`);
  return push(session, ['--atomic', ...leases, serverName, ...specs]);
}

/** Sets a ref that is ours alone, whatever it was. @throws ledger/push-refused */
export async function pushOwn(session: Session, ref: string, commit: string, branch: string): Promise<void> {
  const pushed = await push(session, [serverName, `+${commit}:${ref}`]);
  if (pushed.outcome !== 'pushed') {
    throw weighbridgeError('ledger/push-refused', { branch, reason: pushed.reason, inbox: ref });
  }
}

async function push(
  session: Session,
  args: readonly string[],
): Promise<{ readonly outcome: 'pushed' } | { readonly outcome: 'raced' | 'denied'; readonly reason: string }> {
  const command = ['push', '--porcelain', '--no-verify', '--no-signed', '--recurse-submodules=no', ...args];
  const { exitCode, stdout, stderr } = await session.local(command, { allowExit: [1] });
  if (exitCode === 0) return { outcome: 'pushed' };
  const rejected = stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'));
  const reasons = rejected.map((line) => /\((.*)\)\s*$/.exec(line)?.[1] ?? line);
  const denied = reasons.find((reason) => denials.test(reason));
  if (denied !== undefined) return { outcome: 'denied', reason: denied };
  if (rejected.length === 0)
    throw weighbridgeError('git/failed', { command: 'push', exitCode, reason: stderr.trim().slice(-300) });
  return { outcome: 'raced', reason: reasons[0] ?? 'no reason given' };
}
