import type { Bump, JsonObject, ModelName } from '@weighbridge/core';

export const modelKinds = ['model', 'adapter', 'prompt', 'retrieval', 'system', 'dataset'] as const;
export type ModelKind = (typeof modelKinds)[number];

export const dataRoles = ['train', 'validation', 'eval'] as const;
export type DataRole = (typeof dataRoles)[number];

/** `models/<name>/model.yaml` after checking, with defaults filled in. Paths are as written: see resolveManifestPath. */
export interface Manifest {
  readonly name: ModelName;
  readonly kind: ModelKind;
  readonly description: string | null;
  readonly owners: readonly string[];
  readonly impact: 'low' | 'high';
  /** `model` is a reference (hf://org/name, registry:name@range, vendor:provider/model). */
  readonly base: { readonly model: string; readonly revision: string | null } | null;
  readonly data: readonly { readonly name: string; readonly role: DataRole; readonly ref: string }[];
  /** Files, folders or globs of the weights and what belongs to them, or references to where they are kept. */
  readonly artifacts: readonly string[];
  readonly config: readonly string[];
  readonly code: readonly string[];
  readonly prompts: readonly string[];
  readonly retrieval: string | null;
  readonly interface: string | null;
  readonly metrics: readonly MetricReference[];
  readonly training: {
    readonly framework: string | null;
    readonly framework_version: string | null;
    readonly hardware: string | null;
    /** ISO 8601 duration. */
    readonly duration: string | null;
    readonly run: string | null;
  };
  readonly environment: { readonly image: string | null; readonly lock: string | null };
  readonly uses: readonly { readonly model: ModelName; readonly version: string }[];
  /** `copy` puts the bytes into the store, `reference` records where they are and copies nothing. */
  readonly store: 'copy' | 'reference';
  /** A declared bump: raises the computed one, never lowers it. */
  readonly bump: Exclude<Bump, 'none'> | null;
  readonly metadata: JsonObject;
}

/** One metric document, and where what stands behind it is found. */
export interface MetricReference {
  readonly id: string;
  readonly path: string;
  /** Files with the score of each example, for paired comparisons. Paths or globs. */
  readonly examples: readonly string[];
  /** File with the signed statement; null to look beside the document. */
  readonly attestation: string | null;
  /** The workflow run that made the document, by its number; null for none. */
  readonly run: string | null;
  /** The artifact of that run which holds it; null when the run has one only. */
  readonly artifact: string | null;
}

/** `models/<name>/stages.yaml`: the desired state. A stage named with null is asked to be empty. */
export interface Stages {
  readonly stages: Readonly<Record<string, string | null>>;
  readonly aliases: Readonly<Record<string, string>>;
}

/** `artifacts.lock` beside the manifest: what the bytes are, for checks that do not have them. */
export interface ArtifactsLock {
  readonly version: 1;
  readonly artifacts: readonly LockedArtifact[];
}

export interface LockedArtifact {
  /** Relative to the repository root. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** The header facts (formats.ArtifactHeader) as plain JSON; null for a file without a known header. */
  readonly header: JsonObject | null;
  /** Digest of each tensor's bytes by tensor name; absent names were not hashed. */
  readonly tensors: Readonly<Record<string, string>>;
  /** What a known document beside the weights says (formats.ModelDocument); absent or null for every other file. */
  readonly document?: JsonObject | null;
  /** Where the bytes were put, such as `folder:/srv/models`; null when they are in the checkout only. */
  readonly store: string | null;
  /** Of a file behind a reference, where it came from; absent for files of the checkout. */
  readonly source?: ArtifactSource;
}

/** Where a file behind a reference was found. */
export interface ArtifactSource {
  /** As the manifest writes it. */
  readonly reference: string;
  /** The same file for ever (`s3://…?versionId=…`), or its plain address where the service keeps no versions. */
  readonly address: string;
}
