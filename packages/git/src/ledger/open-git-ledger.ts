import { setTimeout as sleep } from 'node:timers/promises';
import { isModelName, type ModelName } from '@weighbridge/core';
import {
  emptyRoot,
  formatBase64,
  type LogSource,
  type LogTrust,
  readCatalogue,
  readEntries,
  readEvidence,
  readHead,
} from '@weighbridge/ledger';
import type { LedgerLog, LogHead } from '@weighbridge/ports';
import { appendEvents } from './append.js';
import type { Appending, RefusedGroup } from './look.js';
import { sourceAt } from './ledger-reader.js';
import { listFiles, listFolder } from './objects.js';
import { type LedgerRefs, readKnown, refresh, refsOf } from './refs.js';
import { openScratch } from './scratch.js';
import { findServer } from './server.js';
import { openSession, type Session } from './session.js';

export interface GitLedgerOptions {
  /** A folder of the clone. */
  readonly folder: string;
  /** Branch of the ledger; `weighbridge` unless the policy says otherwise. */
  readonly branch?: string;
  /** Remote whose repository holds it; without such a remote, the clone itself does. */
  readonly remote?: string;
  /** Name of a new log that is not signed; a signed one has the name of its key. */
  readonly origin: string;
  /** Hash, signatures, keys that count, and the signer or null. */
  readonly trust: LogTrust;
  /** Configuration for this ledger's commands alone, such as credentials. */
  readonly gitConfig?: Iterable<readonly [string, string]>;
  /** Uniform in [0, 1): spreads the tries of writers that collided. */
  readonly random: () => number;
  readonly pause?: (durationMs: number) => Promise<void>;
  /** Told of groups in the inbox that were refused and left there. */
  readonly report?: (refused: RefusedGroup) => void;
}

/**
 * The ledger on a branch of a git repository. The branch is fetched shallow and without blobs into a bare repository of
 * its own within the clone's git folder; the clone itself is not touched. Opening reads and writes nothing.
 * @throws from its methods: git/missing, git/failed, git/timeout, ledger/damaged, ledger/untrusted, ledger/malformed and
 * what LedgerLog.append names
 */
export function openGitLedger(options: GitLedgerOptions): LedgerLog {
  const refs = refsOf(options.branch ?? 'weighbridge');
  const place = openPlace(options, refs);
  const { trust } = options;
  const source: Pick<LogSource, 'read'> = {
    read: (paths) => place.at((session, tip) => sourceAt(session, tip).read(paths)),
  };
  const readSize = () =>
    place.at(async (session, tip) => (await readHead(sourceAt(session, tip), trust))?.checkpoint.size ?? 0);
  return {
    head: () => place.look((session, tip) => headOf(sourceAt(session, tip), options)),
    policy: () => place.at((session, tip) => policyOf(sourceAt(session, tip), trust)),
    models: () => place.at(listModels),
    catalogue: (model) => readCatalogue(source, model),
    append: (events, evidence = new Map()) =>
      events.length === 0
        ? Promise.resolve([])
        : place.append((appending) => appendEvents(appending, events, evidence)),
    evidence: (digest) => readEvidence(source, digest, trust.sha256),
    entries: async (start, end) => readEntries(source, await readSize(), { start, end }),
    file: async (path) => (await source.read([path])).get(path) ?? null,
    files: (paths) => source.read(paths),
    paths: () =>
      place.at(async (session, tip) => (tip === null ? [] : [...(await listFiles(session, tip)).keys()].sort())),
  };
}

/** One clone's view of the server: where the branch stood when it was last looked at. */
interface Place {
  /** At the moment that was seen last; looks first when none was. */
  at<Result>(task: (session: Session, tip: string | null) => Promise<Result>): Promise<Result>;
  /** At this moment. */
  look<Result>(task: (session: Session, tip: string | null) => Promise<Result>): Promise<Result>;
  append: (task: (appending: Appending) => ReturnType<typeof appendEvents>) => ReturnType<LedgerLog['append']>;
}

function openPlace(options: GitLedgerOptions, refs: LedgerRefs): Place {
  const known = new Set<string>();
  let seen: { readonly tip: string | null } | null = null;
  let opened: ReturnType<typeof openSessionOf> | null = null;
  const inside = async <Result>(task: (session: Session) => Promise<Result>): Promise<Result> => {
    opened ??= openSessionOf(options);
    const { scratch, session } = await opened;
    return scratch.exclusive(() => task(session));
  };
  const lookAgain = async (session: Session): Promise<string | null> => {
    if (seen === null) for (const commit of await readKnown(session)) known.add(commit);
    const { tip } = await refresh(session, refs, known);
    seen = { tip };
    return tip;
  };
  return {
    at: (task) => inside(async (session) => task(session, seen === null ? await lookAgain(session) : seen.tip)),
    look: (task) => inside(async (session) => task(session, await lookAgain(session))),
    append: (task) =>
      inside(async (session) => {
        const { origin, trust, random, pause = pauseFor, report = () => undefined } = options;
        if (seen === null) for (const commit of await readKnown(session)) known.add(commit);
        const outcome = await task({
          session,
          refs,
          origin,
          trust,
          random,
          pause: (durationMs) => pause(durationMs),
          report,
          known,
        });
        seen = { tip: outcome.tip };
        return outcome.receipts;
      }),
  };
}

async function pauseFor(durationMs: number): Promise<void> {
  await sleep(durationMs);
}

async function openSessionOf(options: GitLedgerOptions) {
  const server = await findServer(options.folder, {
    remote: options.remote ?? 'origin',
    gitConfig: options.gitConfig ?? [],
  });
  const scratch = await openScratch(server);
  return { scratch, session: openSession(scratch.folder, server) };
}

async function headOf(source: LogSource, { trust, origin }: GitLedgerOptions): Promise<LogHead> {
  const head = await readHead(source, trust);
  return {
    origin: head?.checkpoint.origin ?? origin,
    size: head?.checkpoint.size ?? 0,
    rootHash: formatBase64(head?.checkpoint.root ?? emptyRoot(trust.sha256)),
    checkpoint: head?.checkpointText ?? '',
    signed: head?.state.signed ?? trust.signer !== null,
  };
}

async function policyOf(source: LogSource, trust: LogTrust): ReturnType<LedgerLog['policy']> {
  const head = await readHead(source, trust);
  return head === null ? null : { policy: head.state.policy.digest, stages: head.state.policy.stages };
}

async function listModels(session: Session, tip: string | null): Promise<readonly ModelName[]> {
  if (tip === null) return [];
  return (await listFolder(session, tip, 'models')).filter(isModelName).sort();
}
