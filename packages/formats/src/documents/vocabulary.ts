import { bytesToHex, type Digest, formatDigest, type Sha256, utf8, weighbridgeError } from '@weighbridge/core';

/** Ids of one block of the ladder. */
export const vocabularyBlockIds = 64;
/** How many ids at the end of a vocabulary are told apart one by one. */
export const vocabularyWindowIds = 16_384;
/** Vocabularies in use have up to 262,144 tokens, a few 900,000. */
export const maxVocabularyIds = 1_048_576;

const blockHashBytes = 16;
const tokenHashBytes = 8;

/**
 * A vocabulary as evidence: small (262,144 tokens take 385 KB as JSON), free of the tokens themselves, and enough
 * to tell from two of them whether existing ids still mean the same tokens.
 */
export interface VocabularyFacts {
  /** How many ids are taken. */
  readonly count: number;
  /** One more than the largest id; greater than `count` when ids are left out. */
  readonly size: number;
  /** SHA-256 over the hash of the token of every id from 0 to size - 1. Equal exactly for equal vocabularies. */
  readonly digest: Digest;
  /** Hexadecimal, 16 bytes for each whole or begun block of 64 ids, from id 0: SHA-256 of the block's token hashes. */
  readonly blocks: string;
  /** Hexadecimal, 8 bytes of the token hash of each id from `tokensFrom` to size - 1; zeros for an id that is not taken. */
  readonly tokens: string;
  /** A multiple of 64. */
  readonly tokensFrom: number;
}

/**
 * - `same` every id means the same token.
 * - `added` every id that was taken means the same token; further ids are taken.
 * - `removed` some id is no longer taken, and none means another token.
 * - `moved` some id means another token, or it cannot be excluded.
 */
export type VocabularyRelation = 'same' | 'added' | 'removed' | 'moved';

/**
 * Digests a vocabulary given as pairs of id and token, in any order. Several tokens may share an id.
 * @throws formats/document-too-large for ids of 1,048,576 and more
 */
export function digestVocabulary(
  pairs: Iterable<readonly [id: number, token: string]>,
  { name, sha256 }: { readonly name: string; readonly sha256: Sha256 },
): VocabularyFacts {
  const tokensById = groupById(pairs, name);
  let size = 0;
  for (const id of tokensById.keys()) size = Math.max(size, id + 1);
  const hashes = new Uint8Array(size * 32);
  for (const [id, tokens] of tokensById) hashes.set(sha256(utf8(tokens)), id * 32);
  const tokensFrom = Math.ceil(Math.max(size - vocabularyWindowIds, 0) / vocabularyBlockIds) * vocabularyBlockIds;
  return {
    count: tokensById.size,
    size,
    digest: formatDigest(sha256(hashes)),
    blocks: blockHashes(hashes, sha256),
    tokens: tokenHashes(hashes, tokensFrom),
    tokensFrom,
  };
}

/**
 * What became of a vocabulary, from the facts of both alone. Never milder than the truth but for collisions of 64 bits.
 * The exact truth whenever both sizes are at most 16,384; and, when no ids are left out, whenever the smaller size is a
 * multiple of 64 or the sizes differ by at most 16,256. Else `moved` may be said of what was only added or removed:
 * evidence for every possible boundary would need tens of bits for every token.
 */
export function compareVocabularies(previous: VocabularyFacts, next: VocabularyFacts): VocabularyRelation {
  if (previous.digest === next.digest && previous.size === next.size) return 'same';
  let removed = false;
  for (let from = 0; from < Math.max(previous.size, next.size); from += vocabularyBlockIds) {
    const relation = compareBlock(previous, next, from);
    if (relation === 'moved') return 'moved';
    if (relation === 'removed') removed = true;
  }
  return removed ? 'removed' : 'added';
}

function compareBlock(previous: VocabularyFacts, next: VocabularyFacts, from: number): VocabularyRelation {
  const before = blockOf(previous, from);
  const after = blockOf(next, from);
  if (before === after) return 'same';
  if (before === '') return 'added';
  if (after === '') return 'removed';
  if (from < previous.tokensFrom || from < next.tokensFrom) return 'moved';
  return compareTokens(previous, next, from);
}

function compareTokens(previous: VocabularyFacts, next: VocabularyFacts, from: number): VocabularyRelation {
  let relation: VocabularyRelation = 'added';
  for (let id = from; id < from + vocabularyBlockIds; id++) {
    const before = tokenOf(previous, id);
    const after = tokenOf(next, id);
    if (before === after || before === freeId) continue;
    if (after !== freeId) return 'moved';
    relation = 'removed';
  }
  return relation;
}

const freeId = '0'.repeat(2 * tokenHashBytes);

function blockOf({ blocks }: VocabularyFacts, from: number): string {
  const start = (from / vocabularyBlockIds) * 2 * blockHashBytes;
  return blocks.slice(start, start + 2 * blockHashBytes);
}

function tokenOf({ tokens, tokensFrom }: VocabularyFacts, id: number): string {
  const start = (id - tokensFrom) * 2 * tokenHashBytes;
  return tokens.slice(start, start + 2 * tokenHashBytes) || freeId;
}

/** The tokens of each id as one text: a quarter of a million sets would cost more than all the hashing. */
function groupById(pairs: Iterable<readonly [id: number, token: string]>, name: string): Map<number, string> {
  const single = new Map<number, string>();
  const several = new Map<number, Set<string>>();
  for (const [id, token] of pairs) {
    checkId(id, name);
    const known = single.get(id);
    if (known === undefined) single.set(id, token);
    else if (known !== token) several.set(id, (several.get(id) ?? new Set([known])).add(token));
  }
  for (const [id, token] of single)
    single.set(id, JSON.stringify(several.has(id) ? [...(several.get(id) ?? [])].sort() : [token]));
  return single;
}

function checkId(id: number, name: string): void {
  if (!Number.isSafeInteger(id) || id < 0) {
    const reason = 'an id is no whole number from 0';
    throw weighbridgeError('formats/document-malformed', { name, kind: 'vocabulary', reason });
  }
  if (id >= maxVocabularyIds) {
    throw weighbridgeError('formats/document-too-large', { name, limit: maxVocabularyIds, what: 'token ids' });
  }
}

function blockHashes(hashes: Uint8Array, sha256: Sha256): string {
  let text = '';
  for (let start = 0; start < hashes.length; start += vocabularyBlockIds * 32) {
    const block = hashes.subarray(start, start + vocabularyBlockIds * 32);
    text += bytesToHex(sha256(block).subarray(0, blockHashBytes));
  }
  return text;
}

function tokenHashes(hashes: Uint8Array, tokensFrom: number): string {
  let text = '';
  for (let start = tokensFrom * 32; start < hashes.length; start += 32) {
    text += bytesToHex(hashes.subarray(start, start + tokenHashBytes));
  }
  return text;
}
