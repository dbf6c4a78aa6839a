import { type Digest, invariant, weighbridgeError } from '@weighbridge/core';
import {
  combineGroups,
  type Combination,
  type EntryGroup,
  type GroupOutcome,
  type LedgerEvent,
  planEvidenceFiles,
  planFiles,
  prepareGroup,
  proveEntry,
  refusalError,
  requireKeyName,
  requireSameKind,
} from '@weighbridge/ledger';
import type { EntryReceipt } from '@weighbridge/ports';
import { readGroups, writeGroup } from './inbox.js';
import { type Appending, type Look, look, remember } from './look.js';
import { pushAtomically, pushOwn, type RefMove } from './push.js';
import { fetchInbox, rememberTip, type ServerRefs } from './refs.js';
import { writeCommit } from './write-commit.js';

/** Tries at the compare-and-swap. With combining, fifty writers at once need about three. */
export const maxAppendTries = 12;
/** Pause after the first rejected push, at most; it doubles with each further one. */
const firstPauseMs = 200;
const longestPauseMs = 8_000;
/** Wait before the first try, at most, for each group that waits in the inbox. */
const crowdPauseMs = 100;

/**
 * Appends by inbox and flat combining. Each writer leaves its group at a ref of its own, which nobody contends for and
 * which survives its death; whoever gets to the branch next appends all groups in one commit and deletes their refs in
 * the same atomic push.
 */
export async function appendEvents(
  log: Appending,
  events: readonly LedgerEvent[],
  evidence: ReadonlyMap<Digest, Uint8Array>,
): Promise<readonly EntryReceipt[]> {
  const first = await look(log, events);
  requireSameKind(first.tip?.state ?? null, log.trust);
  requireKeyName(first.tip?.checkpoint.origin ?? null, log.trust);
  const group = prepareGroup(events, evidence, log.trust);
  const before = await judgeOwn(log, first, group, events);
  if (before.appended === 0) {
    await removeOwn(log, first, group.name);
    return present(log, first, { events, indices: before.indices });
  }
  const inboxRef = `${log.refs.inbox}${group.name}`;
  await leaveInInbox(log, group, events);
  let now = first;
  for (let tries = 0; tries < maxAppendTries; tries++) {
    if (tries > 0) await log.pause(log.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1)));
    now = await look(log, events, now);
    const crowd = now.server.inbox.size - 1;
    if (tries === 0 && crowd > 0) {
      // Others are at it, and one of them will append for all: the larger the crowd, the longer it pays to wait.
      await log.pause(log.random() * Math.min(longestPauseMs, crowd * crowdPauseMs));
      now = await look(log, events, now);
    }
    const own = await judgeOwn(log, now, group, events);
    if (own.appended === 0) {
      await removeOwn(log, now, group.name);
      return receiptsOf(events, own.indices, { outcome: 'appended', tries });
    }
    const pushed = await combineAndPush(log, now, group);
    if (pushed.outcome === 'pushed') {
      const size = now.tip?.checkpoint.size ?? 0;
      return receiptsOf(events, pushed.indices, { outcome: 'appended', tries: tries + 1 }, size);
    }
    if (pushed.outcome === 'denied') {
      throw weighbridgeError('ledger/push-refused', {
        branch: log.refs.branch,
        reason: pushed.reason,
        inbox: inboxRef,
      });
    }
  }
  throw weighbridgeError('ledger/contended', { tries: maxAppendTries, inbox: inboxRef });
}

/** Judges the own group alone. @throws ledger/conflict, ledger/illegal, ledger/malformed-event; the group then leaves the inbox */
async function judgeOwn(
  log: Appending,
  now: Look,
  group: EntryGroup,
  events: readonly LedgerEvent[],
): Promise<Extract<GroupOutcome, { outcome: 'taken' }>> {
  const { outcomes } = await combineGroups(now.source, now.tip, [group], log.trust);
  const outcome = outcomes.get(group.name);
  invariant(outcome !== undefined, 'a group was not judged');
  if (outcome.outcome === 'taken') return outcome;
  await removeOwn(log, now, group.name);
  throw refusalError(outcome, events);
}

async function leaveInInbox(log: Appending, group: EntryGroup, events: readonly LedgerEvent[]): Promise<void> {
  const commit = await writeGroup(log.session, group, latestTime(events.map(({ context }) => context.time)));
  log.known.add(commit);
  await pushOwn(log.session, `${log.refs.inbox}${group.name}`, commit, log.refs.branch);
}

/** Takes the own group out of the inbox if it is there; somebody else may have done so in the meantime. */
async function removeOwn(log: Appending, now: Look, name: string): Promise<void> {
  const commit = now.server.inbox.get(name);
  if (commit === undefined) return;
  await pushAtomically(log.session, [{ ref: `${log.refs.inbox}${name}`, from: commit, to: null }]);
}

type PushedAppend =
  | { readonly outcome: 'pushed'; readonly indices: ReadonlyMap<string, number> }
  | { readonly outcome: 'raced' | 'denied'; readonly reason: string };

async function combineAndPush(log: Appending, now: Look, own: EntryGroup): Promise<PushedAppend> {
  const others = new Map([...now.server.inbox].filter(([name]) => name !== own.name));
  const groups: EntryGroup[] = [own];
  const fetched = await fetchInbox(log.session, log.refs, { inbox: others, known: log.known });
  if (fetched === 'gone') return { outcome: 'raced', reason: 'the inbox changed' };
  for (const item of await readGroups(log.session, others)) {
    if ('group' in item) groups.push(item.group);
    else log.report({ ref: `${log.refs.inbox}${item.name}`, because: item.fault });
  }
  const combination = await combineGroups(now.source, now.tip, groups, log.trust);
  const evidence = await planEvidenceFiles(now.source, now.tip, combination, log.trust.sha256);
  const { files, size, checkpointText } = planFiles(combination, now.tip, {
    origin: log.origin,
    trust: log.trust,
    evidence,
  });
  const commit = await writeCommit(log.session, {
    parent: now.server.tip,
    files,
    message: describeAppend(combination, size),
    time: latestTime(combination.appended.map(({ entry }) => entry.event.context.time)),
  });
  const moves = [
    { ref: log.refs.branch, from: now.server.tip, to: commit },
    ...inboxMoves(log, now.server, combination),
  ];
  const pushed = await pushAtomically(log.session, moves);
  if (pushed.outcome !== 'pushed') return pushed;
  log.known.add(commit);
  await rememberTip(log.session, commit);
  await remember(log, commit, checkpointText);
  const outcome = combination.outcomes.get(own.name);
  invariant(outcome?.outcome === 'taken', 'a group that was legal alone was refused when it came first');
  return { outcome: 'pushed', indices: outcome.indices };
}

/** Refs of groups that are in the log now are deleted with the same push; refused ones stay and are reported. */
function inboxMoves(log: Appending, server: ServerRefs, combination: Combination): readonly RefMove[] {
  const moves: RefMove[] = [];
  for (const [name, outcome] of combination.outcomes) {
    const ref = `${log.refs.inbox}${name}`;
    const from = server.inbox.get(name);
    if (outcome.outcome !== 'taken') log.report({ ref, because: outcome.because });
    else if (from !== undefined) moves.push({ ref, from, to: null });
  }
  return moves;
}

/** All events were in the log before: each is shown to be where the index says, under the checkpoint. */
async function present(
  log: Appending,
  now: Look,
  own: { readonly events: readonly LedgerEvent[]; readonly indices: ReadonlyMap<string, number> },
): Promise<readonly EntryReceipt[]> {
  invariant(now.tip !== null, 'events are in a log that is not there');
  for (const [id, index] of own.indices) {
    const proven = await proveEntry(now.source, now.tip, index, log.trust);
    const because =
      'fault' in proven
        ? proven.fault
        : proven.value.id === id
          ? null
          : `entry ${index} is not the event that the index says`;
    if (because !== null) throw weighbridgeError('ledger/damaged', { because });
  }
  return receiptsOf(own.events, own.indices, { outcome: 'present', tries: 0 });
}

/** Entries below `size` were there before this call. */
function receiptsOf(
  events: readonly LedgerEvent[],
  indices: ReadonlyMap<string, number>,
  about: Pick<EntryReceipt, 'outcome' | 'tries'>,
  size = 0,
): readonly EntryReceipt[] {
  return events.map(({ id }) => {
    const index = indices.get(id);
    invariant(index !== undefined, 'an event has no place in the log');
    return { id, index, outcome: index < size ? 'present' : about.outcome, tries: about.tries };
  });
}

function describeAppend(combination: Combination, size: number): string {
  const lines = combination.appended.map(({ entry: { event } }) => {
    const subject = event.model === null ? '' : ` ${event.model}${event.version === null ? '' : `@${event.version}`}`;
    return `${event.type}${subject}`;
  });
  const title = lines.length === 1 ? lines[0] : `${lines.length} entries`;
  return `${title}\n\n${lines.length === 1 ? '' : `${lines.join('\n')}\n\n`}The log has ${size} entries.\n`;
}

function latestTime(times: readonly string[]): string {
  return times.reduce((latest, time) => (time > latest ? time : latest), '1970-01-01T00:00:00Z');
}
