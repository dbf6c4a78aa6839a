import type { Digest, ModelName, Version } from '@weighbridge/core';
import type { Approval, Dependency, DesiredPointers, NamedArtifacts } from './event.js';

/** One version as the ledger tells it. */
export interface CatalogueVersion {
  readonly version: Version;
  readonly tag: string;
  readonly commit: string | null;
  readonly registeredAt: string;
  readonly identity: Digest;
  readonly evidence: Digest;
  readonly record: Digest;
  readonly snapshot: Digest;
  readonly artifacts: NamedArtifacts;
  readonly store: string | null;
  readonly bump: string;
  readonly previous: Version | null;
  readonly archived: boolean;
  readonly deprecated: boolean;
  /** Metric documents added after registration, newest last. */
  readonly addedEvidence: readonly {
    readonly id: string;
    readonly metrics: Digest;
    readonly level: string;
    /** Statement or run that stands behind it, by digest; null for a reported document. */
    readonly proof: Digest | null;
    readonly time: string;
    /** Index of the entry that added it; absent in catalogues that an earlier version wrote. */
    readonly entry?: number;
  }[];
  /** Signatures, newest last; absent before the first, as in catalogues that were written before there were any. */
  readonly signatures?: readonly {
    readonly signature: Digest;
    readonly root: Digest;
    readonly kind: 'key' | 'workflow';
    readonly signer: string;
    readonly time: string;
  }[];
  /** Legal holds that nobody released, oldest first; absent before the first one. One may have ended by its date. */
  readonly holds?: readonly LegalHold[];
  /** That its bytes are given up, and why; absent while they are kept. */
  readonly released?: ReleasedBytes;
  /** What it was made of; absent where the entry does not say, and then its snapshot does. */
  readonly dependencies?: readonly Dependency[];
  /** Index of the entry that registered it. */
  readonly entry: number;
}

/** Somebody's word that the bytes of a version stay, whatever the policy says. */
export interface LegalHold {
  readonly matter: string;
  /** The last day, or the time, until which it holds; null for no end. */
  readonly until: string | null;
  readonly since: string;
  readonly actor: string;
  readonly reason: string | null;
  readonly entry: number;
}

/** When the bytes of a version were given up, and by which line of which policy. */
export interface ReleasedBytes {
  readonly time: string;
  readonly actor: string;
  readonly rule: string;
  readonly policy: Digest;
  /** When the time of the rule began. */
  readonly since: string;
  readonly bytes: number;
  readonly entry: number;
}

/** Bypasses that a catalogue keeps: it is read whole, so that it must not grow with them. */
export const maxBypasses = 20;

/** When a stage pointed to what. */
export interface StageChange {
  readonly stage: string;
  readonly version: Version | null;
  readonly previous: Version | null;
  readonly time: string;
  readonly kind: 'transitioned' | 'rolled-back' | 'archived';
  readonly actor: string;
  readonly justification: string | null;
  /** The pull request that brought the move, and the logins of those whose reviews it counted. */
  readonly pull: number | null;
  readonly approvedBy: readonly string[];
  readonly entry: number;
}

/** The stages.yaml that was applied last. */
export interface AppliedStages {
  readonly stages: DesiredPointers;
  readonly aliases: DesiredPointers;
  /** The commit whose file it was. */
  readonly commit: string;
  readonly time: string;
  readonly pull: number | null;
  readonly entry: number;
}

/** A change of desired values that no decision permitted. */
export interface Bypass {
  readonly pull: number | null;
  readonly because: string;
  readonly requested: DesiredPointers;
  readonly commit: string | null;
  readonly actor: string;
  readonly time: string;
  readonly entry: number;
}

/** The ledger folded to now, for one model. Plain JSON; kept on the branch so that a reader needs no entries. */
export interface ModelCatalogue {
  readonly model: ModelName;
  /** Sorted by semver precedence, lowest first. */
  readonly versions: readonly CatalogueVersion[];
  /** The one version each stage points to; stages never used are absent. */
  readonly stages: Readonly<Record<string, Version | null>>;
  readonly aliases: Readonly<Record<string, Version>>;
  /** Identities that may not enter a stage again without a waiver, and why. */
  readonly frozen: readonly {
    readonly identity: Digest;
    readonly version: Version;
    readonly since: string;
    readonly justification: string | null;
    readonly entry: number;
  }[];
  readonly waivers: readonly {
    readonly gate: string;
    readonly identity: Digest;
    readonly expires: string | null;
    /** The roster that answers for it, and why; null in entries that did not say. */
    readonly rule: string | null;
    readonly reason: string | null;
    readonly approvedBy: readonly Approval[];
    readonly justification: string | null;
    readonly entry: number;
  }[];
  /** Null before stages.yaml was ever applied. */
  readonly applied: AppliedStages | null;
  /** The newest bypasses, at most `maxBypasses`, oldest first; all of them are entries. */
  readonly bypasses: readonly Bypass[];
  /** Every move of every stage pointer, oldest first. */
  readonly history: readonly StageChange[];
  readonly deprecated: boolean;
  /** Entries of the log that speak of this model. */
  readonly entries: number;
}
