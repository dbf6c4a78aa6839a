/** The files of a log at one moment. Reads are batched, since each may be a trip over a network. */
export interface LogSource {
  /** The files that are there, by path; absent ones are left out. */
  readonly read: (paths: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>;
  /** Which paths are there. */
  readonly has: (paths: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Sizes in bytes of the files that are there, by path. Costs the trip that reading them would, but no memory. */
  readonly measure: (paths: readonly string[]) => Promise<ReadonlyMap<string, number>>;
}

/** Remembers files that were read: for work on one end of a log, which looks at the same files several times. */
export function cachedSource(source: LogSource): LogSource {
  const known = new Map<string, Uint8Array | null>();
  return {
    has: source.has,
    measure: source.measure,
    read: async (paths) => {
      const unknown = paths.filter((path) => !known.has(path));
      const files = unknown.length === 0 ? new Map<string, Uint8Array>() : await source.read(unknown);
      for (const path of unknown) known.set(path, files.get(path) ?? null);
      return new Map(paths.flatMap((path) => entryOf(path, known.get(path) ?? null)));
    },
  };
}

function entryOf(path: string, bytes: Uint8Array | null): readonly (readonly [string, Uint8Array])[] {
  return bytes === null ? [] : [[path, bytes]];
}
