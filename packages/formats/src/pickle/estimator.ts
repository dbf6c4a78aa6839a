import type { JsonObject, JsonValue } from '@weighbridge/core';
import { arrayLabels, isLabel, type Label, numpyArrayOf, numpyScalarOf } from './numpy-array.js';
import { isKind, itemsOf, makerOf, type PickleValue, stateOf } from './values.js';

const deepestEstimator = 8;
const mostParts = 1000;
/** Label lists up to this length stand in the header; longer ones are counted. */
const mostLabels = 1000;
const longestLabel = 256;
const mostHyperparameters = 200;

/** Attributes by which an estimator is known whatever its package (scikit-learn's developer guide, "Fitted attributes"). */
const fitted = ['n_features_in_', 'classes_', '_sklearn_version', 'feature_names_in_'];

/** Where composed estimators keep their parts: lists of (name, estimator) or one estimator. */
const partAttributes = [
  'steps',
  'transformers_',
  'estimators',
  'best_estimator_',
  'estimator',
  'calibrated_classifiers_',
];

/**
 * The architecture of a classical estimator: its class, its input features, its classes and the shape of its output,
 * with its hyperparameters, and its parts when it is composed. What it learned, and how much, is left out. Null for other objects.
 */
export function estimatorFacts(root: PickleValue): JsonObject | null {
  return factsOf(root, { depth: 0, left: { parts: mostParts } });
}

/** The version of scikit-learn that saved the object, or null. */
export function estimatorVersion(root: PickleValue): string | null {
  const version = isKind(root, 'object') ? stateOf(root)?.get('_sklearn_version') : undefined;
  return typeof version === 'string' ? version.slice(0, longestLabel) : null;
}

interface Bounds {
  readonly depth: number;
  readonly left: { parts: number };
}

function factsOf(value: PickleValue, bounds: Bounds): JsonObject | null {
  if (!isKind(value, 'object') || bounds.depth > deepestEstimator || bounds.left.parts <= 0) return null;
  const state = stateOf(value);
  const maker = makerOf(value);
  if (state === null || maker === null) return null;
  if (!maker.startsWith('sklearn.') && !fitted.some((name) => state.has(name))) return null;
  bounds.left.parts -= 1;
  const facts: Record<string, JsonValue> = { class: maker };
  const features = integer(state.get('n_features_in_'));
  if (features !== null) facts['input_features'] = features;
  const names = labelsOf(state.get('feature_names_in_'));
  if (names !== null) facts['feature_names'] = names;
  const classes = labelsOf(state.get('classes_'));
  if (classes !== null) facts['classes'] = classes;
  const outputs = outputShape(state);
  if (outputs !== null) facts['outputs'] = outputs;
  const hyperparameters = hyperparametersOf(state);
  if (Object.keys(hyperparameters).length > 0) facts['hyperparameters'] = hyperparameters;
  const parts = partsOf(state, { ...bounds, depth: bounds.depth + 1 });
  if (parts.length > 0) facts['parts'] = parts;
  return facts;
}

/**
 * What was set before fitting, where it is a plain value: scikit-learn keeps it under the names of the constructor's
 * arguments, while what was learned ends in an underscore and what is private begins with one.
 */
function hyperparametersOf(state: ReadonlyMap<string, PickleValue>): JsonObject {
  const found: Record<string, JsonValue> = {};
  for (const name of [...state.keys()].filter((key) => /^[A-Za-z][A-Za-z0-9_]*$/.test(key)).sort()) {
    if (name.endsWith('_') || Object.keys(found).length === mostHyperparameters) continue;
    const value = state.get(name) ?? null;
    const plain = isKind(value, 'object') ? numpyScalarOf(value) : value;
    if (typeof plain === 'string') found[name] = plain.slice(0, longestLabel);
    else if (typeof plain === 'boolean' || (typeof plain === 'number' && Number.isFinite(plain))) found[name] = plain;
    else if (value === null) found[name] = null;
  }
  return found;
}

/** Trees and forests count their outputs; linear models have one intercept for each. */
function outputShape(state: ReadonlyMap<string, PickleValue>): JsonValue {
  const outputs = integer(state.get('n_outputs_'));
  if (outputs !== null) return [outputs];
  const intercept = state.get('intercept_');
  const array = intercept === undefined ? null : numpyArrayOf(intercept);
  if (array !== null) return array.shape;
  return intercept !== undefined && integer(intercept) !== null ? [] : null;
}

function partsOf(state: ReadonlyMap<string, PickleValue>, bounds: Bounds): JsonValue[] {
  const parts: JsonValue[] = [];
  for (const attribute of partAttributes) {
    const value = state.get(attribute);
    if (value === undefined) continue;
    const candidates = isKind(value, 'object') ? [value] : itemsOf(value);
    for (const candidate of candidates) {
      const part = namedPart(candidate, bounds);
      if (part !== null) parts.push({ in: attribute, ...part });
    }
  }
  return parts;
}

function namedPart(candidate: PickleValue, bounds: Bounds): JsonObject | null {
  if (isKind(candidate, 'object')) return factsOf(candidate, bounds);
  const [name, part] = itemsOf(candidate);
  if (typeof name !== 'string' || part === undefined) return null;
  const facts = factsOf(part, bounds);
  if (facts !== null) return { name: name.slice(0, longestLabel), ...facts };
  return typeof part === 'string' ? { name: name.slice(0, longestLabel), class: part.slice(0, longestLabel) } : null;
}

function integer(value: PickleValue | undefined): number | null {
  const plain = value === undefined || typeof value === 'number' ? value : numpyScalarOf(value);
  return typeof plain === 'number' && Number.isFinite(plain) ? plain : null;
}

/** Labels of an array or list; `{count}` when they were not read, and lists of lists for several outputs. */
function labelsOf(value: PickleValue | undefined): JsonValue {
  if (value === undefined || value === null) return null;
  const list = isKind(value, 'list') ? value.items : null;
  if (
    list !== null &&
    list.length <= mostLabels &&
    list.every((item) => isKind(item, 'object') || isKind(item, 'array'))
  ) {
    return list.map((item) => arrayFacts(item));
  }
  return list === null ? arrayFacts(value) : labelFacts(list.filter(isLabel), list.length);
}

function arrayFacts(value: PickleValue): JsonValue {
  const array = numpyArrayOf(value);
  if (array === null) return null;
  const count = array.shape.reduce((product, extent) => product * extent, 1);
  return labelFacts(arrayLabels(array) ?? [], count);
}

function labelFacts(labels: readonly Label[], count: number): JsonValue {
  if (labels.length !== count || count > mostLabels) return { count };
  return labels.map((label) => {
    if (typeof label === 'boolean') return label;
    return typeof label === 'number' && Number.isFinite(label) ? label : String(label).slice(0, longestLabel);
  });
}
