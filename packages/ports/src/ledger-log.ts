import type { Digest, ModelName } from '@weighbridge/core';
import type { LedgerEvent, ModelCatalogue } from '@weighbridge/ledger';

/** Where an event stands in the log. */
export interface EntryReceipt {
  readonly id: string;
  readonly index: number;
  readonly outcome: 'appended' | 'present';
  /** Tries at the compare-and-swap that this call needed. */
  readonly tries: number;
}

export interface LogHead {
  readonly origin: string;
  readonly size: number;
  readonly rootHash: string;
  /** The checkpoint note as it stands on the branch; empty text when there is no ledger yet. */
  readonly checkpoint: string;
  readonly signed: boolean;
}

/**
 * The ledger as flows see it. The first read looks where the log stands, and later reads see that same moment; `head`
 * and `append` look again. What reads answer is bound to the signed head of the log: a file that somebody edited, and a
 * log that does not go on from what this clone saw of it, are errors and not answers. Only `file`, `files` and `paths`
 * give what is there as it is, for audits. Contract: append is atomic over its events and idempotent by event id; the pointer moves
 * of its events are compared with the catalogue at the moment of the append (`replaces`), so that of two concurrent
 * moves of one stage exactly one wins and the other gets ledger/conflict.
 */
export interface LedgerLog {
  /** The remote that keeps the ledger, when it can only be read here, such as offline; null when it can be written. */
  readOnly(): Promise<string | null>;
  /** @throws ledger/rewound, ledger/unbound, ledger/derived-differs, ledger/damaged, ledger/untrusted, as all reads but three */
  head(): Promise<LogHead>;
  /** What the last policy-changed entry says; null when there is no ledger. Costs one file. */
  policy(): Promise<{ readonly policy: Digest; readonly stages: readonly string[] } | null>;
  /** Names of every model that the ledger knows, sorted. */
  models(): Promise<readonly ModelName[]>;
  /** The catalogue of one model, or null when the ledger does not know it. Costs three files besides the head, whatever the log's size. */
  catalogue(model: ModelName): Promise<ModelCatalogue | null>;
  /** The catalogues of several models in one trip; of those that the ledger does not know there is none. Nothing of them is kept in memory here. */
  catalogues(models: readonly ModelName[]): Promise<ReadonlyMap<ModelName, ModelCatalogue>>;
  /** SHA-256 in hex of every model's catalogue, so that one that did not change need not be read again. Costs no catalogue. */
  catalogueHashes(): Promise<ReadonlyMap<ModelName, string>>;
  /**
   * Appends events with the evidence they name (bytes by digest). Makes the ledger when there is none.
   * @throws ledger/conflict, ledger/illegal, ledger/contended, ledger/unsigned, ledger/key-name, ledger/entry-too-large,
   * ledger/malformed-event, ledger/evidence-differs, ledger/evidence-too-large, ledger/damaged, ledger/untrusted,
   * ledger/derived-differs, ledger/unbound, ledger/rewound, ledger/offline
   */
  append(events: readonly LedgerEvent[], evidence?: ReadonlyMap<Digest, Uint8Array>): Promise<readonly EntryReceipt[]>;
  /**
   * Makes the files anew that are made from the entries, after verifying all of those, and answers the paths that
   * changed, or would in a dry run; none when all were right. The log stays as it is.
   * @throws ledger/rebuild-refused, ledger/unsigned, ledger/untrusted, ledger/contended, ledger/push-refused, ledger/offline
   */
  rebuild(options?: { readonly dryRun?: boolean }): Promise<readonly string[]>;
  /** The last checkpoint that this clone saw, as it stood on the branch; null when it saw none. */
  lastSeen(): Promise<string | null>;
  /** Forgets it, so that a log that was begun anew is taken as it is. False when there was none. */
  forgetSeen(): Promise<boolean>;
  /**
   * Bytes of one piece of evidence, verified against its digest; null when the branch does not hold it. `entry` is the
   * index of an entry that names it: without it all evidence may have to be looked through. @throws ledger/malformed
   */
  evidence(digest: Digest, entry?: number): Promise<Uint8Array | null>;
  /**
   * The same for many in as few trips as can be; what the branch does not hold is left out. Each is handed over once as it
   * is read and then let go, so that memory grows with what is kept of them. `take` may not ask the ledger.
   * @throws ledger/malformed
   */
  documents(
    asked: readonly { readonly digest: Digest; readonly entry: number | null }[],
    take: (digest: Digest, bytes: Uint8Array) => void,
  ): Promise<void>;
  /** Raw entries [start, end) as they are stored, each compared with the tree of the checkpoint. */
  entries(start: number, end: number): Promise<readonly Uint8Array[]>;
  /** Any file of the tip, such as `checkpoint` or `tile/0/000`; null when absent. */
  file(path: string): Promise<Uint8Array | null>;
  /** Several files of the tip in as few trips as can be; absent ones are left out. */
  files(paths: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Every path at the tip, sorted. */
  paths(): Promise<readonly string[]>;
}
