import type { LogSource } from '@weighbridge/ledger';
import { fetchBlobs, findBlobs, measureBlobs, readHeld } from './objects.js';
import type { Session } from './session.js';

/** The files of a log at one commit; of none, an empty log. */
export function sourceAt(session: Session, commit: string | null): LogSource {
  if (commit === null)
    return { read: async () => new Map(), has: async () => new Set(), measure: async () => new Map() };
  return {
    read: async (paths) => {
      const held = await readHeld(session, commit, paths);
      const others = paths.filter((path) => !held.has(path));
      if (others.length === 0) return held;
      // They are not in the log, or a partial clone left them out: only the tree tells which.
      const ids = await findBlobs(session, commit, others);
      const blobs = await fetchBlobs(session, [...ids.values()]);
      return new Map([...held, ...[...ids].map(([path, id]) => [path, blobs.get(id) ?? new Uint8Array(0)] as const)]);
    },
    has: async (paths) => new Set((await findBlobs(session, commit, paths)).keys()),
    measure: async (paths) => {
      const ids = await findBlobs(session, commit, paths);
      const sizes = await measureBlobs(session, [...ids.values()]);
      return new Map([...ids].map(([path, id]) => [path, sizes.get(id) ?? Number.POSITIVE_INFINITY]));
    },
  };
}
