import { type JsonObject, type JsonValue, weighbridgeError } from '@weighbridge/core';
import { sortedObject, sortKeys, textOrNull } from './json-facts.js';
import { isJsonObject, parseStrictJson } from './strict-json.js';
import { parseStrictYaml } from './strict-yaml.js';

/** One input, output or parameter of an MLflow signature. */
export interface SignatureField {
  /** Null for an unnamed tensor or column: then its place is its name. */
  readonly name: string | null;
  readonly kind: 'tensor' | 'column' | 'parameter';
  /** The element type: MLflow's for columns (`double`, `string`, `object`), NumPy's for tensors (`float64`). */
  readonly dtype: string;
  /** Tensors, and parameters that are arrays; -1 is any extent. Null for the rest. */
  readonly shape: readonly number[] | null;
  /** False only for what is marked optional, and for parameters, which have defaults. */
  readonly required: boolean;
  /** Columns that are objects, arrays or maps: what they are made of, with sorted keys. Parameters: their default. */
  readonly detail: JsonValue;
}

/** What an `MLmodel` file says of the model; what it says of the run that wrote it is `parseMlmodelOrigin`. */
export interface MlmodelFacts {
  /** Null without a signature; `inputs` and `outputs` are null where the signature leaves them open. */
  readonly signature: {
    readonly inputs: readonly SignatureField[] | null;
    readonly outputs: readonly SignatureField[] | null;
    readonly params: readonly SignatureField[] | null;
  } | null;
  /** By name, without versions. */
  readonly flavors: JsonObject;
  /** `<flavor>.<key>` of every version that a flavor names, such as `sklearn.sklearn_version`. */
  readonly versions: JsonObject;
  readonly settings: JsonObject;
}

/** Where a model came from: no part of what it is. */
export interface MlmodelOrigin {
  readonly runId: string | null;
  readonly modelId: string | null;
  readonly mlflowVersion: string | null;
}

const signatureParts = ['inputs', 'outputs', 'params'] as const;

/** Differs in every run, also for the same model. */
const runKeys = new Set([
  'artifact_path',
  'flavors',
  'mlflow_version',
  'model_id',
  'model_size_bytes',
  'model_uuid',
  'run_id',
  'signature',
  'utc_time_created',
]);

/**
 * Parses an `MLmodel` file (MLflow 1 to 3): YAML whose signature is JSON in strings.
 * @throws formats/yaml-malformed, formats/json-malformed, formats/document-malformed, formats/document-too-large
 */
export function parseMlmodel(text: string, name = 'MLmodel'): MlmodelFacts {
  const document = parseMlmodelYaml(text, name);
  const { flavors, versions } = splitFlavors(document['flavors']);
  return {
    signature: parseSignature(name, document['signature']),
    flavors,
    versions,
    settings: sortedObject(Object.entries(document).filter(([key, value]) => !runKeys.has(key) && value !== null)),
  };
}

/**
 * What callers see of an `MLmodel` file: its signature alone, with what is JSON in strings parsed, in a document that is
 * an `MLmodel` file itself.
 * @throws as parseMlmodel
 */
export function parseMlmodelInterface(text: string, name = 'MLmodel'): JsonObject {
  const document = parseMlmodelYaml(text, name);
  parseSignature(name, document['signature']);
  const signature = isJsonObject(document['signature']) ? document['signature'] : null;
  const partOf = (part: string): JsonValue => sortKeys(parseList(name, signature?.[part]));
  return {
    flavors: {},
    signature: signature === null ? null : sortedObject(signatureParts.map((part) => [part, partOf(part)] as const)),
  };
}

/** The run, the logged model and the MLflow release that wrote an `MLmodel` file. @throws as parseMlmodel */
export function parseMlmodelOrigin(text: string, name = 'MLmodel'): MlmodelOrigin {
  const document = parseMlmodelYaml(text, name);
  return {
    runId: textOrNull(document['run_id']),
    modelId: textOrNull(document['model_id']),
    mlflowVersion: textOrNull(document['mlflow_version']),
  };
}

function parseMlmodelYaml(text: string, name: string): JsonObject {
  const document = parseStrictYaml(text, name);
  if (!isJsonObject(document) || !isJsonObject(document['flavors'])) throw malformed(name, 'it has no flavors');
  return document;
}

function splitFlavors(value: JsonValue | undefined): { flavors: JsonObject; versions: JsonObject } {
  const versions: [string, JsonValue][] = [];
  const flavors: [string, JsonValue][] = [];
  for (const [flavor, settings] of Object.entries(isJsonObject(value) ? value : {})) {
    const told = Object.entries(isJsonObject(settings) ? settings : {}).filter(([, member]) => member !== null);
    const isVersion = ([key]: readonly [string, JsonValue]) => key.endsWith('_version');
    versions.push(
      ...told.filter(isVersion).map(([key, member]) => [`${flavor}.${key}`, member] as [string, JsonValue]),
    );
    flavors.push([flavor, sortedObject(told.filter((entry) => !isVersion(entry)).map(withoutPlace))]);
  }
  return { flavors: sortedObject(flavors), versions: sortedObject(versions) };
}

/** Where the code was when it was saved: MLflow loads the file of that name beside the `MLmodel` (pyfunc/loaders/code_model.py). */
function withoutPlace([key, member]: readonly [string, JsonValue]): readonly [string, JsonValue] {
  const isPlace = key === 'model_code_path' && typeof member === 'string';
  return [key, isPlace ? (member.split(/[/\\]/).at(-1) ?? member) : member];
}

function parseSignature(name: string, value: JsonValue | undefined): MlmodelFacts['signature'] {
  if (value === undefined || value === null) return null;
  if (!isJsonObject(value)) throw malformed(name, 'its signature is no map');
  return {
    inputs: parseFields(name, value['inputs'], 'column'),
    outputs: parseFields(name, value['outputs'], 'column'),
    params: parseFields(name, value['params'], 'parameter'),
  };
}

function parseFields(
  name: string,
  json: JsonValue | undefined,
  kind: 'column' | 'parameter',
): readonly SignatureField[] | null {
  return parseList(name, json)?.map((field) => parseField(name, field, kind)) ?? null;
}

function parseList(name: string, json: JsonValue | undefined): readonly JsonValue[] | null {
  if (json === undefined || json === null) return null;
  const fields = typeof json === 'string' ? parseStrictJson(json, { name, nonFinite: 'keep-as-text' }) : json;
  if (fields === null) return null;
  if (!Array.isArray(fields)) throw malformed(name, 'its signature holds no list');
  return fields;
}

function parseField(fileName: string, field: JsonValue, kind: 'column' | 'parameter'): SignatureField {
  if (!isJsonObject(field)) throw malformed(fileName, 'a field of its signature is no object');
  const name = textOrNull(field['name']);
  const tensor = field['tensor-spec'];
  if (isJsonObject(tensor)) {
    const dtype = dtypeOf(fileName, tensor['dtype']);
    return { name, kind: 'tensor', dtype, shape: shapeOf(tensor['shape']), required: isRequired(field), detail: null };
  }
  const dtype = dtypeOf(fileName, field['type'] ?? field['dtype']);
  if (kind === 'parameter') {
    return {
      name,
      kind,
      dtype,
      shape: shapeOf(field['shape']),
      required: false,
      detail: sortKeys(field['default'] ?? null),
    };
  }
  return { name, kind, dtype, shape: null, required: isRequired(field), detail: detailOf(field) };
}

/** Older releases write `optional: true`, later ones `required: false`. */
function isRequired(field: JsonObject): boolean {
  return field['required'] !== false && field['optional'] !== true;
}

function detailOf(field: JsonObject): JsonValue {
  const detail = Object.entries(field).filter(([key]) => !['name', 'type', 'required', 'optional'].includes(key));
  return detail.length === 0 ? null : sortKeys(sortedObject(detail));
}

function dtypeOf(name: string, value: JsonValue | undefined): string {
  const dtype = textOrNull(value);
  if (dtype === null) throw malformed(name, 'a field of its signature has no type');
  return dtype;
}

function shapeOf(value: JsonValue | undefined): readonly number[] | null {
  return Array.isArray(value) && value.every((extent) => typeof extent === 'number') ? value : null;
}

function malformed(name: string, reason: string): Error {
  return weighbridgeError('formats/document-malformed', { name, kind: 'MLmodel file', reason });
}
