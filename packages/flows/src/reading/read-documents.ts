import { type JsonValue, parseUtf8, type Sha256, WeighbridgeError } from '@weighbridge/core';
import {
  type ModelDocument,
  modelDocumentType,
  parseMlmodelInterface,
  parseModelDocument,
  parseStrictJson,
  parseStrictYaml,
} from '@weighbridge/formats';

/**
 * A known document beside the weights (Hugging Face configuration, tokenizer, PEFT adapter, MLmodel, model card), by its
 * name; null for every other file.
 * @throws format/* for a known document that is broken
 */
export function parseDocument(path: string, bytes: Uint8Array, sha256: Sha256): ModelDocument | null {
  return parseModelDocument(path, bytes, { sha256 });
}

/**
 * A settings file as JSON, so that its keys can be compared: JSON and YAML are parsed, by their ending; null for other
 * files and for what does not parse, whose digest alone speaks then.
 */
export function parseSettings(path: string, bytes: Uint8Array): JsonValue | null {
  const isJson = /\.json$/i.test(path);
  if (!isJson && !/\.ya?ml$/i.test(path)) return null;
  return tolerating(() => {
    const text = parseUtf8(bytes);
    return isJson ? parseStrictJson(text, { nonFinite: 'keep-as-text' }) : parseStrictYaml(text, path);
  });
}

/**
 * The document that describes what callers see, as JSON. Of an `MLmodel` file this is the signature alone: what each run
 * and release writes anew beside it is no part of what callers see. Null as for `parseSettings`.
 */
export function parseInterface(path: string, bytes: Uint8Array): JsonValue | null {
  if (modelDocumentType(path) !== 'mlmodel') return parseSettings(path, bytes);
  return tolerating(() => parseMlmodelInterface(parseUtf8(bytes), path));
}

function tolerating(read: () => JsonValue): JsonValue | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof TypeError || (error instanceof WeighbridgeError && error.exitCode !== 70)) return null;
    throw error;
  }
}
