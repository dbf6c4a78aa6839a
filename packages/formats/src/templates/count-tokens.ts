import { parseUtf8, weighbridgeError } from '@weighbridge/core';
import { parseStrictJsonObject } from '../documents/strict-json.js';

/** Counts the tokens of a text, as the model that the tokenizer belongs to would see them. */
export type TokenCounter = (text: string) => number;

/** Texts above this are counted in no reasonable time by a program in JavaScript. */
export const maxCountedCharacters = 200_000;

/**
 * A counter by a `tokenizer.json` of the Tokenizers library (BPE, WordPiece, Unigram, WordLevel), without the special tokens
 * that a template of a chat adds. The library is loaded on the first call.
 * @throws formats/json-malformed, formats/document-malformed for a tokenizer that it does not know
 */
export async function openTokenizer(bytes: Uint8Array, name: string): Promise<TokenCounter> {
  const document = parseStrictJsonObject(parseUtf8(bytes), { name });
  const { Tokenizer } = await import('@huggingface/tokenizers');
  try {
    const tokenizer = new Tokenizer(document, {});
    return (text) => tokenizer.encode(text, { add_special_tokens: false }).ids.length;
  } catch (cause) {
    const reason = `the tokenizer library does not know it (${cause instanceof Error ? cause.message.slice(0, 120) : 'no reason'})`;
    throw weighbridgeError('formats/document-malformed', { name, kind: 'tokenizer', reason }, { cause });
  }
}
