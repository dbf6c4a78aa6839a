import type { JsonObject, Sha256 } from '@weighbridge/core';
import { parseSafetensorsIndex, safetensorsIndexFacts } from '../safetensors/sharded.js';
import { parseHfConfig } from './hf-config.js';
import { documentText } from './json-facts.js';
import { parseMlmodel } from './mlmodel.js';
import { parseModelCard } from './model-card.js';
import { parsePeftAdapter } from './peft-adapter.js';
import { parseTokenizer } from './tokenizer.js';
import { chatTemplateFacts, parseGenerationConfig, parseTokenizerConfig } from './tokenizer-config.js';

/** The documents beside weights that are understood. */
export type ModelDocumentType =
  | 'hf-config'
  | 'tokenizer'
  | 'tokenizer-config'
  | 'generation-config'
  | 'chat-template'
  | 'peft-adapter'
  | 'mlmodel'
  | 'model-card'
  | 'safetensors-index';

export interface ModelDocument {
  readonly type: ModelDocumentType;
  /** Plain JSON with sorted keys; see the type of the parser's result. */
  readonly facts: JsonObject;
}

interface Parser {
  readonly type: ModelDocumentType;
  parse(text: string, options: { readonly name: string; readonly sha256: Sha256 }): object;
}

/** Libraries find these files by name alone, and so does this table. */
const parsers: Readonly<Record<string, Parser>> = {
  'config.json': { type: 'hf-config', parse: parseHfConfig },
  'tokenizer.json': { type: 'tokenizer', parse: parseTokenizer },
  'tokenizer_config.json': { type: 'tokenizer-config', parse: parseTokenizerConfig },
  'generation_config.json': { type: 'generation-config', parse: parseGenerationConfig },
  'chat_template.jinja': { type: 'chat-template', parse: (text, { name }) => chatTemplateFacts(text, { name }) },
  'adapter_config.json': { type: 'peft-adapter', parse: parsePeftAdapter },
  MLmodel: { type: 'mlmodel', parse: (text, { name }) => parseMlmodel(text, name) },
  'README.md': { type: 'model-card', parse: (text, { name }) => parseModelCard(text, name) },
};

/** Shard indices carry the name of the weights, such as `diffusion_pytorch_model.safetensors.index.json`. */
const safetensorsIndex: Parser = {
  type: 'safetensors-index',
  parse: (text, { name }) => safetensorsIndexFacts(parseSafetensorsIndex(text, name)),
};

/** What kind of document a path names, by its last segment; null for every other file. */
export function modelDocumentType(path: string): ModelDocumentType | null {
  return parserOf(path)?.type ?? null;
}

/**
 * Facts of a document beside the weights; null for a file that is none of them.
 * @param path what messages call the document; its last segment tells the kind
 * @throws formats/json-malformed, formats/yaml-malformed, formats/document-malformed, formats/document-too-large
 */
export function parseModelDocument(
  path: string,
  bytes: Uint8Array,
  { sha256 }: { readonly sha256: Sha256 },
): ModelDocument | null {
  const parser = parserOf(path);
  if (parser === null) return null;
  const text = documentText(bytes, { name: path, kind: parser.type });
  return { type: parser.type, facts: parser.parse(text, { name: path, sha256 }) as JsonObject };
}

function parserOf(path: string): Parser | null {
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (file.endsWith('.safetensors.index.json')) return safetensorsIndex;
  return Object.hasOwn(parsers, file) ? (parsers[file] ?? null) : null;
}
