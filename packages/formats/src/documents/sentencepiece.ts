import { digestBytes, type JsonValue, type Sha256, utf8, weighbridgeError } from '@weighbridge/core';
import { sortedObject } from './json-facts.js';
import { type MessageField, messageFields } from './message-fields.js';
import type { TokenizerFacts } from './tokenizer.js';
import { digestVocabulary, maxVocabularyIds } from './vocabulary.js';

/** More control pieces than this are known by the digest of all types alone, as in tokenizer.json. */
const maxListedSpecialTokens = 512;

/** sentencepiece_model.proto: TrainerSpec.model_type. */
const modelTypes: Readonly<Record<number, string>> = { 1: 'Unigram', 2: 'BPE', 3: 'WordLevel', 4: 'Character' };
/** sentencepiece_model.proto: SentencePiece.type. */
const [normalType, unknownType, controlType] = [1, 2, 3];

interface Piece {
  readonly text: string;
  readonly score: number;
  readonly type: number;
}

/**
 * Facts of a SentencePiece model (`tokenizer.model`, `spiece.model`), in the words of tokenizer.json: the pieces in the
 * order of their ids, their scores and types, and how text is normalised (google/sentencepiece,
 * src/sentencepiece_model.proto). How it was trained is left out.
 * @throws formats/document-malformed, formats/document-too-large
 */
export function parseSentencePiece(
  bytes: Uint8Array,
  { name, sha256 }: { readonly name: string; readonly sha256: Sha256 },
): Omit<TokenizerFacts, 'merges'> {
  const fields = messageFields(bytes);
  if (fields === null) throw malformed(name, 'its bytes are no protocol buffers message');
  const pieces: Piece[] = [];
  for (const field of fields) {
    if (field.number !== 1 || field.wireType !== 2) continue;
    if (pieces.length >= maxVocabularyIds)
      throw weighbridgeError('formats/document-too-large', { name, limit: maxVocabularyIds, what: 'token ids' });
    pieces.push(parsePiece(field, name));
  }
  if (pieces.length === 0) throw malformed(name, 'it has no pieces');
  const digestOf = (value: JsonValue) => digestBytes(sha256, utf8(JSON.stringify(value)));
  const trainer = lastMessage(fields, 2, name);
  const typed = pieces.flatMap(({ type }, id) => (type === normalType ? [] : [[id, type]]));
  return {
    model: modelTypes[lastVarint(trainer, 3) ?? 1] ?? 'unknown',
    vocabulary: digestVocabulary(
      pieces.map(({ text }, id) => [id, text] as const),
      { name, sha256 },
    ),
    scores: digestOf(pieces.map(({ score }) => (Number.isFinite(score) ? score : String(score)))),
    addedTokenFlags: { count: typed.length, digest: digestOf(typed) },
    specialTokens: specialTokens(pieces),
    settings: settingsOf(trainer, lastMessage(fields, 3, name), sha256),
  };
}

function parsePiece(field: MessageField, name: string): Piece {
  const fields = messageFields(field.bytes);
  if (fields === null) throw malformed(name, 'a piece is no protocol buffers message');
  const text = lastOf(fields, 1, 2);
  if (text === null) throw malformed(name, 'a piece has no text');
  const score = lastOf(fields, 2, 5)?.bytes;
  const view = score === undefined ? null : new DataView(score.buffer, score.byteOffset, score.byteLength);
  return {
    text: new TextDecoder().decode(text.bytes),
    score: view?.getFloat32(0, true) ?? 0,
    type: lastVarint(fields, 3) ?? normalType,
  };
}

function specialTokens(pieces: readonly Piece[]): TokenizerFacts['specialTokens'] {
  const special = pieces.flatMap(({ text, type }, id) =>
    type === controlType || type === unknownType ? [[String(id), text] as const] : [],
  );
  if (special.length > maxListedSpecialTokens) return null;
  const byId: Record<string, string> = Object.create(null);
  for (const [id, text] of special) byId[id] = text;
  return byId;
}

/** NormalizerSpec, and of TrainerSpec what encoding and decoding go by. */
function settingsOf(trainer: readonly MessageField[], normalizer: readonly MessageField[], sha256: Sha256) {
  const rules = ['precompiled_charsmap', 'normalization_rule_tsv'].map((key, place) => {
    const bytes = lastOf(normalizer, [2, 6][place] ?? 0, 2)?.bytes;
    return [
      `normalizer.${key}`,
      bytes === undefined || bytes.length === 0 ? undefined : digestBytes(sha256, bytes),
    ] as const;
  });
  const switches = [
    ['normalizer.add_dummy_prefix', lastVarint(normalizer, 3) ?? 1],
    ['normalizer.remove_extra_whitespaces', lastVarint(normalizer, 4) ?? 1],
    ['normalizer.escape_whitespaces', lastVarint(normalizer, 5) ?? 1],
    ['model.treat_whitespace_as_suffix', lastVarint(trainer, 24) ?? 0],
    ['model.byte_fallback', lastVarint(trainer, 35) ?? 0],
  ] as const;
  return sortedObject([...rules, ...switches.map(([key, value]) => [key, value !== 0] as const)]);
}

/** The last field of a number counts where one is written twice. */
function lastOf(fields: readonly MessageField[], number: number, wireType: number): MessageField | null {
  return fields.findLast((field) => field.number === number && field.wireType === wireType) ?? null;
}

function lastVarint(fields: readonly MessageField[], number: number): number | null {
  return lastOf(fields, number, 0)?.value ?? null;
}

function lastMessage(fields: readonly MessageField[], number: number, name: string): readonly MessageField[] {
  const field = lastOf(fields, number, 2);
  const inner = field === null ? [] : messageFields(field.bytes);
  if (inner === null) throw malformed(name, 'a part of it is no protocol buffers message');
  return inner;
}

function malformed(name: string, reason: string): Error {
  return weighbridgeError('formats/document-malformed', { name, kind: 'SentencePiece model', reason });
}
