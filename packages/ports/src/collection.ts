import type { Digest, WeighbridgeError } from '@weighbridge/core';

/** What a collection may remove. */
export interface CollectionRequest {
  /** Digests of the files that are never removed; asked whenever it counts, and has to look anew each time. */
  live(): Promise<ReadonlySet<Digest>>;
  /**
   * Where a live file came from, asked after `live` of files of which the store has neither the bytes nor how they are
   * put together; null where nobody knows. Where they may have pieces there, nothing is removed. Default: nobody knows.
   */
  origin?(digest: Digest): FileOrigin | null;
  /** Whose bytes these are, as `own` was told. */
  readonly owner: string;
  /** How long bytes that no live file has stay for whoever is about to name them. */
  readonly unregisteredMs: number;
  /** How long what is condemned now waits for its removal. */
  readonly graceMs: number;
  /** Writes nothing, and measures ages by `now` instead of the clock of the store. */
  readonly dryRun: boolean;
  readonly now: Date;
}

/** What is known of a file that the store does not hold. */
export interface FileOrigin {
  readonly sizeBytes: number;
  /** Whether it was put into this store. */
  readonly isHere: boolean;
}

/** One object or recipe that nothing names. */
export interface CollectedObject {
  readonly key: string;
  readonly sizeBytes: number;
}

/** What a run came to. */
export interface CollectionOutcome {
  /**
   * `nothing` is to be removed; objects are `condemned` now; they are still `waiting` for the end of their grace; another
   * process is `deleting`; what was condemned and is still named by nothing is `deleted`. In a dry run: what there is.
   */
  readonly phase: 'nothing' | 'condemned' | 'waiting' | 'deleting' | 'deleted';
  /** What was condemned or deleted; while waiting, what nothing names now. */
  readonly objects: readonly CollectedObject[];
  /** Objects that stay: how many, and how many bytes. */
  readonly kept: { readonly objects: number; readonly sizeBytes: number };
  /**
   * Live files of which the store cannot tell how they lie, because their one object is archived or damaged. They stay,
   * as everything does that a live file names.
   */
  readonly untold: readonly { readonly digest: Digest; readonly fault: WeighbridgeError }[];
  /** When the grace is over, RFC 3339; null where nothing waits. */
  readonly dueAt: string | null;
}

/** The half of a store that removes things. What it promises to writers is in `@weighbridge/stores`, `collection`. */
export interface StoreCollector {
  /** Notes that a ledger names bytes of this store. Nothing when it is noted, or the store is older than such notes. */
  own(owner: string): Promise<void>;
  /** Notes that nobody else's ledger does, on the word of whoever calls. */
  claim(owner: string): Promise<void>;
  /** @throws store/not-owned unless the bytes of the store are this ledger's alone, store/control-malformed */
  requireSoleOwner(owner: string): Promise<void>;
  /** The time by the clock that dates the objects. Writes a small document to read it from. */
  now(): Promise<Date>;
  /**
   * Takes the next step of a collection: condemns, waits, deletes, or goes on where a run was killed.
   * @throws store/not-owned, store/control-malformed, store/recipe-malformed and store/pieces-unknown for a live file,
   * store/recipe-newer, and what `live` throws
   */
  collect(request: CollectionRequest): Promise<CollectionOutcome>;
}
