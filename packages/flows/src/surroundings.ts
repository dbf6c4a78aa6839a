import type { Sha256, Sha256Stream } from '@weighbridge/core';
import type { InflateStream, RunFacts } from '@weighbridge/formats';
import type { Actor, RunReference } from '@weighbridge/ledger';
import type {
  Clock,
  DataReferences,
  Forge,
  LedgerLog,
  RemoteFiles,
  Repository,
  Store,
  TrackedRuns,
  WorkTree,
} from '@weighbridge/ports';
import type { ProgressTeller } from './progress/transfer.js';
import type { ProofSources } from './evidence/proof-sources.js';
import type { SigningTools } from './signing/signing-tools.js';
import type { UnlockedReads } from './referenced/unlocked-reads.js';
import type { ProvisionalVersions } from './assessment/provisional.js';

/** What a flow may touch. Hosts make one; tests make one from memory. */
export interface Surroundings {
  readonly workTree: WorkTree;
  readonly repository: Repository;
  readonly ledger: LedgerLog;
  /** Null when the policy names no store. */
  readonly store: Store | null;
  /** Null where no forge is known, or no token to ask it with. */
  readonly forge: Forge | null;
  /** What it takes to look behind metric documents. Absent: every document is a reported one. */
  readonly proofs?: ProofSources;
  /** What it takes to sign and verify versions. Absent: nothing of them can be checked here. */
  readonly signing?: SigningTools;
  /** What services say of data that they keep. Absent: nobody is asked, as offline; what may move stays unpinned. */
  readonly data?: DataReferences;
  /** Files that services keep. Absent: nobody is asked, as offline. */
  readonly remote?: RemoteFiles;
  /** What is asked instead for changes of strangers: without credentials. Absent: nobody is asked for them. */
  readonly forStrangers?: { readonly data: DataReferences; readonly remote: RemoteFiles };
  /** Bounds and keeps what one judgement reads of references that no lock lists. Absent: each is read whenever it is met. */
  readonly unlocked?: UnlockedReads;
  /** What services say of training runs. Absent: nobody is asked. */
  readonly runs?: TrackedRuns;
  /** What is known of this job, when it trained what it registers; null when not. Absent: it did not. */
  readonly trainingJob?: () => Promise<RunFacts | null>;
  /** Keeps between runs what was read of the catalogues for questions about lineage. Absent: each run reads all anew. */
  readonly lineageCache?: KeptBytes | null;
  readonly clock: Clock;
  readonly sha256: Sha256;
  readonly newHash: () => Sha256Stream;
  /** MD5 of a stream, by which DVC names contents. Absent: what only remotes of DVC have is not read. */
  readonly newMd5?: () => Sha256Stream;
  /** Opens compressed entries of archives. Absent: they are compared as files, and compressed checkpoints refused. */
  readonly inflate?: InflateStream;
  /**
   * An `inflate` that has given out nothing yet, of what it may: pull requests do not share one, so that none takes it
   * from the others. Absent: they do.
   */
  readonly openInflate?: () => InflateStream;
  readonly actor: Actor;
  readonly run: RunReference | null;
  /** True in a CI job: the ledger must then be signed where the policy requires it. */
  readonly ci: boolean;
  /** Verifier key of the signing key at hand; null when there is none. */
  readonly signer: string | null;
  readonly progress: ProgressTeller;
  /** Versions to come of models that are weighed together. Absent: only what is registered counts. */
  readonly provisional?: ProvisionalVersions;
}

/** A file of this clone alone that may vanish at any time. */
export interface KeptBytes {
  /** Null when nothing was kept. */
  read(): Promise<Uint8Array | null>;
  write(bytes: Uint8Array): Promise<void>;
}

/** A finding for people that stops nothing: where, when it is about a file, and what to do. */
export interface Notice {
  readonly level: 'warning' | 'notice';
  readonly text: string;
  readonly file?: string;
  readonly line?: number;
}
