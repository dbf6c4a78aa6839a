import { setTimeout as sleep } from 'node:timers/promises';
import { weighbridgeError } from '@weighbridge/core';
import {
  bindingPaths,
  cataloguePaths,
  emptyRoot,
  formatBase64,
  type Head,
  type LogSource,
  type LogTrust,
  modelNamesPath,
  readCatalogue,
  readCatalogueHashes,
  readCatalogues,
  readEntries,
  readEvidence,
  readModelNames,
  visitEvidence,
} from '@weighbridge/ledger';
import type { LedgerLog, LogHead } from '@weighbridge/ports';
import { type Clone, readClone } from '../clone.js';
import { appendEvents } from './append.js';
import { sourceAt } from './ledger-reader.js';
import { type Appending, askServer, type Moment, openView, placeOf, type RefusedGroup, type View } from './look.js';
import { listFiles } from './objects.js';
import { rebuildFiles } from './rebuild.js';
import { readKnown, refsOf } from './refs.js';
import { openScratch } from './scratch.js';
import { readSeen, removeSeen } from './seen.js';
import { findServer } from './server.js';
import { openSession } from './session.js';

export interface GitLedgerOptions {
  /** A folder of the clone. */
  readonly folder: string;
  /** What the clone says of itself, where it was asked already. */
  readonly clone?: Clone;
  /** Branch of the ledger; `weighbridge` unless the policy says otherwise. */
  readonly branch?: string;
  /** Remote whose repository holds it; without such a remote, the clone itself does. */
  readonly remote?: string;
  /** Reads what the clone fetched last, and refuses to write what a remote keeps. */
  readonly offline?: boolean;
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
 * its own within the clone's git folder; the clone itself is not touched but for what it remembers of the log. Opening
 * reads and writes nothing.
 * @throws from its methods: git/missing, git/failed, git/timeout, ledger/damaged, ledger/untrusted, ledger/malformed,
 * ledger/rewound, ledger/unbound, ledger/derived-differs and what LedgerLog.append names
 */
export function openGitLedger(options: GitLedgerOptions): LedgerLog {
  const { trust } = options;
  const { sha256 } = trust;
  const place = openPlace(options);
  const readRaw: LogSource['read'] = (paths) => place.at((log, tip) => sourceAt(log.session, tip).read(paths));
  const sizeOf = (head: Head | null) => head?.checkpoint.size ?? 0;
  return {
    readOnly: () => place.inside(async ({ session }) => session.server.readOnly),
    head: () => place.look(async ({ head }) => describeHead(head, options)),
    policy: () => place.view([], async ({ head }) => policyOf(head)),
    models: () =>
      place.view([modelNamesPath, ...bindingPaths(sha256, [modelNamesPath])], ({ source, head }) =>
        readModelNames(source, head, sha256),
      ),
    catalogue: (model) =>
      place.view(cataloguePaths(sha256, model), ({ source, head }) => readCatalogue(source, head, model, sha256)),
    // They may be many and are read once: they go past what the view remembers.
    catalogues: (models) => place.view([], ({ raw, head }) => readCatalogues(raw, head, models, sha256)),
    catalogueHashes: () => place.view([], ({ raw, head }) => readCatalogueHashes(raw, head, sha256)),
    append: (events, evidence = new Map()) =>
      events.length === 0 ? Promise.resolve([]) : place.write((log) => appendEvents(log, events, evidence)),
    rebuild: ({ dryRun = false } = {}) => place.write((log) => rebuildFiles(log, dryRun)),
    lastSeen: () => place.inside(async (log) => (await readSeen(placeOf(log)))?.checkpoint ?? null),
    forgetSeen: () => place.inside((log) => removeSeen(placeOf(log))),
    // Bundles are large and read once: they go past what the view remembers.
    evidence: (digest, entry) =>
      place.view([], async ({ raw, head }) => {
        const found = await readEvidence(raw, [{ digest, entry: entry ?? null }], { size: sizeOf(head), sha256 });
        return found.get(digest) ?? null;
      }),
    documents: (asked, take) =>
      place.view([], ({ raw, head }) => visitEvidence(raw, asked, { size: sizeOf(head), sha256, take })),
    entries: (start, end) => place.view([], ({ raw, head }) => readEntries(raw, head, { start, end }, sha256)),
    file: async (path) => (await readRaw([path])).get(path) ?? null,
    files: readRaw,
    paths: () =>
      place.at(async ({ session }, tip) => (tip === null ? [] : [...(await listFiles(session, tip)).keys()].sort())),
  };
}

/** One clone's view of the server: where the branch stood when it was last looked at. */
interface Place {
  /** Whatever the server says. */
  inside<Result>(task: (log: Appending) => Promise<Result>): Promise<Result>;
  /** At the tip that was seen last, unverified; looks first when none was. */
  at<Result>(task: (log: Appending, tip: string | null) => Promise<Result>): Promise<Result>;
  /** The same, verified. Files that are named are brought along. */
  view<Result>(wanted: readonly string[], task: (view: View) => Promise<Result>): Promise<Result>;
  /** As the server is at this moment, verified. */
  look<Result>(task: (view: View) => Promise<Result>): Promise<Result>;
  /** The next read looks again. @throws ledger/offline */
  write<Result>(task: (log: Appending) => Promise<Result>): Promise<Result>;
}

function openPlace(options: GitLedgerOptions): Place {
  let opened: ReturnType<typeof openLog> | null = null;
  let moment: Moment | null = null;
  let view: View | null = null;
  const inside: Place['inside'] = async (task) => {
    opened ??= openLog(options);
    const { scratch, log } = await opened;
    return scratch.exclusive(() => task(log));
  };
  const ask = async (log: Appending): Promise<Moment> => {
    const now = await askServer(log);
    if (now.server.tip !== moment?.server.tip) view = null;
    moment = now;
    return now;
  };
  const viewOf = async (log: Appending, now: Moment, wanted: readonly string[]): Promise<View> =>
    (view ??= await openView(log, now, wanted));
  return {
    inside,
    at: (task) => inside(async (log) => task(log, (moment ?? (await ask(log))).server.tip)),
    view: (wanted, task) => inside(async (log) => task(await viewOf(log, moment ?? (await ask(log)), wanted))),
    look: (task) => inside(async (log) => task(await viewOf(log, await ask(log), []))),
    write: (task) =>
      inside(async (log) => {
        const { readOnly } = log.session.server;
        if (readOnly !== null) throw weighbridgeError('ledger/offline', { remote: readOnly });
        moment = null;
        return task(log);
      }),
  };
}

async function pauseFor(durationMs: number): Promise<void> {
  await sleep(durationMs);
}

async function openLog(options: GitLedgerOptions) {
  const { origin, trust, random, pause = pauseFor, report = () => undefined } = options;
  const server = await findServer(options.clone ?? (await readClone(options.folder)), {
    remote: options.remote ?? 'origin',
    offline: options.offline ?? false,
    gitConfig: options.gitConfig ?? [],
  });
  const refs = refsOf(options.branch ?? 'weighbridge', server.readOnly);
  const scratch = await openScratch(server);
  const session = openSession(scratch.folder, server);
  const known = new Set(await readKnown(session));
  const log: Appending = { session, refs, origin, trust, random, pause, report, known };
  return { scratch, log };
}

function describeHead(head: Head | null, { trust, origin }: GitLedgerOptions): LogHead {
  return {
    origin: head?.checkpoint.origin ?? origin,
    size: head?.checkpoint.size ?? 0,
    rootHash: formatBase64(head?.checkpoint.root ?? emptyRoot(trust.sha256)),
    checkpoint: head?.checkpointText ?? '',
    signed: head?.state.signed ?? trust.signer !== null,
  };
}

function policyOf(head: Head | null): Awaited<ReturnType<LedgerLog['policy']>> {
  return head === null ? null : { policy: head.state.policy.digest, stages: head.state.policy.stages };
}
