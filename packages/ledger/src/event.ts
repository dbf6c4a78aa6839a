import type { Digest, JsonObject, ModelName, Version } from '@weighbridge/core';

/** Who acted, by an id that survives a rename, and how that was established. */
export interface Actor {
  /** `github`: numeric user id; `git`: the e-mail-free name of git's configuration; `system`: a scheduled job. */
  readonly kind: 'github' | 'git' | 'system';
  readonly id: string;
  readonly login: string;
  /** `actions`: the runner's event; `token`: the forge told who owns the token; `claimed`: nobody checked. */
  readonly authenticated: 'actions' | 'token' | 'claimed';
}

/** The run that wrote an event, when there was one. */
export interface RunReference {
  readonly url: string;
  readonly workflow: string;
  readonly attempt: number;
}

/** What is said of every event. */
export interface EventContext {
  /** RFC 3339, UTC, whole seconds. */
  readonly time: string;
  readonly actor: Actor;
  readonly commit: string | null;
  readonly tree: string | null;
  readonly run: RunReference | null;
  readonly justification: string | null;
}

/** One approving review that counted, as the forge's API told it: ids survive a rename, logins are for people. */
export interface Approval {
  /** Numeric id of the reviewer, as text. */
  readonly id: string;
  readonly login: string;
  /** Id of the review, as text. */
  readonly review: string;
  /** The commit that was reviewed. */
  readonly commit: string;
  /** RFC 3339, UTC, whole seconds. */
  readonly submittedAt: string;
  /** The roster whose seat it fills. */
  readonly roster: string;
}

/** What a file of desired values asked for, by the name of the stage or alias; null: nothing. */
export type DesiredPointers = Readonly<Record<string, Version | null>>;

/** What became of a decision: pointers moved, nothing moved, or it was only reported as a status. */
export const decisionOutcomes = ['applied', 'held-back', 'reported'] as const;
/** One of these words. */
export type DecisionOutcome = (typeof decisionOutcomes)[number];

/** Documents that registration makes of a version: a model card in Markdown, a bill of materials in CycloneDX. */
export const documentKinds = ['model-card', 'bom'] as const;
/** One of these words. */
export type DocumentKind = (typeof documentKinds)[number];

/** How a version depends on what it was made of: fine-tuned from it, put together from it, trained or measured on it. */
export const dependencyKinds = ['base', 'part', 'data'] as const;
/** One of these words. */
export type DependencyKind = (typeof dependencyKinds)[number];

/** One thing that a version was made of, as far as it is known by name. */
export interface Dependency {
  readonly kind: DependencyKind;
  /**
   * Of data, what it was for, such as `train` or `eval`, with `run:` before it where only the run that made the version told
   * of it; null otherwise.
   */
  readonly role: string | null;
  /**
   * What is named, without its version: `registry:llama` for a model of this registry, `hf://org/name`, `s3://bucket/key`,
   * or a path from the repository's root with a leading slash.
   */
  readonly ref: string;
  /** What held it still: a version, a revision, a pinned reference; null when nothing did. */
  readonly pin: string | null;
  /** Which versions fit, of a model of this registry, as the manifest said; null otherwise. */
  readonly range: string | null;
}

/** One file of a version. */
export interface RegisteredArtifact {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
  /** Where a file lies that no store of this registry has, as a pinned reference; absent for every other one. */
  readonly address?: string;
}

/** Names the files of a version that are too many for an entry. */
export interface ArtifactList {
  /** The evidence that lists them, as formatArtifactList writes it. */
  readonly digest: Digest;
  /** Files. */
  readonly count: number;
  /** Bytes of all files. */
  readonly size: number;
}

/** The files of a version: all of them, or the list that names them. */
export type NamedArtifacts = readonly RegisteredArtifact[] | ArtifactList;

/** Dependencies that a registration lists. One with more lists none: its snapshot has them all. */
export const maxDependencies = 64;

/**
 * What kind of thing happened, and what is said of that kind alone. Members with a question mark came after the first
 * ledgers: entries that lack them stay readable, and new ones have them. `pull` is the number of the pull request that
 * brought it, null when none did.
 */
export interface EventBodies {
  /** A version came into being. Digests: of identity, evidence and record; `snapshot` names the evidence blob. */
  readonly registered: {
    readonly tag: string;
    readonly previous: Version | null;
    readonly bump: 'initial' | 'none' | 'patch' | 'minor' | 'major';
    readonly identity: Digest;
    readonly evidence: Digest;
    readonly record: Digest;
    readonly snapshot: Digest;
    readonly artifacts: NamedArtifacts;
    readonly store: string | null;
    /** Documents that were made of the version then, by digest of the evidence that holds them. */
    readonly documents?: readonly { readonly kind: DocumentKind; readonly digest: Digest }[];
    /** What it was made of, at most `maxDependencies`; absent where there are more. */
    readonly dependencies?: readonly Dependency[];
  };
  /** The pointer of a stage moved. `replaces` is the version it pointed to: the event is refused when that is not so. */
  readonly transitioned: {
    readonly from: string | null;
    readonly to: string;
    readonly replaces: Version | null;
    readonly identity: Digest;
    readonly decision: Digest | null;
    readonly verdict: string;
    /** Reviews that the decision counted. */
    readonly approvals?: readonly Approval[];
    readonly pull?: number | null;
  };
  /** A stage went back. The version it leaves (`replaces`) is archived, and its identity is frozen. */
  readonly 'rolled-back': {
    readonly stage: string;
    readonly replaces: Version;
    readonly identity: Digest;
    readonly frozen: Digest;
    readonly approvals?: readonly Approval[];
    readonly pull?: number | null;
  };
  readonly aliased: { readonly alias: string; readonly replaces: Version | null; readonly removed: boolean };
  readonly archived: { readonly from: string | null };
  readonly deprecated: { readonly scope: 'model' | 'version' };
  /** A review, with what it is bound to: it counts for content, evidence and policy slice with these digests. */
  readonly approved: {
    readonly identity: Digest;
    readonly evidence: Digest;
    readonly policy: Digest;
    readonly transition: string;
    readonly pull: number | null;
    readonly review: {
      readonly id: string;
      readonly author: { readonly id: string; readonly login: string };
      readonly commit: string;
      /** RFC 3339, UTC, whole seconds. */
      readonly submittedAt: string;
      readonly roster: string;
    };
  };
  /** A recorded exception: `gate` is a requirement's id, or `freeze` to lift the freeze of an identity. */
  readonly waived: {
    readonly gate: string;
    readonly identity: Digest;
    readonly expires: string | null;
    /** The roster that answers for it. */
    readonly rule?: string;
    readonly reason?: string;
    /** Reviews of the change that brought the waiver, as far as they are known. */
    readonly approvedBy?: readonly Approval[];
  };
  /** An exception of the ledger, of that gate, identity and end, was taken back: it holds for nothing from here on. */
  readonly 'waiver-revoked': { readonly gate: string; readonly identity: Digest; readonly expires: string | null };
  readonly 'gate-decided': {
    readonly transition: string;
    readonly verdict: string;
    readonly decision: Digest;
    readonly pull: number | null;
    /** Context of the commit status that told it, such as `weighbridge`; null when none did. */
    readonly statusContext: string | null;
    readonly outcome: DecisionOutcome;
  };
  /** `level` is what was found then; `proof` names the statement or run that was found, null for a reported document. */
  readonly 'evidence-added': {
    readonly metrics: Digest;
    readonly id: string;
    readonly level: string;
    readonly proof?: Digest | null;
  };
  /** Somebody signed the artifacts of a version (OpenSSF Model Signing). `signature` names the bundle, as evidence. */
  readonly signed: {
    readonly signature: Digest;
    /** The digest of all artifacts that the statement has as its subject. */
    readonly root: Digest;
    readonly kind: 'key' | 'workflow';
    /** SHA-256 of the public key in hexadecimal digits, or the address of the workflow, as found then. */
    readonly signer: string;
  };
  readonly deployed: { readonly environment: string; readonly detail: JsonObject };
  readonly observed: { readonly detail: JsonObject };
  readonly synced: { readonly registry: string; readonly detail: JsonObject };
  readonly tiered: { readonly tier: string; readonly detail: JsonObject };
  readonly annotated: { readonly detail: JsonObject };
  /**
   * Nothing keeps the bytes of a version any more, and they are not read again. Its record stays. `rule` is the line of
   * the policy that said so, `policy` the digest of the whole policy, `since` when the time of that line began.
   */
  readonly 'bytes-released': {
    readonly rule: string;
    readonly policy: Digest;
    readonly since: string;
    /** Of its files, each for itself; what other versions share stays in the store. */
    readonly bytes: number;
    /** Entries of the model that the decision rests on: with one more in between, it has to be taken anew. */
    readonly entries: number;
  };
  /** A legal hold: the bytes of a version stay until it is released, or until its end. `matter` tells holds apart. */
  readonly held: { readonly matter: string; readonly until: string | null };
  /** `entry` is the index of the hold that ends; entries of earlier releases end whichever there is for the matter. */
  readonly 'hold-released': { readonly matter: string; readonly entry?: number };
  /** The first entry of every log, and one for each later change. Not about a model. */
  readonly 'policy-changed': { readonly policy: Digest; readonly stages: readonly string[] };
  /**
   * The stages.yaml of `context.commit` was applied: these were the desired values. It moves nothing itself; the moves
   * are entries of their own.
   */
  readonly applied: {
    readonly stages: DesiredPointers;
    readonly aliases: DesiredPointers;
    readonly pull: number | null;
  };
  /** A change of desired values reached the branch without a decision that permits it. */
  readonly bypassed: {
    readonly pull: number | null;
    readonly commits: readonly string[];
    readonly paths: readonly string[];
    readonly because: string;
    readonly requested: DesiredPointers;
  };
}

export type EventType = keyof EventBodies;

/** One thing that happened, before it is an entry. `model` and `version` are null only for policy-changed. */
export type LedgerEvent = {
  readonly [Type in EventType]: {
    /** Idempotency: the same id is the same event. 64 hex digits, made from what the event means, not from when. */
    readonly id: string;
    readonly type: Type;
    readonly model: ModelName | null;
    readonly version: Version | null;
    readonly context: EventContext;
    readonly body: EventBodies[Type];
  };
}[EventType];

export type EventOf<Type extends EventType> = Extract<LedgerEvent, { readonly type: Type }>;
