import { invariant, type Sha256 } from '@weighbridge/core';
import { formatTilePath, hashWithinTile, rightEdge, type TileAt, type Tiles, tileWidth } from './tile.js';
import { hashBytes } from './tree.js';

/** What appending leaves changes: tiles to write, and partial tiles that a wider one replaces. */
export interface TileChanges {
  readonly size: number;
  readonly written: ReadonlyMap<string, Uint8Array>;
  readonly removed: readonly string[];
}

/**
 * Appends leaf hashes to a tree of `size` leaves of which only the current partial tiles are given. Costs the tiles
 * that change, whatever the size of the tree.
 */
export function appendLeaves(sha256: Sha256, size: number, edge: Tiles, leaves: readonly Uint8Array[]): TileChanges {
  const written = new Map<string, Uint8Array>();
  let carried = leaves;
  for (let level = 0; carried.length > 0; level++) {
    carried = appendToLevel(sha256, { size, level, edge, hashes: carried, written });
  }
  const removed = rightEdge(size)
    .filter((tile) => carriedOver(tile, size + leaves.length))
    .map(formatTilePath);
  return { size: size + leaves.length, written, removed };
}

function carriedOver(tile: TileAt, size: number): boolean {
  return !rightEdge(size).some((now) => formatTilePath(now) === formatTilePath(tile));
}

/** Fills the tiles of one level and returns the hashes of those that became full, for the level above. */
function appendToLevel(
  sha256: Sha256,
  step: { size: number; level: number; edge: Tiles; hashes: readonly Uint8Array[]; written: Map<string, Uint8Array> },
): readonly Uint8Array[] {
  const { level, edge, written } = step;
  const count = Math.floor(step.size / tileWidth ** level);
  let index = Math.floor(count / tileWidth);
  let pending = pendingHashes(edge, { level, index, width: count % tileWidth });
  const full: Uint8Array[] = [];
  for (const hash of step.hashes) {
    pending.push(hash);
    if (pending.length < tileWidth) continue;
    const tile = joinHashes(pending);
    written.set(formatTilePath({ level, index, width: tileWidth }), tile);
    full.push(hashWithinTile(sha256, tile, 0, tileWidth));
    pending = [];
    index++;
  }
  if (pending.length > 0) written.set(formatTilePath({ level, index, width: pending.length }), joinHashes(pending));
  return full;
}

function pendingHashes(edge: Tiles, tile: TileAt): Uint8Array[] {
  if (tile.width === 0) return [];
  const bytes = edge.get(formatTilePath(tile));
  invariant(bytes?.length === tile.width * hashBytes, 'a partial tile of the right edge is not the one of this size');
  return Array.from({ length: tile.width }, (_, place) => bytes.slice(place * hashBytes, (place + 1) * hashBytes));
}

function joinHashes(hashes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * hashBytes);
  for (const [place, hash] of hashes.entries()) bytes.set(hash, place * hashBytes);
  return bytes;
}
