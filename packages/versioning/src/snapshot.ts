import type { Digest, JsonObject, JsonValue, ModelName, Version } from '@weighbridge/core';
import type { ArtifactHeader, ExampleScores, MetricValue, PromptLanguage } from '@weighbridge/formats';
import type { DataRole, ModelKind } from '@weighbridge/manifest';

/**
 * The manifest with every reference resolved to digests and every header read, at one commit. Plain JSON, ready for
 * canonical JSON; lists are sorted by their `path`, `name` or `id`, so that equal content is equal text.
 */
export interface Snapshot {
  readonly schema: 1;
  readonly model: ModelName;
  readonly kind: ModelKind;
  readonly base: BaseFacet | null;
  readonly artifacts: readonly ArtifactFacet[];
  readonly data: readonly DataFacet[];
  readonly config: readonly DocumentFacet[];
  readonly code: readonly FileFacet[];
  readonly prompts: readonly PromptFacet[];
  readonly retrieval: DocumentFacet | null;
  readonly interface: DocumentFacet | null;
  readonly metrics: readonly MetricsFacet[];
  readonly runtime: RuntimeFacet;
  readonly uses: readonly {
    readonly model: ModelName;
    readonly range: string;
    readonly version: Version | null;
    readonly identity: Digest | null;
  }[];
  readonly training: JsonObject;
  readonly documentation: {
    readonly description: string | null;
    readonly owners: readonly string[];
    readonly files: readonly FileFacet[];
  };
  readonly metadata: JsonObject;
}

/** The model that this one was made from. */
export interface BaseFacet {
  /** The reference without its revision, such as `hf://meta-llama/Llama-3.1-8B` or `registry:llama-3-1-8b`. */
  readonly model: string;
  readonly revision: string | null;
  /** Content of the base where it was obtainable: equal content under another name is no change. */
  readonly content: Digest | null;
  /** For a base of this registry: the version that the range resolved to. */
  readonly version: Version | null;
  /** For a base of this registry: the versions that the model can be used with; absent in older snapshots. */
  readonly range?: string;
}

/** One artifact file. */
export interface ArtifactFacet {
  /** Relative to the manifest's folder, or with a leading / to the repository root: as a reader of the manifest sees it. */
  readonly path: string;
  readonly size: number;
  /** Null when only headers were read: then weights are not compared, and the assessment says so. Never registered. */
  readonly sha256: Digest | null;
  /** Null for a file that has no known header. Byte positions (`location`, `bytesRead`) are left out. */
  readonly header: SnapshotHeader | null;
  /**
   * Digest of each tensor's bytes by tensor name; of an archive without a known header, of each member's content by its
   * name. Of archives the empty name stands for everything else that a loader can see; absent where that is not known, as
   * in older snapshots. Empty when the bytes were not at hand.
   */
  readonly tensors: Readonly<Record<string, Digest>>;
  /** What a known JSON or YAML document beside the weights says (HF config, tokenizer, PEFT, MLmodel …). */
  readonly document: { readonly type: DocumentType; readonly facts: JsonObject } | null;
}

/** The documents beside weights that are understood, by the file that libraries look for. */
export type DocumentType =
  | 'hf-config'
  | 'tokenizer'
  | 'tokenizer-config'
  | 'generation-config'
  | 'chat-template'
  | 'peft-adapter'
  | 'mlmodel'
  | 'model-card'
  | 'safetensors-index';

/** The header as identity: no byte positions. Tensors as [name, dtype, shape] keep long lists small. */
export interface SnapshotHeader {
  readonly format: ArtifactHeader['format'];
  readonly tensors: readonly (readonly [name: string, dtype: string, shape: readonly number[]])[];
  readonly attributes: JsonObject;
  readonly graph: ArtifactHeader['graph'];
  readonly imports: readonly string[];
}

/** One data reference, resolved. */
export interface DataFacet {
  readonly name: string;
  readonly role: DataRole;
  /** As the manifest has it. */
  readonly ref: string;
  /** The immutable reference it was resolved to; null when it cannot be pinned. */
  readonly pinned: string | null;
}

/** A file of which only the digest counts. */
export interface FileFacet {
  readonly path: string;
  readonly digest: Digest;
}

/** A parsed document: `content` is its JSON value when it is JSON, YAML or TOML, else null and only the digest speaks. */
export interface DocumentFacet {
  readonly path: string;
  readonly digest: Digest;
  readonly content: JsonValue | null;
}

/** One prompt template. */
export interface PromptFacet {
  readonly path: string;
  readonly digest: Digest;
  /** Names of the template's variables, sorted. */
  readonly variables: readonly string[];
  /** What else the template says; absent in older snapshots. */
  readonly template?: PromptTemplate;
}

/** How a prompt template is written and what it is made of. */
export interface PromptTemplate {
  readonly language: PromptLanguage;
  /** Variables that may be left out: they have a default, or are asked for before they are used. Sorted. */
  readonly optional: readonly string[];
  /** The roles of a chat in their order; empty where the template is one text. */
  readonly roles: readonly string[];
  /** Answers that are shown as examples. */
  readonly examples: number;
  /** Tokens of the text by the tokenizer of the model; null where that is not at hand. */
  readonly tokens: number | null;
}

/** One metric document, flattened. Values are exact decimal text, or the word that stood there (`NaN`, `N/A`). */
export interface MetricsFacet {
  readonly id: string;
  readonly path: string;
  readonly digest: Digest;
  readonly format: string;
  readonly values: readonly MetricValue[];
  /** What must be equal for a comparison: dataset, harness, shots, task versions. */
  readonly context: JsonObject;
  /** The score of each example by metric key, for paired comparisons; absent where the manifest names none. */
  readonly examples?: ExampleScores;
}

/** What the model was trained with and runs in. */
export interface RuntimeFacet {
  readonly framework: string | null;
  readonly frameworkVersion: string | null;
  readonly image: string | null;
  readonly lock: FileFacet | null;
}
