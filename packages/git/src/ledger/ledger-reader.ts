import type { LogSource } from '@weighbridge/ledger';
import { findBlobs, measureBlobs, readBlobs } from './objects.js';
import type { Session } from './session.js';

/** The files of a log at one commit; of none, an empty log. */
export function sourceAt(session: Session, commit: string | null): LogSource {
  if (commit === null)
    return { read: async () => new Map(), has: async () => new Set(), measure: async () => new Map() };
  return {
    read: async (paths) => {
      const ids = await findBlobs(session, commit, paths);
      const blobs = await readBlobs(session, [...ids.values()]);
      return new Map([...ids].map(([path, id]) => [path, blobs.get(id) ?? new Uint8Array(0)]));
    },
    has: async (paths) => new Set((await findBlobs(session, commit, paths)).keys()),
    measure: async (paths) => {
      const ids = await findBlobs(session, commit, paths);
      const sizes = await measureBlobs(session, [...ids.values()]);
      return new Map([...ids].map(([path, id]) => [path, sizes.get(id) ?? Number.POSITIVE_INFINITY]));
    },
  };
}
