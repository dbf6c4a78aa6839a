import type { ModelName, Version } from '@weighbridge/core';
import type { DvcLockStage } from '@weighbridge/formats';
import type { Dependency } from '@weighbridge/ledger';
import type { ModelKind } from '@weighbridge/manifest';

/** A pipeline of DVC as it ran last, at the commit of a version. */
export interface Pipeline {
  /** Repository path of its `dvc.lock`. */
  readonly path: string;
  readonly stages: readonly DvcLockStage[];
  /**
   * Commands of the stages by name as the `dvc.yaml` beside the lock has them, where they can be told: of stages whose
   * commands have templates or come from a loop, those of the lock. Absent where nobody looked, or it cannot be read.
   */
  readonly written?: Readonly<Record<string, readonly string[]>>;
}

/** Where a version stands. */
export interface Placement {
  readonly kind: 'stage' | 'alias';
  readonly name: string;
  /** RFC 3339; null where the ledger does not say, as of aliases. */
  readonly since: string | null;
  readonly by: string | null;
}

/** Whether a kind of model comes out of a training; others are put together or written. */
export function isTrained(kind: ModelKind): boolean {
  return kind === 'model' || kind === 'adapter';
}

/** One version, as the ledger and its commit tell it: what a graph is drawn from. */
export interface RecordedVersion {
  readonly model: ModelName;
  readonly kind: ModelKind;
  /** The version it would get, for a candidate. */
  readonly version: Version | null;
  readonly commit: string | null;
  /** RFC 3339 of its registration, or of when a candidate was looked at. */
  readonly time: string;
  /** Null for a candidate. */
  readonly tag: string | null;
  readonly dependencies: readonly Dependency[];
  /** Repository paths of its artifacts. */
  readonly artifacts: readonly string[];
  /** How many files of training code are recorded. */
  readonly codeFiles: number;
  readonly environment: {
    readonly image: string | null;
    /** By its repository path. */
    readonly lock: { readonly path: string; readonly digest: string } | null;
    readonly framework: string | null;
  };
  /** What the record tells of the training besides, such as hardware, duration and the run. */
  readonly training: Readonly<Record<string, string>>;
  readonly placements: readonly Placement[];
  readonly pipelines: readonly Pipeline[];
}
