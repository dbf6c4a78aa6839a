import {
  cataloguePath,
  checkpointPath,
  idShardPath,
  type LedgerEvent,
  type LogSource,
  type LogTrust,
  readTip,
  statePath,
  type Tip,
} from '@weighbridge/ledger';
import { cachedSource, sourceAt } from './ledger-reader.js';
import { listFiles } from './objects.js';
import { type LedgerRefs, refresh, type ServerRefs } from './refs.js';
import type { Session } from './session.js';

/** What others left in the inbox and must not be appended. */
export interface RefusedGroup {
  /** Ref that holds it. */
  readonly ref: string;
  readonly because: string;
}

/** One ledger on one server, and what its appends need of the world. */
export interface Appending {
  readonly session: Session;
  readonly refs: LedgerRefs;
  readonly origin: string;
  readonly trust: LogTrust;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly pause: (durationMs: number) => Promise<void>;
  readonly report: (refused: RefusedGroup) => void;
  /** Commits that the scratch repository holds. */
  readonly known: Set<string>;
}

/** The end of the log at one moment, and how to read more of it. */
export interface Look {
  readonly server: ServerRefs;
  readonly source: LogSource;
  readonly tip: Tip | null;
}

/** Where the server stands now, verified. What the append will need is brought in one trip, and not read twice. */
export async function look(log: Appending, events: readonly LedgerEvent[], before: Look | null = null): Promise<Look> {
  const server = await refresh(log.session, log.refs, log.known);
  if (before !== null && before.server.tip === server.tip) return { ...before, server };
  const source = cachedSource(sourceAt(log.session, server.tip));
  if (server.tip !== null) {
    const partialTiles = [...(await listFiles(log.session, server.tip, 'tile')).keys()].filter((path) =>
      path.includes('.p/'),
    );
    const models = events.flatMap(({ model }) => (model === null ? [] : [cataloguePath(model)]));
    const shards = events.map(({ id }) => idShardPath(id));
    await source.read([...new Set([checkpointPath, statePath, ...partialTiles, ...models, ...shards])]);
  }
  return { server, source, tip: await readTip(source, log.trust) };
}
