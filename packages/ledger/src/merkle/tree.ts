import { invariant, type Sha256 } from '@weighbridge/core';

export const hashBytes = 32;
/** Sizes above this are refused everywhere, so that every index is an exact number. */
export const maxTreeSize = 2 ** 40;

/** RFC 6962 section 2.1: hash of one entry. */
export function leafHash(sha256: Sha256, entry: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(entry.length + 1);
  bytes.set(entry, 1);
  return sha256(bytes);
}

/** RFC 6962 section 2.1: hash of an inner node. */
export function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return sha256(bytes);
}

/** Root of the tree without entries. */
export function emptyRoot(sha256: Sha256): Uint8Array {
  return sha256(new Uint8Array(0));
}

/** A complete subtree: the 2^level leaves that begin at index * 2^level. */
export interface NodeAt {
  readonly level: number;
  readonly index: number;
}

/** Leaves [start, end). */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** The largest power of two below `count`, which is at least 2. */
export function splitPoint(count: number): number {
  invariant(count >= 2, 'a range of fewer than two leaves was split');
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/**
 * The complete subtrees that make up a range as RFC 6962 cuts trees, from left to right and from large to small. The
 * start must be a multiple of the first subtree's size, which holds for every range that such a cut makes.
 */
export function completeSubtrees(range: LeafRange): readonly NodeAt[] {
  const nodes: NodeAt[] = [];
  let start = range.start;
  while (start < range.end) {
    const { level, width } = largestSubtree(range.end - start);
    invariant(start % width === 0, 'a range does not begin at a subtree');
    nodes.push({ level, index: start / width });
    start += width;
  }
  return nodes;
}

function largestSubtree(count: number): { readonly level: number; readonly width: number } {
  let level = 0;
  let width = 1;
  while (width * 2 <= count) {
    width *= 2;
    level++;
  }
  return { level, width };
}

/** Hash of a range from those of its complete subtrees: the last two are joined first. */
export function joinSubtrees(sha256: Sha256, hashes: readonly Uint8Array[]): Uint8Array {
  let hash = hashes.at(-1);
  if (hash === undefined) return emptyRoot(sha256);
  for (let index = hashes.length - 2; index >= 0; index--) hash = nodeHash(sha256, hashes[index] as Uint8Array, hash);
  return hash;
}

/** Whether two hashes are the same bytes. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}
