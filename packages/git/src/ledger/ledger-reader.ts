import type { LogSource } from '@weighbridge/ledger';
import { findBlobs, readBlobs } from './objects.js';
import type { Session } from './session.js';

/** The files of a log at one commit; of none, an empty log. */
export function sourceAt(session: Session, commit: string | null): LogSource {
  if (commit === null) return { read: async () => new Map(), has: async () => new Set() };
  return {
    read: async (paths) => {
      const ids = await findBlobs(session, commit, paths);
      const blobs = await readBlobs(session, [...ids.values()]);
      return new Map([...ids].map(([path, id]) => [path, blobs.get(id) ?? new Uint8Array(0)]));
    },
    has: async (paths) => new Set((await findBlobs(session, commit, paths)).keys()),
  };
}

/** Remembers files that were read: for one append, which looks at the same end of the log several times. */
export function cachedSource(source: LogSource): LogSource {
  const known = new Map<string, Uint8Array | null>();
  return {
    has: source.has,
    read: async (paths) => {
      const unknown = paths.filter((path) => !known.has(path));
      const files = unknown.length === 0 ? new Map<string, Uint8Array>() : await source.read(unknown);
      for (const path of unknown) known.set(path, files.get(path) ?? null);
      return new Map(paths.flatMap((path) => present(path, known.get(path) ?? null)));
    },
  };
}

function present(path: string, bytes: Uint8Array | null): readonly (readonly [string, Uint8Array])[] {
  return bytes === null ? [] : [[path, bytes]];
}
