import { digestBytes, type JsonValue, parseUtf8, type Sha256, utf8, weighbridgeError } from '@weighbridge/core';
import { documentText } from './json-facts.js';
import { parseSentencePiece } from './sentencepiece.js';
import { isJsonObject, parseStrictJson } from './strict-json.js';
import type { TokenizerFacts } from './tokenizer.js';
import { digestVocabulary, maxVocabularyIds } from './vocabulary.js';

/** What a part of a tokenizer says that stands in a file of its own, in the words of tokenizer.json. */
export type VocabularyFileFacts = Partial<TokenizerFacts>;

interface FileOptions {
  readonly name: string;
  readonly sha256: Sha256;
}

/**
 * `vocab.txt` of WordPiece: one token a line, whose number is its id. Lines are cut as Transformers cuts them, at line
 * feeds alone, so that a token may hold any other white space.
 * @throws formats/document-malformed, formats/document-too-large
 */
export function parseVocabularyText(bytes: Uint8Array, { name, sha256 }: FileOptions): VocabularyFileFacts {
  const lines = documentText(bytes, { name, kind: 'vocabulary' }).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return { model: 'WordPiece', vocabulary: digestVocabulary(lines.entries(), { name, sha256 }) };
}

/**
 * `vocab.json` of byte-level BPE and `added_tokens.json`: token to id. Other programs use these names for other things,
 * so null for a document that is no such map.
 * @throws formats/json-malformed, formats/document-malformed, formats/document-too-large
 */
export function parseVocabularyJson(bytes: Uint8Array, { name, sha256 }: FileOptions): VocabularyFileFacts | null {
  const document: JsonValue = parseStrictJson(documentText(bytes, { name, kind: 'vocabulary' }), { name });
  if (!isJsonObject(document)) return null;
  const entries = Object.entries(document);
  if (!entries.every(([, id]) => typeof id === 'number' && Number.isSafeInteger(id) && id >= 0)) return null;
  const pairs = entries.map(([token, id]) => [id as number, token] as const);
  return { vocabulary: digestVocabulary(pairs, { name, sha256 }) };
}

/** `merges.txt` of BPE: a pair of tokens a line in order, behind a line with the version. @throws formats/document-malformed */
export function parseMergesText(bytes: Uint8Array, { name, sha256 }: FileOptions): VocabularyFileFacts {
  const lines = documentText(bytes, { name, kind: 'list of merges' }).split(/\r?\n/);
  const merges = lines.flatMap((line, place) =>
    line === '' || (place === 0 && line.startsWith('#version')) ? [] : [line.split(' ')],
  );
  if (merges.some((pair) => pair.length !== 2)) {
    const reason = 'a line is no pair of tokens';
    throw weighbridgeError('formats/document-malformed', { name, kind: 'list of merges', reason });
  }
  return { merges: { count: merges.length, digest: digestBytes(sha256, utf8(JSON.stringify(merges))) } };
}

/**
 * `tokenizer.model`: a SentencePiece model, or the list of tokens in base64 with their ranks that tiktoken reads.
 * @throws formats/document-malformed, formats/document-too-large
 */
export function parseTokenizerModel(bytes: Uint8Array, { name, sha256 }: FileOptions): VocabularyFileFacts {
  const lines = rankedLines(bytes);
  if (lines === null) return parseSentencePiece(bytes, { name, sha256 });
  if (lines.length > maxVocabularyIds)
    throw weighbridgeError('formats/document-too-large', { name, limit: maxVocabularyIds, what: 'token ids' });
  const pairs = lines.map(([token = '', rank]) => [Number(rank), token] as const);
  return { model: 'tiktoken', vocabulary: digestVocabulary(pairs, { name, sha256 }) };
}

/** A SentencePiece model begins with the byte 0x0a, which no line of base64 does. */
function rankedLines(bytes: Uint8Array): readonly (readonly string[])[] | null {
  if (bytes[0] === 0x0a || bytes.includes(0)) return null;
  let text: string;
  try {
    text = parseUtf8(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  if (lines.length === 0 || !lines.every((line) => /^[A-Za-z0-9+/]+={0,2} \d{1,9}$/.test(line))) return null;
  return lines.map((line) => line.split(' '));
}
