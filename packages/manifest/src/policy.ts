import type { Bump } from '@weighbridge/core';

/** `weighbridge.yaml` after checking, with defaults filled in. Read from the base branch, never from the PR. */
export interface Policy {
  readonly version: 1;
  /** `warn`: every verdict is told and none blocks; what `init` writes for adoption. */
  readonly mode: 'enforce' | 'warn';
  /** Where manifests are looked for; each pattern ends in the manifest's file name. Default `models/<name>/model.yaml`. */
  readonly models: readonly string[];
  /** In order; the last is the archive, which holds a set of versions, all others point to at most one. */
  readonly stages: readonly string[];
  /** Allowed moves by target stage. Default: from the stage before it, from none into the first, from all into the archive. */
  readonly transitions: Readonly<Record<string, readonly string[]>>;
  readonly release: { readonly when: 'on-tag' | 'on-merge'; readonly branches: readonly string[] };
  readonly versioning: VersioningPolicy;
  readonly store: StorePolicy | null;
  readonly ledger: {
    readonly branch: string;
    readonly signing: 'required' | 'optional';
    readonly keys: readonly string[];
  };
  readonly reviewers: Readonly<
    Record<string, { readonly users: readonly string[]; readonly teams: readonly string[] }>
  >;
  /** Rosters or logins that own the policy itself. */
  readonly owners: readonly string[];
  readonly rollback: { readonly keep: number; readonly allow: readonly string[] };
  /** By target stage. */
  readonly gates: Readonly<Record<string, GatePolicy>>;
  readonly waivers: readonly WaiverPolicy[];
}

export interface VersioningPolicy {
  readonly preset: 'weights' | 'interface';
  /** Overrides by `facet`, `facet.kind` such as `tokenizer.chat_template`. */
  readonly rules: Readonly<Record<string, Bump>>;
  readonly initial: string;
  /** Metrics whose significant change counts for the bump (with a changed identity, at least minor). */
  readonly metrics: readonly {
    readonly metric: string;
    readonly direction: 'higher' | 'lower';
    /** Least difference that counts, as exact decimal text. */
    readonly threshold: string;
  }[];
}

export interface StorePolicy {
  readonly type: 'folder';
  /** Absolute, or relative to the repository root; `~` is not expanded. */
  readonly path: string;
}

/** The requirements for entering one stage. Absent parts ask nothing. Decimal numbers are exact text, as written. */
export interface GatePolicy {
  /** Stages a version may come from; overrides `transitions` for this stage. */
  readonly from: readonly string[] | null;
  /** Least time in the stage before, in milliseconds. */
  readonly soakMs: number | null;
  readonly checks: readonly string[];
  readonly metadata: 'complete' | 'optional';
  readonly formats: { readonly allow: readonly string[] | null; readonly deny: readonly string[] };
  readonly evidence: {
    readonly level: 'reported' | 'workflow' | 'attested' | 'recomputed';
    readonly maxAgeMs: number | null;
    readonly same: readonly string[];
    /** `complete`: results of a part of the samples, such as with a limit for trying out, do not count. */
    readonly samples: 'complete' | 'any';
  } | null;
  readonly metrics: readonly MetricGate[];
  readonly reviewers: readonly ReviewerGate[];
  readonly onInconclusive: 'block' | 'warn';
  /** `holm`: a comparison under uncertainty fails only when it does so among all of the gate's comparisons. */
  readonly multiplicity: 'none' | 'holm';
}

export interface MetricBounds {
  readonly min: string | null;
  readonly max: string | null;
}

/** Allowed loss or asked gain. `relative` is a fraction as exact decimal text: `1%` reads as `0.01`. */
export interface MetricMargin {
  readonly absolute: string | null;
  readonly relative: string | null;
}

export interface MetricGate {
  readonly id: string;
  /** `<metrics id>.<dotted key>`, such as `eval.accuracy`. */
  readonly metric: string;
  readonly direction: 'higher' | 'lower';
  readonly bounds: MetricBounds | null;
  readonly baseline: {
    /** `stage:production`, `previous`, or a version. */
    readonly ref: string;
    readonly maxRegression: MetricMargin | null;
    readonly minImprovement: MetricMargin | null;
    readonly ifAbsent: 'fail' | 'bounds-only';
  } | null;
  readonly uncertainty: {
    readonly use: 'none' | 'stderr' | 'paired' | 'bootstrap';
    readonly confidence: string;
  } | null;
  readonly slices: {
    readonly by: string;
    readonly minSamples: number | null;
    readonly required: readonly string[];
    /** What comes of a slice that the baseline has, the candidate lacks and nobody required. */
    readonly onMissing: 'fail' | 'warn';
    readonly each: { readonly bounds: MetricBounds | null; readonly maxRegression: MetricMargin | null };
  } | null;
  readonly severity: 'block' | 'warn';
}

export interface ReviewerGate {
  readonly from: string;
  readonly count: number;
  readonly when: Readonly<Record<string, string>>;
}

export interface WaiverPolicy {
  readonly gate: string;
  readonly model: string;
  readonly digest: string;
  readonly reason: string;
  /** Date, inclusive, UTC. */
  readonly expires: string;
  readonly rule: string;
}
