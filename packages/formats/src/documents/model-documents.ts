import type { JsonObject, Sha256 } from '@weighbridge/core';
import { parseSafetensorsIndex, safetensorsIndexFacts } from '../safetensors/sharded.js';
import { parseHfConfig } from './hf-config.js';
import { documentText } from './json-facts.js';
import { parseMlmodel } from './mlmodel.js';
import { parseModelCard } from './model-card.js';
import { parsePeftAdapter } from './peft-adapter.js';
import { parseTokenizer } from './tokenizer.js';
import { chatTemplateFacts, parseGenerationConfig, parseTokenizerConfig } from './tokenizer-config.js';
import { parseMergesText, parseTokenizerModel, parseVocabularyJson, parseVocabularyText } from './vocabulary-files.js';

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
  /** Null for a file that has the name and is something else. */
  parse(bytes: Uint8Array, options: { readonly name: string; readonly sha256: Sha256 }): object | null;
}

function ofText(
  type: ModelDocumentType,
  parse: (text: string, options: { readonly name: string; readonly sha256: Sha256 }) => object,
): Parser {
  return { type, parse: (bytes, options) => parse(documentText(bytes, { name: options.name, kind: type }), options) };
}

const sentencePiece: Parser = { type: 'tokenizer', parse: parseTokenizerModel };
const vocabularyMap: Parser = { type: 'tokenizer', parse: parseVocabularyJson };

/** Libraries find these files by name alone, and so does this table. */
const parsers: Readonly<Record<string, Parser>> = {
  'config.json': ofText('hf-config', parseHfConfig),
  'tokenizer.json': ofText('tokenizer', parseTokenizer),
  'vocab.txt': { type: 'tokenizer', parse: parseVocabularyText },
  'vocab.json': vocabularyMap,
  'added_tokens.json': vocabularyMap,
  'merges.txt': { type: 'tokenizer', parse: parseMergesText },
  'tokenizer.model': sentencePiece,
  'spiece.model': sentencePiece,
  'sentencepiece.bpe.model': sentencePiece,
  'tokenizer_config.json': ofText('tokenizer-config', parseTokenizerConfig),
  'special_tokens_map.json': ofText('tokenizer-config', parseTokenizerConfig),
  'generation_config.json': ofText('generation-config', parseGenerationConfig),
  'chat_template.jinja': ofText('chat-template', (text, { name }) => chatTemplateFacts(text, { name })),
  'adapter_config.json': ofText('peft-adapter', parsePeftAdapter),
  MLmodel: ofText('mlmodel', (text, { name }) => parseMlmodel(text, name)),
  'README.md': ofText('model-card', (text, { name }) => parseModelCard(text, name)),
};

/** Shard indices carry the name of the weights, such as `diffusion_pytorch_model.safetensors.index.json`. */
const safetensorsIndex = ofText('safetensors-index', (text, { name }) =>
  safetensorsIndexFacts(parseSafetensorsIndex(text, name)),
);

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
  const facts = parser.parse(bytes, { name: path, sha256 });
  return facts === null ? null : { type: parser.type, facts: facts as JsonObject };
}

function parserOf(path: string): Parser | null {
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (file.endsWith('.safetensors.index.json')) return safetensorsIndex;
  return Object.hasOwn(parsers, file) ? (parsers[file] ?? null) : null;
}
