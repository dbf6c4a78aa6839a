import { weighbridgeError } from '@weighbridge/core';
import {
  cachedSource,
  cataloguePath,
  bindingPaths,
  findBreak,
  type Head,
  headPaths,
  idShardPath,
  type LedgerEvent,
  type LogSource,
  type LogTrust,
  peekCheckpoint,
  readHead,
  readTip,
  type Tip,
} from '@weighbridge/ledger';
import { sourceAt } from './ledger-reader.js';
import { listFiles } from './objects.js';
import { type LedgerRefs, refresh, type ServerRefs } from './refs.js';
import { readSeen, type Seen, type SeenPlace, writeSeen } from './seen.js';
import type { Session } from './session.js';

/** What others left in the inbox and must not be appended. */
export interface RefusedGroup {
  /** Ref that holds it. */
  readonly ref: string;
  readonly because: string;
}

/** One ledger on one server, as a clone looks at it. */
export interface Looking {
  readonly session: Session;
  readonly refs: LedgerRefs;
  readonly trust: LogTrust;
  /** Commits that the scratch repository holds. */
  readonly known: Set<string>;
}

/** What appends need of the world besides. */
export interface Appending extends Looking {
  readonly origin: string;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly pause: (durationMs: number) => Promise<void>;
  readonly report: (refused: RefusedGroup) => void;
}

/** Where the server stood at one moment, and what this clone had seen of it by then. */
export interface Moment {
  readonly server: ServerRefs;
  readonly seen: Seen | null;
}

/** The log at one moment: its head, verified, and how to read more of it. */
export interface View {
  /** Remembers what it read. */
  readonly source: LogSource;
  /** Does not. */
  readonly raw: LogSource;
  readonly head: Head | null;
}

/** Where the server stands now. */
export async function askServer(log: Looking): Promise<Moment> {
  // In this order: what was seen before the server is asked cannot be newer than its answer.
  const seen = await readSeen(placeOf(log));
  return { server: await refresh(log.session, log.refs, log.known), seen };
}

/** What one clone remembers of one ledger. */
export function placeOf({ session, refs, trust }: Looking): SeenPlace {
  return { server: session.server, branch: refs.branch, sha256: trust.sha256 };
}

/**
 * The log at a moment, with what will be read next brought in the same trip. A log that does not go on from what this
 * clone saw is refused. @throws ledger/rewound and as readHead
 */
export async function openView(log: Looking, { server, seen }: Moment, wanted: readonly string[]): Promise<View> {
  const { session, trust } = log;
  const { tip } = server;
  const raw = sourceAt(session, tip);
  const source = cachedSource(raw);
  if (tip !== null) {
    const edge = seen?.commit === tip ? [] : await partialTiles(session, tip);
    await source.read([...new Set([...headPaths, ...edge, ...wanted])]);
  }
  const head = await readHead(source, trust);
  // What a clone holds offline may well be older than what it saw.
  if (session.server.readOnly === null) await goOn(log, { server, seen }, { source, head });
  if (head === null && tip !== null) throw weighbridgeError('ledger/damaged', { because: 'it has no checkpoint' });
  return { source, raw, head };
}

/** Verifies that a log goes on from what was seen of it, and remembers where it is now. */
async function goOn(
  log: Looking,
  { server, seen }: Moment,
  { source, head }: Pick<View, 'source' | 'head'>,
): Promise<void> {
  if (seen?.commit === server.tip) return;
  const before = seen === null ? null : peekCheckpoint(seen.checkpoint);
  const because = before === null ? null : await findBreak(source, head, before, log.trust.sha256);
  if (seen !== null && because !== null) {
    throw weighbridgeError('ledger/rewound', { branch: log.refs.branch, because, commit: seen.commit });
  }
  if (head !== null && server.tip !== null) await remember(log, server.tip, head.checkpointText);
}

/** Remembers the end of a log. */
export async function remember(log: Looking, commit: string, checkpoint: string): Promise<void> {
  await writeSeen(placeOf(log), { commit, checkpoint });
}

/** The right edge of the tree, by its names: where it is follows from the checkpoint, which is not read yet. */
async function partialTiles(session: Session, tip: string): Promise<readonly string[]> {
  return [...(await listFiles(session, tip, 'tile')).keys()].filter((path) => path.includes('.p/'));
}

/** The end of the log at one moment, and how to read more of it. */
export interface Look {
  readonly server: ServerRefs;
  readonly source: LogSource;
  readonly tip: Tip | null;
}

/** Where the server stands now, verified. What the append will need is brought in one trip, and not read twice. */
export async function look(log: Appending, events: readonly LedgerEvent[], before: Look | null = null): Promise<Look> {
  const moment = await askServer(log);
  const { server } = moment;
  if (before !== null && before.server.tip === server.tip) return { ...before, server };
  const models = events.flatMap(({ model }) => (model === null ? [] : [cataloguePath(model)]));
  const derived = [...new Set([...models, ...events.map(({ id }) => idShardPath(id))])];
  const edge = server.tip === null ? [] : await partialTiles(log.session, server.tip);
  const wanted = [...derived, ...bindingPaths(log.trust.sha256, derived), ...edge];
  const { source } = await openView(log, moment, wanted);
  return { server, source, tip: await readTip(source, log.trust) };
}
