/** The files of a log at one moment. Reads are batched, since each may be a trip over a network. */
export interface LogSource {
  /** The files that are there, by path; absent ones are left out. */
  readonly read: (paths: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>;
  /** Which paths are there. */
  readonly has: (paths: readonly string[]) => Promise<ReadonlySet<string>>;
}
