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

/** What kind of thing happened, and what is said of that kind alone. */
export interface EventBodies {
  /** A version came into being. Digests: ruling of identity, evidence and record; `snapshot` names the evidence blob. */
  readonly registered: {
    readonly tag: string;
    readonly previous: Version | null;
    readonly bump: 'initial' | 'none' | 'patch' | 'minor' | 'major';
    readonly identity: Digest;
    readonly evidence: Digest;
    readonly record: Digest;
    readonly snapshot: Digest;
    readonly artifacts: readonly { readonly path: string; readonly size: number; readonly sha256: string }[];
    readonly store: string | null;
  };
  /** The pointer of a stage moved. `replaces` is the version it pointed to: the event is refused when that is not so. */
  readonly transitioned: {
    readonly from: string | null;
    readonly to: string;
    readonly replaces: Version | null;
    readonly identity: Digest;
    readonly decision: Digest | null;
    readonly verdict: string;
  };
  /** A stage went back. The version it leaves (`replaces`) is archived, and its identity is frozen. */
  readonly 'rolled-back': {
    readonly stage: string;
    readonly replaces: Version;
    readonly identity: Digest;
    readonly frozen: Digest;
  };
  readonly aliased: { readonly alias: string; readonly replaces: Version | null; readonly removed: boolean };
  readonly archived: { readonly from: string | null };
  readonly deprecated: { readonly scope: 'model' | 'version' };
  readonly approved: { readonly identity: Digest; readonly transition: string; readonly review: JsonObject };
  /** A recorded exception: `gate` is a requirement's id, or `freeze` to lift the freeze of an identity. */
  readonly waived: { readonly gate: string; readonly identity: Digest; readonly expires: string | null };
  readonly 'gate-decided': { readonly transition: string; readonly verdict: string; readonly decision: Digest };
  readonly 'evidence-added': { readonly metrics: Digest; readonly id: string; readonly level: string };
  readonly deployed: { readonly environment: string; readonly detail: JsonObject };
  readonly observed: { readonly detail: JsonObject };
  readonly synced: { readonly registry: string; readonly detail: JsonObject };
  readonly tiered: { readonly tier: string; readonly detail: JsonObject };
  readonly annotated: { readonly detail: JsonObject };
  /** The first entry of every log, and one for each later change. Not about a model. */
  readonly 'policy-changed': { readonly policy: Digest; readonly stages: readonly string[] };
  readonly bypassed: { readonly detail: JsonObject };
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
