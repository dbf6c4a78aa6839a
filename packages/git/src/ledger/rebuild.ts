import { weighbridgeError } from '@weighbridge/core';
import { planRebuild } from '@weighbridge/ledger';
import { sourceAt } from './ledger-reader.js';
import { type Appending, askServer } from './look.js';
import { listFiles } from './objects.js';
import { pushAtomically } from './push.js';
import { rememberTip } from './refs.js';
import type { Session } from './session.js';
import { writeCommit } from './write-commit.js';

/** Others may append in the meantime; a rebuild is rare and reads the whole log, so that it does not fight for long. */
const maxRebuildTries = 5;

/**
 * Verifies the whole log and makes every file anew that is made from its entries, in one commit that appends nothing.
 * Answers the paths that changed, or would in a dry run. @throws ledger/rebuild-refused, ledger/contended, ledger/rebuild-not-pushed
 */
export async function rebuildFiles(log: Appending, dryRun: boolean): Promise<readonly string[]> {
  const { session, refs, trust } = log;
  for (let tries = 0; tries < maxRebuildTries; tries++) {
    const { server, seen } = await askServer(log);
    if (server.tip === null) return [];
    const paths = [...(await listFiles(session, server.tip)).keys()].sort();
    const files = await planRebuild({
      paths,
      read: sourceAt(session, server.tip).read,
      trust,
      otherCheckpoints: seen === null ? [] : [{ from: 'the memory of this clone', text: seen.checkpoint }],
    });
    if (files.size === 0 || dryRun) return [...files.keys()].sort();
    const commit = await writeCommit(session, {
      parent: server.tip,
      files,
      message: 'Make the files anew that are made from the entries\n\nNo entry was added.\n',
      time: await timeOf(session, server.tip),
    });
    const pushed = await pushAtomically(session, [{ ref: refs.branch, from: server.tip, to: commit }]);
    if (pushed.outcome === 'denied')
      throw weighbridgeError('ledger/rebuild-not-pushed', { branch: refs.branch, reason: pushed.reason });
    if (pushed.outcome === 'raced') continue;
    log.known.add(commit);
    await rememberTip(session, commit);
    return [...files.keys()].sort();
  }
  throw weighbridgeError('ledger/rebuild-not-pushed', { branch: refs.branch, reason: 'others wrote to it first' });
}

/** Nothing happened but a repair, so that the commit has the time of the one before it. */
async function timeOf(session: Session, commit: string): Promise<string> {
  const { stdout } = await session.local(['show', '--no-patch', '--format=%ct', commit]);
  return new Date(Number(stdout.toString('latin1').trim()) * 1000).toISOString();
}
