import { type JsonObject, parseUtf8, weighbridgeError } from '@weighbridge/core';
import { parseStrictJsonObject } from '../documents/strict-json.js';

/**
 * Counts the tokens of a text, as the model that the tokenizer belongs to would see them.
 * @throws formats/document-malformed for a tokenizer that cannot be run
 */
export type TokenCounter = (text: string) => number;

/** Texts above this are counted in no reasonable time by a program in JavaScript. */
export const maxCountedCharacters = 200_000;

/** Parts that a tokenizer may leave out. */
const absent: JsonObject = {
  added_tokens: [],
  normalizer: null,
  pre_tokenizer: null,
  post_processor: null,
  decoder: null,
};

/**
 * A counter by a `tokenizer.json` of the Tokenizers library (BPE, WordPiece, Unigram), without the special tokens that the
 * template of a chat adds. The library is loaded on the first call.
 * @throws formats/json-malformed, formats/document-malformed for a tokenizer that the library does not know
 */
export async function openTokenizer(bytes: Uint8Array, name: string): Promise<TokenCounter> {
  const document = { ...absent, ...parseStrictJsonObject(parseUtf8(bytes), { name }) };
  const { Tokenizer } = await import('@huggingface/tokenizers');
  const tokenizer = attempt(name, () => new Tokenizer(document, {}));
  return (text) => attempt(name, () => tokenizer.encode(text, { add_special_tokens: false }).ids.length);
}

/** The library stops on a document of another shape wherever it comes across it. */
function attempt<Value>(name: string, run: () => Value): Value {
  try {
    return run();
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message.slice(0, 120) : 'without a reason';
    const reason = `the tokenizer library does not know it (${detail})`;
    throw weighbridgeError('formats/document-malformed', { name, kind: 'tokenizer', reason }, { cause });
  }
}
