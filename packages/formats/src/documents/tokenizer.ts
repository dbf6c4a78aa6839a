import {
  digestBytes,
  type Digest,
  type JsonObject,
  type JsonValue,
  type Sha256,
  utf8,
  weighbridgeError,
} from '@weighbridge/core';
import { compactFact, sortedObject, sortKeys, textOrNull } from './json-facts.js';
import { isJsonObject, parseStrictJsonObject } from './strict-json.js';
import { digestVocabulary, type VocabularyFacts } from './vocabulary.js';

/** More special tokens than this are given as count and digest alone. */
const maxListedSpecialTokens = 512;

/** What a `tokenizer.json` of the Hugging Face tokenizers library says. */
export interface TokenizerFacts {
  /** `BPE`, `Unigram`, `WordPiece`, `WordLevel`, or what stands there. */
  readonly model: string;
  /** The model's vocabulary and the added tokens together: what an id means to the weights. */
  readonly vocabulary: VocabularyFacts;
  /** BPE merges in order, equal for both spellings that releases of the library write; null for other models. */
  readonly merges: { readonly count: number; readonly digest: Digest } | null;
  /** Unigram scores in the order of ids; null for other models. */
  readonly scores: Digest | null;
  /** Added tokens with their flags (special, stripping, normalisation), sorted by id. */
  readonly addedTokenFlags: { readonly count: number; readonly digest: Digest };
  /** Content by id of the added tokens that are special; null when there are more than 512. */
  readonly specialTokens: Readonly<Record<string, string>> | null;
  /** Normalizer, pre-tokenizer, post-processor, decoder and the model's own settings. What is null is left out. */
  readonly settings: JsonObject;
}

export interface DocumentOptions {
  /** What messages call the document. */
  readonly name?: string;
  readonly sha256: Sha256;
}

/**
 * Parses `tokenizer.json` into facts that are small whatever the vocabulary's size. Truncation and padding are left out:
 * they are how the tokenizer was last called, and saving it writes them.
 * @throws formats/json-malformed, formats/document-malformed, formats/document-too-large
 */
export function parseTokenizer(text: string, options: DocumentOptions): TokenizerFacts {
  const { name = 'tokenizer.json', sha256 } = options;
  const document = parseStrictJsonObject(text, { name });
  const model = document['model'];
  if (!isJsonObject(model)) throw malformedTokenizer(name, 'it has no model');
  const added = parseAddedTokens(name, document['added_tokens']);
  const listed = parseVocabulary(name, model['vocab']);
  const pairs = listed.pairs.concat(added.map(({ id, content }) => [id, content] as const));
  const merges = parseMerges(name, model['merges']);
  const digestOf = (value: JsonValue) => digestBytes(sha256, utf8(JSON.stringify(value)));
  return {
    model: textOrNull(model['type']) ?? (listed.scores === null ? 'BPE' : 'Unigram'),
    vocabulary: digestVocabulary(pairs, { name, sha256 }),
    merges: merges === null ? null : { count: merges.length, digest: digestOf(merges) },
    scores: listed.scores === null ? null : digestOf(listed.scores),
    addedTokenFlags: { count: added.length, digest: digestOf(sortKeys(added.map(({ token }) => token))) },
    specialTokens: specialTokens(added),
    settings: settingsOf(document, model, sha256),
  };
}

interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
  readonly token: JsonObject;
}

function parseAddedTokens(name: string, value: JsonValue | undefined): readonly AddedToken[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw malformedTokenizer(name, 'added_tokens is no list');
  return value.map((token: JsonValue) => parseAddedToken(name, token)).sort((left, right) => left.id - right.id);
}

function parseAddedToken(name: string, token: JsonValue): AddedToken {
  if (!isJsonObject(token)) throw malformedTokenizer(name, 'an added token is no object');
  const { id, content } = token;
  if (typeof id !== 'number' || typeof content !== 'string') {
    throw malformedTokenizer(name, 'an added token has no id or no content');
  }
  return { id, content, special: token['special'] === true, token };
}

interface ListedVocabulary {
  readonly pairs: readonly (readonly [id: number, token: string])[];
  readonly scores: readonly number[] | null;
}

/** Token to id as an object, or for Unigram a list of token and score whose places are the ids. */
function parseVocabulary(name: string, vocab: JsonValue | undefined): ListedVocabulary {
  if (isJsonObject(vocab)) {
    const pairs = Object.entries(vocab).map(([token, id]) => {
      if (typeof id !== 'number') throw malformedTokenizer(name, 'a token of the vocabulary has no number');
      return [id, token] as const;
    });
    return { pairs, scores: null };
  }
  if (!Array.isArray(vocab)) throw malformedTokenizer(name, 'its model has no vocab');
  const scores: number[] = [];
  const pairs = vocab.map((entry: JsonValue, id: number) => {
    const [token, score] = Array.isArray(entry) ? (entry as readonly JsonValue[]) : [];
    if (typeof token !== 'string' || typeof score !== 'number') {
      throw malformedTokenizer(name, 'an entry of the vocabulary is no token with a score');
    }
    scores.push(score);
    return [id, token] as const;
  });
  return { pairs, scores };
}

/** Merges as pairs: `["a", "b"]`, or `"a b"` as releases before 0.20 wrote them. */
function parseMerges(name: string, merges: JsonValue | undefined): readonly (readonly string[])[] | null {
  if (merges === undefined || merges === null) return null;
  if (!Array.isArray(merges)) throw malformedTokenizer(name, 'merges is no list');
  return merges.map((merge: JsonValue) => {
    const parts: readonly JsonValue[] =
      typeof merge === 'string' ? merge.split(' ') : Array.isArray(merge) ? merge : [];
    const [left, right] = parts;
    if (parts.length !== 2 || typeof left !== 'string' || typeof right !== 'string') {
      throw malformedTokenizer(name, 'a merge is no pair of tokens');
    }
    return parts as readonly string[];
  });
}

function specialTokens(added: readonly AddedToken[]): Readonly<Record<string, string>> | null {
  const special = added.filter((token) => token.special);
  if (special.length > maxListedSpecialTokens) return null;
  const byId: Record<string, string> = Object.create(null);
  for (const { id, content } of special) byId[String(id)] = content;
  return byId;
}

const layoutKeys = ['version', 'truncation', 'padding', 'added_tokens', 'model'];
const listKeys = ['type', 'vocab', 'merges'];

function settingsOf(document: JsonObject, model: JsonObject, sha256: Sha256): JsonObject {
  const kept = (entries: [string, JsonValue][], without: readonly string[], prefix: string) =>
    entries
      .filter(([key, value]) => !without.includes(key) && value !== null)
      .map(([key, value]) => [prefix + key, compactFact(value, sha256)] as const);
  return sortedObject([
    ...kept(Object.entries(document), layoutKeys, ''),
    ...kept(Object.entries(model), listKeys, 'model.'),
  ]);
}

function malformedTokenizer(name: string, reason: string): Error {
  return weighbridgeError('formats/document-malformed', { name, kind: 'tokenizer', reason });
}
