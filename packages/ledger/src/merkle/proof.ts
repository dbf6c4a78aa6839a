import { invariant, type Sha256 } from '@weighbridge/core';
import { hashOfRange, type Tiles } from './tile.js';
import { emptyRoot, equalBytes, type LeafRange, nodeHash, splitPoint } from './tree.js';

/** Ranges whose hashes are the inclusion proof of leaf `index` in a tree of `size` leaves (RFC 6962 section 2.1.1). */
export function planInclusion(index: number, size: number): readonly LeafRange[] {
  invariant(index >= 0 && index < size, 'an inclusion proof of a leaf outside of the tree was asked for');
  const path: LeafRange[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    path.unshift(index < middle ? { start: middle, end } : { start, end: middle });
    if (index < middle) end = middle;
    else start = middle;
  }
  return path;
}

/** Ranges whose hashes are the consistency proof between two sizes (RFC 6962 section 2.1.2). */
export function planConsistency(oldSize: number, newSize: number): readonly LeafRange[] {
  invariant(oldSize >= 0 && oldSize <= newSize, 'a consistency proof from a larger to a smaller tree was asked for');
  if (oldSize === 0 || oldSize === newSize) return [];
  const path: LeafRange[] = [];
  let start = 0;
  let end = newSize;
  while (end !== oldSize) {
    const middle = start + splitPoint(end - start);
    path.unshift(oldSize <= middle ? { start: middle, end } : { start, end: middle });
    if (oldSize <= middle) end = middle;
    else start = middle;
  }
  if (start > 0) path.unshift({ start, end });
  return path;
}

/** The hashes of a plan, from tiles; null when the tiles do not hold them. */
export function readProof(
  sha256: Sha256,
  tiles: Tiles,
  plan: readonly LeafRange[],
  size: number,
): readonly Uint8Array[] | null {
  const hashes: Uint8Array[] = [];
  for (const range of plan) {
    const hash = hashOfRange(sha256, tiles, range, size);
    if (hash === null) return null;
    hashes.push(hash);
  }
  return hashes;
}

export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** RFC 9162 section 2.1.3.2. */
export function verifyInclusion(sha256: Sha256, claim: InclusionClaim): boolean {
  const { index, size, proof } = claim;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let position = index;
  let last = size - 1;
  let hash = claim.leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sha256, sibling, hash);
      while (position % 2 === 0 && position !== 0) {
        position = Math.floor(position / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(sha256, hash, sibling);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(hash, claim.root);
}

export interface ConsistencyClaim {
  readonly oldSize: number;
  readonly oldRoot: Uint8Array;
  readonly newSize: number;
  readonly newRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** RFC 9162 section 2.1.4.2; the empty tree is consistent with every tree, and a tree with itself, by an empty proof. */
export function verifyConsistency(sha256: Sha256, claim: ConsistencyClaim): boolean {
  const { oldSize, newSize, oldRoot, newRoot, proof } = claim;
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(newSize) || oldSize < 0 || oldSize > newSize)
    return false;
  if (oldSize === newSize) return proof.length === 0 && equalBytes(oldRoot, newRoot);
  if (oldSize === 0) return proof.length === 0 && equalBytes(oldRoot, emptyRoot(sha256));
  const path = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : [...proof];
  let position = oldSize - 1;
  let last = newSize - 1;
  while (position % 2 === 1) {
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  const first = path.shift();
  if (first === undefined) return false;
  let oldHash = first;
  let newHash = first;
  for (const sibling of path) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      oldHash = nodeHash(sha256, sibling, oldHash);
      newHash = nodeHash(sha256, sibling, newHash);
      while (position % 2 === 0 && position !== 0) {
        position = Math.floor(position / 2);
        last = Math.floor(last / 2);
      }
    } else {
      newHash = nodeHash(sha256, newHash, sibling);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(oldHash, oldRoot) && equalBytes(newHash, newRoot);
}

function isPowerOfTwo(value: number): boolean {
  let power = 1;
  while (power < value) power *= 2;
  return power === value;
}
