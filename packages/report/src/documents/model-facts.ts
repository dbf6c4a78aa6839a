import type { JsonObject, JsonValue } from '@weighbridge/core';
import { parseReference } from '@weighbridge/manifest';
import type { ArtifactFacet, DocumentType, Snapshot } from '@weighbridge/versioning';
import { libraryOf, relationOf, taskOf } from './hub-words.js';

const maxText = 200;
const maxItems = 100;

/** What a version is in the words of the Hugging Face Hub. What nothing says is null or empty: nothing is guessed. */
export interface ModelFacts {
  readonly license: string | null;
  readonly languages: readonly string[];
  readonly library: string | null;
  /** The pipeline tag, such as `text-generation`. */
  readonly task: string | null;
  /** Hub ids. */
  readonly baseModels: readonly string[];
  readonly relation: string | null;
  /** Hub ids. */
  readonly datasets: readonly string[];
  readonly tags: readonly string[];
  /** `model_type` of a Hugging Face configuration, such as `llama`. */
  readonly family: string | null;
  /** The class that the configuration names, such as `LlamaForCausalLM`. */
  readonly architecture: string | null;
}

/**
 * Facts of a version's snapshot. What the team wrote under `metadata` of the manifest comes first, by the names that model
 * cards use (`license`, `language`, `library_name`, `pipeline_tag`, `base_model_relation`, `datasets`, `tags`), then what
 * the files of the model say of themselves.
 */
export function modelFacts(snapshot: Snapshot): ModelFacts {
  const { metadata } = snapshot;
  const peft = documentOf(snapshot, 'peft-adapter');
  const config = objectOf(documentOf(snapshot, 'hf-config')?.['architecture']);
  const card = documentOf(snapshot, 'model-card');
  const architecture = textsOf(config['architectures'])[0] ?? null;
  const baseModels = baseModelsOf(snapshot, card, peft);
  return {
    license: textOf(metadata['license']) ?? textOf(card?.['license']) ?? attributeOf(snapshot, 'general.license'),
    languages: textsOf(metadata['language']),
    library: textOf(metadata['library_name']) ?? textOf(card?.['library']) ?? libraryOf(snapshot, peft !== null),
    task:
      textOf(metadata['pipeline_tag']) ?? textOf(card?.['task']) ?? taskOf(textOf(peft?.['task_type']), architecture),
    baseModels,
    relation:
      baseModels.length === 0
        ? null
        : (textOf(metadata['base_model_relation']) ?? textOf(card?.['relation']) ?? relationOf(snapshot)),
    datasets: unique([
      ...textsOf(metadata['datasets']),
      ...snapshot.data.flatMap(({ ref }) => hubId(ref, 'dataset') ?? []),
      ...textsOf(card?.['datasets']),
    ]),
    tags: unique([...textsOf(metadata['tags']), ...textsOf(peft?.['peft_type']).map((type) => type.toLowerCase())]),
    family: textOf(config['model_type']),
    architecture,
  };
}

/** The id of a Hub repository of that type, when the reference names one. */
export function hubId(reference: string, type: 'model' | 'dataset'): string | null {
  if (!reference.startsWith('hf:')) return null;
  const parsed = parseReference(reference);
  return parsed.scheme === 'hf' && parsed.type === type ? parsed.repository : null;
}

/** The manifest says which base it is; a path of a training machine in an adapter's configuration is none. */
function baseModelsOf(snapshot: Snapshot, card: JsonObject | null, peft: JsonObject | null): readonly string[] {
  if (snapshot.base !== null) {
    const id = hubId(snapshot.base.model, 'model');
    return id === null ? [] : [id];
  }
  const told = textsOf(card?.['baseModels']);
  const named = textOf(peft?.['base_model_name_or_path']);
  if (told.length > 0) return told;
  return named !== null && /^[\w.-]+\/[\w.-]+$/.test(named) && !named.startsWith('.') ? [named] : [];
}

function documentOf(snapshot: Snapshot, type: DocumentType): JsonObject | null {
  return snapshot.artifacts.find(({ document }) => document?.type === type)?.document?.facts ?? null;
}

function attributeOf(snapshot: Snapshot, key: string): string | null {
  const found = snapshot.artifacts.map(({ header }: ArtifactFacet) => textOf(header?.attributes[key]));
  return found.find((text) => text !== null) ?? null;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' && value.length <= maxText ? value.trim() : null;
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  const listed: readonly JsonValue[] = Array.isArray(value) ? value : [value ?? null];
  return listed.flatMap((item) => textOf(item) ?? []).slice(0, maxItems);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
