import type { Digest, ModelName, Version } from '@weighbridge/core';
import type { Decision, EvidenceFacts } from '@weighbridge/gates';
import type { Change, Snapshot } from '@weighbridge/versioning';

/** Everything that the registry knows of one version, gathered beforehand: what its documents are made from. */
export interface VersionRecord {
  readonly model: ModelName;
  readonly version: Version;
  readonly tag: string;
  readonly commit: string | null;
  /** RFC 3339, UTC. */
  readonly registeredAt: string;
  readonly bump: string;
  /** The version that it was compared with; null for the first. */
  readonly previous: { readonly version: Version; readonly identity: Digest | null } | null;
  readonly changes: readonly Change[];
  readonly digests: { readonly identity: Digest; readonly evidence: Digest; readonly record: Digest };
  readonly snapshot: Snapshot;
  readonly artifacts: readonly { readonly path: string; readonly size: number; readonly sha256: string }[];
  /** Where the bytes are; null where none were stored. */
  readonly store: string | null;
  /** Metric documents by id. */
  readonly evidence: Readonly<Record<string, EvidenceFacts>>;
  /** Its moves between stages, oldest first. */
  readonly moves: readonly RecordedMove[];
  /** Address of the repository, such as `https://github.com/acme/models`; null where none is known. */
  readonly repository: string | null;
  /** Address of the run that registered it. */
  readonly run: string | null;
}

/** One move of a version, with what let it pass. */
export interface RecordedMove {
  readonly to: string;
  readonly time: string;
  /** Login of whoever moved it. */
  readonly actor: string;
  readonly justification: string | null;
  readonly pull: number | null;
  readonly approvals: readonly { readonly login: string; readonly roster: string }[];
  /** Null where the move rests on none, such as a rollback. */
  readonly decision: Pick<Decision, 'verdict' | 'because' | 'requirements'> | null;
}
