import type { Bump } from '@weighbridge/core';
import type { ModelKind } from './manifest.js';

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
  readonly retention: {
    /** How long bytes stay that no registered version names; never less than two days. */
    readonly unregisteredMs: number;
    /** How long what a collection condemned waits for its removal. */
    readonly graceMs: number;
    /** When bytes of registered versions are given up; absent where they are kept for ever. */
    readonly versions?: VersionRetention;
    /** Rosters, logins or teams that may end a legal hold; absent where whoever may start the job may. */
    readonly holdRelease?: readonly string[];
  };
  /** Which storage class keeps which bytes; absent where everything stays where it was written. */
  readonly tiers?: TiersPolicy;
  readonly ledger: {
    readonly branch: string;
    readonly signing: 'required' | 'optional';
    readonly keys: readonly string[];
  };
  readonly reviewers: Readonly<Record<string, Roster>>;
  readonly review: ReviewPolicy;
  /** Rosters or logins that own the policy itself. */
  readonly owners: readonly string[];
  readonly rollback: { readonly keep: number; readonly allow: readonly string[] };
  /** By target stage. */
  readonly gates: Readonly<Record<string, GatePolicy>>;
  readonly waivers: readonly WaiverPolicy[];
  /** Whose word counts for more than a file in a pull request. */
  readonly evidence: EvidenceTrust;
  /** Who may sign versions; absent where nobody does. */
  readonly signing?: SigningPolicy;
  readonly waiverLimits: {
    /** How far ahead a waiver may expire; null for any distance. */
    readonly maxDurationMs: number | null;
    /** Least characters of a reason. */
    readonly minReason: number;
  };
}

/** For how long versions keep their bytes that no stage and no alias points to. */
export interface VersionRetention {
  /** So many of the newest versions of each model that still have bytes keep them, whatever their age. */
  readonly keepVersions: number;
  /** Archived versions, from their archiving on, by the furthest stage that they held; stages that are absent: for ever. */
  readonly archivedMs: Readonly<Record<string, number>>;
  /** Versions that never held a stage behind the first, from the last change on; null: for ever. */
  readonly unpromotedMs: number | null;
}

/** How the bytes of tiers are kept: storage classes as the service of the store calls them; null where it has none. */
export interface TiersPolicy {
  readonly hot: string | null;
  readonly warm: TierRule | null;
  readonly cold: TierRule | null;
}

/** When the bytes of a version that is ready for no stage go to a tier; null: never by that count. */
export interface TierRule {
  /** Without one of its own, that of the next hotter tier. */
  readonly class: string | null;
  /** Whether objects lie compressed. */
  readonly compress: boolean;
  /** After the registration or the last move of a version that is not archived. */
  readonly afterMs: number | null;
  /** After the archiving. */
  readonly archivedMs: number | null;
}

/** Who may approve. Logins and `org/team`, without @. */
export interface Roster {
  readonly users: readonly string[];
  readonly teams: readonly string[];
}

/** Which reviews count, the same for every gate. */
export interface ReviewPolicy {
  /** What a reviewer must be allowed in the repository when the evaluation is made. */
  readonly permission: 'read' | 'triage' | 'write' | 'maintain' | 'admin';
  /** Whose requested changes block: members of the rosters that are asked, or of everybody who may write, too. */
  readonly objections: 'rosters' | 'writers';
  /** `others`: a dismissal by the author or by a contributor leaves the objection in place. */
  readonly dismissals: 'anyone' | 'others';
  /** What asking somebody again does to the approval that they gave before. */
  readonly reRequest: 'withdraws' | 'keeps';
  /** What a commit does whose author has no account: each requirement asks one more approval, or nothing passes. */
  readonly unknownContributors: 'one-more' | 'refuse';
  /** Whether the comment `/weighbridge approve <commit>` approves. */
  readonly commands: boolean;
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
    /** Whether chance is taken into account: then a difference counts only where its interval lies on one side of zero. */
    readonly uncertainty?: MetricGate['uncertainty'];
    /** A new capability: a model that passes these bounds for the first time, or has the metric for the first time. */
    readonly capability?: MetricBounds | null;
  }[];
}

/** Where the bytes of versions are kept. Another kind of store is another member, told apart by `type`. */
export type StorePolicy = FolderStorePolicy | S3StorePolicy | GcsStorePolicy | AzureStorePolicy;

/** A folder of the machine, or of a disk that several share. */
export interface FolderStorePolicy {
  readonly type: 'folder';
  /** Absolute, or relative to the repository root; `~` is not expanded. */
  readonly path: string;
}

/** A bucket of S3 or of a compatible server. Null: whatever the environment says, or the default. */
export interface S3StorePolicy {
  readonly type: 's3';
  readonly bucket: string;
  /** Without slashes at its ends. */
  readonly prefix: string | null;
  readonly region: string | null;
  readonly endpoint: string | null;
  readonly pathStyle: boolean | null;
  readonly profile: string | null;
  readonly conditionalWrites: boolean;
}

/** A bucket of Google Cloud Storage. Null: whatever the environment says, or the default. */
export interface GcsStorePolicy {
  readonly type: 'gcs';
  readonly bucket: string;
  /** Without slashes at its ends. */
  readonly prefix: string | null;
  readonly endpoint: string | null;
}

/** A container of Azure Blob Storage, or of an emulator. Null: the whole container, or the public cloud. */
export interface AzureStorePolicy {
  readonly type: 'azure';
  /** The storage account. */
  readonly account: string;
  readonly container: string;
  /** Without slashes at its ends. */
  readonly prefix: string | null;
  /** The blob endpoint of the account. */
  readonly endpoint: string | null;
}

/** The requirements for entering one stage. Absent parts ask nothing. Decimal numbers are exact text, as written. */
export interface GatePolicy {
  /** Stages a version may come from; overrides `transitions` for this stage. */
  readonly from: readonly string[] | null;
  /** Least time in the stage before, in milliseconds. */
  readonly soakMs: number | null;
  readonly checks: readonly string[];
  readonly metadata: 'complete' | 'optional';
  /** Absent where data may move, so that what rests on gates without it stays as it is. */
  readonly data?: 'pinned';
  readonly formats: { readonly allow: readonly string[] | null; readonly deny: readonly string[] };
  readonly evidence: {
    readonly level: 'reported' | 'workflow' | 'attested' | 'recomputed';
    readonly maxAgeMs: number | null;
    readonly same: readonly string[];
    /** `complete`: results of a part of the samples, such as with a limit for trying out, do not count. */
    readonly samples: 'complete' | 'any';
  } | null;
  /** Absent where none is asked, so that what rests on gates without it stays as it is. */
  readonly signature?: 'required';
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
  /** A roster of the policy; `owners`, where no roster has that name, are those of the manifest. */
  readonly from: string;
  readonly count: number;
  readonly when: ReviewerCondition;
}

/** Asked for only when every member that is there holds. */
export interface ReviewerCondition {
  readonly impact?: 'low' | 'high';
  readonly kind?: ModelKind;
  readonly waiver?: 'used' | 'unused';
  /** Stage that the version comes from; `none` for a version that holds none. */
  readonly from?: string;
  /** Format of an artifact; `pickle` for every format whose loading runs one. */
  readonly format?: string;
  readonly metric?: MetricCondition;
}

/** Verdicts that a condition may name; what a gate waits for (`pending`) is none of a metric's. */
export type MetricOutcome = 'pass' | 'warn' | 'waived' | 'inconclusive' | 'fail' | 'error';

/** Holds when a metric gate of the stage came to one of the outcomes. */
export interface MetricCondition {
  readonly outcomes: readonly MetricOutcome[];
  /** Id of the metric gate; null for any. */
  readonly gate: string | null;
  /** `column=value`; null for the gate as a whole. */
  readonly slice: string | null;
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

/** Who may stand behind metric documents. Empty lists: nobody, and every document is only reported. */
export interface EvidenceTrust {
  /** Ed25519 verifier keys, as C2SP signed-note writes them. */
  readonly keys: readonly string[];
  readonly signers: readonly SignerPolicy[];
  readonly workflows: readonly WorkflowPolicy[];
  /** Null: the public good instance of Sigstore, as the release knows it. */
  readonly trustedRoot: { readonly path: string; readonly digest: string } | null;
}

/** Whose signatures of versions count (OpenSSF Model Signing). */
export interface SigningPolicy {
  /** ECDSA public keys by the name that people know them by, as PEM. */
  readonly keys: Readonly<Record<string, string>>;
  readonly signers: readonly SignerPolicy[];
  /** `register`: registration signs, and fails where it cannot. */
  readonly when: 'register' | 'later';
  /** That of the evidence. */
  readonly trustedRoot: EvidenceTrust['trustedRoot'];
}

/** A workflow whose statements count when Sigstore certified them. */
export interface SignerPolicy {
  /** Address of the workflow, such as `https://github.com/acme/models/.github/workflows/eval.yml`. */
  readonly workflow: string;
  /** Patterns of the ref of the workflow and of the commit it ran on, such as `refs/heads/main`. */
  readonly refs: readonly string[];
  readonly issuer: string;
  /** Address of the repository whose run signs. */
  readonly repository: string;
  /** Null: every event but those of pull requests. */
  readonly events: readonly string[] | null;
  readonly role: 'attest' | 'recompute';
}

/** A workflow of this repository whose artifacts count. */
export interface WorkflowPolicy {
  readonly path: string;
  readonly branches: readonly string[];
  /** Null: every event but those of pull requests. */
  readonly events: readonly string[] | null;
}
