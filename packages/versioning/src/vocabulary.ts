import type { KnownDocument } from './known-document.js';
import type { JsonValue } from '@weighbridge/core';
import { compareVocabularies, type VocabularyFacts, type VocabularyRelation } from '@weighbridge/formats';

import { equalJson, memberOf } from './json/key-differences.js';
import type { Pairing } from './pairing.js';

/** What became of a tokenizer's vocabulary; see VocabularyRelation for the words. */
export interface VocabularyChange {
  readonly relation: VocabularyRelation;
  readonly path: string;
  /** One more than the largest id; null where the document does not tell. */
  readonly from: number | null;
  readonly to: number | null;
}

/** From the heaviest to the lightest. */
const order: readonly VocabularyRelation[] = ['moved', 'removed', 'added', 'same'];

/** The heaviest change among the tokenizers on both sides; null where there is none. */
export function vocabularyChange(documents: Pairing<KnownDocument>): VocabularyChange | null {
  const changes = documents.pairs
    .filter(({ from }) => from.document.type === 'tokenizer')
    .map(({ from, to }) => relateVocabularies(from, to));
  for (const relation of order) {
    const found = changes.find((change) => change.relation === relation);
    if (found !== undefined) return found;
  }
  return null;
}

/** By how many rows an embedding may grow: null unless the vocabulary grew with all ids kept. */
export function vocabularyGrowth(change: VocabularyChange | null): number | null {
  if (change === null || change.relation !== 'added' || change.from === null || change.to === null) return null;
  return change.to > change.from ? change.to - change.from : null;
}

/** What the vocabulary of one tokenizer is to that of another. */
export function relateVocabularies(from: KnownDocument, to: KnownDocument): VocabularyChange {
  const [before, after] = [memberOf(from.document.facts, 'vocabulary'), memberOf(to.document.facts, 'vocabulary')];
  const sides = { path: to.path, from: sizeOf(before), to: sizeOf(after) };
  if (equalJson(before, after)) return { relation: 'same', ...sides };
  if (!isVocabulary(before) || !isVocabulary(after)) return { relation: 'moved', ...sides };
  return { relation: compareVocabularies(before, after), ...sides };
}

function sizeOf(vocabulary: JsonValue | undefined): number | null {
  const size = memberOf(vocabulary, 'size');
  return typeof size === 'number' ? size : null;
}

function isVocabulary(value: JsonValue | undefined): value is VocabularyFacts & JsonValue {
  const numbers = ['count', 'size', 'tokensFrom'].map((key) => memberOf(value, key));
  const texts = ['digest', 'blocks', 'tokens'].map((key) => memberOf(value, key));
  const [, size, from] = numbers;
  return (
    numbers.every((number) => Number.isSafeInteger(number)) &&
    texts.every((text) => typeof text === 'string') &&
    Number(size) <= maxVocabularyIds &&
    Number(from) >= 0
  );
}

/** As the reader bounds them; a snapshot that claims more was not made by it. */
const maxVocabularyIds = 1_048_576;
