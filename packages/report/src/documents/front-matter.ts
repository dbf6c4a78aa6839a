import { canonicalJson, type JsonObject, type JsonValue, WeighbridgeError } from '@weighbridge/core';
import { parseFrontMatter, parseStrictYaml } from '@weighbridge/formats';
import { modelFacts } from './model-facts.js';
import { indexedMetrics, modelIndex } from './model-index.js';
import type { VersionRecord } from './version-record.js';
import { formatYaml } from './yaml-text.js';

/** Where a card that the team wrote and the record of the version say different things of one key. */
export interface Disagreement {
  readonly key: string;
  /** What the card says; null for nothing where the record says something. */
  readonly card: JsonValue;
  readonly record: JsonValue;
}

/** The head of a card as YAML, and what of it contradicts the record. */
export interface CompletedFrontMatter {
  readonly yaml: string;
  readonly disagreements: readonly Disagreement[];
}

/** What the record says, by the keys of a model card (hub-docs, modelcard.md), in the order in which they are written. */
export function recordAttributes(record: VersionRecord): JsonObject {
  const facts = modelFacts(record.snapshot);
  const index = modelIndex(record, facts);
  const attributes: Readonly<Record<string, JsonValue>> = {
    license: facts.license,
    language: oneOrList(facts.languages),
    library_name: facts.library,
    pipeline_tag: facts.task,
    base_model: oneOrList(facts.baseModels),
    base_model_relation: facts.relation,
    datasets: facts.datasets.length === 0 ? null : facts.datasets,
    tags: facts.tags.length === 0 ? null : facts.tags,
    'model-index': index,
  };
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
}

/**
 * The front matter of the team's card with what it lacks from the record. What the team wrote stays letter for letter,
 * also where the record says something else: that is answered, never decided here.
 */
export function completeFrontMatter(own: OwnCard | null, record: VersionRecord): CompletedFrontMatter {
  const told = recordAttributes(record);
  const written = own?.attributes ?? {};
  const missing = Object.fromEntries(Object.entries(told).filter(([key]) => !Object.hasOwn(written, key)));
  const both = Object.keys(told).filter((key) => Object.hasOwn(written, key));
  const disagreements = both.flatMap((key) => compare(key, written[key] ?? null, told[key] ?? null));
  return { yaml: append(own, missing), disagreements };
}

/** A card that the team keeps: its head as text and as values, and its prose. */
export interface OwnCard {
  readonly attributes: JsonObject;
  /** YAML between the lines of dashes. */
  readonly yaml: string;
  readonly body: string;
}

/** Splits a card. A file without front matter is all prose. @throws formats/yaml-malformed, formats/document-too-large */
export function parseCard(text: string, name = 'README.md'): OwnCard {
  const parsed = parseFrontMatter(text, name);
  if (parsed === null) return { attributes: {}, yaml: '', body: text };
  const head = text
    .slice(0, text.length - parsed.body.length)
    .trimEnd()
    .split(/\r?\n/);
  return { attributes: parsed.attributes, yaml: head.slice(1, -1).join('\n'), body: parsed.body };
}

/** Behind what is there; where that cannot be added to, such as a map in braces, everything is written anew. */
function append(own: OwnCard | null, missing: JsonObject): string {
  if (own === null || own.yaml.trim() === '') return formatYaml(missing);
  if (Object.keys(missing).length === 0) return own.yaml;
  const whole = { ...own.attributes, ...missing };
  const added = `${own.yaml.trimEnd()}\n${formatYaml(missing)}`;
  return saysTheSame(added, whole) ? added : formatYaml(whole);
}

function saysTheSame(yaml: string, value: JsonObject): boolean {
  try {
    return canonicalJson(parseStrictYaml(yaml, 'front matter')) === canonicalJson(value);
  } catch (error) {
    if (error instanceof WeighbridgeError && error.exitCode !== 70) return false;
    throw error;
  }
}

function compare(key: string, card: JsonValue, record: JsonValue): readonly Disagreement[] {
  if (key === 'tags') return [];
  if (key === 'model-index') return compareIndexes(card, record);
  const [written, told] = [wordsOf(card), wordsOf(record)];
  return [...told].every((word) => written.has(word)) ? [] : [{ key, card, record }];
}

function compareIndexes(card: JsonValue, record: JsonValue): readonly Disagreement[] {
  const written = indexedMetrics(card);
  return indexedMetrics(record).flatMap(({ dataset, metric, value }) => {
    const same = written.filter((each) => each.metric === metric && each.dataset === dataset);
    if (same.some((each) => each.value === value)) return [];
    return [{ key: `model-index ${metric} on ${dataset}`, card: same[0]?.value ?? null, record: value }];
  });
}

function wordsOf(value: JsonValue): ReadonlySet<string> {
  const listed: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  return new Set(listed.map((item) => (typeof item === 'string' ? item.toLowerCase() : JSON.stringify(item))));
}

function oneOrList(texts: readonly string[]): JsonValue {
  return texts.length > 1 ? texts : (texts[0] ?? null);
}
