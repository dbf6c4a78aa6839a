import type { JsonObject, JsonValue } from '@weighbridge/core';
import { isJsonList, isJsonObject, memberOf } from '../json/key-differences.js';
import type { WeightGroup } from './weight-group.js';

/** How deep estimators may be nested, as their reader bounds it. */
const deepest = 8;

/** A pickled estimator as its header tells it. */
export interface Estimator {
  /** One line for each estimator in it: where it stands and its class, without the module that it lives in. */
  readonly outline: readonly string[];
  readonly inputFeatures: number | null;
  /** In the order in which they are taken; null when it was fitted without names. */
  readonly featureNames: readonly JsonValue[] | null;
  /** Labels in the order of their ids, lists of them for several outputs, or `{count}`; null for a regressor. */
  readonly classes: JsonValue;
  /** Shape of its output; null when it does not tell. */
  readonly outputs: JsonValue;
  /** By name, those of a part behind the part's own name. */
  readonly hyperparameters: ReadonlyMap<string, JsonValue>;
}

/** The estimator that a file holds; null for every other file. */
export function estimatorOf(group: WeightGroup): Estimator | null {
  const facts = group.attributes.get('estimator');
  if (!isJsonObject(facts ?? null)) return null;
  const root = facts as JsonObject;
  const outline: string[] = [];
  const hyperparameters = new Map<string, JsonValue>();
  walk(root, '', deepest, (place, part) => {
    outline.push(`${place === '' ? '' : `${place}: `}${shortClass(part)}`);
    for (const [name, value] of Object.entries(objectOf(memberOf(part, 'hyperparameters'))))
      hyperparameters.set(place === '' ? name : `${place}.${name}`, value);
  });
  const features = found(root, 'input_features', 'first');
  const names = found(root, 'feature_names', 'first');
  return {
    outline,
    inputFeatures: typeof features === 'number' ? features : null,
    featureNames: isJsonList(names) ? names : null,
    classes: found(root, 'classes', 'last'),
    outputs: found(root, 'outputs', 'last'),
    hyperparameters,
  };
}

/** A pipeline takes what its first step takes and gives what its last gives; a search speaks for the best that it found. */
function found(facts: JsonObject, key: string, end: 'first' | 'last', depth = deepest): JsonValue {
  const own = memberOf(facts, key);
  if (own !== undefined || depth === 0) return own ?? null;
  const parts = partsOf(facts);
  const best = parts.find((part) => memberOf(part, 'in') === 'best_estimator_');
  if (best !== undefined) return found(best, key, end, depth - 1);
  const steps = parts.filter((part) => memberOf(part, 'in') === 'steps' && memberOf(part, 'class') !== 'passthrough');
  const step = end === 'first' ? steps[0] : steps.at(-1);
  return step === undefined ? null : found(step, key, end, depth - 1);
}

function walk(facts: JsonObject, place: string, depth: number, visit: (place: string, part: JsonObject) => void): void {
  visit(place, facts);
  if (depth === 0) return;
  for (const [index, part] of partsOf(facts).entries()) {
    const [own, attribute] = [memberOf(part, 'name'), memberOf(part, 'in')];
    const name = typeof own === 'string' ? own : `${typeof attribute === 'string' ? attribute : ''}[${index}]`;
    walk(part, `${place === '' ? '' : `${place}.`}${name}`, depth - 1, visit);
  }
}

function partsOf(facts: JsonObject): readonly JsonObject[] {
  const parts = memberOf(facts, 'parts');
  return isJsonList(parts ?? null) ? (parts as readonly JsonValue[]).filter(isJsonObject) : [];
}

/** Modules move from release to release of a library: a class is its name and its package. */
function shortClass(facts: JsonObject): string {
  const value = memberOf(facts, 'class');
  const name = typeof value === 'string' ? value : '';
  const [owner = '', ...path] = name.split('.');
  return path.length === 0 ? owner : `${owner}.${path.at(-1)}`;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value ?? null) ? (value as JsonObject) : {};
}
