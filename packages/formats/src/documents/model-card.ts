import type { JsonObject, JsonValue } from '@weighbridge/core';
import { sortedObject, sortedSet, textOrNull } from './json-facts.js';
import { isJsonObject } from './strict-json.js';
import { parseStrictYaml } from './strict-yaml.js';

/** What the front matter of a model card says of the model's descent and kind (Hugging Face hub-docs, modelcard.md). */
export interface ModelCardFacts {
  /** Hub ids, sorted: several for a merge. The card has no place for a revision. */
  readonly baseModels: readonly string[];
  /** `finetune`, `adapter`, `quantized` or `merge`; null when it is left to be inferred. */
  readonly relation: string | null;
  readonly newVersion: string | null;
  readonly library: string | null;
  readonly task: string | null;
  readonly license: string | null;
  /** Hub ids, sorted. */
  readonly datasets: readonly string[];
}

/** A Markdown file split into what stands between its first `---` lines and the rest. */
export interface FrontMatter {
  readonly attributes: JsonObject;
  readonly body: string;
}

const frontMatterPattern = /^---[ \t]*\r?\n((?:[\s\S]*?\r?\n)?)---[ \t]*(?:\r?\n|$)/;

/** The YAML at the head of a Markdown file; null when there is none. @throws formats/yaml-malformed, formats/document-too-large */
export function parseFrontMatter(text: string, name: string): FrontMatter | null {
  const match = frontMatterPattern.exec(text);
  if (match === null) return null;
  const attributes = parseStrictYaml(match[1] ?? '', name);
  return { attributes: isJsonObject(attributes) ? attributes : {}, body: text.slice(match[0].length) };
}

/** Facts of a model card; all empty for a card without front matter. @throws as parseFrontMatter */
export function parseModelCard(text: string, name = 'README.md'): ModelCardFacts {
  const attributes = parseFrontMatter(text, name)?.attributes ?? sortedObject([]);
  return {
    baseModels: textsOf(attributes['base_model']),
    relation: textOrNull(attributes['base_model_relation']),
    newVersion: textOrNull(attributes['new_version']),
    library: textOrNull(attributes['library_name']),
    task: textOrNull(attributes['pipeline_tag']),
    license: textsOf(attributes['license']).join(', ') || null,
    datasets: textsOf(attributes['datasets']),
  };
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  const listed = Array.isArray(value) ? value : [value ?? null];
  return sortedSet(listed.filter((entry: JsonValue) => typeof entry === 'string' && entry !== '')) as readonly string[];
}
